import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percent, percentLong } from '../../src/rules/chance'
import { vectors } from './vectors'

type Told = { name: string; p: number; bought: number; percent: string }

describe('how sure a probability is told, by the vectors shared with the server', () => {
  test.each(vectors<Told[]>('forecast/testdata/percent.json'))('$name', v => expect(percent(v.p, v.bought)).toBe(v.percent))
})

describe('a probability as a length', () => {
  test('is what is written, and half a step at the ends', () => {
    expect([percentLong(0.78, 7), percentLong(0.78, 8)]).toEqual([80, 78])
    expect([percentLong(0, 7), percentLong(1, 7), percentLong(0, 8), percentLong(1, 8)]).toEqual([2.5, 97.5, 0.5, 99.5])
  })
  test('never empty, never full, and longer only with a higher chance', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(fc.property(chance, chance, fc.nat(40), (a, b, bought) => {
      const [low, high] = [percentLong(Math.min(a, b), bought), percentLong(Math.max(a, b), bought)]
      expect(low).toBeGreaterThan(0)
      expect(high).toBeLessThan(100)
      expect(low).toBeLessThanOrEqual(high)
    }))
  })
})
