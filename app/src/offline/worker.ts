// The worker: the engine of one tab, in the world of a browser.

import { documents } from '../engine/graphql'
import * as readers from '../read/queries'
import type { Channel, Deps } from './deps'
import { PhoneEngine } from './engine'
import { failure, handedOver, isMethod, type Call, type Notice, type Reply } from './rpc'

const scope = self as unknown as DedicatedWorkerGlobalScope

const deps: Deps = {
  fetch: (url, init) => fetch(new URL(url, scope.location.origin), init),
  indexedDB: scope.indexedDB,
  crypto: scope.crypto,
  // A browser without locks may let two tabs send one command: the server does it once.
  lock: (name, options, work) => !navigator.locks ? work(true)
    : navigator.locks.request(name, options, (lock) => work(lock !== null)) as ReturnType<typeof work>,
  channel: openChannel,
  now: () => Date.now(),
  random: () => Math.random(),
  after(ms, work) {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
  online: () => navigator.onLine,
  persist: async () => navigator.storage?.persist?.() ?? false,
  app: __VERSION__,
  documents,
}

function openChannel(name: string): Channel {
  const channel = new BroadcastChannel(name)
  return {
    post: (message) => channel.postMessage(message),
    listen: (heard) => { channel.onmessage = (e) => heard(e.data) },
    close: () => channel.close(),
  }
}

const tell = (message: Reply | Notice, bytes: Transferable[] = []) => scope.postMessage(message, bytes)

// Calls that come before the engine is up wait for it.
const started = PhoneEngine.start(deps, readers, { outdated: () => tell({ outdated: true }) })
void started.then((engine) => engine.on((topics) => tell({ topics })), () => undefined)

async function answer({ call, method, args }: Call) {
  try {
    const engine = await started
    if (!isMethod(method)) throw new Error(`the engine has no method ${method}`)
    const value = await (engine[method] as (...args: unknown[]) => Promise<unknown>)(...args)
    tell({ call, ok: true, value }, handedOver(value))
  } catch (e) {
    tell(failure(call, e))
  }
}

scope.onmessage = (e: MessageEvent<Call | Notice>) => {
  if ('call' in e.data) void answer(e.data)
  else if ('wake' in e.data) void started.then((engine) => engine.wake(), () => undefined)
}
scope.addEventListener('online', () => void started.then((engine) => engine.wake(), () => undefined))
scope.addEventListener('offline', () => void started.then((engine) => engine.wake(), () => undefined))
