import { effectScope, type EffectScope } from 'vue'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Engine } from '@/engine/contract'
import { keyOf, nextOf, type Exception } from '@/screens/inbox/exception'
import { slotsOf } from '@/screens/expert/slots'
import { isLate, type BoardRow } from '@/screens/cases/useBoard'
import { memoryEngine } from '../memory'

const engine = vi.hoisted(() => ({ now: undefined as unknown }))
vi.mock('@/screens/engine', async load => ({ ...(await load<object>()), useEngine: () => engine.now }))
const { useAct, usePages, useRead } = await import('@/screens/desk')

const NOW = () => Date.parse('2026-07-06T02:30:00Z')
const page = Object.assign(new EventTarget(), { hidden: false })
let scope: EffectScope
const within = <T>(work: () => T): T => scope.run(work) as T
const here = () => engine.now as Engine
const settled = (done: () => void) => vi.waitFor(done, { timeout: 5_000, interval: 2 })

beforeEach(() => {
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', Object.assign(new EventTarget(), { location: { search: '' } }))
  page.hidden = false
  engine.now = memoryEngine({ now: NOW, switches: ['supervisor'] })
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

const ALL = { filter: {}, first: 50, after: '', lang: 'ZH' } as const
const rowsOf = async (): Promise<Exception[]> => (await here().read('Inbox', ALL)).inbox.edges.map(({ node }) => node)
const row = async (kind: Exception['kind']): Promise<Exception> => (await rowsOf()).find(r => r.kind === kind)!

describe('reading for a desk', () => {
  test('asks at once, and again when something was changed', async () => {
    const { data } = within(() => useRead('Inbox', () => ALL))
    await settled(() => expect(data.value?.inbox.edges.length).toBeGreaterThan(10))
    const before = data.value!.inbox.edges.length
    const { act } = within(() => useAct())
    await act('Snooze', { input: { id: 'x', kind: 'MISSED', subject: (await row('MISSED')).id, until: '2026-07-09', why: '出差' } })
    await settled(() => expect(data.value?.inbox.edges.length).toBe(before - 1))
  })

  test('asks nothing while nobody looks, and at once when somebody does', async () => {
    const read = vi.spyOn(here(), 'read')
    const { data } = within(() => useRead('Inbox', () => ALL))
    await settled(() => expect(data.value).toBeDefined())
    page.hidden = true
    await here().act('EndOverride', { account: 'a16' })
    await new Promise(resolve => setTimeout(resolve, 20))
    expect(read).toHaveBeenCalledTimes(1)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    await settled(() => expect(read).toHaveBeenCalledTimes(2))
  })

  test('says offline and keeps what it saw', async () => {
    const { data, offline, failure, again } = within(() => useRead('Inbox', () => ALL))
    await settled(() => expect(data.value).toBeDefined())
    vi.spyOn(here(), 'read').mockRejectedValue(Object.assign(new Error('offline'), { code: 'offline' }))
    const { EngineError } = await import('@/engine/contract')
    vi.spyOn(here(), 'read').mockRejectedValue(new EngineError('offline'))
    await again()
    expect([offline.value, failure.value?.code, data.value !== undefined]).toEqual([true, 'offline', true])
  })

  test('shows page after page, all of them live', async () => {
    const read = within(() => usePages(() => ({}), async (e, filter, after) => (await e.read('Inbox', { ...ALL, filter, first: 5, after })).inbox))
    const count = () => (read.data.value ?? []).flatMap(({ edges }) => edges).length
    await settled(() => expect(count()).toBe(5))
    expect(read.hasMore.value).toBe(true)
    read.more()
    await settled(() => expect(count()).toBe(10))
    const all = (await rowsOf()).length
    for (let n = 0; n < 3; n++) {
      read.more()
      await settled(() => expect(read.asking.value).toBe(false))
    }
    await settled(() => expect([count(), read.hasMore.value]).toEqual([all, false]))
  })

  test('tells why a change was refused, and does one at a time', async () => {
    const { act, failure } = within(() => useAct())
    const twice = await Promise.all([0, 1].map(() => act('Snooze', { input: { id: 'x', kind: 'MISSED', subject: 'late-12', until: '2026-07-09', why: ' ' } })))
    expect([twice, failure.value?.code, failure.value?.field]).toEqual([[null, null], 'INVALID', 'why'])
  })
})

describe('the next action of an exception', () => {
  test.each([
    ['NEGLECTED', { sheet: 'plan' }], ['MISSED', { sheet: 'reschedule' }], ['REVIEW', { sheet: 'look' }], ['SILENT_PHONE', { sheet: 'call' }],
    ['OVERRIDE', { sheet: 'reason' }], ['NO_ROOM', { to: { path: '/moves/new', query: { rep: 'rep-zhaolei' } } }],
    ['LEAVE', { to: { path: '/covers/new', query: { leave: 'leave-wang' } } }], ['CASE', { to: '/cases/case-stop' }], ['COMPLAINT', { to: '/cases/case-reaction' }],
  ] as const)('of %s leads there', async (kind, next) => {
    expect(nextOf(await row(kind))).toEqual(next)
  })

  test('moves an account when it is about one', async () => {
    expect(nextOf({ ...await row('NEGLECTED'), action: 'REASSIGN' })).toEqual({ to: { path: '/moves/new', query: { accounts: 'a00' } } })
  })

  test('that lacks its facts leads to the account', async () => {
    expect(nextOf({ ...await row('MISSED'), item: null })).toEqual({ to: '/accounts/a12' })
  })

  test('done, takes its row away', async () => {
    const before = (await rowsOf()).map(keyOf)
    const review = await row('REVIEW')
    await here().act('SettleReview', { input: { id: 'x', logId: review.id, verdict: 'FINE' } })
    await here().act('PlanContact', { input: { id: 'y', accountId: 'a00', kind: 'CALL', day: '2026-07-06', reason: '久未联系' } })
    const after = (await rowsOf()).map(keyOf)
    expect(before.filter(key => !after.includes(key)).sort()).toEqual(['NEGLECTED/NEGLECTED-0', keyOf(review)].sort())
    expect((await here().read('Review', { log: review.id })).review).toMatchObject({ open: false, verdict: 'FINE' })
  })
})

describe('times to meet', () => {
  test('begin on the half hour, end in time, and are spread over the day', () => {
    expect(slotsOf([{ day: '2026-07-07', fromMin: 545, toMin: 690 }], 60)).toEqual([{ day: '2026-07-07', at: [570, 600, 630] }])
    const [day] = slotsOf([{ day: '2026-07-07', fromMin: 540, toMin: 720 }, { day: '2026-07-07', fromMin: 840, toMin: 1020 }], 60)
    expect([day?.at.length, day?.at[0], day?.at.at(-1)]).toEqual([5, 540, 960])
  })
  test('are none where nothing is long enough', () => expect(slotsOf([{ day: '2026-07-07', fromMin: 540, toMin: 570 }], 60)).toEqual([]))
})

describe('cases', () => {
  const board = async () => (await here().read('CaseBoard', { filter: { closed: false }, first: 50, after: '' })).caseBoard.edges.map(({ node }) => node)
  const of = (rows: BoardRow[], id: string) => rows.find(r => r.case.id === id)!

  test('come by what is due first; late is late, today is not', async () => {
    const rows = await board()
    expect(rows.map(r => r.case.id)[0]).toBe('case-reaction')
    expect([isLate(of(rows, 'case-reaction')), isLate(of(rows, 'case-stop'))]).toEqual([true, false])
  })

  test('go step by step, and a step out of turn is refused', async () => {
    const { next, steps } = of(await board(), 'case-competitor')
    await expect(here().act('CompleteCaseStep', { input: { id: 'x', caseId: 'case-competitor', stepId: steps[3]!.id } })).rejects.toMatchObject({ code: 'REFUSED' })
    await here().act('CompleteCaseStep', { input: { id: 'y', caseId: 'case-competitor', stepId: next!.id, note: '带检测仪去' } })
    expect(of(await board(), 'case-competitor').next?.kind).toBe('VISIT')
  })

  test('show who was asked along, and the answer', async () => {
    await here().act('AskJoint', { input: { id: 'j', accountId: 'a22', caseId: 'case-competitor', withId: 'mgr-wu', kind: 'HOME_VISIT', day: '2026-07-08', note: '一起去' } })
    expect(of(await board(), 'case-competitor').joint).toMatchObject({ status: 'ASKED', with: { name: '吴敏' } })
    await here().act('AnswerJoint', { input: { id: 'k', requestId: 'j', accept: true, day: '2026-07-09', at: 540 } })
    expect(of(await board(), 'case-competitor').joint).toMatchObject({ status: 'ACCEPTED', day: '2026-07-09', at: 540 })
  })
})
