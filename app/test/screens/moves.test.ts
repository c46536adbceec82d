import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { changesOf, together, type Measures } from '@/screens/moves/effect'
import { changeWords } from '@/screens/moves/effectWords'
import { canEnd } from '@/screens/moves/list'
import { byReceiver, byTier, MOST, unplaced, withMore, type Picked } from '@/screens/moves/pick'
import { bestSplit, neighbourhoods, type Receiver } from '@/screens/moves/split'
import { spreadOf, sumsOf } from '@/screens/moves/balance'
import { useBalance } from '@/screens/moves/useBalance'
import { useFound } from '@/screens/moves/useFound'
import { layReady, useMoveDraft, type MoveDraft } from '@/screens/moves/useMoveDraft'
import { useMoves } from '@/screens/moves/useMoves'
import { useMoving } from '@/screens/moves/useMoving'
import { useSplit } from '@/screens/moves/useSplit'
import { seated, settled, type Seat } from './seated'

const picked = (id: string, more: Partial<Picked> = {}): Picked => ({ id, name: id, tier: 'B', repId: 'r1', district: '历下区', ...more })
const many = (n: number, from = 0) => Array.from({ length: n }, (_, i) => picked(`a${from + i}`))

describe('what is chosen', () => {
  test('each account stands in it once', () => expect(withMore([picked('a')], [picked('a'), picked('b'), picked('b')]).chosen.map(one => one.id)).toEqual(['a', 'b']))
  test('five hundred at most, and it says how many found no room', () => {
    const { chosen, left } = withMore(many(498), many(5, 498))
    expect([chosen.length, left, MOST]).toEqual([500, 3, 500])
  })
  test('tiers are counted, A first, none last', () => {
    expect(byTier([picked('a', { tier: '' }), picked('b', { tier: 'C' }), picked('c', { tier: 'A' })]).map(c => c.key)).toEqual(['A', 'C', ''])
  })
  test('a command names each receiver once', () => {
    expect(byReceiver([picked('a'), picked('b'), picked('c')], { a: 'x', b: 'y', c: 'x' })).toEqual([{ accounts: ['a', 'c'], toRep: 'x' }, { accounts: ['b'], toRep: 'y' }])
  })
  test('who would get what they have gets nothing', () => expect(unplaced([picked('a'), picked('b')], { a: 'r1', b: 'x' }).map(one => one.id)).toEqual(['a']))
})

const receiver = (id: string, score: number, utilisation: number, grows = 0.1): Receiver => ({
  rep: { id, name: id }, score, accounts: 80, utilisation, utilisationAfter: utilisation + grows, metres: null, known: 0, awayFrom: null, words: [],
})

describe('splitting by what is best', () => {
  test('neighbours go together, the largest neighbourhood first', () => {
    const chosen = [picked('a'), picked('b', { district: '天桥区' }), picked('c'), picked('d', { repId: 'r2' })]
    expect(neighbourhoods(chosen).map(group => group.map(one => one.id))).toEqual([['a', 'c'], ['b'], ['d']])
  })
  test('thirty small districts are asked about in twelve questions at most', () => {
    const groups = neighbourhoods(Array.from({ length: 30 }, (_, i) => picked(`a${i}`, { district: `d${i}` })))
    expect([groups.length, groups.flat().length]).toEqual([12, 30])
  })
  test('the best score wins; what somebody was given already counts against them', () => {
    const asked = [[receiver('x', 80, 0.5, 0.3), receiver('y', 75, 0.5)], [receiver('x', 80, 0.5), receiver('y', 75, 0.5)]]
    expect(bestSplit([[picked('a')], [picked('b', { district: 'd' })]], asked, new Set(['x', 'y']))).toEqual({ a: 'x', b: 'y' })
  })
  test('who would be more than full comes last', () => {
    expect(bestSplit([[picked('a')]], [[receiver('x', 90, 0.95), receiver('y', 20, 0.5)]], new Set(['x', 'y']))).toEqual({ a: 'y' })
  })
  test('only those who were named get some, and nobody what they have', () => {
    expect(bestSplit([[picked('a')]], [[receiver('r1', 99, 0.1), receiver('x', 10, 0.2), receiver('y', 50, 0.2)]], new Set(['r1', 'x']))).toEqual({ a: 'x' })
  })
})

