import { describe, expect, it, vi } from 'vitest'
import type { Account, Case, Event } from '@/engine/contract'
import { endsOf, maySettle, nextStep } from '@/screens/account/caseRules'
import { bothValues, mendedInput } from '@/screens/account/conflict'
import { lastDayOf } from '@/screens/account/dateWords'
import { editInput, fileProblems, listOf, writtenOf } from '@/screens/account/fields'
import { windowOf, windowsOf } from '@/screens/account/hours'
import { byMonth, ofType } from '@/screens/account/timeline'
import { makeKeeper } from '@/screens/log/keep'
import { minuteOf, shiftedTo } from '@/screens/log/times'
import { newId } from '@/screens/newId'

const account = {
  id: 'a', version: 4, name: '张桂兰', sex: 'FEMALE', birthYear: 1956, phone: '13800138000', address: '和平路1号', frail: false,
  budget: 80050, hobbies: ['下棋', '种花'], taboos: '', expectedNextOn: null,
} as unknown as Account

describe('editing the file', () => {
  const edited = (change: object) => ({ ...writtenOf(account), ...change })
  const input = (change: object) => editInput(account, writtenOf(account), edited(change))

  it('sends only what changed, with the version it was changed from', () => {
    expect(input({ taboos: '老伴去世', frail: 'yes' })).toEqual({ accountId: 'a', version: 4, taboos: '老伴去世', frail: true })
  })
  it('takes a fact away with null, a text with an empty one', () => {
    expect(input({ birthYear: '', budget: '', sex: '', address: '' }))
      .toEqual({ accountId: 'a', version: 4, birthYear: null, budget: null, sex: null, address: '' })
  })
  it('reads money, days and lists as they are typed', () => {
    expect(input({ budget: '1,200', expectedNextOn: '2026-12-01', hobbies: '下棋，钓鱼、钓鱼' }))
      .toEqual({ accountId: 'a', version: 4, budget: 120000, expectedNextOn: '2026-12-01', hobbies: ['下棋', '钓鱼'] })
  })
  it('leaves health alone unless something is written', () => {
    expect(input({})).toEqual({ accountId: 'a', version: 4 })
    expect(input({ health: '血压高' })).toEqual({ accountId: 'a', version: 4, health: '血压高' })
  })
  it('tells what cannot be, and only of what changed', () => {
    const before = { ...writtenOf(account), phone: '旧的坏号码' }
    expect(fileProblems(before, { ...before, name: ' ', birthYear: '56', budget: '很多' }))
      .toEqual({ name: 'required', birthYear: 'badYear', budget: 'badAmount' })
    expect(fileProblems(before, { ...before, phone: '不知道', manner: '慢'.repeat(1001) })).toEqual({ phone: 'badPhone', manner: 'tooLong' })
  })
  it('reads lists with any comma', () => expect(listOf(' 下棋, 种花；跳舞\n')).toEqual(['下棋', '种花', '跳舞']))
})

describe('a conflict', () => {
  const work = { input: { input: { id: 'w', accountId: 'a', version: 3, taboos: '别提儿子', name: '张桂兰', quiet: [] } } }
  it('shows both values of what differs', () => {
    expect(bothValues(work, account)).toEqual([{ name: 'taboos', now: '', mine: '别提儿子' }])
  })
  it('sends what is chosen, from the version of now, and what has no field of its own', () => {
    expect(mendedInput(work, account, ['taboos'])).toEqual({ accountId: 'a', version: 4, taboos: '别提儿子', quiet: [] })
  })
  it('sends nothing when nothing is left', () => {
    expect(mendedInput({ input: { input: { taboos: '别提儿子', version: 3 } } }, account, [])).toBeNull()
  })
})

