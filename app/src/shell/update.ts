// The service worker and its updates. A new version waits until the user takes it; then every tab loads it, but not
// one in the middle of a form.
import { ref } from 'vue'

const hourly = 60 * 60_000

export const update = { ready: ref(false), take: (): void => undefined }

/** Starts the service worker. `busy` tells whether this tab is in the middle of something. */
export async function followUpdates(busy: () => boolean): Promise<void> {
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) return
  const workers = navigator.serviceWorker
  let controlled = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    if (controlled && !busy()) window.location.reload()
    controlled = true
  })
  // A private window may have none: then the app needs a connection to start, and works otherwise.
  const registration = await workers.register('/sw.js', { updateViaCache: 'none' }).catch(() => undefined)
  if (!registration) return

  const look = () => {
    if (registration.waiting && workers.controller) update.ready.value = true
  }
  update.take = () => registration.waiting?.postMessage('take')
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look)
  })
  look()
  const again = () => void registration.update().catch(() => undefined)
  setInterval(again, hourly)
  document.addEventListener('visibilitychange', () => { if (!document.hidden) again() })
}

/** Another tab runs a newer app already, and this one cannot go on with the store. */
export function mustReload(): void {
  update.take = () => window.location.reload()
  update.ready.value = true
}

/** A part of an older build that is gone from the server: load the new build, once. */
export function followLostParts(): void {
  window.addEventListener('vite:preloadError', event => {
    if (!navigator.onLine) return // it is not gone, only out of reach
    if (sessionStorage.getItem('huifang.reloaded') === __VERSION__) return
    sessionStorage.setItem('huifang.reloaded', __VERSION__)
    event.preventDefault()
    window.location.reload()
  })
}
