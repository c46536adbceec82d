import { describe, expect, test } from 'vitest'
import type { Item } from '../../src/engine/contract'
import { thingsOf } from '../../src/offline/line'
import { queries } from '../../src/read/queries'
import { aCard, anItem, aWorld, REP } from '../sample/make'
import { aPhone, MORNING } from './phone'

const TODAY = '2026-07-06'
const hours = [{ from: 510, to: 720 }, { from: 810, to: 1050 }]
const world = aWorld({ calendar: [{ day: TODAY, minutes: 450, holiday: false, onLeave: false, hours }] })
const HOME = { lat: 36.651, lng: 117.12 }
const north = (km: number) => ({ lat: HOME.lat + km / 111.195, lng: HOME.lng })

const visit = (id: string, facts: Partial<Item> = {}) =>
  anItem({ id, accountId: id, repId: REP, day: TODAY, kind: 'HOME_VISIT', minutes: 30, startMin: 600, seq: 1, ...facts })
const at = (id: string, km: number, facts: Parameters<typeof aCard>[0] | object = {}) => aCard({ id, ...north(km), ...facts })
const order = (p: ReturnType<typeof aPhone>, here?: { lat: number; lng: number }) => queries.order(p.book, here ? { here } : {})
const names = (found: Awaited<ReturnType<typeof order>>) => found!.visits.map(v => v.card.item.id)

const street = () => aPhone({
  world, cards: [at('a', 3), at('b', 1), at('c', 2)],
  items: [visit('a', { startMin: 520, seq: 1 }), visit('b', { startMin: 600, seq: 2 }), visit('c', { startMin: 660, seq: 3 })],
})

describe('the rest of today', () => {
  test('is put in order from where the day begins, and says what it saves', async () => {
    const found = await order(street())
    expect(found!.from).toBe('start')
    expect(found!.road).toBeLessThanOrEqual(found!.roadBefore)
    expect(found!.best).toBe(true)
    expect(found!.visits.every(v => v.start >= 510 && v.start + 30 <= 1050)).toBe(true)
  })

  test('begins where the rep is, when that is known', async () => {
    const found = await order(street(), north(3.2))
    expect([found!.from, names(found)[0]]).toEqual(['here', 'a'])
  })

  test('begins at the last visit made, without a position', async () => {
    const p = street()
    p.rows.items.push(visit('d', { accountId: 'd', status: 'DONE', closedAt: MORNING }))
    p.rows.cards.push(at('d', 3.1))
    const found = await order(p)
    expect([found!.from, names(found)]).toEqual(['last', ['a', 'c', 'b']])
  })

  test('begins behind the visit that is under way, which stays', async () => {
    const p = street()
    p.rows.items.push(visit('d', { accountId: 'd', status: 'STARTED', startedAt: MORNING, minutes: 45 }))
    p.rows.cards.push(at('d', 3.1))
    const found = await order(p, north(0))
    expect(found!.from).toBe('started')
    expect(names(found)).not.toContain('d')
    expect(found!.visits[0]!.start).toBeGreaterThanOrEqual(540 + 45) // it began at nine
  })

  test('keeps appointments, companions and quiet hours', async () => {
    const p = aPhone({
      world, cards: [at('a', 1), at('b', 1), at('c', 1, { quiet: [{ from: 0, to: 900 }] })],
      items: [visit('a', { atFixed: true, startMin: 845 }), visit('b', { with: ['EXPERT'], expertId: 'x', startMin: 600 }), visit('c')],
    })
    const starts = Object.fromEntries((await order(p))!.visits.map(v => [v.card.item.id, v.start]))
    expect(starts).toMatchObject({ a: 845, b: 600 })
    expect(starts.c).toBeGreaterThanOrEqual(900)
  })

  test('leaves out what does not fit, and why', async () => {
    const p = aPhone({ world, cards: [at('a', 1), at('b', 1, { quiet: [{ from: 0, to: 1440 }] }), at('c', 60)], items: [visit('a'), visit('b'), visit('c')] })
    expect((await order(p))!.left.map(l => [l.card.item.id, l.why])).toEqual([['b', 'HOURS_OVER'], ['c', 'TOO_FAR']])
  })

  test('does not give up calls because home is too far already', async () => {
    const p = aPhone({ world, cards: [at('a', 1)], items: [visit('a', { kind: 'CALL', minutes: 10 })] })
    expect(names(await order(p, north(900)))).toEqual(['a'])
  })

  test('tells the road before of what is still made, not of what is left out', async () => {
    const p = street()
    p.rows.cards.push(at('far', 60))
    p.rows.items.push(visit('far', { startMin: 500 }))
    expect((await order(p))!.roadBefore).toBe((await order(street()))!.roadBefore)
  })

  test('has only what is open and the rep’s own', async () => {
    const p = street()
    p.rows.items.push(visit('d', { accountId: 'a', repId: 'somebody' }), visit('e', { accountId: 'a', status: 'CANCELLED' }), visit('f:next', { accountId: 'a' }))
    expect(names(await order(p)).sort()).toEqual(['a', 'b', 'c'])
  })

  test('cannot be told from rows of an older app', async () => {
    const p = street()
    delete (p.rows.world as { routing?: unknown }).routing
    expect(await order(p)).toBe(null)
  })
})

describe('an order that was chosen', () => {
  const chosen = { input: { day: TODAY, items: [{ itemId: 'c', startMin: 540, travel: 7 }, { itemId: 'a', startMin: 600 }, { itemId: 'gone', startMin: 700 }] } }

  test('shows at once, and leaves the others where they are', async () => {
    const p = street()
    p.do('OrderDay', chosen)
    const items = (await queries.day(p.book, {})).items.map(c => [c.item.id, c.item.startMin])
    expect(items).toEqual([['c', 540], ['a', 600], ['b', 600]])
  })

  test('puts what has no room last, without a minute', async () => {
    const p = street()
    p.do('OrderDay', { input: { day: TODAY, items: [{ itemId: 'c', startMin: 540 }, { itemId: 'a', startMin: 0 }] } })
    expect((await queries.day(p.book, {})).items.map(c => [c.item.id, c.item.startMin])).toEqual([['c', 540], ['b', 600], ['a', 0]])
  })

  test('moves no appointment, nothing under way, and nothing of another day', async () => {
    const p = street()
    p.rows.items[0] = visit('a', { atFixed: true, startMin: 845 })
    p.rows.items[2] = visit('c', { status: 'STARTED', startMin: 660 })
    p.do('OrderDay', chosen)
    expect((await queries.day(p.book, {})).items.map(c => [c.item.id, c.item.startMin])).toEqual([['b', 600], ['c', 660], ['a', 845]])
  })

  test('that the server could not follow in full is told on the day, until there is another', async () => {
    const p = street()
    p.do('OrderDay', chosen)
    expect((await queries.day(p.book, {})).notAllOrdered).toBe(false)
    p.rows.work.at(-1)!.review = ['NOT_ALL_ORDERED']
    expect((await queries.day(p.book, {})).notAllOrdered).toBe(true)
    p.do('OrderDay', chosen)
    expect((await queries.day(p.book, {})).notAllOrdered).toBe(false)
  })

  test('waits for the order before it, and holds up nothing else', () => {
    const first = thingsOf('1', chosen, {})
    expect(thingsOf('2', chosen, {}).filter(thing => first.includes(thing))).toHaveLength(1)
    expect(thingsOf('3', { item: 'a' }, { itemId: 'a' }).some(thing => first.includes(thing))).toBe(false)
  })
})
