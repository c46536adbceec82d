// The stretch of days a plan shows: the weeks around a day, or the whole weeks that hold a month.

import { addDays, addMonths, daysFrom, monthStart, weekStart } from '@/rules/civil'
import type { Day, DayLoad } from '@/engine/contract'

export type Stretch = { from: Day; to: Day }

/** Two weeks fit a phone and a desk alike. */
export const weeksFrom = (day: Day): Stretch => ({ from: weekStart(day), to: addDays(weekStart(day), 13) })

/** Whole weeks, Monday first, that hold every day of the month. */
export function monthOf(day: Day): Stretch {
  const first = monthStart(day)
  const last = addDays(addMonths(first, 1), -1)
  return { from: weekStart(first), to: addDays(weekStart(last), 6) }
}

/** The days of a stretch by weeks; a day the engine has nothing about is a day without capacity. */
export function byWeeks(stretch: Stretch, days: DayLoad[]): DayLoad[][] {
  const known = new Map(days.map(d => [d.day, d]))
  const all = daysFrom(stretch.from, stretch.to).map(day => known.get(day) ?? nothing(day))
  return Array.from({ length: all.length / 7 }, (_, w) => all.slice(w * 7, w * 7 + 7))
}

const nothing = (day: Day): DayLoad =>
  ({ day, capacity: 0, minutes: 0, visits: 0, calls: 0, holiday: false, onLeave: false, items: [] })
