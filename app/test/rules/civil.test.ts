import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays, addMonths, clock, dayIn, dayNumber, dayOfNumber, daysBetween, daysFrom, instantAt, isDay, minuteIn, monthStart,
  weekStart, weekday,
} from '../../src/rules/civil'
import { isOpen, itemOverdue, overdue } from '../../src/rules/overdue'
import { solarNext } from '../../src/rules/dates'
import { vectors } from './vectors'

type Borders = {
  days: { name: string; instant: string; zone: string; day: string }[]
  addDays: { name: string; day: string; add: number; want: string }[]
  addMonths: { name: string; day: string; add: number; want: string }[]
  weekdays: { name: string; day: string; weekday: number }[]
}
const borders = vectors<Borders>('civil/testdata/dayborders.json')

describe('days, by the vectors shared with the server', () => {
  test.each(borders.days)('$name', v => expect(dayIn(v.instant, v.zone)).toBe(v.day))
  test.each(borders.addDays)('days: $name', v => expect(addDays(v.day, v.add)).toBe(v.want))
  test.each(borders.addMonths)('months: $name', v => expect(addMonths(v.day, v.add)).toBe(v.want))
  test.each(borders.weekdays)('weekday: $name', v => expect(weekday(v.day)).toBe(v.weekday))
})

type Overdue = { name: string; due: string; now: string; zone: string; overdue: boolean }

describe('overdue, by the vectors shared with the server', () => {
  test.each(vectors<Overdue[]>('cadence/testdata/overdue.json'))('$name', v =>
    expect(overdue(v.due, dayIn(v.now, v.zone))).toBe(v.overdue))
})

describe('what is open', () => {
  test.each([
    ['OPEN', true], ['STARTED', true], ['DONE', false], ['CANCELLED', false], ['DROPPED', false],
  ] as const)('%s: %s', (status, open) => {
    expect(isOpen({ status })).toBe(open)
    expect(itemOverdue({ status, dueOn: '2026-07-05' }, '2026-07-06')).toBe(open)
  })
})

const ZONES = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Kolkata', 'UTC', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia']
const anInstant = fc.integer({ min: Date.parse('1950-01-01T00:00:00Z'), max: Date.parse('2099-12-31T00:00:00Z') })
const aDayNumber = fc.integer({ min: -20_000, max: 60_000 })

describe('days', () => {
  test('text that is no day is refused', () => {
    for (const text of ['', '2026-2-3', '2026-02-30', '2026-13-01', '06.07.2026', '2026-07-06T00:00:00Z']) {
      expect(isDay(text)).toBe(false)
      expect(() => dayNumber(text)).toThrow(RangeError)
    }
    expect(isDay('2028-02-29')).toBe(true)
  })

  test('an instant that is none, and a zone nobody knows, are refused', () => {
    expect(() => dayIn('yesterday', 'UTC')).toThrow(RangeError)
    expect(() => dayIn(0, 'Mars/Olympus')).toThrow(RangeError)
  })

  test('counting there and back, and order as text, agree with order in time', () => {
    fc.assert(fc.property(aDayNumber, aDayNumber, (a, b) => {
      const [x, y] = [dayOfNumber(a), dayOfNumber(b)]
      expect(dayNumber(x)).toBe(a)
      expect(daysBetween(x, y)).toBe(b - a)
      expect(x < y).toBe(a < b)
    }))
  })

  test('a stretch has both ends, and none when it runs backwards', () => {
    expect(daysFrom('2026-02-27', '2026-03-02')).toEqual(['2026-02-27', '2026-02-28', '2026-03-01', '2026-03-02'])
    expect(daysFrom('2026-03-02', '2026-03-01')).toEqual([])
  })

  test('weeks begin on Monday, months on the first', () => {
    expect(weekStart('2026-07-06')).toBe('2026-07-06')
    expect(weekStart('2026-07-12')).toBe('2026-07-06')
    expect(monthStart('2026-07-12')).toBe('2026-07-01')
  })

  test('the instant of a day and minute shows that day and minute, but where summer time leaves it out', () => {
    fc.assert(fc.property(aDayNumber, fc.integer({ min: 0, max: 1439 }), fc.constantFrom(...ZONES), (n, minute, zone) => {
      const day = dayOfNumber(n)
      const at = instantAt(day, minute, zone)
      if (minuteIn(at, zone) !== minute) expect(leftOut(at, zone)).toBe(true)
      else expect(dayIn(at, zone)).toBe(day)
    }))
  })

  test('days never run backwards', () => {
    fc.assert(fc.property(anInstant, fc.integer({ min: 0, max: 3 * 86_400_000 }), fc.constantFrom(...ZONES), (at, later, zone) => {
      expect(dayIn(at, zone) <= dayIn(at + later, zone)).toBe(true)
    }))
  })

  test('the minute that comes twice is the first of both, the one left out comes later', () => {
    expect(instantAt('2026-11-01', 90, 'America/New_York')).toBe('2026-11-01T05:30:00.000Z')
    expect(instantAt('2026-03-08', 150, 'America/New_York')).toBe('2026-03-08T07:30:00.000Z')
    expect(clock(minuteIn('2026-03-08T07:30:00Z', 'America/New_York'))).toBe('03:30')
  })

  test.each([
    ['this year', 7, 8, '2026-07-06', '2026-07-08'],
    ['on the day itself', 7, 6, '2026-07-06', '2026-07-06'],
    ['next year when it is over', 7, 5, '2026-07-06', '2027-07-05'],
    ['29 February on the 28th in a common year', 2, 29, '2026-07-06', '2027-02-28'],
    ['29 February in a leap year', 2, 29, '2027-03-01', '2028-02-29'],
    ['31 December', 12, 31, '2026-07-06', '2026-12-31'],
  ])('a solar date comes %s', (_, month, day, from, want) => expect(solarNext(month, day, from)).toBe(want))
})

/** Whether the clock on the wall jumps within a day of an instant. */
function leftOut(at: string, zone: string): boolean {
  const ms = Date.parse(at)
  const shown = (t: number) => dayNumber(dayIn(t, zone)) * 1440 + minuteIn(t, zone) - t / 60_000
  return Math.abs(shown(ms - 86_400_000) - shown(ms + 86_400_000)) > 1
}
