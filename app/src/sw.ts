/// <reference lib="webworker" />
// Keeps the shell of the app on the phone, so that it opens without a connection. It never touches what belongs to the
// engine: the API, photos and events go straight to the network.
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

const notTheApp = [/^\/(graphql|photos|events|healthz|readyz|metrics|assets)(\/|$)/, /\.[^/]*$/]

precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: notTheApp }))

self.addEventListener('message', event => {
  if (event.data === 'take') void self.skipWaiting()
})
