import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card, Work } from '@/engine/contract'
import { addDays } from '@/rules/civil'
import { boughtOf, factsOf, FLOOR, NOW, overtaken, pictureOf, TOP, WIDTH, type Facts } from '@/screens/account/horizonPicture'

const today = '2026-11-22'
const ago = (days: number, supplyDays = 0) => ({ day: addDays(today, -days), supplyDays })
const every = (days: number, times: number, last = 0) => Array.from({ length: times }, (_, i) => ago(last + i * days))
const chances = Array.from({ length: 24 }, (_, i) => (i + 1) / 25)
const facts = (changed: Partial<Facts>): Facts => ({ today, bought: [ago(20, 30)], curve: null, expected: null, word: null, ...changed })
const draw = (changed: Partial<Facts>) => pictureOf(facts(changed))!

describe('which purchases are shown', () => {
  test('nothing was bought, nothing is drawn', () => expect(pictureOf(facts({ bought: [] }))).toBeNull())
  test('a year, when it has more than eight', () => {
    const { marks, from } = draw({ bought: every(30, 20) })
    expect([marks.length, from]).toEqual([13, addDays(today, -360)])
  })
  test('the last eight, when a year has fewer', () => {
    const { marks, from } = draw({ bought: every(80, 12) })
    expect([marks.length, from]).toEqual([8, addDays(today, -560)])
  })
  test('at least a quarter, however short the past', () => expect(draw({ bought: [ago(0)] }).from).toBe(addDays(today, -90)))
})

describe('purchases that count', () => {
  const order = (days: number, supplyDays: number, whole?: boolean) => ({
    purchase: ago(days, supplyDays), lines: [], returns: whole === undefined ? [] : [{ whole }],
  }) as unknown as Card['purchases'][number]

  test('one a day with its longest supply, the latest first', () => {
    expect(boughtOf([order(40, 30), order(3, 20), order(3, 60)], today)).toEqual([ago(3, 60), ago(40, 30)])
  })
  test('what was given back whole was none, in part it was', () => {
    expect(boughtOf([order(3, 20, true), order(9, 30, false)], today)).toEqual([ago(9, 30)])
  })
  test('none after the day asked for', () => expect(boughtOf([order(3, 20), order(9, 30)], addDays(today, -5))).toEqual([ago(9, 30)]))
})

describe('what is known by now', () => {
  const made = { day: addDays(today, -6), curve: chances }
  const expectedOn = addDays(today, 9)
  const view = (changed: object, ...names: string[]) => ({
    card: { projection: made, purchases: [{ purchase: ago(20, 30), lines: [], returns: [] }], override: null, account: { expectedOn }, ...changed } as unknown as Card,
    work: names.map(name => ({ name }) as Work),
  })

  test('the curve and the day of the projection', () => {
    expect(overtaken(view({}))).toBe(false)
    expect(factsOf(view({}, 'LogContact'), today)).toEqual({
      today, bought: [ago(20, 30)], curve: { from: made.day, chances }, expected: expectedOn, word: null,
    })
  })
  test.each(['RecordPurchase', 'RecordReturn'])('neither of them while a %s waits on the phone', name => {
    expect(overtaken(view({}, name))).toBe(true)
    expect(factsOf(view({}, name), today)).toMatchObject({ curve: null, expected: null })
  })
  test('neither of them after a later purchase', () => {
    const later = view({ purchases: [{ purchase: ago(2, 30), lines: [], returns: [] }] })
    expect(factsOf(later, today)).toMatchObject({ bought: [ago(2, 30)], curve: null, expected: null })
  })
  test('no curve of old projections, nor before the first', () => {
    expect(factsOf(view({ projection: { ...made, curve: null } }), today)).toMatchObject({ curve: null, expected: expectedOn })
    expect(factsOf(view({ projection: { day: made.day } }), today).curve).toBeNull()
    expect(factsOf(view({ projection: null }), today).curve).toBeNull()
  })
  test('the rep’s day, once', () => {
    expect(factsOf(view({ override: { onDay: expectedOn } }), today)).toMatchObject({ word: expectedOn, expected: null })
    expect(factsOf(view({ override: { onDay: today } }), today)).toMatchObject({ word: today, expected: expectedOn })
    expect(factsOf(view({ override: { onDay: null } }), today)).toMatchObject({ word: null, expected: expectedOn })
  })
})

describe('where things stand', () => {
  test('a purchase of today stands at today, older ones to the left', () => {
    const [last, before] = draw({ bought: [ago(0), ago(30)] }).marks
    expect(last!.x).toBe(NOW)
    expect(before!.x).toBeLessThan(NOW)
  })
  test('the supply runs from its purchase to the day it is used up', () => {
    const { supply, marks } = draw({ bought: [ago(20, 30), ago(60)] })
    expect(supply).toMatchObject({ from: marks[0]!.x, until: addDays(today, 10), ends: true })
    expect(supply!.to).toBeGreaterThan(NOW)
    expect(draw({ bought: [ago(20), ago(60, 90)] }).supply).toBeNull()
  })
  test('the picture reaches to a day of interest, up to a year; beyond, it is not drawn', () => {
    expect(draw({}).to).toBe(addDays(today, 120))
    const far = draw({ expected: addDays(today, 200), word: addDays(today, 150) })
    expect(far.to).toBe(addDays(today, 200))
    expect(far.word!).toBeLessThan(far.expected!)
    const beyond = draw({ bought: [ago(0, 700)], expected: addDays(today, 390) })
    expect(beyond).toMatchObject({ to: addDays(today, 120), expected: null, supply: { ends: false, to: WIDTH - 8 } })
  })
  test('the curve begins with nothing on the day it was projected, and rises', () => {
    const { curve } = draw({ curve: { from: addDays(today, -6), chances } })
    expect(curve).toHaveLength(25)
    expect(curve[0]!.y).toBe(FLOOR)
    expect(curve[0]!.x).toBeLessThan(NOW)
    expect(curve[24]!.y).toBeCloseTo(FLOOR - 0.96 * (FLOOR - TOP))
    curve.slice(1).forEach((p, i) => {
      expect(p.x).toBeGreaterThan(curve[i]!.x)
      expect(p.y).toBeLessThan(curve[i]!.y)
    })
  })
  test('a curve of today says its chance of 30 days at 30 days', () => {
    const { curve, expected } = draw({ curve: { from: today, chances }, expected: addDays(today, 30) })
    expect(curve[6]!.x).toBeCloseTo(expected!)
  })
  test('without a curve there is none', () => expect(draw({}).curve).toEqual([]))
})

test('whatever happened, everything stays in the picture', () => {
  const past = fc.record({ days: fc.nat(4000), supply: fc.nat(1095) })
  const ahead = fc.option(fc.nat(500))
  fc.assert(fc.property(fc.array(past, { minLength: 1, maxLength: 30 }), ahead, ahead, fc.nat(60), (all, expected, word, old) => {
    const bought = all.sort((a, b) => a.days - b.days).map(p => ago(p.days, p.supply))
    const on = (days: number | null) => (days === null ? null : addDays(today, days))
    const p = draw({ bought, expected: on(expected), word: on(word), curve: { from: addDays(today, -old), chances } })
    const xs = [...p.marks.map(m => m.x), ...p.curve.map(c => c.x), p.expected, p.word, p.supply?.from, p.supply?.to].filter(x => x != null)
    expect(Math.min(...xs)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...xs)).toBeLessThanOrEqual(WIDTH)
  }))
})
