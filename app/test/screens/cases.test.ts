import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EngineError } from '@/engine/contract'
import { refusal } from '@/screens/cases/refusal'
import { useCase } from '@/screens/cases/useCase'
import { useRead } from '@/screens/desk'
import { seated, settled, type Seat } from './seated'

let seat: Seat
beforeEach(async () => { seat = await seated() })
afterEach(() => { vi.unstubAllGlobals() })

describe('a case at the desk', () => {
  test('tells what was written at its steps only when it is asked for', async () => {
    const read = vi.spyOn(seat.engine, 'read')
    const { here: one } = seat.sit(() => useCase(() => 'case-competitor'))
    await settled()
    expect(one.file.value?.steps.map(s => [s.kind, s.written])).toEqual([['SELF_REVIEW', true], ['AGREE', false], ['VISIT', false], ['DECIDE', false]])
    expect(read.mock.calls.some(([name]) => name === 'StepNotes')).toBe(false)
    await one.readWritten()
    expect(one.written.value[one.file.value?.steps[0]?.id ?? '']).toContain('两个月没有上门')
  })

  test('shows what is written later once it is asked for again', async () => {
    const { here: one } = seat.sit(() => useCase(() => 'case-competitor'))
    await settled()
    await one.readWritten()
    const agree = one.file.value?.steps[1]?.id ?? ''
    await seat.engine.act('CompleteCaseStep', { input: { id: 'k', caseId: 'case-competitor', stepId: agree, note: '请专家一起上门' } })
    await settled()
    expect([one.file.value?.steps[1]?.written, one.written.value[agree]]).toEqual([true, undefined])
    await one.readWritten()
    expect(one.written.value[agree]).toBe('请专家一起上门')
  })

  test('has the requests about it whoever asked, and none about others', async () => {
    const { here: one } = seat.sit(() => useCase(() => 'case-stop'))
    await settled()
    expect(one.joints.value.map(j => [j.id, j.caseId])).toEqual([['joint-1', 'case-stop']])
    expect(one.joints.value[0]?.askedBy.id).not.toBe((await seat.engine.ask('world', undefined))?.user.id)
  })
})

test('requests are read again when rows move, and not by the clock', async () => {
  const read = vi.spyOn(seat.engine, 'read')
  const times = () => read.mock.calls.filter(([name]) => name === 'JointRequests').length
  seat.sit(() => useRead('JointRequests', () => ({}), { topics: ['desk', 'rows'] }))
  await settled()
  expect(times()).toBe(1)
  await seat.engine.act('AskJoint', { input: { id: 'k', accountId: 'a01', withId: 'expert-sun', kind: 'CALL', day: '2026-07-08', note: '请打个电话' } })
  await settled()
  expect(times()).toBe(2)
})

describe('a no of the server', () => {
  const no = (code: string, rule?: string, field?: string) => new EngineError(code, field, rule)
  test.each<[string, () => string, string]>([
    ['asked for a day off', () => refusal.AskJoint(no('REFUSED', 'D7')), '对方那天不上班，请换一天。'],
    ['against an opt-out', () => refusal.AskJoint(no('REFUSED', 'D19')), '会员那天不接受这种联系，或联系已暂停。请换一天或换一种方式。'],
    ['answered before', () => refusal.AnswerJoint(no('CONFLICT')), '这个请求已经答复或撤回，请看最新情况。'],
    ['given to a stranger', () => refusal.GiveCase(no('NOT_FOUND')), '这个人不能负责：请选会员的代表、团队主管或经理。'],
    ['the case is closed', () => refusal.PlanContact(no('INVALID', 'open', 'caseId')), '这个个案或步骤别人已经处理完了，请看最新情况。'],
    ['another field is wrong', () => refusal.PlanContact(no('INVALID', 'required', 'reason')), ''],
    ['no connection', () => refusal.CloseCase(no('offline')), ''],
  ])('%s', (_, said, words) => expect(said()).toBe(words))
})