describe('the effect in words', () => {
  const measures = (more: Partial<Measures> = {}): Measures => ({ accounts: 100, contactMinutes: 5000, travelMinutes: 1000, capacity: 8000, late: 5, shed: 2, regularity: 0.8, ...more })
  const verdicts = (before: Measures, after: Measures) => Object.fromEntries(changesOf({ before, after }).map(c => [c.name, c.verdict]))

  test('less travel, late and shed is better, less regularity is worse', () => {
    expect(verdicts(measures(), measures({ travelMinutes: 900, late: 4, shed: 3, regularity: 0.7 }))).toEqual({
      accounts: 'same', hours: 'plain', travel: 'better', late: 'better', shed: 'worse', regularity: 'worse',
    })
  })
  test('more hours are neither, unless they are more than there are', () => {
    expect(verdicts(measures(), measures({ contactMinutes: 6000 }))['hours']).toBe('plain')
    expect(verdicts(measures(), measures({ contactMinutes: 7500 }))['hours']).toBe('worse')
    expect(verdicts(measures({ contactMinutes: 8000 }), measures({ contactMinutes: 7500 }))['hours']).toBe('better')
  })
  test('all sides together are their sums', () => {
    const side = { rep: { id: 'r', name: 'r' }, before: measures(), after: measures({ late: 1 }) }
    expect([together([side, side]).before.late, together([side, side]).after.late, together([side, side]).after.regularity]).toEqual([10, 2, 0.8])
  })
  test('a change says by how much, and whether that is good', async () => {
    await seated()
    const [change] = changesOf({ before: measures(), after: measures({ late: 3 }) }).filter(c => c.name === 'late')
    expect(change && changeWords(change)).toBe('少 2，变好')
  })
})

test.each<[string, Parameters<typeof canEnd>[0], boolean]>([
  ['a planned one can be taken off', { status: 'PLANNED', undoUntil: null }, true],
  ['on its last day', { status: 'DONE', undoUntil: '2026-07-06' }, true],
  ['a day too late', { status: 'DONE', undoUntil: '2026-07-05' }, false],
  ['one that is undone', { status: 'UNDONE', undoUntil: null }, false],
])('undoing: %s', (_, move, can) => expect(canEnd(move, '2026-07-06')).toBe(can))

