import type { Day } from '@/engine/contract'
import type { MapPointsQuery } from '@/engine/graphql'

export type Point = MapPointsQuery['mapPoints']['points'][number]

/** How old the last contact is, measured by what is due; the worst last but those never met. */
export const AGES = ['inTouch', 'due', 'neglected', 'never'] as const
export type Age = (typeof AGES)[number]

export function ageOf(point: Pick<Point, 'lastContactOn' | 'inTouchUntil' | 'neglected'>, today: Day): Age {
  if (point.lastContactOn === null) return 'never'
  if (point.neglected) return 'neglected'
  return point.inTouchUntil !== null && point.inTouchUntil < today ? 'due' : 'inTouch'
}

/** A corner of a drawn line, or a place: latitude and longitude. */
export type Spot = { lat: number; lng: number }

/** Whether a place lies in a closed line: a ray to the east crosses it an odd number of times. */
export function inside({ lat, lng }: Spot, line: readonly Spot[]): boolean {
  let within = false
  for (let i = 0, j = line.length - 1; i < line.length; j = i++) {
    const a = line[i] as Spot
    const b = line[j] as Spot
    if (a.lat > lat === b.lat > lat) continue
    if (lng < a.lng + ((lat - a.lat) / (b.lat - a.lat)) * (b.lng - a.lng)) within = !within
  }
  return within
}

export type Box = { south: number; west: number; north: number; east: number }
export const boxed = ({ lat, lng }: Spot, box: Box): boolean =>
  box.south <= lat && lat <= box.north && box.west <= lng && lng <= box.east

/** The box around all; null without places. */
export function boxOf(spots: readonly Spot[]): Box | null {
  if (spots.length === 0) return null
  const box = { south: 90, west: 180, north: -90, east: -180 }
  for (const { lat, lng } of spots) {
    box.south = Math.min(box.south, lat)
    box.north = Math.max(box.north, lat)
    box.west = Math.min(box.west, lng)
    box.east = Math.max(box.east, lng)
  }
  return box
}

export type Area<P> = { district: string; points: P[]; ages: Record<Age, number>; reps: number; /** Few accounts live here. */ thin: boolean }

/** A district is thin below a quarter of what districts have in the middle. */
const THIN = 0.25

/** Districts with how their accounts are kept in touch, the most neglected share first. */
export function areasOf<P extends Pick<Point, 'district' | 'repId'> & { age: Age }>(points: readonly P[]): Area<P>[] {
  const groups = new Map<string, P[]>()
  for (const point of points) {
    const there = groups.get(point.district)
    if (there) there.push(point)
    else groups.set(point.district, [point])
  }
  const sizes = [...groups.values()].map(g => g.length).sort((a, b) => a - b)
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0
  const areas = [...groups].map(([district, held]) => {
    const ages = { inTouch: 0, due: 0, neglected: 0, never: 0 }
    for (const { age } of held) ages[age]++
    return { district, points: held, ages, reps: new Set(held.map(p => p.repId)).size, thin: held.length < middle * THIN }
  })
  const bad = (a: Area<P>) => (a.ages.neglected + a.ages.never) / a.points.length
  return areas.sort((a, b) => bad(b) - bad(a) || b.points.length - a.points.length || (a.district < b.district ? -1 : 1))
}
