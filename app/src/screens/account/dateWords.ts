import type { Card } from '@/engine/contract'
import { t } from '@/lang'

type Special = Pick<Card['dates'][number], 'calendar' | 'month' | 'day' | 'leap'>

/** The day of a special date in its own calendar. */
export function dateDayText({ calendar, month, day, leap }: Special): string {
  if (calendar === 'SOLAR') return t('account.solarDay', month, day)
  const months = t('account.lunarMonths').split('|')
  const days = t('account.lunarDays').split('|')
  return t('account.lunarDay', months[month - 1] ?? String(month), days[day - 1] ?? String(day), leap)
}

const SOLAR_LAST = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** How many days a month can have: 29 February and the 30th of each lunar month are allowed, as on the server. */
export const lastDayOf = (calendar: Special['calendar'], month: number): number =>
  calendar === 'LUNAR' ? 30 : (SOLAR_LAST[month - 1] ?? 31)
