// Remembers whom the rep called from here, and notices the return from the call. Only keys are kept, no names.

import { onScopeDispose, shallowRef } from 'vue'
import type { ID } from '@/engine/contract'

export type Called = { itemId: ID; accountId: ID; at: number }

const KEY = 'called'
/** A call of yesterday is no news. */
const FRESH = 45 * 60_000

export function useCalled(now: () => number = Date.now) {
  const back = shallowRef<Called | null>(null)

  const called = (itemId: ID, accountId: ID) =>
    sessionStorage.setItem(KEY, JSON.stringify({ itemId, accountId, at: now() } satisfies Called))

  const look = () => {
    if (document.visibilityState !== 'visible') return
    const last = read()
    back.value = last && now() - last.at < FRESH ? last : null
  }
  const done = () => {
    sessionStorage.removeItem(KEY)
    back.value = null
  }
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => document.removeEventListener('visibilitychange', look))
  look()
  return { back, called, done }
}

function read(): Called | null {
  const text = sessionStorage.getItem(KEY)
  return text ? (JSON.parse(text) as Called) : null
}
