// The words of the app. Chinese is the source of truth: its keys are the type, and English does not compile without the
// same ones. A word is a text, or a function of its arguments. An area's words live in zh/<area>.ts and en/<area>.ts.
import { shallowRef } from 'vue'
import type { Codes, DeskPack, OwnPack, Words } from './types'
import zh from './zh'

export type { Codes, Words } from './types'

export type Language = 'zh' | 'en'

type Areas = keyof Words
export type Key = { [A in Areas]: `${A}.${keyof Words[A] & string}` }[Areas]
type Entry<K extends Key> = K extends `${infer A extends Areas}.${infer N}`
  ? N extends keyof Words[A] ? Words[A][N] : never
  : never
type Args<W> = W extends (...args: infer P) => string ? P : []

const packs: Record<Language, () => Promise<{ default: OwnPack }>> = {
  zh: async () => ({ default: zh }),
  en: () => import('./en'),
}

/** The words of desks are loaded by themselves: phones of reps do without. */
const deskPacks: Record<Language, () => Promise<{ default: DeskPack }>> = {
  zh: () => import('./zh/desk'),
  en: () => import('./en/desk'),
}

type Pack = { words: Partial<Words>; codes: Partial<Codes> }
let atDesk = false

const language = shallowRef<Language>('zh')
const pack = shallowRef<Pack>()

const loaded = (): Pack => {
  if (!pack.value) throw new Error('the words are not loaded yet')
  return pack.value
}

/** The language the screens are in. */
export const currentLanguage = (): Language => language.value

/** The tag for `lang` attributes and Intl. */
export const languageTag = (): string => (language.value === 'zh' ? 'zh-CN' : 'en')

/** Loads a language and shows it everywhere. */
export async function setLanguage(next: Language): Promise<void> {
  const [{ default: own }, desk] = await Promise.all([packs[next](), atDesk ? deskPacks[next]() : null])
  pack.value = desk ? { words: { ...own.words, ...desk.default.words }, codes: { ...own.codes, ...desk.default.codes } } : own
  language.value = next
}

/** Loads the words of desks, in the language of now and in every one that is chosen later. */
export async function loadDeskWords(): Promise<void> {
  if (atDesk) return
  atDesk = true
  try {
    await setLanguage(language.value)
  } catch (e) {
    atDesk = false
    throw e
  }
}

/** The words of a key: `t('today.title')`, `t('today.left', 3)`. Those of desks are empty before they are loaded. */
export function t<K extends Key>(key: K, ...args: Args<Entry<K>>): string {
  const dot = key.indexOf('.')
  const area = loaded().words[key.slice(0, dot) as Areas] as Record<string, string | ((...args: unknown[]) => string)> | undefined
  const word = area ? area[key.slice(dot + 1)] : ''
  return typeof word === 'function' ? word(...args) : (word ?? key)
}

/** The word of a code of the API: `word('kind', item.kind)`. A code this app does not know is shown as it is. */
export function word(table: keyof Codes, code: string | null | undefined): string {
  if (!code) return ''
  return (loaded().codes[table] as Record<string, string> | undefined)?.[code] ?? code
}

/** Codes with their words, in the order of the table; for pickers. */
export function options<T extends keyof Codes>(table: T): { value: keyof Codes[T] & string; text: string }[] {
  return Object.entries(loaded().codes[table] ?? {}).map(([value, text]) => ({
    value: value as keyof Codes[T] & string, text: text as string,
  }))
}