describe('cases by role', () => {
  const file = (kind: string, ...done: (string | null)[]): Case => ({
    case: { kind }, note: '', steps: ['SELF_REVIEW', 'AGREE', 'VISIT', 'DECIDE'].map((k, i) => ({ kind: k, doneOn: done[i] ?? null })),
  }) as unknown as Case
  it('steps come in their order', () => expect(nextStep(file('STOP', '2026-11-01'))?.kind).toBe('AGREE'))
  it('the way is agreed by who leads', () => {
    const agree = nextStep(file('STOP', '2026-11-01'))
    expect([maySettle(agree, 'REP'), maySettle(agree, 'SUPERVISOR')]).toEqual([false, true])
  })
  it('the decision is closing the case', () => expect(maySettle(nextStep(file('STOP', 'd', 'd', 'd')), 'MANAGER')).toBe(false))
  it('a rep cannot give up; a return is settled, a stop is won back', () => {
    expect([endsOf(file('STOP'), 'REP'), endsOf(file('RETURN'), 'REP'), endsOf(file('STOP'), 'MANAGER')])
      .toEqual([['WON_BACK'], ['SETTLED'], ['WON_BACK', 'GIVEN_UP']])
  })
})

describe('the history', () => {
  const event = (day: string, type: string) => ({ id: day + type, day, at: `${day}T01:00:00Z`, type }) as unknown as Event
  const events = [event('2026-11-20', 'log'), event('2026-11-02', 'purchase'), event('2026-10-30', 'pause'), event('2026-10-01', 'log')]
  it('is grouped by month, in its order', () => {
    expect(byMonth(events).map(m => [m.month, m.events.length])).toEqual([['2026-11-01', 2], ['2026-10-01', 2]])
  })
  it('is filtered by type', () => {
    expect(ofType(events, 'contact').map(e => e.day)).toEqual(['2026-11-20', '2026-10-01'])
    expect(ofType(events, 'all')).toBe(events)
  })
})

describe('hours and days', () => {
  it('a stretch ends after it begins; midnight ends a day', () => {
    expect([windowOf({ from: '09:00', to: '11:30' }), windowOf({ from: '22:00', to: '00:00' }), windowOf({ from: '11:00', to: '09:00' })])
      .toEqual([{ from: 540, to: 690 }, { from: 1320, to: 1440 }, null])
    expect(windowsOf([{ from: '14:00', to: '15:00' }, { from: '09:00', to: '10:00' }])).toEqual([{ from: 540, to: 600 }, { from: 840, to: 900 }])
  })
  it('29 February and the 30th of every lunar month can be special', () => {
    expect([lastDayOf('SOLAR', 2), lastDayOf('SOLAR', 4), lastDayOf('LUNAR', 12)]).toEqual([29, 30, 30])
  })
  it('times are read only when they are times', () => expect(['09:05', '24:00', '9:5', ''].map(minuteOf)).toEqual([545, null, null, null]))
  it('a contact moved to an earlier time stays as long as it was', () => {
    const form = { startedAt: '2026-11-22T02:00:00.000Z', endedAt: '2026-11-22T02:40:00.000Z' }
    expect(shiftedTo(form, '2026-11-21T08:00:00.000Z')).toEqual({ startedAt: '2026-11-21T08:00:00.000Z', endedAt: '2026-11-21T08:40:00.000Z' })
  })
})

describe('keeping a form', () => {
  it('writes soon after a change, once for many, at once when the page goes, never after the end', async () => {
    vi.useFakeTimers()
    const put = vi.fn(async () => undefined)
    const keeper = makeKeeper(put, () => undefined, 250)
    keeper.touch()
    keeper.touch()
    await vi.advanceTimersByTimeAsync(300)
    expect(put).toHaveBeenCalledTimes(1)
    keeper.touch()
    await keeper.flush()
    expect(put).toHaveBeenCalledTimes(2)
    await keeper.flush()
    keeper.touch()
    await keeper.stop()
    keeper.touch()
    await vi.advanceTimersByTimeAsync(1000)
    expect(put).toHaveBeenCalledTimes(2)
    vi.useRealTimers()
  })
  it('says when the phone has no room, and when it has again', async () => {
    const said: unknown[] = []
    let room = false
    const keeper = makeKeeper(async () => { if (!room) throw new Error('full') }, failure => said.push(failure))
    keeper.touch()
    await keeper.flush()
    room = true
    keeper.touch()
    await keeper.flush()
    expect([said[0] instanceof Error, said[1]]).toEqual([true, null])
  })
})

describe('keys', () => {
  it('are UUIDv7 and sort by when they were made', () => {
    const [first, second] = [newId(1_700_000_000_000), newId(1_700_000_000_001)]
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(first < second).toBe(true)
  })
})
