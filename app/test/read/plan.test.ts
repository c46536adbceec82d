import { describe, expect, test } from 'vitest'
import type { Item } from '../../src/engine/contract'
import { isProvisional } from '../../src/read/effects/made'
import { overlay } from '../../src/read/overlay'
import { queries } from '../../src/read/queries'
import { aCard, anItem, aWorld, EXPERT } from '../sample/make'
import { aPhone } from './phone'

const TODAY = '2026-07-06'
const item = (facts: Partial<Item> = {}) =>
  anItem({ id: 'i1', accountId: 'a', day: TODAY, kind: 'HOME_VISIT', minutes: 40, reasons: [{ rule: 'D4', code: 'HORIZON_VISIT', zh: '', en: '' }], ...facts })
const phone = (items: Item[] = [item()]) =>
  aPhone({ cards: [aCard({ id: 'a', name: '张秀英', nextDueOn: TODAY, frail: true })], items })

describe('a planned contact', () => {
  test('that is started stays started, however often', async () => {
    const p = phone()
    p.do('StartItem', { item: 'i1', at: '2026-07-06T00:40:00Z' })
    p.do('StartItem', { item: 'i1', at: '2026-07-06T00:45:00Z' })
    expect(await (await overlay(p.book)).item('i1')).toMatchObject({ status: 'STARTED', startedAt: '2026-07-06T00:40:00Z' })
  })

  test('cancelled with a day comes on exactly that day, with its reasons (story 4)', async () => {
    const p = phone()
    p.do('CancelItem', { input: { itemId: 'i1', reason: '住院', nextOn: '2026-07-15', nextAt: 600 } })
    const { days } = await queries.weeks(p.book, { from: TODAY, to: '2026-07-19' })
    const planned = days.filter(d => d.items.length > 0)
    expect(planned.map(d => d.day)).toEqual(['2026-07-15'])
    expect(planned[0]?.items[0]).toMatchObject({
      pending: 'waiting', badges: [{ kind: 'frail' }, { kind: 'appointment' }],
      item: { dueOn: '2026-07-15', startMin: 600, pinned: true, source: 'PERSON', reasons: [{ code: 'HORIZON_VISIT' }] },
    })
    expect((await (await overlay(p.book)).card('a'))?.account.nextDueOn).toBe('2026-07-15')
  })

  test('cancelled without a day is in the history with its reason, and the rules decide', async () => {
    const p = phone()
    p.do('CancelItem', { input: { itemId: 'i1', reason: '住院' } })
    const view = await queries.account(p.book, { id: 'a' })
    expect(view?.items).toEqual([])
    expect(view?.events).toMatchObject([{ type: 'cancelled', day: TODAY, item: { closedWhy: '住院', movedTo: null } }])
    expect(view?.card.account.nextDueOn).toBeNull()
  })

  test('two open ones of a kind with different reasons both stay (story 4)', async () => {
    const p = phone()
    const id = p.do('PlanContact', { input: { accountId: 'a', kind: 'HOME_VISIT', day: TODAY, reason: '取体检单' } })
    const { items } = await queries.day(p.book, {})
    expect(items.map(c => c.item.id)).toEqual(['i1', id])
    expect(items[1]?.item).toMatchObject({ minutes: 55, reasons: [{ zh: 'D10：人工安排：取体检单' }] })
  })

  test('put on another day keeps its due day: moving makes it neither late nor early', async () => {
    const p = phone([item({ dueOn: '2026-07-05', day: '2026-07-04' })])
    expect((await queries.day(p.book, {})).leftOver).toHaveLength(1)
    p.do('RescheduleItem', { input: { itemId: 'i1', day: '2026-07-08' } })
    expect((await queries.day(p.book, {})).leftOver).toHaveLength(0)
    const [card] = (await queries.day(p.book, { day: '2026-07-08' })).items
    expect(card).toMatchObject({ overdue: true, item: { day: '2026-07-08', dueOn: '2026-07-05', pinned: true, atFixed: false } })
  })

  test('is pinned, and let go', async () => {
    const p = phone()
    p.do('PinItem', { item: 'i1', pinned: true })
    expect((await queries.day(p.book, {})).items[0]?.badges).toContainEqual({ kind: 'pinned' })
    p.do('PinItem', { item: 'i1', pinned: false })
    expect((await queries.day(p.book, {})).items[0]?.badges).not.toContainEqual({ kind: 'pinned' })
  })

  test.each<[string, Item['status']]>([['done', 'DONE'], ['cancelled', 'CANCELLED'], ['dropped', 'DROPPED']])(
    'that is %s already is left as it is by what the phone wanted', async (_, status) => {
      const closed = item({ status, closedAt: '2026-07-05T08:00:00Z' })
      const p = phone([closed])
      p.do('StartItem', { item: 'i1', at: '2026-07-06T00:40:00Z' })
      p.do('CancelItem', { input: { itemId: 'i1', reason: 'x', nextOn: '2026-07-15' } })
      p.do('RescheduleItem', { input: { itemId: 'i1', day: '2026-07-08' } })
      p.do('PinItem', { item: 'i1', pinned: true })
      const book = await overlay(p.book)
      expect(await book.item('i1')).toEqual(closed)
      expect(await book.itemsOn('2026-07-07', '2026-07-31')).toEqual([])
    })

  test('with an expert names them', async () => {
    const world = aWorld({ people: [{ id: EXPERT, name: '孙敏', role: 'EXPERT' }] })
    const p = aPhone({ cards: [aCard({ id: 'a' })], world })
    p.do('PlanContact', { input: { accountId: 'a', kind: 'CALL', day: TODAY, at: 900, minutes: 25, reason: '专家回访', withId: EXPERT } })
    const [card] = (await queries.day(p.book, {})).items
    expect(card).toMatchObject({ badges: [{ kind: 'expert', name: '孙敏' }, { kind: 'appointment' }], item: { minutes: 25, startMin: 900, with: ['EXPERT'] } })
  })

  test('made by the server in the course of a command has a key that says so', async () => {
    const p = phone()
    const id = p.do('CancelItem', { input: { itemId: 'i1', reason: '住院', nextOn: '2026-07-15' } })
    const [made] = await (await overlay(p.book)).itemsOn('2026-07-15', '2026-07-15')
    expect(isProvisional(made?.id ?? '')).toBe(true)
    expect(isProvisional(id)).toBe(false)
  })
})
