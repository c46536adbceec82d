import { describe, expect, test } from 'vitest'
import type { Item } from '../../src/engine/contract'
import { queries } from '../../src/read/queries'
import { aCard, aCase, anItem, aWorld, BEFORE, EXPERT, REP } from '../sample/make'
import { company } from '../sample/company'
import { bookOf } from '../sample/rows'
import { aPhone } from './phone'

const TODAY = '2026-07-06'
const at = (id: string, lat: number, lng: number) => aCard({ id, name: id, lat, lng })
const visit = (id: string, accountId: string, facts: Partial<Item> = {}) =>
  anItem({ id, accountId, day: TODAY, kind: 'HOME_VISIT', ...facts })

describe('a day', () => {
  test('comes in the order of its route, what has no time last, done ones too, without what was cancelled', async () => {
    const cards = ['a', 'b', 'c', 'd', 'e'].map(id => aCard({ id }))
    const items = [
      visit('late', 'a', { startMin: 900, seq: 4 }), visit('done', 'b', { startMin: 540, seq: 1, status: 'DONE' }),
      visit('open', 'c', { startMin: 0, seq: 0 }), visit('called', 'd', { startMin: 600, seq: 0, atFixed: true }),
      visit('off', 'e', { status: 'CANCELLED' }), visit('dropped', 'e', { status: 'DROPPED' }),
    ]
    const day = await queries.day(aPhone({ cards, items }).book, {})
    expect(day.items.map(c => c.item.id)).toEqual(['done', 'called', 'late', 'open'])
    expect([day.done, day.total, day.minutes]).toEqual([1, 4, 40])
  })

  test('has what is left over, longest overdue first, only when it is today', async () => {
    const cards = ['a', 'b', 'c'].map(id => aCard({ id }))
    const items = [
      visit('one', 'a', { day: '2026-07-03', dueOn: '2026-07-05' }), visit('two', 'b', { day: '2026-07-04', dueOn: '2026-07-01' }),
      visit('not yet', 'c', { day: '2026-07-05', dueOn: '2026-07-09' }), visit('done', 'c', { day: '2026-07-01', status: 'DONE' }),
    ]
    const p = aPhone({ cards, items })
    const day = await queries.day(p.book, {})
    expect(day.leftOver.map(c => [c.item.id, c.overdue])).toEqual([['two', true], ['one', true], ['not yet', false]])
    expect((await queries.day(p.book, { day: '2026-07-07' })).leftOver).toEqual([])
  })

  test('says how far each stop is from the one before; calls are no stops', async () => {
    const cards = [at('a', 36.65, 117.12), at('b', 36.651, 117.12), at('c', 36.652, 117.12), aCard({ id: 'd' })]
    const items = [visit('1', 'a', { startMin: 540 }), visit('2', 'b', { startMin: 600, kind: 'CALL' }),
      visit('3', 'c', { startMin: 660 }), visit('4', 'd', { startMin: 720 })]
    const p = aPhone({ cards, items })
    const metres = (cards: { metres: number | null }[]) => cards.map(c => (c.metres === null ? null : Math.round(c.metres)))
    expect(metres((await queries.day(p.book, {})).items)).toEqual([null, null, 222, null])
    const here = { lat: 36.65, lng: 117.12 }
    expect(metres((await queries.day(p.book, { here })).items)).toEqual([0, null, 222, null])
  })

  test('opens the rows of the day and their accounts, and no others', async () => {
    const rows = company(Date.parse('2026-07-06T01:00:00Z'))
    const book = bookOf(rows, () => Date.parse('2026-07-06T01:00:00Z'))
    const day = await queries.day(book, {})
    expect(book.opened.items).toBe(day.items.length + day.leftOver.length)
    expect(book.opened.cards).toBeLessThanOrEqual(day.items.length + day.leftOver.length)
    expect(book.opened.logs).toBe(0)
    expect(rows.items.length).toBeGreaterThan(10 * book.opened.items)
  })

  test('before the first rows it is empty, and is a day all the same', async () => {
    expect(await queries.day(aPhone({ world: null }).book, {})).toMatchObject({ day: TODAY, today: TODAY, items: [], total: 0 })
  })

  test('leaves out what belongs to nobody who is here yet, while the first rows come in', async () => {
    expect((await queries.day(aPhone({ items: [visit('1', 'a')] }).book, {})).items).toEqual([])
  })
})

