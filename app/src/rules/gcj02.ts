// GCJ-02, the coordinates Chinese maps must use: WGS-84 moved by some hundred metres inside the mainland's rectangle
// (users.md). Everything is kept in WGS-84; this is the edge. The server's package geo reckons the same.

import type { Place } from '../engine/contract'

type Point = Pick<Place, 'lat' | 'lng'>

/** The ellipsoid of Krasovsky, in metres, and the square of its eccentricity. */
const AXIS = 6_378_245
const ECCENTRICITY = 0.006693421622965943

/** Whether a WGS-84 point lies in the rectangle in which maps shift: outside, both systems are the same. */
export const shifted = (p: Point): boolean => p.lng >= 72.004 && p.lng <= 137.8347 && p.lat >= 0.8293 && p.lat <= 55.8271

/** WGS-84 to GCJ-02. */
export function toGcj02(p: Point): Point {
  return shifted(p) ? moved(p) : { lat: p.lat, lng: p.lng }
}

/** GCJ-02 to WGS-84, exact to about a millimetre: the shift is taken off the place it leads to, again and again. */
export function fromGcj02(p: Point): Point {
  if (!shifted(p)) return { lat: p.lat, lng: p.lng }
  let guess: Point = { lat: p.lat, lng: p.lng }
  for (let turn = 0; turn < 30; turn++) {
    const there = moved(guess)
    const [north, east] = [there.lat - p.lat, there.lng - p.lng]
    guess = { lat: guess.lat - north, lng: guess.lng - east }
    if (Math.abs(north) < 1e-9 && Math.abs(east) < 1e-9) break
  }
  return guess
}

function moved({ lat, lng }: Point): Point {
  const [x, y] = [lng - 105, lat - 35]
  const phi = (lat / 180) * Math.PI
  const m = 1 - ECCENTRICITY * Math.sin(phi) ** 2
  const north = (northward(x, y) * 180) / (((AXIS * (1 - ECCENTRICITY)) / (m * Math.sqrt(m))) * Math.PI)
  const east = (eastward(x, y) * 180) / ((AXIS / Math.sqrt(m)) * Math.cos(phi) * Math.PI)
  return { lat: lat + north, lng: lng + east }
}

/** Metres to the north, and to the east, by which maps are moved. */
const northward = (x: number, y: number): number =>
  -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x)) + ripple(x) +
  wave(20, y, 1) + wave(40, y, 3) + wave(160, y, 12) + wave(320, y, 30)

const eastward = (x: number, y: number): number =>
  300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x)) + ripple(x) +
  wave(20, x, 1) + wave(40, x, 3) + wave(150, x, 12) + wave(300, x, 30)

const ripple = (x: number): number => wave(20, x, 1 / 6) + wave(20, x, 1 / 2)

const wave = (height: number, at: number, length: number): number => (height * Math.sin((at * Math.PI) / length) * 2) / 3
