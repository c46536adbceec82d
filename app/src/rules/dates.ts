import type { Day } from '../engine/contract'
import { dayNumber, dayOfNumber, ymd } from './civil'

/** The next day from a day on, that day included, on which a solar date comes; 29 February on the 28th in common years
 *  (D6 b, cadence.SpecialDate). Lunar dates are the server's to tell. */
export function solarNext(month: number, day: number, from: Day): Day {
  const [year] = ymd(from)
  const thisYear = solarIn(year, month, day)
  return thisYear >= from ? thisYear : solarIn(year + 1, month, day)
}

function solarIn(year: number, month: number, day: number): Day {
  const first = dayNumber(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-01`)
  const date = dayOfNumber(first + day - 1)
  return ymd(date)[1] === month ? date : dayOfNumber(Date.UTC(year, month, 0) / 86_400_000)
}