describe('at the desk', () => {
  let seat: Seat
  beforeEach(async () => { seat = await seated() })
  afterEach(() => { vi.unstubAllGlobals() })

  const form = (at = seat) => at.sit(() => {
    const draft: MoveDraft = useMoveDraft()
    return { draft, moving: useMoving(draft), split: useSplit(draft) }
  })

  test('accounts that were asked for are chosen, given to one rep, and moved under the key of the form', async () => {
    const { here: { draft, moving } } = form()
    await moving.open('a00,a06,a12', '')
    expect(draft.form.chosen.map(one => one.name)).toEqual(['张秀英', '赵淑芳', '朱美华'])
    moving.forward()
    expect(draft.form.step).toBe('receivers')
    moving.forward()
    expect([draft.form.step, moving.problem.value]).toEqual(['receivers', '还有 3 位会员没有选好接手人'])
    draft.giveAll('rep-wangfang')
    moving.forward()
    expect([draft.form.step, moving.problem.value]).toEqual(['effect', null])
    const key = draft.form.id
    expect(await moving.decide()).toBeNull()
    expect(moving.errors.value.reason).toBe('请写明理由')
    draft.form.reason = ' 离得近 '
    expect(await moving.decide()).toEqual({ accounts: 3, later: false })
    expect(seat.acted).toEqual([{ name: 'MoveAccounts', args: { input: {
      id: key, moves: [{ accounts: ['a00', 'a06', 'a12'], toRep: 'rep-wangfang' }], reason: '离得近', note: '', on: null, joint: false,
    } } }])
    expect(await seat.engine.ask('draft', { key: 'move' })).toBeNull()
  })

  test('a whole rep can be chosen, and a day to come', async () => {
    const { here: { draft, moving } } = form()
    await moving.open('', 'rep-lijing')
    await settled()
    expect(new Set(draft.form.chosen.map(one => one.repId))).toEqual(new Set(['rep-lijing']))
    draft.giveAll('rep-zhaolei')
    Object.assign(draft.form, { reason: '调店', on: '2026-07-10', joint: true })
    expect(await moving.decide()).toMatchObject({ later: true })
    expect(seat.acted[0]?.args).toMatchObject({ input: { on: '2026-07-10', joint: true } })
  })

  test('what was chosen is still there when the page was loaded again', async () => {
    const first = form()
    await first.here.moving.open('a00,a01', '')
    first.here.draft.form.reason = '太满'
    await settled()
    first.leave()
    await settled()
    const { here: { draft, moving } } = form()
    await moving.open('', '')
    expect([draft.form.id === first.here.draft.form.id, draft.form.chosen.length, draft.form.reason]).toEqual([true, 2, '太满'])
  })

  test('without a connection nothing is lost, and trying again is the same command', async () => {
    const away = await seated('offline')
    await layReady(away.engine, [picked('a00', { repId: 'rep-lijing' })], { a00: 'rep-wangfang' }, '近')
    const { here: { draft, moving } } = form(away)
    await moving.open('', '')
    expect(await moving.decide()).toBeNull()
    expect([moving.failure.value?.code, draft.form.chosen.length]).toEqual(['offline', 1])
    await moving.decide()
    const keys = away.acted.map(a => (a.args as { input: { id: string } }).input.id)
    expect([keys.length, new Set(keys).size]).toEqual([2, 1])
  })

  test('the server’s refusal of a receiver leads back to the receivers', async () => {
    await layReady(seat.engine, [picked('a00', { repId: 'rep-lijing' })], { a00: 'rep-wangfang' }, '近')
    const { EngineError } = await import('@/engine/contract')
    seat.engine.act = () => Promise.reject(new EngineError('REFUSED', 'toRep', 'D9'))
    const { here: { draft, moving } } = form()
    await moving.open('', '')
    await moving.decide()
    expect([draft.form.step, moving.problem.value]).toEqual(['receivers', '这位代表不能接手：请换一位'])
  })

  test('split by best: every account gets somebody else than it has', async () => {
    const { here: { draft, moving, split } } = form()
    await moving.open('a00,a01,a02,a06,a12,a18', '')
    await split.split(['rep-wangfang', 'rep-chentao'])
    expect(draft.open.value).toEqual([])
    expect(Object.values(draft.form.to).every(rep => rep === 'rep-wangfang' || rep === 'rep-chentao')).toBe(true)
    expect(draft.moves.value.flatMap(m => m.accounts).length).toBe(6)
  })

  test('the list is narrowed by the server', async () => {
    const { here: found } = seat.sit(() => useFound(0))
    await found.again()
    const all = found.rows.value.length
    Object.assign(found.narrow, { tiers: ['A'], rep: 'rep-lijing' })
    await settled()
    expect(found.rows.value.length).toBeLessThan(all)
    expect(found.rows.value.every(a => a.tier === 'A' && a.repId === 'rep-lijing')).toBe(true)
  })

  test('moves are listed by where they stand, and a done one can be undone', async () => {
    const { here: list } = seat.sit(() => useMoves(() => ({ statuses: ['PLANNED', 'DONE'], rep: null })))
    await settled()
    expect(list.rows.value.map(m => m.status)).toEqual(['PLANNED', 'DONE', 'DONE'])
    await seat.engine.act('EndMove', { input: { id: 'k', moveId: 'move-done', why: '会员有意见' } })
    await settled()
    expect(list.rows.value.map(m => m.id)).toEqual(['move-planned', 'move-old'])
  })

  test('a balance: all, some or none; the sums follow what is ticked', async () => {
    const { here } = seat.sit(() => useBalance(() => null))
    await settled()
    const { balance, ticked, sums, picked: taken } = here
    const proposal = balance.value
    if (!proposal) throw new Error('no proposal')
    expect(ticked.value.size).toBe(6)
    expect([sums.value.spread, sums.value.travel]).toEqual([8.7, proposal.travelAfter])
    here.tick(proposal.moves.map(m => m.accountId), false)
    expect([sums.value.spread, sums.value.travel, taken.value.chosen.length]).toEqual([16.6, proposal.travelBefore, 0])
    const first = proposal.moves[0]
    here.tick([first?.accountId ?? ''], true)
    expect(sums.value.travel).toBe(proposal.travelBefore - (first?.gainTravel ?? 0))
    expect(sums.value.loads.find(l => l.rep.id === 'rep-zhaolei')?.accounts).toBe(101)
    expect(taken.value.to).toEqual({ [first?.accountId ?? '']: 'rep-zhaolei' })
  })

  test('what is ticked opens the form at its effect', async () => {
    const { here: { balance, picked: taken } } = seat.sit(() => useBalance(() => null))
    await settled()
    await layReady(seat.engine, taken.value.chosen, taken.value.to, '均衡')
    const { here: { draft, moving } } = form()
    await moving.open('', '')
    expect([draft.form.step, draft.form.reason, draft.open.value.length]).toEqual(['effect', '均衡', 0])
    expect(draft.moves.value).toEqual([{ accounts: balance.value?.moves.map(m => m.accountId), toRep: 'rep-zhaolei' }])
  })
})

test('the spread is the standard deviation in points', () => expect([spreadOf([0.5, 1]), spreadOf([0.8, 0.8]), spreadOf([])]).toEqual([25, 0, 0]))
test('nothing to move leaves everything as it is', () => {
  const rep = { rep: { id: 'r', name: 'r' }, accountsBefore: 1, accountsAfter: 1, capacity: 100, careBefore: 80, careAfter: 80, travelBefore: 0, travelAfter: 0, utilisationBefore: 0.8, utilisationAfter: 0.8 }
  const sums = sumsOf({ low: 0.7, high: 0.9, within: true, words: '', spreadBefore: 0, spreadAfter: 0, travelBefore: 5, travelAfter: 5, reps: [rep], moves: [] }, new Set())
  expect(sums).toMatchObject({ spread: 0, travel: 5, within: true })
})
