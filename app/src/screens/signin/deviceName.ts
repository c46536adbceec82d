const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/HarmonyOS|OpenHarmony/i, 'HarmonyOS'], [/Android/, 'Android'], [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'], [/Linux/, 'Linux'],
]
const browsers: [RegExp, string][] = [
  [/MicroMessenger/, 'WeChat'], [/HuaweiBrowser/, 'Huawei'], [/MiuiBrowser/, 'Mi'], [/Edg\//, 'Edge'], [/Firefox\/|FxiOS/, 'Firefox'],
  [/Chrome\/|CriOS/, 'Chrome'], [/Safari\//, 'Safari'],
]

const first = (table: [RegExp, string][], agent: string) => table.find(([pattern]) => pattern.test(agent))?.[1]

/** What a device is called in lists, such as "Android · Chrome", from what its browser says of itself. */
export const deviceName = (agent: string): string =>
  [first(systems, agent), first(browsers, agent)].filter(Boolean).join(' · ') || 'Web'
