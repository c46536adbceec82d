import { describe, expect, test } from 'vitest'
import { queries } from '../../src/read/queries'
import { aCard, aCase, aLog, anItem, aWorld, BEFORE, REP } from '../sample/make'
import { aPhone } from './phone'

const TODAY = '2026-07-06'
const talk = (day: string, facts: Partial<Parameters<typeof aLog>[0]> = {}, note = '') =>
  aLog({ id: `l-${day}`, accountId: 'a', day, startedAt: `${day}T02:00:00.000Z`, ...facts }, { note })
const attempt = (day: string) => talk(day, { id: `try-${day}`, outcome: 'NO_ANSWER', reached: false })
const brief = async (rows: Parameters<typeof aPhone>[0]) =>
  (await queries.account(aPhone({ cards: [aCard({ id: 'a' })], ...rows }).book, { id: 'a' }))?.brief

describe('ten seconds before the door', () => {
  test('the last talk is the last contact that reached the customer', async () => {
    const logs = [talk('2026-06-01', {}, '旧'), talk('2026-07-01', { feeling: '高兴', effect: 'GOOD' }, '睡得好'), attempt('2026-07-04')]
    expect((await brief({ logs }))?.lastTalk).toEqual({ day: '2026-07-01', kind: 'CALL', by: '李静', note: '睡得好', feeling: '高兴', effect: 'GOOD' })
    expect((await brief({ logs: [attempt('2026-07-04')] }))?.lastTalk).toBeNull()
  })

  test.each([
    ['is open', [talk('2026-07-01', { nextStep: '带说明书' })], ['带说明书']],
    ['without a day is kept by the next contact', [talk('2026-07-01', { nextStep: '带说明书' }), talk('2026-07-03')], []],
    ['is not kept by an attempt', [talk('2026-07-01', { nextStep: '带说明书' }), attempt('2026-07-03')], ['带说明书']],
    ['for a day is not kept before it', [talk('2026-07-01', { nextStep: '量血压', nextOn: '2026-07-05' }), talk('2026-07-03')], ['量血压']],
    ['for a day is kept on it', [talk('2026-07-01', { nextStep: '量血压', nextOn: '2026-07-05' }), talk('2026-07-05')], []],
    ['for a day is kept after it', [talk('2026-07-01', { nextStep: '量血压', nextOn: '2026-07-05' }), talk('2026-07-06')], []],
    ['of two, the latest comes first', [talk('2026-07-01', { nextStep: '一', nextOn: '2026-07-20' }), talk('2026-07-02', { nextStep: '二' })], ['二', '一']],
  ])('a promise %s', async (_, logs, want) => expect((await brief({ logs }))?.promises.map(p => p.text)).toEqual(want))

  test('special dates of the next thirty days, the nearest first', async () => {
    const date = { id: 'd', memberId: null, occasion: 'BIRTHDAY', label: '', calendar: 'LUNAR', year: null, month: 8, day: 15, leap: false } as const
    const card = aCard({ id: 'a' }, {
      dates: [date, { ...date, id: 'e', calendar: 'SOLAR' }, { ...date, id: 'f' }, { ...date, id: 'g' }],
      nextDates: ['2026-08-05', '2026-07-07', '2026-08-06', '9999-12-31'],
    })
    expect((await brief({ cards: [card] }))?.dates.map(d => [d.day, d.inDays, d.lunar])).toEqual([['2026-07-07', 1, false], ['2026-08-05', 30, true]])
  })

  test('the supply is of the last order that was not given back whole', async () => {
    const order = (day: string, whole: boolean) => ({
      purchase: { id: day, number: day, accountId: 'a', repId: REP, day, amount: 1, supplyDays: 30, channel: '' },
      lines: [{ productId: 'p1', quantity: 1, amount: 1, supplyDays: 30 }, { productId: 'gone', quantity: 1, amount: 1, supplyDays: 3 }],
      returns: whole ? [{ id: 'r', purchaseId: day, accountId: 'a', day, amount: 1, whole, reason: '', caseId: null }] : [],
    })
    const world = aWorld({ products: [{ id: 'p1', number: '', name: '鱼油', category: '', price: 1, supplyDays: 30 }] })
    const cards = [aCard({ id: 'a' }, { purchases: [order('2026-07-01', true), order('2026-06-20', false)] })]
    expect((await brief({ cards, world }))?.supply).toEqual({ names: ['鱼油'], boughtOn: '2026-06-20', until: '2026-07-20' })
    expect((await brief({}))?.supply).toBeNull()
  })
})

