import { describe, expect, test } from 'vitest'
import { overlay } from '../../src/read/overlay'
import { queries, world } from '../../src/read/queries'
import { aCard, aCase, aWorld } from '../sample/make'
import { aPhone } from './phone'

const TODAY = '2026-07-06'
const area = { id: 'area', accountId: null, storeId: 'store-1', district: '历下区', fromDay: '2026-07-01', toDay: null, reason: '修路', endedAt: null }
const own = { ...area, id: 'own', accountId: 'a', storeId: null, district: '' }
const order = {
  purchase: { id: 'o1', number: 'D1', accountId: 'a', repId: 'rep-lijing', day: '2026-06-20', amount: 26800, supplyDays: 30, channel: '' },
  lines: [{ productId: 'p1', quantity: 1, amount: 26800, supplyDays: 30 }], returns: [],
}
const member = { id: 'm1', name: '王福生', relation: '丈夫', sex: 'MALE', birthYear: 1952, note: '' } as const
const birthday = { id: 'd1', memberId: 'm1', occasion: 'BIRTHDAY', label: '', calendar: 'LUNAR', year: 1952, month: 8, day: 15, leap: false } as const

function phone(account: Parameters<typeof aCard>[0] = { id: 'a' }, facts: Parameters<typeof aCard>[1] = {}, rows: Parameters<typeof aPhone>[0] = {}) {
  const p = aPhone({
    cards: [aCard({ id: 'b' }), aCard(account, { members: [member], dates: [birthday], nextDates: ['2026-09-25'], purchases: [order], ...facts })],
    world: aWorld({ products: [{ id: 'p1', number: 'A1', name: '鱼油', category: '', price: 26800, supplyDays: 30 }] }),
    ...rows,
  })
  return { ...p, card: async () => (await overlay(p.book)).card('a') }
}

