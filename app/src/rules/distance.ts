// Great circles, as schedule.Meters and schedule.Haversine of the server reckon them.

import type { Place } from '../engine/contract'

type Point = Pick<Place, 'lat' | 'lng'>
type TravelMode = 'WALK' | 'EBIKE' | 'CAR' | 'BUS'

/** km/h, where a company has not set its own (D5). */
const SPEED: Record<TravelMode, number> = { WALK: 5, EBIKE: 18, CAR: 28, BUS: 15 }
/** The road is that much longer than the straight line. */
const DETOUR = 1.3
/** A week, as the server says. */
const LONGEST = 7 * 24 * 60
const EARTH_RADIUS = 6_371_008.8
const RADIAN = Math.PI / 180

/** The great-circle distance of two points in metres. */
export function metresBetween(a: Point, b: Point): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RADIAN) / 2)
  const sinLng = Math.sin(((b.lng - a.lng) * RADIAN) / 2)
  const h = sinLat * sinLat + Math.cos(a.lat * RADIAN) * Math.cos(b.lat * RADIAN) * (sinLng * sinLng)
  return 2 * EARTH_RADIUS * Math.asin(Math.sqrt(Math.min(1, h)))
}

/** Minutes of a way by how much longer the road is than the straight line, and how fast one gets along. */
export function roadMinutes(from: Point, to: Point, detour: number, kmPerHour: number): number {
  if (from.lat === to.lat && from.lng === to.lng) return 0
  const km = (metresBetween(from, to) / 1000) * detour
  // A millionth of a minute less, so that the last bit of a float never decides about a minute.
  return Math.min(Math.ceil((km / kmPerHour) * 60 - 1e-6), LONGEST)
}

/** Minutes of the way; a rep whose way of travelling is not known goes by electric bicycle. */
export const travelMinutes = (from: Point, to: Point, mode: TravelMode | null = 'EBIKE'): number =>
  roadMinutes(from, to, DETOUR, SPEED[mode ?? 'EBIKE'])
