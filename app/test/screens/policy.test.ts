import { beforeAll, describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { EngineError, type Fault } from '@/engine/contract'
import { loadDeskWords, setLanguage } from '@/lang'
import { at, named, parse, put, same, write, type Json, type Path } from '@/screens/policy/document'
import { faultWords, hasInput, touches } from '@/screens/policy/faults'
import { RHYTHMS, SECTIONS } from '@/screens/policy/fields'
import { makeEdit } from '@/screens/policy/usePolicy'

const COMPLETE = JSON.stringify({
  cadence: { weeklyCap: 5, rhythms: { LATER: { callEvery: 15, visitEvery: 30 } }, onboarding: [{ day: 3, kind: 'CALL' }, { day: 7, kind: 'HOME_VISIT' }] }, scripts: {},
})

describe('what is written of an edit', () => {
  test('a number is written alone: what nobody wrote keeps the default', () => {
    const edit = makeEdit(COMPLETE, '{}')
    edit.set(['cadence', 'rhythms', 'LATER', 'callEvery'], 20)
    expect(JSON.parse(edit.body.value)).toEqual({ cadence: { rhythms: { LATER: { callEvery: 20 } } } })
    expect(edit.changed(['cadence', 'rhythms', 'LATER', 'callEvery'])).toBe(true)
    expect(edit.changed(['cadence', 'weeklyCap'])).toBe(false)
  })

  test('a part of a list takes the whole list along, as the server reads it', () => {
    const edit = makeEdit(COMPLETE, '{}')
    edit.set(['cadence', 'onboarding', 1, 'day'], 8)
    expect(JSON.parse(edit.body.value)).toEqual({ cadence: { onboarding: [{ day: 3, kind: 'CALL' }, { day: 8, kind: 'HOME_VISIT' }] } })
  })

  test('what an earlier version wrote stays', () => {
    const edit = makeEdit(COMPLETE, '{"cadence":{"weeklyCap":4}}')
    edit.set(['scripts'], { ROUTINE: { zh: '您好', en: 'Hello' } })
    expect(JSON.parse(edit.body.value)).toEqual({ cadence: { weeklyCap: 4 }, scripts: { ROUTINE: { zh: '您好', en: 'Hello' } } })
  })

  test('set back to what it was, nothing is left to publish', () => {
    const edit = makeEdit(COMPLETE, '{}')
    expect(edit.dirty.value).toBe(false)
    edit.set(['cadence', 'weeklyCap'], 6)
    expect(edit.dirty.value).toBe(true)
    edit.set(['cadence', 'weeklyCap'], 5)
    expect(edit.dirty.value).toBe(false)
  })
})

test('paths are named as the server names them', () => {
  expect(named(['cadence', 'onboarding', 0, 'day'])).toBe('cadence.onboarding[0].day')
})

test('a value put at a path stands there, and nothing else moves', () => {
  const path: Path = ['cadence', 'rhythms', 'LATER', 'visitEvery']
  fc.assert(fc.property(fc.integer(), value => {
    const before: Json = parse(COMPLETE)
    const after = put(before, path, value)
    expect(at(after, path)).toBe(value)
    expect(same(put(after, path, 30), before)).toBe(true)
    expect(same(at(write({}, after, path), path), value)).toBe(true)
  }))
})

test('a document that is none is an empty one', () => expect(parse('[1]')).toEqual({}))

describe('what the server refuses', () => {
  const fault = (field: string, rule = 'range'): Fault => ({ field, rule, message: 'the server says why' })
  const refused = (...faults: Fault[]) => new EngineError('INVALID', faults[0]?.field, faults[0]?.rule, 'the first', faults)
  beforeAll(async () => {
    await setLanguage('zh')
    await loadDeskWords()
  })

  test('every value is shown at its own input, and what has no input is listed', () => {
    const edit = makeEdit(COMPLETE, '{}')
    expect(edit.refuse(refused(fault('cadence.weeklyCap'), fault('cadence.onboarding[1].day'), fault('balance.receivers', 'required')))).toBe(true)
    expect(edit.refused(['cadence', 'weeklyCap'])).toBe('超出允许的范围')
    expect(edit.refused(['cadence', 'onboarding', 1, 'day'])).toBe('要晚于上一期，且在一年之内')
    expect(edit.refused(['cadence', 'onboarding', 0, 'day'])).toBeNull()
    expect(edit.elsewhere.value.map(({ field }) => field)).toEqual(['balance.receivers'])
  })

  test('goes from an input that is changed, and stays at the others', () => {
    const edit = makeEdit(COMPLETE, '{}')
    edit.refuse(refused(fault('cadence.weeklyCap'), fault('cadence.onboarding[1].day'), fault('planning.hours', 'required')))
    edit.set(['cadence', 'weeklyCap'], 3)
    edit.set(['planning', 'hours', '1'], [])
    expect(edit.faults.value.map(({ field }) => field)).toEqual(['cadence.onboarding[1].day'])
    edit.set(['cadence', 'onboarding'], [])
    expect(edit.faults.value).toEqual([])
  })

  test('opens the part it stands in, not a part beside it', () => {
    const edit = makeEdit(COMPLETE, '{}')
    edit.refuse(refused(fault('planning.hours.1[0].to', 'order')))
    expect(edit.within(['planning', 'hours'])).toBe(true)
    expect(edit.within(['planning', 'hours', '2'])).toBe(false)
    expect(edit.refused(['planning', 'hours', '1', 0, 'to'])).toBe('开始要早于结束，时段不能重叠')
  })

  test('is of the document only when it is not the day or the connection', () => {
    const edit = makeEdit(COMPLETE, '{}')
    for (const other of [new EngineError('offline'), new EngineError('INVALID', 'fromDay'), new EngineError('CONFLICT', 'x'), null]) expect(edit.refuse(other)).toBe(false)
    expect(edit.refuse(new EngineError('INVALID', 'body', 'length', 'too long'))).toBe(true)
    expect(edit.elsewhere.value).toEqual([{ field: 'body', rule: 'length', message: 'too long' }])
  })

  test('is told in both languages, and in the server\'s words when the app has none', async () => {
    expect(faultWords(fault('balance.high', 'order'))).toBe('上限至少要比下限高 2 个百分点')
    await setLanguage('en')
    expect(faultWords(fault('balance.high', 'order'))).toBe('The upper end must be at least 2 points above the lower')
    expect(faultWords(fault('balance.high', 'new'))).toBe('the server says why')
    expect(faultWords({ field: 'x', message: 'no rule' })).toBe('no rule')
    await setLanguage('zh')
  })

  test('the form knows which values have an input', () => {
    for (const { path } of SECTIONS.flatMap(({ fields }) => fields)) expect(hasInput(named(path))).toBe(true)
    for (const { path } of RHYTHMS) expect(hasInput(named([...path, 'visitEvery']))).toBe(true)
    for (const field of ['scripts.ROUTINE.zh', 'cadence.festivals[3].day', 'planning.visitHours', 'planning.hours.0[1].from']) expect(hasInput(field)).toBe(true)
    for (const field of ['planning.hours', 'planning.hours.7', 'balance.weights.travel', 'cadence.onboarding[0].script', 'body']) expect(hasInput(field)).toBe(false)
  })
})

test('a value touches its parts and what it is part of, and nothing beside it', () => {
  for (const [one, other] of [['a.b', 'a.b'], ['a', 'a.b'], ['a.b[1].c', 'a.b']] as const) expect(touches(one, other)).toBe(true)
  for (const [one, other] of [['a.b', 'a.bc'], ['a.b[1]', 'a.b[10]'], ['a', 'b']] as const) expect(touches(one, other)).toBe(false)
})