describe('badges', () => {
  const badges = async (card: ReturnType<typeof aCard>, item: Partial<Item> = {}, more: Parameters<typeof aPhone>[0] = {}) =>
    (await queries.day(aPhone({ cards: [card], items: [visit('1', 'a', item)], ...more }).book, {})).items[0]?.badges
  const birthday = { id: 'd', memberId: null, occasion: 'BIRTHDAY', label: '', calendar: 'SOLAR', year: null, month: 7, day: 8, leap: false } as const

  test.each([['2026-07-05', []], ['2026-07-06', [0]], ['2026-07-09', [3]], ['2026-07-10', []]])(
    'a birthday on %s, seen on 6 July (D16)', async (next, inDays) => {
      const found = await badges(aCard({ id: 'a' }, { dates: [birthday], nextDates: [next] }))
      expect(found?.map(b => 'inDays' in b && b.inDays)).toEqual(inDays)
    })

  test('another special day has its label, and whose it is', async () => {
    const members = [{ id: 'm', name: '王福生', relation: '', sex: null, birthYear: null, note: '' }]
    const date = { ...birthday, memberId: 'm', occasion: 'ANNIVERSARY', label: '金婚' } as const
    expect(await badges(aCard({ id: 'a' }, { members, dates: [date], nextDates: ['2026-07-07'] }))).toEqual(
      [{ kind: 'date', inDays: 1, label: '金婚', occasion: 'ANNIVERSARY', memberName: '王福生' }])
  })

  test('open cases, not closed ones', async () => {
    const cases = [aCase({ id: 'c', accountId: 'a', cause: 'SERVICE' }), aCase({ id: 'd', accountId: 'a', kind: 'RETURN', status: 'SETTLED' })]
    expect(await badges(aCard({ id: 'a' }), {}, { cases })).toEqual([{ kind: 'case', caseKind: 'STOP', cause: 'SERVICE' }])
  })

  test('an expert by name, others who come along by their role', async () => {
    const world = aWorld({ people: [{ id: EXPERT, name: '孙敏', role: 'EXPERT' }] })
    const found = await badges(aCard({ id: 'a' }), { expertId: EXPERT, with: ['EXPERT', 'MANAGER'] }, { world })
    expect(found).toEqual([{ kind: 'expert', name: '孙敏' }, { kind: 'with', role: 'MANAGER' }])
  })

  test('who came from another rep this month is new here; who was always mine is not', async () => {
    const mine = { repId: REP, fromAt: '2026-06-20T01:00:00Z', toAt: null, reason: '', note: '' }
    const before = { ...mine, repId: BEFORE, fromAt: '2025-01-01T01:00:00Z', toAt: mine.fromAt }
    expect(await badges(aCard({ id: 'a' }, { handovers: [mine, before] }))).toEqual([{ kind: 'newHere' }])
    expect(await badges(aCard({ id: 'a' }, { handovers: [mine] }))).toEqual([])
    expect(await badges(aCard({ id: 'a' }, { handovers: [{ ...mine, fromAt: '2026-05-01T01:00:00Z' }, before] }))).toEqual([])
  })

  test('urgent, frail, an appointment before pinned', async () => {
    expect(await badges(aCard({ id: 'a', frail: true }), { urgent: true, pinned: true, atFixed: true })).toEqual(
      [{ kind: 'urgent' }, { kind: 'frail' }, { kind: 'appointment' }])
  })
})

