import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { gapOf, groupsOf, inputOf, type Cover, type CoverForm } from '@/screens/covers/cover'
import { useCover } from '@/screens/covers/useCover'
import type { Picked } from '@/screens/moves/pick'
import { seated, settled, type Seat } from './seated'

const picked = (id: string): Picked => ({ id, name: id, tier: 'B', repId: 'r1', district: '历下区' })
const held = [picked('a'), picked('b'), picked('c')]
const form = (more: Partial<CoverForm> = {}): CoverForm => ({
  id: 'k', leaveId: 'leave', owner: 'r1', from: '2026-07-10', to: '2026-07-12', some: false, chosen: [], split: false, rep: 'x', given: {}, lead: 2, lag: 1, reason: ' 休假 ', ...more,
})

describe('the command of a cover', () => {
  test('one who stands in for everything is named without accounts', () => {
    expect(inputOf(form(), held)).toEqual({ id: 'k', leaveId: 'leave', by: [{ accounts: [], rep: 'x' }], leadDays: 2, lagDays: 1, reason: '休假' })
  })
  test('for some, and without a leave', () => {
    expect(inputOf(form({ leaveId: null, some: true, chosen: [picked('b')] }), held))
      .toMatchObject({ owner: 'r1', from: '2026-07-10', to: '2026-07-12', by: [{ accounts: ['b'], rep: 'x' }] })
  })
  test('shared by several', () => {
    expect(inputOf(form({ split: true, given: { a: 'x', b: 'y', c: 'x' } }), held).by).toEqual([{ accounts: ['a', 'c'], rep: 'x' }, { accounts: ['b'], rep: 'y' }])
  })
  test.each<[string, Partial<CoverForm>, ReturnType<typeof gapOf>]>([
    ['nobody is away', { leaveId: null, owner: null }, 'owner'],
    ['it ends before it begins', { leaveId: null, to: '2026-07-01' }, 'days'],
    ['no accounts', { some: true }, 'accounts'],
    ['nobody stands in', { rep: null }, 'rep'],
    ['for one nobody stands in', { split: true, given: { a: 'x', b: 'x' } }, 'given'],
    ['everything is said', {}, null],
  ])('what is missing: %s', (_, more, gap) => expect(gapOf(form(more), held)).toBe(gap))
})

test('covers of one owner by one rep for the same days are one line, the next first', () => {
  const cover = (id: string, rep: string, workFrom: string): Cover => ({
    id, accountId: id, accountName: id, rep: { id: rep, name: rep }, owner: { id: 'o', name: 'o' }, leaveId: null, fromDay: workFrom, toDay: workFrom, workFrom, workTo: workFrom, reason: '',
  })
  expect(groupsOf([cover('1', 'x', '2026-07-09'), cover('2', 'y', '2026-07-07'), cover('3', 'x', '2026-07-09')]).map(g => g.covers.map(c => c.id))).toEqual([['2'], ['1', '3']])
})

describe('at the desk', () => {
  let seat: Seat
  beforeEach(async () => { seat = await seated() })
  afterEach(() => { vi.unstubAllGlobals() })
  const covered = async () => (await seat.engine.read('LeaveCovers', {})).leaveCovers[0]

  test('a leave gives owner and days; one stands in for all, and it is covered', async () => {
    const { here: cover } = seat.sit(() => useCover(() => 'leave-wang'))
    await settled()
    expect([cover.form.owner, cover.form.from, cover.held.value.length]).toEqual(['rep-wangfang', '2026-07-11', 7])
    expect(cover.receivers.data.value?.receivers.length).toBeGreaterThan(0)
    expect(await cover.decide()).toBeNull()
    expect(cover.missing.value).toBe('请选代班的人')
    expect((await covered())?.covered).toBe(0)
    cover.form.rep = 'rep-chentao'
    expect(await cover.decide()).toBe(7)
    const row = await covered()
    expect(row?.covered).toBe(row?.due)
  })

  test('split by best gives every account somebody', async () => {
    const { here: cover } = seat.sit(() => useCover(() => 'leave-wang'))
    await settled()
    cover.form.split = true
    await cover.splitByBest(['rep-chentao', 'rep-zhaolei'])
    expect(cover.gap.value).toBeNull()
    expect(await cover.decide()).toBe(7)
    expect(seat.acted.map(a => a.name)).toEqual(['CoverLeave'])
  })

  test('an account that is covered on these days already is a conflict in words', async () => {
    const { here: cover } = seat.sit(() => useCover(() => null))
    Object.assign(cover.form, { owner: 'rep-zhaolei', from: '2026-07-07', to: '2026-07-08' })
    await settled()
    cover.form.rep = 'rep-wangfang'
    expect(await cover.decide()).toBeNull()
    expect(cover.problem.value).toBe('其中有会员在这几天已经有人代班，请先结束那边再安排')
  })

  test('a leave is granted or refused, covers end early', async () => {
    await seat.engine.act('GrantLeave', { leave: 'leave-asked' })
    expect((await seat.engine.read('LeaveCovers', {})).leaveCovers.length).toBe(2)
    const { covers } = await seat.engine.read('Covers', { rep: null, first: 1000 })
    await seat.engine.act('EndCovers', { covers: covers.map(c => c.id) })
    expect((await seat.engine.read('Covers', { rep: null, first: 1000 })).covers).toEqual([])
  })
})