describe('the history', () => {
  test('has every channel in one list, newest first, days of the company', async () => {
    const card = aCard({ id: 'a' }, {
      purchases: [{
        purchase: { id: 'o', number: '', accountId: 'a', repId: REP, day: '2026-06-20', amount: 1, supplyDays: 1, channel: '' }, lines: [],
        returns: [{ id: 'r', purchaseId: 'o', accountId: 'a', day: '2026-06-25', amount: 1, whole: false, reason: '', caseId: null }],
      }],
      pauses: [{ id: 'p', accountId: 'a', storeId: null, district: '', fromDay: '2026-06-22', toDay: null, reason: '', endedAt: null }],
      override: { id: 'w', horizon: 'LATER', onDay: null, reason: '', givenOn: '2026-06-23', untilDay: '2026-08-01', createdBy: REP, endedAt: null },
      handovers: [{ repId: REP, fromAt: '2026-06-01T02:00:00.000Z', toAt: null, reason: '', note: '' },
        { repId: BEFORE, fromAt: '2025-06-01T02:00:00.000Z', toAt: '2026-06-01T02:00:00.000Z', reason: '', note: '' }],
    })
    const p = aPhone({
      cards: [card], world: aWorld({ people: [{ id: BEFORE, name: '赵磊', role: 'REP' }] }),
      logs: [talk('2026-06-24'), aLog({ id: 'midnight', accountId: 'a', day: '2026-06-21', startedAt: '2026-06-20T16:30:00Z' })],
      cases: [aCase({ id: 'c', accountId: 'a', openedOn: '2026-06-26' })],
      items: [anItem({ id: 'x', accountId: 'a', day: '2026-07-01', status: 'CANCELLED', closedAt: '2026-06-27T02:00:00.000Z' }),
        anItem({ id: 'y', accountId: 'a', day: TODAY }), anItem({ id: 'z', accountId: 'a', day: '2026-06-24', status: 'DONE' })],
    })
    const view = await queries.account(p.book, { id: 'a' })
    expect(view?.events.map(e => [e.type, e.day])).toEqual([
      ['cancelled', '2026-06-27'], ['case', '2026-06-26'], ['return', '2026-06-25'], ['log', '2026-06-24'], ['override', '2026-06-23'],
      ['pause', '2026-06-22'], ['log', '2026-06-21'], ['purchase', '2026-06-20'], ['handover', '2026-06-01'], ['handover', '2025-06-01'],
    ])
    expect(view?.events.flatMap(e => (e.type === 'handover' ? [e.repName] : []))).toEqual(['李静', '赵磊'])
    expect(view?.items.map(c => c.item.id)).toEqual(['y'])
    expect(new Set(view?.events.map(e => e.id)).size).toBe(view?.events.length)
  })

  test('of an account that is not here is nothing', async () => {
    expect(await queries.account(aPhone({}).book, { id: 'a' })).toBeNull()
    expect(await queries.item(aPhone({ items: [anItem({ id: 'i', accountId: 'a', day: TODAY })] }).book, { id: 'i' })).toBeNull()
  })

  test('refused work about it shows, and changes no facts', async () => {
    const p = aPhone({ cards: [aCard({ id: 'a', taboos: '旧' })] })
    p.do('EditAccount', { input: { accountId: 'a', version: 1, taboos: '新' } }, { accountId: 'a', state: 'refused', code: 'REFUSED' })
    const view = await queries.account(p.book, { id: 'a' })
    expect(view?.card.account.taboos).toBe('旧')
    expect(view?.work).toMatchObject([{ state: 'refused', code: 'REFUSED' }])
    expect(view?.work[0]).not.toHaveProperty('settled')
  })
})
