// Where the stops of a day go on a small picture: true relative positions, numbers that never cover each other.

import type { Place } from '@/engine/contract'

export type Stop = { id: string; number: number; name: string; place: Place; done: boolean }
export type Dot = { x: number; y: number }
export type Mark = Dot & { stop: Stop; /** The true position, where a crowded number had to step aside. */ at: Dot }
export type Leg = { from: Dot; to: Dot; metres: number; /** Where its distance fits; null when the leg is too short. */ label: Dot | null }
export type Sketch = { width: number; height: number; marks: Mark[]; legs: Leg[]; here: Dot | null; bar: { metres: number; length: number } }

export const RADIUS = 13
const EDGE = 26
const APART = RADIUS * 2 + 3
const LABEL = 74
/** Room for the scale below the places. */
const FOOT = 18
const METRES_PER_DEGREE = 111_320

type Metre = (a: Place, b: Place) => number

/** Lays stops out on a picture as wide as given and at most as high. `metres` measures the ways. */
export function layOut(stops: Stop[], from: Place | null, width: number, highest: number, metres: Metre): Sketch | null {
  const here = from && isNear(from, stops, metres) ? from : null
  const places = stops.map(s => s.place).concat(here ?? [])
  if (stops.length === 0) return null
  const flat = flatten(places)
  const scale = scaleOf(flat, width, highest - FOOT)
  const ground = heightOf(flat, scale, highest - FOOT)
  const dots = centre(flat, scale, width, ground)
  const at = dots.slice(0, stops.length)
  const free = separate(at, width, ground)
  const marks = stops.map((stop, i) => ({ stop, at: at[i]!, ...free[i]! }))
  const hereDot = here ? dots[stops.length]! : null
  return { width, height: ground + FOOT, marks, here: hereDot, legs: legsOf(marks, here, hereDot, metres), bar: barOf(scale, width) }
}

/** Whoever is far away would shrink the stops to one spot: farther than three times the way across them, at least 5 km. */
function isNear(here: Place, stops: Stop[], metres: Metre): boolean {
  const first = stops[0]
  if (!first) return false
  const across = Math.max(...stops.map(s => metres(first.place, s.place)))
  return Math.min(...stops.map(s => metres(here, s.place))) <= Math.max(5_000, 3 * across)
}

/** Metres east and south of the middle: near enough to flat within a rep's area. */
function flatten(places: Place[]): Dot[] {
  const lat = middle(places.map(p => p.lat))
  const lng = middle(places.map(p => p.lng))
  const east = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  return places.map(p => ({ x: (p.lng - lng) * east, y: (lat - p.lat) * METRES_PER_DEGREE }))
}

function middle(values: number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2
}

/** Pixels a metre takes; never closer than 200 m across, so that one house does not fill the picture. */
function scaleOf(flat: Dot[], width: number, highest: number): number {
  const across = Math.max(200, extent(flat.map(d => d.x)))
  const down = Math.max(100, extent(flat.map(d => d.y)))
  return Math.min((width - 2 * EDGE) / across, (highest - 2 * EDGE) / down)
}

function extent(values: number[]): number {
  return Math.max(...values) - Math.min(...values)
}

function heightOf(flat: Dot[], scale: number, highest: number): number {
  const needed = extent(flat.map(d => d.y)) * scale + 2 * EDGE
  return Math.round(Math.min(highest, Math.max(needed, 140)))
}

function centre(flat: Dot[], scale: number, width: number, height: number): Dot[] {
  return flat.map(d => ({ x: width / 2 + d.x * scale, y: height / 2 + d.y * scale }))
}

/** Pushes numbers that would cover each other apart, as little as needed, inside the picture. */
export function separate(at: Dot[], width: number, height: number): Dot[] {
  const free = at.map(d => ({ ...d }))
  for (let round = 0; round < 60 && pushApart(free); round++) free.forEach(d => keepInside(d, width, height))
  return free
}

function pushApart(dots: Dot[]): boolean {
  let moved = false
  for (let i = 0; i < dots.length; i++) {
    for (let j = i + 1; j < dots.length; j++) moved = pushPair(dots[i]!, dots[j]!, i + j) || moved
  }
  return moved
}

/** Two on one spot part along a direction of their own, so that a crowd becomes a ring and not a line. */
function pushPair(a: Dot, b: Dot, turn: number): boolean {
  const gap = Math.hypot(b.x - a.x, b.y - a.y)
  if (gap >= APART - 0.5) return false
  const angle = gap < 0.01 ? turn * 2.4 : Math.atan2(b.y - a.y, b.x - a.x)
  const step = (APART - gap) / 2
  a.x -= Math.cos(angle) * step
  a.y -= Math.sin(angle) * step
  b.x += Math.cos(angle) * step
  b.y += Math.sin(angle) * step
  return true
}

function keepInside(d: Dot, width: number, height: number): void {
  d.x = Math.min(width - RADIUS - 2, Math.max(RADIUS + 2, d.x))
  d.y = Math.min(height - RADIUS - 2, Math.max(RADIUS + 2, d.y))
}

/** From here, when known, to the next open stop; then from stop to stop. */
function legsOf(marks: Mark[], here: Place | null, hereDot: Dot | null, metres: Metre): Leg[] {
  const legs = marks.slice(1).map((to, i) => leg(marks[i]!, to, metres(marks[i]!.stop.place, to.stop.place)))
  const next = marks.find(m => !m.stop.done)
  if (!here || !hereDot || !next) return legs
  return [leg(hereDot, next, metres(here, next.stop.place)), ...legs]
}

function leg(from: Dot, to: Dot, metres: number): Leg {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const label = length < LABEL ? null : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
  return { from: { x: from.x, y: from.y }, to: { x: to.x, y: to.y }, metres, label }
}

/** A round length that takes about a fifth of the width. */
function barOf(scale: number, width: number): { metres: number; length: number } {
  const wanted = width / 5 / scale
  const power = 10 ** Math.floor(Math.log10(wanted))
  const metres = [5, 2, 1].map(n => n * power).find(n => n <= wanted) ?? power
  return { metres, length: metres * scale }
}
