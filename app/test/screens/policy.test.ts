import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { at, named, parse, put, same, write, type Json, type Path } from '@/screens/policy/document'
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