describe('near and due', () => {
  const here = { lat: 36.65, lng: 117.12 }
  const north = (id: string, metres: number) => at(id, 36.65 + metres / 111_195.08, 117.12)
  const later = (accountId: string, facts: Partial<Item> = {}) =>
    anItem({ id: `later-${accountId}`, accountId, day: '2026-07-09', kind: 'CALL', ...facts })
  const near = async (cards: ReturnType<typeof aCard>[], items: Item[], from: typeof here | undefined = here) =>
    (await queries.day(aPhone({ cards, items }).book, from ? { here: from } : {})).nearby.map(c => c.item.accountId)

  test('nearest first, five at most, within 3 km', async () => {
    const cards = [2900, 100, 3100, 700, 1500, 400, 2000].map((m, i) => north(`a${i}`, m))
    expect(await near(cards, cards.map(c => later(c.account.id)))).toEqual(['a1', 'a5', 'a3', 'a4', 'a6'])
  })

  test.each<[string, Partial<Item>, string[]]>([
    ['due in seven days', { dueOn: '2026-07-13' }, ['a']],
    ['due in eight days', { dueOn: '2026-07-14' }, []],
    ['overdue and planned for later', { dueOn: '2026-07-01' }, ['a']],
    ['done', { status: 'DONE' }, []],
    ['at the store', { kind: 'STORE' }, []],
  ])('%s', async (_, facts, want) => expect(await near([north('a', 100)], [later('a', facts)])).toEqual(want))

  test('not whoever the day has already, nor who is paused', async () => {
    const pause = { id: 'p', accountId: 'b', storeId: null, district: '', fromDay: '2026-07-01', toDay: null, reason: '', endedAt: null }
    const paused = { ...north('b', 200), pauses: [pause] }
    expect(await near([north('a', 100), paused], [visit('1', 'a'), later('a'), later('b')])).toEqual([])
  })

  test('one contact of each customer, the one due first', async () => {
    const p = aPhone({ cards: [north('a', 100)], items: [later('a', { id: 'x', dueOn: '2026-07-12' }), later('a', { id: 'y', dueOn: '2026-07-10' })] })
    expect((await queries.day(p.book, { here })).nearby.map(c => c.item.id)).toEqual(['y'])
  })

  test('without a position, near the stops that are still to be made, when accounts are at hand', async () => {
    const rows = { ...aPhone({}).rows, cards: [north('s', 0), north('t', 50_000), north('a', 500)],
      items: [visit('1', 's'), visit('2', 't', { status: 'DONE' }), later('a')] }
    const now = () => Date.parse('2026-07-06T01:00:00Z')
    expect((await queries.day(bookOf(rows, now, true), {})).nearby.map(c => Math.round(c.metres ?? 0))).toEqual([500])
    expect((await queries.day(bookOf(rows, now, false), {})).nearby).toEqual([])
  })
})

describe('one count of what is overdue (story 2)', () => {
  const cards = ['a', 'b', 'c'].map(id => aCard({ id, nextDueOn: id === 'c' ? '2026-07-07' : '2026-07-06' }))
  const items = [
    visit('1', 'a', { dueOn: '2026-07-06' }), visit('2', 'b', { day: '2026-07-09', dueOn: '2026-07-06', overdue: true }),
    visit('3', 'c', { day: '2026-07-09', dueOn: '2026-07-07' }),
  ]

  test.each([
    ['23:59', '2026-07-06T15:59:00Z', TODAY, 0], ['00:01', '2026-07-06T16:01:00Z', '2026-07-07', 2],
    ['23:59 of the next day', '2026-07-07T15:59:00Z', '2026-07-07', 2], ['00:01 after it', '2026-07-07T16:01:00Z', '2026-07-08', 3],
  ])('at %s in Jinan, on cards, in the list and on the calendar', async (_, now, today, count) => {
    const { book } = aPhone({ cards, items }, now)
    const day = await queries.day(book, {})
    const list = await queries.accounts(book, { sort: 'due', overdueOnly: true, offset: 0, limit: 9 })
    const weeks = await queries.weeks(book, { from: TODAY, to: '2026-07-12' })
    const everyItem = await Promise.all(items.map(i => queries.item(book, { id: i.id })))
    expect(day.today).toBe(today)
    expect(weeks.days.flatMap(d => d.items).filter(c => c.overdue)).toHaveLength(count)
    expect(everyItem.filter(i => i?.card.overdue)).toHaveLength(count)
    expect(everyItem.filter(i => i?.card.item.overdue)).toHaveLength(count)
    expect(list.total).toBe(count)
    expect(list.rows.filter(r => r.overdue)).toHaveLength(count)
  })
})
