import { describe, expect, test } from 'vitest'
import { metresBetween } from '@/rules/distance'
import { layOut, RADIUS, separate, type Stop } from '@/screens/today/sketch'

const stop = (number: number, lat: number, lng: number, done = false): Stop =>
  ({ id: `s${number}`, number, name: `第${number}家`, place: { lat, lng }, done })

const draw = (stops: Stop[], here: { lat: number; lng: number } | null = null) =>
  layOut(stops, here, 360, 260, metresBetween)!

const apart = (a: { x: number; y: number }, b: { x: number; y: number }) => Math.hypot(a.x - b.x, a.y - b.y)

describe('the sketch of a route', () => {
  test('nothing to draw without stops', () => {
    expect(layOut([], { lat: 31, lng: 121 }, 360, 260, metresBetween)).toBeNull()
  })

  test('north is up and east is right', () => {
    const { marks } = draw([stop(1, 31.2, 121.4), stop(2, 31.25, 121.4), stop(3, 31.2, 121.45)])
    expect(marks[1]!.y).toBeLessThan(marks[0]!.y)
    expect(marks[2]!.x).toBeGreaterThan(marks[0]!.x)
  })

  test('true relative distances: twice as far is twice as long, whichever direction', () => {
    const east = 0.01 / Math.cos((31.2 * Math.PI) / 180)
    const { marks } = draw([stop(1, 31.2, 121.4), stop(2, 31.21, 121.4), stop(3, 31.2, 121.4 + 2 * east)])
    const ratio = apart(marks[0]!.at, marks[2]!.at) / apart(marks[0]!.at, marks[1]!.at)
    expect(ratio).toBeCloseTo(2, 2)
  })

  test('every number stays inside the picture, also where all stops lie on one line', () => {
    const { marks, height, width } = draw([1, 2, 3, 4, 5, 6].map(n => stop(n, 31.2 + n / 50, 121.4)))
    for (const m of marks) {
      expect(m.x).toBeGreaterThanOrEqual(RADIUS)
      expect(m.x).toBeLessThanOrEqual(width - RADIUS)
      expect(m.y).toBeGreaterThanOrEqual(RADIUS)
      expect(m.y).toBeLessThanOrEqual(height - RADIUS)
    }
  })

  test('eight stops in one house and one far away are all readable', () => {
    const crowd = [1, 2, 3, 4, 5, 6, 7, 8].map(n => stop(n, 31.2, 121.4))
    const { marks } = draw([...crowd, stop(9, 31.6, 121.9)])
    for (const a of marks) for (const b of marks) if (a !== b) expect(apart(a, b)).toBeGreaterThan(RADIUS * 2 - 2)
    expect(marks[0]!.at).toEqual(marks[7]!.at)
  })

  test('legs are measured on the ground, not on the picture', () => {
    const { legs } = draw([stop(1, 31.2, 121.4), stop(2, 31.21, 121.4)])
    expect(legs).toHaveLength(1)
    expect(legs[0]!.metres).toBeCloseTo(1112, -1)
  })

  test('from here the way leads to the first stop that is not done', () => {
    const { legs, here } = draw([stop(1, 31.2, 121.4, true), stop(2, 31.21, 121.4)], { lat: 31.21, lng: 121.41 })
    expect(here).not.toBeNull()
    expect(legs[0]!.metres).toBeCloseTo(metresBetween({ lat: 31.21, lng: 121.41 }, { lat: 31.21, lng: 121.4 }), 0)
  })

  test('someone far away is left out, so that the stops stay apart', () => {
    const stops = [stop(1, 31.2, 121.4), stop(2, 31.21, 121.42)]
    const far = draw(stops, { lat: 36.6, lng: 117 })
    expect(far.here).toBeNull()
    expect(far).toEqual(draw(stops))
  })

  test('when all is done no way leads from here', () => {
    expect(draw([stop(1, 31.2, 121.4, true)], { lat: 31.3, lng: 121.4 }).legs).toHaveLength(0)
  })

  test('a leg too short for its distance has no label', () => {
    const { legs } = draw([stop(1, 31.2, 121.4), stop(2, 31.2003, 121.4), stop(3, 31.4, 121.6)])
    expect(legs.map(l => l.label === null)).toEqual([true, false])
  })

  test('the bar is a round length and takes at most a fifth of the width', () => {
    const { bar } = draw([stop(1, 31.2, 121.4), stop(2, 31.25, 121.5)])
    expect([1, 2, 5]).toContain(bar.metres / 10 ** Math.floor(Math.log10(bar.metres)))
    expect(bar.length).toBeLessThanOrEqual(72)
  })

  test('numbers with room enough are not moved', () => {
    const dots = [{ x: 40, y: 40 }, { x: 200, y: 90 }]
    expect(separate(dots, 360, 200)).toEqual(dots)
  })
})
