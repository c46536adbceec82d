// The place of a home visit: asked for once, in the background, only where the user has said yes before or taps.

import type { Place } from '@/engine/contract'

export type Asking = 'idle' | 'asking' | 'here' | 'failed'

/** Whether the user has allowed it before: then nobody is asked anything. */
export async function mayAskPlace(): Promise<boolean> {
  if (!('geolocation' in navigator) || !('permissions' in navigator)) return false
  try {
    return (await navigator.permissions.query({ name: 'geolocation' })).state === 'granted'
  } catch {
    return false
  }
}

/** Rejects when there is none within half a minute. */
export function askPlace(): Promise<Place> {
  return new Promise((resolve, reject) => {
    if (!('geolocation' in navigator)) return reject(new Error('no geolocation'))
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lng: coords.longitude, accuracy: Math.round(coords.accuracy) }),
      reject,
      { enableHighAccuracy: true, timeout: 30_000, maximumAge: 60_000 },
    )
  })
}
