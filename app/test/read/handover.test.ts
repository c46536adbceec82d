import { expect, test } from 'vitest'
import { queries } from '@/read/queries'
import { aCard, anItem, aWorld } from '../sample/make'
import { aPhone, MORNING } from './phone'

const brief = {
  moveId: 'm', accountId: 'a', fromRep: { id: 'r', name: '赵磊' }, by: { id: 's', name: '周建华' }, at: MORNING, reason: '近', note: '', storyZh: [], storyEn: [],
  promises: [], taboos: '', open: [], jointVisitOn: null, readAt: null,
}
const phone = () => aPhone({
  world: aWorld(),
  cards: [aCard({ id: 'a' }, { brief }), aCard({ id: 'b' }), aCard({ id: 'c', repId: 'other' }, { standIn: { from: '2026-07-05', to: '2026-07-08' } })],
  items: [anItem({ id: 'i', accountId: 'a', day: '2026-07-06' }), anItem({ id: 'k', accountId: 'c', day: '2026-07-06' })],
})
const list = (p: ReturnType<typeof phone>, unreadOnly = false) => queries.accounts(p.book, { unreadOnly, sort: 'name', offset: 0, limit: 10 })

test('a brief that is not read is counted, marked, and can be looked for', async () => {
  const p = phone()
  const all = await list(p)
  expect([all.unread, all.total, all.rows.map(r => r.unread)]).toEqual([1, 3, [true, false, false]])
  expect((await list(p, true)).rows.map(r => r.id)).toEqual(['a'])
})

test('read on this phone, it is read at once, before the server knows', async () => {
  const p = phone()
  p.do('ReadHandover', { account: 'a' }, { accountId: 'a' })
  expect((await list(p)).unread).toBe(0)
  expect((await queries.account(p.book, { id: 'a' }))?.card.brief?.readAt).toBe(MORNING)
})

test('a contact says that the brief must be read, or until when one stands in', async () => {
  const { items } = await queries.day(phone().book, {})
  expect(Object.fromEntries(items.map(c => [c.item.id, c.badges]))).toEqual({ i: [{ kind: 'briefUnread' }], k: [{ kind: 'standIn', until: '2026-07-08' }] })
  expect((await list(phone())).rows.map(r => r.standInUntil)).toEqual([null, null, '2026-07-08'])
})

test('an objection shows that the account goes back; it stays until the server has taken it', async () => {
  const p = phone()
  p.do('ObjectToMove', { input: { accountId: 'a', objection: '只认小赵' } }, { accountId: 'a' })
  expect((await queries.account(p.book, { id: 'a' }))?.goingBack).toBe('只认小赵')
  expect((await list(p)).total).toBe(3)
})

test('cards that an older app kept know of no brief', async () => {
  const p = phone()
  const old = p.rows.cards[1]
  if (old) {
    Reflect.deleteProperty(old, 'brief')
    Reflect.deleteProperty(old, 'standIn')
  }
  expect((await list(p)).rows.map(r => [r.unread, r.standInUntil])).toEqual([[true, null], [false, null], [false, '2026-07-08']])
})