describe('the file, with work of this phone in it', () => {
  test('an edit changes what it names, and nothing else', async () => {
    const p = phone({ id: 'a', phone: '13805310000', taboos: '旧' })
    p.do('EditAccount', { input: { accountId: 'a', version: 1, taboos: '不要提儿子', birthYear: null, position: { lat: 36.6, lng: 117 }, health: '高血压' } })
    const account = (await p.card())?.account
    expect(account).toMatchObject({ taboos: '不要提儿子', birthYear: null, lat: 36.6, lng: 117, phone: '13805310000', version: 2 })
    expect(account).not.toHaveProperty('health')
    expect(account).not.toHaveProperty('accountId')
    expect(account?.id).toBe('a')
  })

  test('an edit of an older file is not laid over the newer one', async () => {
    const p = phone({ id: 'a', version: 2, taboos: '新' })
    p.do('EditAccount', { input: { accountId: 'a', version: 1, taboos: '旧' } })
    expect((await p.card())?.account.taboos).toBe('新')
  })

  test('an edit makes the next version, which the next edit on this phone names', async () => {
    const p = phone()
    p.do('EditAccount', { input: { accountId: 'a', version: 1, taboos: '一' } })
    p.do('EditAccount', { input: { accountId: 'a', version: 2, job: '教师' } })
    p.do('EditAccount', { input: { accountId: 'a', version: 2, job: '医生' } })
    expect((await p.card())?.account).toMatchObject({ taboos: '一', job: '教师', version: 3 })
  })

  test('an edit that changes nothing makes no version', async () => {
    const p = phone({ id: 'a', job: '教师' })
    p.do('EditAccount', { input: { accountId: 'a', version: 1, job: '教师' } })
    expect((await p.card())?.account.version).toBe(1)
  })

  test('a person comes, and goes with their special days', async () => {
    const p = phone()
    const id = p.do('AddMember', { input: { accountId: 'a', name: '王晓燕', relation: '女儿' } })
    p.do('RemoveMember', { member: 'm1' }, { accountId: 'a' })
    expect(await p.card()).toMatchObject({ members: [{ id, name: '王晓燕' }], dates: [], nextDates: [] })
  })

  test('a person is found when the command does not say whose they are', async () => {
    const p = phone()
    p.do('RemoveMember', { member: 'm1' })
    expect((await p.card())?.members).toEqual([])
  })

  test('a solar day is known at once, a lunar one when the server says', async () => {
    const p = phone()
    p.do('AddDate', { input: { accountId: 'a', occasion: 'ANNIVERSARY', calendar: 'SOLAR', month: 7, day: 8 } })
    p.do('AddDate', { input: { accountId: 'a', occasion: 'BIRTHDAY', calendar: 'LUNAR', month: 6, day: 1 } })
    const card = await p.card()
    expect(card?.nextDates).toEqual(['2026-09-25', '2026-07-08', '9999-12-31'])
    expect((await queries.account(p.book, { id: 'a' }))?.brief.dates).toMatchObject([{ day: '2026-07-08', inDays: 2, lunar: false }])
  })

  test('a special day goes, the others keep their place', async () => {
    const p = phone()
    const id = p.do('AddDate', { input: { accountId: 'a', occasion: 'OTHER', label: '乔迁', calendar: 'SOLAR', month: 7, day: 8 } })
    p.do('RemoveDate', { date: 'd1' }, { accountId: 'a' })
    expect(await p.card()).toMatchObject({ dates: [{ id }], nextDates: ['2026-07-08'] })
  })

  test('tags are cleaned as the server does', async () => {
    const p = phone()
    p.do('SetTags', { account: 'a', tags: [' 重点', '怕冷', '重点'] })
    expect((await p.card())?.tags).toEqual(['怕冷', '重点'])
  })

  test('resumed, a pause of the area still holds it (story 9)', async () => {
    const p = phone({ id: 'a' }, { pauses: [own, area] })
    p.do('ResumeAccount', { account: 'a' })
    expect((await p.card())?.pauses.map(x => x.id)).toEqual(['area'])
    const id = p.do('PauseAccount', { input: { accountId: 'a', from: TODAY, to: '2026-07-20', reason: '旅游' } })
    expect((await p.card())?.pauses.map(x => x.id)).toEqual(['area', id])
  })

  test("the rep's word ends the one before, and can be taken back", async () => {
    const p = phone()
    const id = p.do('OverrideHorizon', { input: { accountId: 'a', horizon: 'THIS_MONTH', reason: '说下周来买', until: '2026-07-31' } })
    expect((await p.card())?.override).toMatchObject({ id, givenOn: TODAY, horizon: 'THIS_MONTH' })
    p.do('EndOverride', { account: 'a' })
    expect((await p.card())?.override).toBeNull()
  })

  test('days off asked for are listed, not granted', async () => {
    const p = phone()
    p.do('AskLeave', { input: { from: '2026-07-20', to: '2026-07-21', reason: '体检' } })
    expect((await world(p.book))?.leaves).toMatchObject([{ fromDay: '2026-07-20', granted: false, reason: '体检' }])
    expect(p.rows.world?.leaves).toEqual([])
  })
})

describe('orders, with work of this phone in them', () => {
  test("an order wins the stop back and makes the rep's word true", async () => {
    const override = { id: 'w', horizon: 'LATER', onDay: null, reason: '', givenOn: '2026-07-01',
      untilDay: '2026-08-01', createdBy: '', endedAt: null } as const
    const stop = aCase({ id: 'c', accountId: 'a', openedOn: '2026-07-01' })
    const before = { id: 'a', service: 'STOPPED', stopCause: 'SERVICE', purchases: 1, spent: 26800, lastPurchaseOn: '2026-06-20' } as const
    const p = phone(before, { override }, { cases: [stop] })
    const id = p.do('RecordPurchase', { input: { accountId: 'a', day: TODAY, amount: 53600, lines: [{ productId: 'p1', quantity: 2, amount: 53600 }] } })
    const card = await p.card()
    expect(card?.account).toMatchObject({ service: 'ON_PRODUCT', stopCause: null, purchases: 2, spent: 80400, lastPurchaseOn: TODAY })
    expect(card?.override).toBeNull()
    expect(card?.purchases.map(o => [o.purchase.id, o.purchase.supplyDays])).toEqual([[id, 60], ['o1', 30]])
    expect(await (await overlay(p.book)).casesOf('a')).toMatchObject([{ case: { status: 'WON_BACK', closedOn: TODAY } }])
  })

  test('an order from before the stop wins nothing back', async () => {
    const stop = aCase({ id: 'c', accountId: 'a', openedOn: '2026-07-01' })
    const p = phone({ id: 'a', service: 'STOPPED' }, {}, { cases: [stop] })
    p.do('RecordPurchase', { input: { accountId: 'a', day: '2026-06-30', amount: 1, lines: [{ productId: 'p1', quantity: 1, amount: 1 }] } })
    expect((await p.card())?.account.service).toBe('STOPPED')
    expect(await (await overlay(p.book)).openCases()).toHaveLength(1)
  })

  test('a whole return gives back what is left, counts no longer, and opens one case', async () => {
    const p = phone({ id: 'a', purchases: 1, spent: 26800, lastPurchaseOn: '2026-06-20' })
    p.do('RecordReturn', { input: { purchaseId: 'o1', day: TODAY, amount: 6800, whole: false, reason: '一瓶破了' } }, { accountId: 'a' })
    p.do('RecordReturn', { input: { purchaseId: 'o1', day: TODAY, amount: 0, whole: true, reason: '全退' } }, { accountId: 'a' })
    const card = await p.card()
    expect(card?.purchases[0]?.returns.map(r => r.amount)).toEqual([6800, 20000])
    expect(card?.account).toMatchObject({ purchases: 0, spent: 0, lastPurchaseOn: null, service: 'NOT_YET' })
    expect(await (await overlay(p.book)).openCases()).toMatchObject([{ note: '一瓶破了', case: { kind: 'RETURN', purchaseId: 'o1' } }])
  })
})

