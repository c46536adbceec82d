// Hours of a day as they are typed.

import { clock } from '@/rules/civil'
import { minuteOf } from '../log/times'

export type Hours = { from: string; to: string }
type Window = { from: number; to: number }

export const hoursOf = (w: Window): Hours => ({ from: clock(w.from), to: clock(w.to) })

/** Null while it is not a stretch of a day. 00:00 as an end is midnight. */
export function windowOf({ from, to }: Hours): Window | null {
  const first = minuteOf(from)
  const last = to === '24:00' || to === '00:00' ? 1440 : minuteOf(to)
  return first === null || last === null || last <= first ? null : { from: first, to: last }
}

/** All of them, in order; null when one is wrong. */
export function windowsOf(hours: Hours[]): Window[] | null {
  const all = hours.map(windowOf)
  return all.some(w => w === null) ? null : (all as Window[]).sort((a, b) => a.from - b.from)
}
