/// <reference lib="webworker" />
// Keeps the shell of the app on the phone, so that it opens without a connection. It never touches what belongs to the
// engine: the API, photos and events go straight to the network.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope
/** The files of the build, put in by vite/offline.ts. */
declare const __PRECACHE__: { url: string; revision: string | null }[]

const notTheApp = [/^\/(graphql|photos|events|healthz|readyz|metrics|assets)(\/|$)/, /\.[^/]*$/]

precacheAndRoute(__PRECACHE__)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: notTheApp }))

// The tab that was there first needs the shell too: the next screen may be opened where there is no signal.
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))

self.addEventListener('message', event => {
  if (event.data === 'take') void self.skipWaiting()
})