describe('cases, with work of this phone in them', () => {
  test('a stop opens a case with the steps of its cause (D7)', async () => {
    const p = phone()
    const id = p.do('StopAccount', { input: { accountId: 'a', cause: 'COMPETITOR', note: '邻居推荐' } })
    expect((await p.card())?.account).toMatchObject({ service: 'STOPPED', stopCause: 'COMPETITOR' })
    const [c] = await (await overlay(p.book)).openCases()
    expect(c).toMatchObject({ note: '邻居推荐', case: { id, cause: 'COMPETITOR', dueOn: '2026-07-09' } })
    expect(c?.steps.map(s => [s.kind, s.dueOn])).toEqual([
      ['SELF_REVIEW', '2026-07-07'], ['AGREE', '2026-07-08'], ['VISIT', '2026-07-09'], ['DECIDE', '2026-08-05'],
    ])
  })

  test('uses the product again: won back', async () => {
    const p = phone({ id: 'a', service: 'STOPPED', stopCause: 'SERVICE' }, {}, { cases: [aCase({ id: 'c', accountId: 'a' })] })
    p.do('ResumeService', { account: 'a', why: '主管上门道歉' })
    expect((await p.card())?.account).toMatchObject({ service: 'ON_PRODUCT', stopCause: null })
    expect(await (await overlay(p.book)).openCases()).toEqual([])
  })

  test('a step is ticked, the case is closed with its decision', async () => {
    const steps = [{ id: 's1', seq: 1, kind: 'VISIT', dueOn: TODAY, doneOn: null, doneBy: null, logId: null },
      { id: 's2', seq: 2, kind: 'DECIDE', dueOn: TODAY, doneOn: null, doneBy: null, logId: null }] as const
    const p = phone({ id: 'a' }, {}, { cases: [aCase({ id: 'c', accountId: 'a', kind: 'REACTION' }, { steps: [...steps] })] })
    p.do('CompleteCaseStep', { input: { caseId: 'c', stepId: 's1', logId: 'l1' } })
    p.do('CloseCase', { input: { caseId: 'c', as: 'SETTLED', why: '改到饭后服用' } })
    p.do('CloseCase', { input: { caseId: 'c', as: 'GIVEN_UP', why: '又改主意' } })
    const [c] = await (await overlay(p.book)).casesOf('a')
    expect(c).toMatchObject({ case: { status: 'SETTLED', closeWhy: '改到饭后服用' }, steps: [{ doneOn: TODAY, logId: 'l1' }, { doneOn: TODAY }] })
  })

  test('a second case of a kind is not opened', async () => {
    const p = phone({ id: 'a' }, {}, { cases: [aCase({ id: 'c', accountId: 'a', kind: 'WIN_BACK' })] })
    p.do('OpenCase', { input: { accountId: 'a', kind: 'WIN_BACK', dueOn: '2026-08-01', note: '再试' } })
    expect(await (await overlay(p.book)).openCases()).toHaveLength(1)
  })
})
