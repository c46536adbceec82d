// How full a day is, in the steps of the load map.

export const STEPS = [{ name: 'off' }, { name: 'light' }, { name: 'good' }, { name: 'tight' }, { name: 'over' }] as const
export type Step = (typeof STEPS)[number]['name']

/** Light below six tenths of the working time, tight from nine tenths on, over above all of it. */
export function heatOf({ capacity, load, onLeave }: { capacity: number; load: number; onLeave: boolean }): Step {
  if (load === 0 && (capacity === 0 || onLeave)) return 'off'
  const full = capacity === 0 ? Infinity : load / capacity
  if (full > 1) return 'over'
  if (full >= 0.9) return 'tight'
  return full >= 0.6 ? 'good' : 'light'
}
