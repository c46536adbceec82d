// Days without a clock and minutes of a day, as package civil of the server has them. A day is text, YYYY-MM-DD: days
// compare as text. Which day it is depends on the company's zone, and only `dayIn` decides that (docs/adr/0001).

import type { Day, Instant } from '../engine/contract'

const DAY_MS = 86_400_000
const WRITTEN = /^\d{4}-\d{2}-\d{2}$/

/** Days since 1970-01-01. Throws a RangeError for text that is not a day written YYYY-MM-DD. */
export function dayNumber(day: Day): number {
  const ms = WRITTEN.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN
  if (Number.isNaN(ms) || dayText(ms) !== day) throw new RangeError(`"${day}" is not a day written YYYY-MM-DD`)
  return ms / DAY_MS
}

/** The day with that many days since 1970-01-01. */
export const dayOfNumber = (n: number): Day => dayText(n * DAY_MS)

const dayText = (ms: number): Day => new Date(ms).toISOString().slice(0, 10)

export const isDay = (text: string): boolean => {
  try {
    dayNumber(text)
    return true
  } catch {
    return false
  }
}

export const addDays = (day: Day, days: number): Day => dayOfNumber(dayNumber(day) + days)

/** How many days lie from one day to another; negative when the other came before. */
export const daysBetween = (from: Day, to: Day): number => dayNumber(to) - dayNumber(from)

/** The days of a stretch, both ends included; none when it ends before it begins. */
export function daysFrom(from: Day, to: Day): Day[] {
  const first = dayNumber(from)
  return Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, i) => dayOfNumber(first + i))
}

/** 0 is Sunday. */
export const weekday = (day: Day): number => new Date(dayNumber(day) * DAY_MS).getUTCDay()

/** The Monday of the day's week. */
export const weekStart = (day: Day): Day => addDays(day, -((weekday(day) + 6) % 7))

export const monthStart = (day: Day): Day => `${day.slice(0, 7)}-01`

/** Moves by months and stays in the month: 31 January + 1 is 28 February. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, dayOfMonth] = ymd(day)
  const first = Date.UTC(year, month - 1 + months, 1) / DAY_MS
  const last = Date.UTC(year, month + months, 0) / DAY_MS
  return dayOfNumber(Math.min(first + dayOfMonth - 1, last))
}

/** Year, month from 1 and day of the month. */
export function ymd(day: Day): [number, number, number] {
  const at = new Date(dayNumber(day) * DAY_MS)
  return [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()]
}

/** The day it is at an instant in a zone such as Asia/Shanghai. Throws a RangeError for a zone nobody knows. */
export const dayIn = (at: Instant | number, zone: string): Day => dayText(wallClock(milliseconds(at), zone))

/** Minutes after midnight by the clock on the wall of the zone. */
export const minuteIn = (at: Instant | number, zone: string): number =>
  Math.floor(modulo(wallClock(milliseconds(at), zone), DAY_MS) / 60_000)

/** The instant at which a minute of a day begins in a zone; the first of two when summer time ends, and with what summer
 *  time leaves out, the same stretch later. */
export function instantAt(day: Day, minute: number, zone: string): Instant {
  const wall = dayNumber(day) * DAY_MS + minute * 60_000
  const before = wall - offset(wall - DAY_MS / 2, zone)
  const after = wall - offset(wall + DAY_MS / 2, zone)
  const fits = [before, after].filter((at) => wallClock(at, zone) === wall)
  return new Date(fits.length > 0 ? Math.min(...fits) : before).toISOString()
}

/** HH:MM. */
export function clock(minute: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

function milliseconds(at: Instant | number): number {
  const ms = typeof at === 'number' ? at : Date.parse(at)
  if (Number.isNaN(ms)) throw new RangeError(`"${at}" is not an instant`)
  return ms
}

const offset = (at: number, zone: string): number => wallClock(at, zone) - at

/** What a clock on the wall of the zone shows, as if it were UTC. */
function wallClock(at: number, zone: string): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) + modulo(at, 1000)
}

const modulo = (n: number, by: number): number => ((n % by) + by) % by

// Making a format costs more than a hundred times what using it does.
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}
