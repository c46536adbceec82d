import { describe, expect, test } from 'vitest'
import type { Commands, Item } from '../../src/engine/contract'
import { overlay } from '../../src/read/overlay'
import { queries } from '../../src/read/queries'
import { aCard, aCase, anItem, aWorld, EXPERT } from '../sample/make'
import { aPhone, STATES } from './phone'

type Input = Commands['LogContact']['input']
const TODAY = '2026-07-06'
const item = (facts: Partial<Item> = {}) => anItem({ id: 'i1', accountId: 'a', day: TODAY, dueOn: '2026-07-05', ...facts })
const call = (facts: Partial<Input> = {}): { input: Input } => ({
  input: { accountId: 'a', itemId: 'i1', kind: 'CALL', outcome: 'TALKED', startedAt: '2026-07-06T00:50:00Z', ...facts },
})
const account = { id: 'a', lastContactOn: '2026-06-20', lastVisitOn: '2026-06-10', nextDueOn: '2026-07-05' }

function phone(items: Item[] = [item()], facts: Parameters<typeof aPhone>[0] = {}) {
  return aPhone({ cards: [aCard(account)], items, ...facts })
}

describe('a contact on this phone', () => {
  test('closes its item, is late when it was due before, and is the last contact', async () => {
    const p = phone()
    const id = p.do('LogContact', call({ note: '睡眠好些了', usage: 'REGULAR', took: ['REFERRAL'] }))
    const book = await overlay(p.book)
    expect(await book.item('i1')).toMatchObject({ status: 'DONE', startedAt: '2026-07-06T00:50:00Z' })
    expect((await book.card('a'))?.account).toMatchObject({ lastContactOn: TODAY, lastVisitOn: '2026-06-10', nextDueOn: null })
    expect(await book.log(id)).toMatchObject({
      note: '睡眠好些了', userName: '李静', log: { day: TODAY, late: true, reached: true, usage: 'REGULAR', took: ['REFERRAL'] },
    })
  })

  test.each(['NO_ANSWER', 'REFUSED', 'WRONG_NUMBER', 'ASKED_TO_COME_BACK'] as const)(
    'that ended as %s is an attempt: the item is open again and the rhythm stays (story 10)', async outcome => {
      const p = phone([item({ status: 'STARTED', startedAt: '2026-07-06T00:45:00Z' })])
      p.do('LogContact', call({ outcome }))
      const book = await overlay(p.book)
      expect(await book.item('i1')).toMatchObject({ status: 'OPEN', startedAt: null })
      expect((await book.card('a'))?.account).toMatchObject({ lastContactOn: '2026-06-20', nextDueOn: '2026-07-05' })
      expect((await book.logsOf('a'))[0]?.log).toMatchObject({ reached: false, late: false })
    })

  test('closes the other items of the planner that day: two contacts of a day count once (story 10)', async () => {
    const p = phone([item(), item({ id: 'i2', kind: 'MESSAGE', dueOn: TODAY }), item({ id: 'i3', dueOn: TODAY })])
    p.do('LogContact', call())
    p.do('LogContact', call({ itemId: null, startedAt: '2026-07-06T00:58:00Z' }))
    const book = await overlay(p.book)
    expect((await book.itemsOn(TODAY, TODAY)).map(i => i.status)).toEqual(['DONE', 'DONE', 'DONE'])
    const [row] = (await queries.numbers(p.book, undefined)).flatMap(m => m.rows.filter(r => r.kind === 'CALL'))
    expect(row).toMatchObject({ done: 2, reached: 2, scheduled: -2, planned: 0 }) // of a server that counted none
  })

  test.each<[string, Partial<Item>]>([
    ['a visit', { kind: 'HOME_VISIT' }],
    ['one of another day', { day: '2026-07-07' }],
    ['one of a case', { caseId: 'c' }],
    ['an appointment', { atFixed: true }],
    ['one made by a person', { source: 'PERSON' }],
    ['one with a companion', { with: ['EXPERT'] }],
    ['one an expert makes', { by: 'EXPERT' }],
    ['one that was started', { status: 'STARTED' }],
  ])('leaves %s of that account open', async (_, facts) => {
    const p = phone([item(), item({ id: 'i2', ...facts })])
    p.do('LogContact', call())
    expect((await (await overlay(p.book)).item('i2'))?.status).toBe(facts.status ?? 'OPEN')
  })

  test('a call does not make a visit, but where the visit may be a call it does', async () => {
    const visit = phone([item({ kind: 'HOME_VISIT', status: 'STARTED' })])
    visit.do('LogContact', call())
    expect(await (await overlay(visit.book)).item('i1')).toMatchObject({ status: 'OPEN', startedAt: null })
    const either = phone([item({ kind: 'HOME_VISIT', orKind: 'CALL' })])
    either.do('LogContact', call())
    expect((await (await overlay(either.book)).item('i1'))?.status).toBe('DONE')
  })

  test('a visit does for a call, and is the last visit', async () => {
    const p = phone()
    p.do('LogContact', call({ kind: 'HOME_VISIT', outcome: 'MET' }))
    const book = await overlay(p.book)
    expect((await book.item('i1'))?.status).toBe('DONE')
    expect((await book.card('a'))?.account.lastVisitOn).toBe(TODAY)
  })

  test('written down late does not move the last contact back', async () => {
    const p = phone()
    p.do('LogContact', call({ itemId: null, startedAt: '2026-06-01T02:00:00Z' }))
    expect((await (await overlay(p.book)).card('a'))?.account.lastContactOn).toBe('2026-06-20')
  })

  test('plans the next step on exactly that day', async () => {
    const p = phone()
    p.do('LogContact', call({ nextStep: '带血压计', nextOn: '2026-07-13', nextKind: 'HOME_VISIT' }))
    const view = await queries.day(p.book, { day: '2026-07-13' })
    expect(view.items).toHaveLength(1)
    expect(view.items[0]).toMatchObject({
      pending: 'waiting', item: { kind: 'HOME_VISIT', pinned: true, dueOn: '2026-07-13', note: '带血压计', minutes: 40, reasons: [{ code: 'NEXT_STEP' }] },
    })
  })

  test.each([
    ['the account is paused', aCard(account, { pauses: [
      { id: 'p', accountId: 'a', storeId: null, district: '', fromDay: '2026-07-10', toDay: null, reason: '旅游', endedAt: null },
    ] })],
    ['the customer does not want it', aCard({ ...account, optOuts: [{ kind: 'CALL', from: '2026-07-01', to: null }] })],
  ])('says that the next step is not planned when %s', async (_, card) => {
    const p = phone([item()], { cards: [card] })
    const id = p.do('LogContact', call({ nextOn: '2026-07-13', nextKind: 'CALL' }))
    const book = await overlay(p.book)
    expect(await book.itemsOn('2026-07-13', '2026-07-13')).toEqual([])
    expect((await book.log(id))?.log.review).toEqual(['NEXT_NOT_PLANNED'])
  })

  test('with a reaction opens a case, once', async () => {
    const p = phone()
    p.do('LogContact', call({ reaction: true, note: '胃胀' }))
    p.do('LogContact', call({ itemId: null, reaction: true }))
    const cases = await (await overlay(p.book)).openCases()
    expect(cases).toHaveLength(1)
    expect(cases[0]).toMatchObject({ note: '胃胀', case: { kind: 'REACTION', openedOn: TODAY, dueOn: '2026-07-07' } })
    expect((await queries.day(p.book, {})).items[0]?.badges).toContainEqual({ kind: 'case', caseKind: 'REACTION', cause: null })
  })

  test('ticks the visit of the case its item was made for', async () => {
    const step = { id: 's1', seq: 1, kind: 'VISIT', dueOn: TODAY, doneOn: null, doneBy: null, logId: null } as const
    const c = aCase({ id: 'c', accountId: 'a' }, { steps: [step, { ...step, id: 's2', seq: 2, kind: 'DECIDE' }] })
    const p = phone([item({ kind: 'HOME_VISIT', caseId: 'c' })], { cases: [c] })
    const id = p.do('LogContact', call({ kind: 'HOME_VISIT', outcome: 'MET' }))
    const [after] = await (await overlay(p.book)).openCases()
    expect(after?.steps.map(s => s.doneOn)).toEqual([TODAY, null])
    expect(after?.steps[0]?.logId).toBe(id)
    expect(c.steps[0]?.doneOn).toBeNull()
  })

  test('shows its photos and its state while it waits', async () => {
    const p = phone()
    const photo = { id: 'ph', takenAt: '2026-07-06T00:55:00Z', width: 1280, height: 960 }
    p.do('LogContact', call(), { state: 'sending', accountId: 'a', itemId: 'i1', pictures: [{ ...photo, bytes: 1234 }] })
    const view = await queries.account(p.book, { id: 'a' })
    expect(view?.events[0]).toMatchObject({ type: 'log', pending: 'sending', log: { photos: [photo] } })
    expect(view?.work).toMatchObject([{ name: 'LogContact', state: 'sending' }])
  })

  test('of a customer who is gone changes nothing and breaks nothing (story 1)', async () => {
    const p = aPhone({})
    p.do('LogContact', call(), { state: 'accepted', reassigned: true, accountId: 'a', itemId: 'i1' })
    expect((await queries.day(p.book, {})).items).toEqual([])
    expect((await queries.accounts(p.book, { sort: 'name', offset: 0, limit: 9 })).total).toBe(0)
  })

  test.each(STATES)('that is %s counts exactly when the server took it or may take it', async state => {
    const p = phone()
    p.do('LogContact', call(), { state, accountId: 'a', itemId: 'i1' })
    const [card] = (await queries.day(p.book, {})).items
    const stands = state !== 'refused' && state !== 'conflict'
    expect(card?.item.status).toBe(stands ? 'DONE' : 'OPEN')
    expect(card?.pending).toBe(state)
    expect(card?.overdue).toBe(!stands)
  })

  test('that is settled is the business of the rows: nothing is laid over them', async () => {
    const p = phone()
    p.do('LogContact', call(), { state: 'accepted', settled: true, accountId: 'a', itemId: 'i1' })
    const [card] = (await queries.day(p.book, {})).items
    expect(card?.item.status).toBe('OPEN')
    expect(card?.pending).toBeNull()
  })

  test('by an expert who comes along closes what the rep was to do as well', async () => {
    const world = aWorld({ user: { ...aWorld().user, id: EXPERT, name: '孙敏', role: 'EXPERT' } })
    const p = phone([item()], { world })
    p.do('LogContact', call())
    expect((await (await overlay(p.book)).logsOf('a'))[0]?.log).toMatchObject({ userId: EXPERT, byRole: 'EXPERT' })
    expect((await (await overlay(p.book)).item('i1'))?.status).toBe('DONE')
  })
})
