import type { Day } from '@/engine/contract'
import { t } from '@/lang'
import { daysBetween, nearDay } from '@/lang/format'

/** From when to when, with how many days. */
export const daysText = (from: Day, to: Day, today: Day): string =>
  from === to ? nearDay(from, today) : t('covers.fromTo', nearDay(from, today), nearDay(to, today), daysBetween(from, to) + 1)
