import { describe, expect, test } from 'vitest'
import type { World } from '../../src/engine/contract'
import { daysFrom, weekday } from '../../src/rules/civil'
import { queries } from '../../src/read/queries'
import { aCard, anItem, aWorld, EXPERT } from '../sample/make'
import { aPhone } from './phone'

const TODAY = '2026-07-06'
const calendar = daysFrom('2026-07-01', '2026-08-25').map(day => ({
  day, minutes: weekday(day) === 0 ? 0 : 450, holiday: day === '2026-07-12', onLeave: day === '2026-07-14', hours: [],
}))
const numbers: World['numbers'] = [
  { month: '2026-06-01', kind: 'CALL', planned: 40, scheduled: 0, done: 38, remaining: 2, reached: 41, attempts: 7 },
  { month: '2026-07-01', kind: 'CALL', planned: 30, scheduled: 25, done: 4, remaining: 26, reached: 5, attempts: 1 },
]
const item = (id: string, facts: Partial<Parameters<typeof anItem>[0]> = {}) => anItem({ id, accountId: 'a', day: TODAY, ...facts })
const phone = (items: ReturnType<typeof item>[]) => aPhone({ cards: [aCard({ id: 'a' })], items, world: aWorld({ calendar, numbers }) })
const july = async (p: ReturnType<typeof aPhone>, kind = 'CALL') =>
  (await queries.numbers(p.book, undefined)).find(m => m.month === '2026-07-01')?.rows.find(r => r.kind === kind)

describe('numbers', () => {
  test('are those of the server when nothing waits, this month first', async () => {
    const months = await queries.numbers(phone([]).book, undefined)
    expect(months.map(m => [m.month, m.rows])).toEqual([
      ['2026-07-01', [{ kind: 'CALL', planned: 30, scheduled: 25, done: 4, remaining: 26, reached: 5, attempts: 1 }]],
      ['2026-06-01', [{ kind: 'CALL', planned: 40, scheduled: 0, done: 38, remaining: 2, reached: 41, attempts: 7 }]],
    ])
    expect(months.map(m => m.elapsed)).toEqual([4 / 27, 1]) // 1, 2, 3 and 4 July of 27 days that are no Sundays
  })

  test('a contact that waits is done and reached, and no longer scheduled', async () => {
    const p = phone([item('i')])
    p.do('LogContact', { input: { accountId: 'a', itemId: 'i', kind: 'CALL', outcome: 'TALKED', startedAt: '2026-07-06T00:50:00Z' } })
    expect(await july(p)).toEqual({ kind: 'CALL', planned: 30, scheduled: 24, done: 5, remaining: 25, reached: 6, attempts: 1 })
  })

  test('an attempt is an attempt and nothing else', async () => {
    const p = phone([item('i')])
    p.do('LogContact', { input: { accountId: 'a', itemId: 'i', kind: 'CALL', outcome: 'NO_ANSWER', startedAt: '2026-07-06T00:50:00Z' } })
    expect(await july(p)).toEqual({ kind: 'CALL', planned: 30, scheduled: 25, done: 4, remaining: 26, reached: 5, attempts: 2 })
  })

  test('what is cancelled without a day is planned no more; moved into August it counts there', async () => {
    const p = phone([item('i'), item('j')])
    p.do('CancelItem', { input: { itemId: 'i', reason: '住院' } })
    p.do('RescheduleItem', { input: { itemId: 'j', day: '2026-08-03' } })
    expect(await july(p)).toMatchObject({ planned: 28, scheduled: 23, done: 4, remaining: 24 })
  })

  test('a visit planned ad hoc makes a row of its own kind', async () => {
    const p = phone([])
    p.do('PlanContact', { input: { accountId: 'a', kind: 'HOME_VISIT', day: '2026-07-08', reason: '送资料' } })
    expect(await july(p, 'HOME_VISIT')).toEqual({ kind: 'HOME_VISIT', planned: 1, scheduled: 1, done: 0, remaining: 1, reached: 0, attempts: 0 })
  })

  test('an item of June done in July is done in July, and open in June no more', async () => {
    const p = phone([item('i', { day: '2026-06-29' })])
    p.do('LogContact', { input: { accountId: 'a', itemId: 'i', kind: 'CALL', outcome: 'TALKED', startedAt: '2026-07-06T00:50:00Z' } })
    const [thisMonth, before] = await queries.numbers(p.book, undefined)
    expect(thisMonth?.rows[0]).toMatchObject({ planned: 31, done: 5, scheduled: 25 })
    expect(before?.rows[0]).toMatchObject({ planned: 39, done: 38, remaining: 1 })
  })

  test('what is planned for somebody else is theirs, unless it names me', async () => {
    const p = phone([item('i', { repId: 'other' }), item('j', { repId: 'other', expertId: EXPERT })])
    p.do('CancelItem', { input: { itemId: 'i', reason: 'x' } })
    p.do('CancelItem', { input: { itemId: 'j', reason: 'x' } })
    expect(await july(p)).toMatchObject({ planned: 30, scheduled: 25 })
    p.rows.world = aWorld({ calendar, numbers, user: { ...aWorld().user, id: EXPERT } })
    expect(await july(p)).toMatchObject({ planned: 29, scheduled: 24 })
  })
})

describe('weeks', () => {
  test('have each day with its load against its time', async () => {
    const p = aPhone({
      cards: [aCard({ id: 'a', name: '张秀英' })], world: aWorld({ calendar, shed: [
        { accountId: 'a', kind: 'CALL', dueOn: '2026-07-09', zh: '都排满了', en: 'full' }, { accountId: 'gone', kind: 'CALL', dueOn: TODAY, zh: '', en: '' },
      ] }),
      items: [item('i', { kind: 'HOME_VISIT', minutes: 40, travel: 12 }), item('j', { minutes: 10, status: 'DONE' }), item('k', { status: 'CANCELLED' })],
    })
    const { days, shed, today } = await queries.weeks(p.book, { from: TODAY, to: '2026-07-14' })
    expect(today).toBe(TODAY)
    expect(days).toHaveLength(9)
    expect(days[0]).toMatchObject({ day: TODAY, capacity: 450, minutes: 62, visits: 1, calls: 1, holiday: false, onLeave: false })
    expect(days[6]).toMatchObject({ day: '2026-07-12', capacity: 0, minutes: 0, holiday: true })
    expect(days[8]).toMatchObject({ onLeave: true })
    expect(shed).toEqual([{ accountId: 'a', name: '张秀英', kind: 'CALL', dueOn: '2026-07-09', zh: '都排满了', en: 'full' }])
  })

  test('a move takes the load along', async () => {
    const p = phone([item('i', { kind: 'HOME_VISIT', minutes: 40, travel: 12 })])
    p.do('RescheduleItem', { input: { itemId: 'i', day: '2026-07-08', at: 600 } })
    const { days } = await queries.weeks(p.book, { from: TODAY, to: '2026-07-08' })
    expect(days.map(d => d.minutes)).toEqual([0, 0, 52])
  })
})
