// Where the rep is, asked once and only on a tap; kept in memory until the screen is left.

import { ref, shallowRef } from 'vue'
import type { Place } from '@/engine/contract'

export type HereState = 'off' | 'asking' | 'on' | 'refused'

const WAIT = { enableHighAccuracy: false, timeout: 8_000, maximumAge: 60_000 }

export function useHere() {
  const here = shallowRef<Place | null>(null)
  const state = ref<HereState>('off')

  const found = (at: GeolocationPosition) => {
    if (state.value !== 'asking') return
    here.value = { lat: at.coords.latitude, lng: at.coords.longitude, accuracy: at.coords.accuracy }
    state.value = 'on'
  }
  const refused = () => {
    if (state.value === 'asking') state.value = 'refused'
  }
  const ask = () => {
    state.value = 'asking'
    if (!('geolocation' in navigator)) return refused()
    navigator.geolocation.getCurrentPosition(found, refused, WAIT)
  }
  const stop = () => {
    here.value = null
    state.value = 'off'
  }
  return { here, state, ask, stop }
}
