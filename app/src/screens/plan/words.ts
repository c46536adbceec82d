// The load of a day in words.

import type { DayLoad } from '@/engine/contract'
import { t } from '@/lang'
import { dayAndWeekday, duration } from '@/lang/format'
import { levelOf } from './load'

/** What is left of the day, or why nothing is. */
export function roomText(day: DayLoad): string {
  switch (levelOf(day)) {
    case 'leave': return t('plan.onLeave')
    case 'holiday': return t('plan.holiday')
    case 'off': return t('plan.off')
    case 'over': return day.capacity === 0 ? t('plan.offWork') : t('plan.over', duration(day.minutes - day.capacity))
    default: return t('plan.left', duration(day.capacity - day.minutes))
  }
}

/** Minutes against the time there is. */
export const loadText = (day: DayLoad): string =>
  day.capacity === 0 ? (day.minutes === 0 ? roomText(day) : duration(day.minutes)) : t('plan.load', duration(day.minutes), duration(day.capacity))

export const countText = (day: DayLoad): string =>
  day.visits + day.calls === 0 ? t('plan.nothing') : t('plan.counts', day.visits, day.calls)

/** A day with its load, for those who hear it. */
export const dayAloud = (day: DayLoad): string =>
  `${dayAndWeekday(day.day)}, ${countText(day)}, ${loadText(day)}, ${roomText(day)}`

/** Minutes in as few signs as a narrow column has. */
export const shortHours = (minutes: number): string => `${Math.round(minutes / 6) / 10}h`
