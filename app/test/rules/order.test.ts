import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bestOrder, MOST_STOPS, NOWHERE, type Plan, type RestOfDay, type Stop } from '../../src/rules/order'
import { vectors } from './vectors'

type Vector = { name: string; day: RestOfDay; plan: Plan }

describe('the order of a day, by the vectors shared with the server', () => {
  test.each(vectors<Vector[]>('schedule/order/testdata/vectors.json'))('$name', v => expect(bestOrder(v.day)).toEqual(v.plan))
})

const minutes = fc.integer({ min: 1, max: 60 })
const stop = fc.record<Stop>({
  place: fc.integer({ min: NOWHERE, max: 4 }), minutes, priority: fc.integer({ min: 0, max: 2 }),
  windows: fc.option(fc.constantFrom([{ from: 540, to: 700 }], [{ from: 600, to: 660 }, { from: 800, to: 1000 }])),
  preferred: fc.option(fc.constant([{ from: 560, to: 640 }])), at: fc.option(fc.integer({ min: 500, max: 1000 }), { freq: 6 }),
})
const day = fc.record<RestOfDay>({
  now: fc.integer({ min: 500, max: 900 }), from: fc.integer({ min: NOWHERE, max: 4 }), to: fc.integer({ min: NOWHERE, max: 4 }),
  until: fc.constantFrom(0, 1080), wish: fc.integer({ min: 0, max: 30 }), shifts: fc.constant([{ from: 540, to: 720 }, { from: 780, to: 1080 }]),
  travel: fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 5 }),
  stops: fc.array(stop, { maxLength: 16 }),
})

describe('whatever the day', () => {
  test('every stop is visited or left out, once, and nobody is in two places', () => fc.assert(fc.property(day, d => {
    const plan = bestOrder(d)
    const all = [...plan.visits, ...plan.left].map(v => v.stop).sort((a, b) => a - b)
    expect(all).toEqual(d.stops!.map((_, i) => i))
    let end = d.now
    for (const v of plan.visits) {
      const s = d.stops![v.stop]!
      expect(v.start).toBeGreaterThanOrEqual(end)
      if (s.at !== null) expect(v.start).toBe(s.at)
      end = v.start + s.minutes
    }
  }), { numRuns: 60 }))

  test('more stops than a day can have are refused', () => {
    const one: Stop = { place: NOWHERE, minutes: 5, windows: null, preferred: null, at: null, priority: 0 }
    expect(() => bestOrder({ now: 0, from: -1, to: -1, until: 0, travel: [], shifts: [], wish: 0,
      stops: Array<Stop>(MOST_STOPS + 1).fill(one),
    })).toThrow(RangeError)
  })
})
