// What the app cannot do without. Over plain http a browser keeps the keys of the phone's data from it.

/** Why the app cannot start here. `store`: the browser has a store, and does not let us use it. */
export type Lack = 'https' | 'browser' | 'store'

export type Surroundings = { isSecureContext?: boolean; crypto?: { subtle?: unknown }; indexedDB?: unknown; Worker?: unknown }

/** Null when everything is there. */
export function lackOf({ isSecureContext, crypto, indexedDB, Worker }: Surroundings): Lack | null {
  if (isSecureContext === false) return 'https'
  return crypto?.subtle && indexedDB && Worker ? null : 'browser'
}
