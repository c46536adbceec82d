import { describe, expect, test } from 'vitest'
import type { DayLoad, ItemCard } from '@/engine/contract'
import { byWeeks, monthOf, weeksFrom } from '@/screens/plan/grid'
import { levelOf, moveEffect, shareOf, timing } from '@/screens/plan/load'

const day = (over: Partial<DayLoad>): DayLoad => ({
  day: '2026-03-02', capacity: 480, minutes: 0, visits: 0, calls: 0, holiday: false, onLeave: false, items: [], ...over,
})

const card = (item: Partial<ItemCard['item']>): ItemCard =>
  ({ item: { day: '2026-03-02', minutes: 40, travel: 20, earliestOn: '2026-03-01', latestOn: '2026-03-05', ...item } }) as ItemCard

describe('the load of a day', () => {
  test.each([
    ['nothing planned', {}, 'empty'],
    ['a little', { minutes: 60 }, 'light'],
    ['what is left is less than a visit', { minutes: 440 }, 'full'],
    ['exactly full is not over', { minutes: 480 }, 'full'],
    ['one minute too much', { minutes: 481 }, 'over'],
    ['a day off', { capacity: 0 }, 'off'],
    ['a holiday', { capacity: 0, holiday: true }, 'holiday'],
    ['leave comes before the holiday', { capacity: 0, holiday: true, onLeave: true }, 'leave'],
    ['work on a day off is too much', { capacity: 0, minutes: 30 }, 'over'],
    ['a holiday on which the rep works anyway', { holiday: true, minutes: 60 }, 'light'],
  ] as const)('%s', (_, over, level) => expect(levelOf(day(over))).toBe(level))

  test('the bar is never longer than the day', () => {
    expect(shareOf(day({ minutes: 240 }))).toBe(0.5)
    expect(shareOf(day({ minutes: 900 }))).toBe(1)
    expect(shareOf(day({ capacity: 0 }))).toBe(0)
    expect(shareOf(day({ capacity: 0, minutes: 5 }))).toBe(1)
  })
})

describe('what a move does', () => {
  const days = [day({ minutes: 300 }), day({ day: '2026-03-03', minutes: 430 })]

  test('it takes the contact and its way off one day and puts them on the other', () => {
    const effect = moveEffect(days, card({}), '2026-03-03')
    expect(effect.from).toEqual({ before: 300, after: 240, capacity: 480, over: false })
    expect(effect.to).toEqual({ before: 430, after: 490, capacity: 480, over: true })
  })

  test('onto the day it is on, nothing changes', () => {
    expect(moveEffect(days, card({}), '2026-03-02')).toEqual({ from: null, to: null })
  })

  test('a left-over contact of a day that is not shown only adds', () => {
    const effect = moveEffect(days, card({ day: '2026-02-20' }), '2026-03-02')
    expect(effect.from).toBeNull()
    expect(effect.to?.after).toBe(360)
  })

  test.each([['2026-02-28', 'early'], ['2026-03-01', 'in'], ['2026-03-05', 'in'], ['2026-03-06', 'late']] as const)(
    'on %s it is %s', (to, when) => expect(timing(card({}), to)).toBe(when))
})

describe('the days shown', () => {
  test('two weeks begin on Monday', () => {
    expect(weeksFrom('2026-03-04')).toEqual({ from: '2026-03-02', to: '2026-03-15' })
  })

  test('a month is shown in whole weeks', () => {
    expect(monthOf('2026-03-15')).toEqual({ from: '2026-02-23', to: '2026-04-05' })
    expect(monthOf('2027-02-10')).toEqual({ from: '2027-02-01', to: '2027-02-28' })
  })

  test('days nobody knows about have no capacity', () => {
    const weeks = byWeeks(weeksFrom('2026-03-04'), [day({ day: '2026-03-03', minutes: 10 })])
    expect(weeks.map(w => w.length)).toEqual([7, 7])
    expect(weeks[0]![1]!.minutes).toBe(10)
    expect(weeks[0]![2]).toMatchObject({ day: '2026-03-04', capacity: 0, items: [] })
  })
})
