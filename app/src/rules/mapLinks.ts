// Links that leave the app: navigation, calls and messages. Homes are kept in WGS-84; Amap wants GCJ-02, the others take
// WGS-84 (users.md).

import type { Place } from '../engine/contract'
import { toGcj02 } from './gcj02'

export type MapApp = 'amap' | 'apple' | 'google'
type Destination = Pick<Place, 'lat' | 'lng'> & { name: string }
type TravelMode = 'WALK' | 'EBIKE' | 'CAR' | 'BUS'

export const MAP_APPS: readonly MapApp[] = ['amap', 'apple', 'google']

/** Opens navigation to a home in a map app. */
export function navigation(app: MapApp, to: Destination, mode: TravelMode | null): string {
  if (app === 'amap') return amap(to, mode)
  const at = `${degrees(to.lat)},${degrees(to.lng)}`
  if (app === 'apple') return `https://maps.apple.com/?daddr=${at}&q=${encoded(to.name)}`
  return `https://www.google.com/maps/dir/?api=1&destination=${at}`
}

const AMAP_MODE: Record<TravelMode, string> = { WALK: 'walk', EBIKE: 'ride', CAR: 'car', BUS: 'bus' }

function amap(to: Destination, mode: TravelMode | null): string {
  const { lat, lng } = toGcj02(to)
  // A comma in the name would end it.
  const name = encoded(to.name.replaceAll(/[,，]/g, ' '))
  return `https://uri.amap.com/navigation?to=${degrees(lng)},${degrees(lat)},${name}` +
    `&mode=${AMAP_MODE[mode ?? 'EBIKE']}&coordinate=gaode&callnative=1`
}

/** Six places are a tenth of a metre. */
const degrees = (d: number): string => d.toFixed(6)

export const telephone = (phone: string): string => `tel:${dialled(phone)}`

/** Opens a message to a number, with a text when there is one. */
export const message = (phone: string, text = ''): string =>
  `sms:${dialled(phone)}${text === '' ? '' : `?body=${encoded(text)}`}`

const dialled = (phone: string): string => phone.replaceAll(/[^\d+*#]/g, '').replaceAll('#', '%23')

/** Half of a character, left by a cut through an emoji, cannot be written in a link. */
const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, ''))
