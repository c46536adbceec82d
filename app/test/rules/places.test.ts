import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metresBetween, roadMinutes, travelMinutes } from '../../src/rules/distance'
import { fromGcj02, toGcj02 } from '../../src/rules/gcj02'
import { MAP_APPS, message, navigation, telephone } from '../../src/rules/mapLinks'
import { vectors } from './vectors'

type Point = { lat: number; lng: number }
const CENTIMETRE = 1e-7

type Distance = { name: string; from: Point; to: Point; meters: number; within: number }

describe('distances, by the vectors shared with the server', () => {
  test.each(vectors<Distance[]>('geo/testdata/distance.json'))('$name', v => {
    expect(Math.abs(metresBetween(v.from, v.to) - v.meters)).toBeLessThanOrEqual(v.within)
    expect(Math.abs(metresBetween(v.to, v.from) - v.meters)).toBeLessThanOrEqual(v.within)
  })
})

type Shift = { name: string; wgs: Point; gcj: Point }

describe('GCJ-02, by the vectors shared with the server', () => {
  test.each(vectors<Shift[]>('geo/testdata/gcj02.json'))('$name', v => {
    near(toGcj02(v.wgs), v.gcj)
    near(fromGcj02(v.gcj), v.wgs)
  })

  test('there and back is where one was, everywhere on the mainland', () => {
    const lat = fc.double({ min: 3, max: 53, noNaN: true })
    const lng = fc.double({ min: 73, max: 135, noNaN: true })
    fc.assert(fc.property(lat, lng, (lat, lng) => near(fromGcj02(toGcj02({ lat, lng })), { lat, lng })))
  })

  test('in Chinese cities the shift is some hundred metres: forgetting it sends a rep to another street', () => {
    const cities = [[36.65, 117.12], [31.23, 121.47], [39.9, 116.4], [23.13, 113.26], [30.57, 104.07]] as const
    for (const [lat, lng] of cities) {
      const metres = metresBetween({ lat, lng }, toGcj02({ lat, lng }))
      expect(metres).toBeGreaterThan(250)
      expect(metres).toBeLessThan(650)
    }
  })
})

function near(got: Point, want: Point): void {
  expect(Math.abs(got.lat - want.lat)).toBeLessThan(CENTIMETRE)
  expect(Math.abs(got.lng - want.lng)).toBeLessThan(CENTIMETRE)
}

type Way = { from: Point; to: Point; detour: number; kmPerHour: number; minutes: number }

describe('ways, by the vectors shared with the server', () => {
  test.each(vectors<Way[]>('schedule/order/testdata/ways.json'))('$minutes minutes at $kmPerHour km/h', w =>
    expect(roadMinutes(w.from, w.to, w.detour, w.kmPerHour)).toBe(w.minutes))
})

describe('ways', () => {
  const people = { lat: 36.65, lng: 117.12 }
  const north = { lat: 36.65 + 10_000 / ((6_371_008.8 * Math.PI) / 180), lng: 117.12 } // 10 km

  test.each([['CAR', 28], ['WALK', 156], ['EBIKE', 44], ['BUS', 52], [null, 44]] as const)(
    '10 km by %s take %d minutes, as the server reckons', (mode, want) => expect(travelMinutes(people, north, mode)).toBe(want))

  test('to where one is there is no way', () => expect(travelMinutes(people, people)).toBe(0))
})

describe('links', () => {
  const home = { lat: 36.6512, lng: 117.1201, name: '张秀英, 佛山苑&3号' }

  test('Amap gets GCJ-02, longitude first, and a name without commas', () => {
    expect(navigation('amap', home, 'CAR')).toBe(
      'https://uri.amap.com/navigation?to=117.126228,36.651630,' + encodeURIComponent('张秀英  佛山苑&3号') +
      '&mode=car&coordinate=gaode&callnative=1')
  })

  test('Apple gets WGS-84, latitude first, with the name', () => {
    expect(navigation('apple', home, null)).toBe(
      'https://maps.apple.com/?daddr=36.651200,117.120100&q=' + encodeURIComponent(home.name))
  })

  test('Google gets WGS-84, latitude first', () => {
    expect(navigation('google', home, null)).toBe('https://www.google.com/maps/dir/?api=1&destination=36.651200,117.120100')
  })

  test('each way of travelling has its mode, the electric bicycle where none is known', () => {
    const mode = (m: 'WALK' | 'EBIKE' | 'CAR' | 'BUS' | null) => new URL(navigation('amap', home, m)).searchParams.get('mode')
    expect([mode('WALK'), mode('EBIKE'), mode('CAR'), mode('BUS'), mode(null)]).toEqual(['walk', 'ride', 'car', 'bus', 'ride'])
  })

  test('no name breaks out of its place', () => {
    fc.assert(fc.property(fc.string({ unit: fc.nat(0xffff).map(c => String.fromCharCode(c)) }), name => {
      for (const app of MAP_APPS) {
        const url = new URL(navigation(app, { ...home, name }, null))
        expect([...url.searchParams.keys()].length).toBe(app === 'amap' ? 4 : 2)
        if (app === 'amap') expect(url.searchParams.get('to')?.split(',')).toHaveLength(3)
      }
    }))
  })

  test('calls and messages dial digits only', () => {
    expect(telephone('138 0531-0000')).toBe('tel:13805310000')
    expect(telephone('+86 138 0531 0000')).toBe('tel:+8613805310000')
    expect(message('13805310000')).toBe('sms:13805310000')
    expect(message('13805310000', '张阿姨，明天十点来看您&带血压计')).toBe(
      'sms:13805310000?body=' + encodeURIComponent('张阿姨，明天十点来看您&带血压计'))
  })
})
