import { afterEach, describe, expect, test, vi } from 'vitest'
import { ageOf, areasOf, boxed, boxOf, inside, type Age } from '@/screens/map/places'
import { useMap } from '@/screens/map/useMap'
import { seated, settled } from './seated'

afterEach(() => { vi.unstubAllGlobals() })

describe('how old the last contact is', () => {
  const today = '2026-07-06'
  test.each<[string, Parameters<typeof ageOf>[0], Age]>([
    ['nobody was ever reached', { lastContactOn: null, inTouchUntil: '2026-07-20', neglected: false }, 'never'],
    ['in time until today', { lastContactOn: '2026-06-21', inTouchUntil: '2026-07-06', neglected: false }, 'inTouch'],
    ['due since yesterday', { lastContactOn: '2026-06-20', inTouchUntil: '2026-07-05', neglected: false }, 'due'],
    ['neglected', { lastContactOn: '2026-05-20', inTouchUntil: '2026-06-05', neglected: true }, 'neglected'],
    ['no rhythm asks for more', { lastContactOn: '2026-05-20', inTouchUntil: null, neglected: false }, 'inTouch'],
  ])('%s', (_, point, age) => expect(ageOf(point, today)).toBe(age))
})

describe('a line drawn around places', () => {
  const bay = [{ lat: 0, lng: 0 }, { lat: 0, lng: 4 }, { lat: 4, lng: 4 }, { lat: 4, lng: 3 }, { lat: 1, lng: 3 }, { lat: 1, lng: 1 }, { lat: 4, lng: 1 }, { lat: 4, lng: 0 }]
  test.each<[string, number, number, boolean]>([
    ['in an arm', 3, 0.5, true], ['in the other arm', 3, 3.5, true], ['in the bay between', 3, 2, false], ['in the ground', 0.5, 2, true], ['outside', 5, 2, false], ['west of it', 2, -1, false],
  ])('%s', (_, lat, lng, within) => expect(inside({ lat, lng }, bay)).toBe(within))
  test('no line holds nothing', () => expect(inside({ lat: 0, lng: 0 }, [])).toBe(false))
})

test('the box around all, and what lies in it', () => {
  const box = boxOf([{ lat: 1, lng: 5 }, { lat: 3, lng: 2 }])
  expect(box).toEqual({ south: 1, west: 2, north: 3, east: 5 })
  expect([box && boxed({ lat: 2, lng: 3 }, box), box && boxed({ lat: 4, lng: 3 }, box), boxOf([])]).toEqual([true, false, null])
})

test('districts: the worst kept first, thin ones are marked', () => {
  const at = (district: string, age: Age, n: number) => Array.from({ length: n }, () => ({ district, repId: 'r', age }))
  const areas = areasOf([...at('甲', 'inTouch', 20), ...at('乙', 'neglected', 8), ...at('乙', 'inTouch', 8), ...at('丙', 'inTouch', 2)])
  expect(areas.map(a => [a.district, a.points.length, a.ages.neglected, a.thin])).toEqual([['乙', 16, 8, false], ['甲', 20, 0, false], ['丙', 2, 0, true]])
})

test('the map shows whom one leads, by rep and by tier', async () => {
  const { sit } = await seated('manager')
  const { here: map } = sit(() => useMap())
  await settled()
  const all = map.points.value.length
  expect([all, map.placeless.value]).toEqual([39, 1])
  expect(map.ages.value.reduce((n, a) => n + a.count, 0)).toBe(all)
  map.filter.tiers = ['A']
  expect(map.points.value.every(p => p.tier === 'A')).toBe(true)
  map.filter.tiers = []
  map.filter.rep = 'rep-zhaolei'
  await settled()
  expect(new Set(map.points.value.map(p => p.repName))).toEqual(new Set(['赵磊']))
})
