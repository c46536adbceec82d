// The engine as the screens have it: a proxy of the one in the worker.

import type { Engine, Topic } from './contract'
import { METHODS, thrown, type Call, type Notice, type Reply } from '../offline/rpc'

type Waiting = { resolve(value: unknown): void; reject(error: unknown): void }

/** What a Worker offers. */
export type Port = {
  postMessage(message: unknown): void
  onmessage: ((e: MessageEvent) => void) | null
}

export type Client = Engine & {
  /** The app is looked at again, or the network is back: worth trying now. */
  wake(): void
}

/** Starts the worker and wakes it when the app comes into view. `outdated`: a newer app has the store, load anew. */
export function startEngine(outdated: () => void): Client {
  const worker = new Worker(new URL('../offline/worker.ts', import.meta.url), { type: 'module', name: 'engine' })
  const client = clientOf(worker, outdated)
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') client.wake() })
  window.addEventListener('online', () => client.wake())
  window.addEventListener('offline', () => client.wake())
  return client
}

/** Speaks with an engine behind a port. */
export function clientOf(port: Port, outdated: () => void): Client {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(topics: Topic[]) => void>()
  let calls = 0

  port.onmessage = ({ data }: MessageEvent<Reply | Notice>) => {
    if ('call' in data) settle(waiting, data)
    else if ('topics' in data) for (const heard of listeners) heard(data.topics)
    else if ('outdated' in data) outdated()
  }

  const call = (method: string) => (...args: unknown[]) => new Promise((resolve, reject) => {
    waiting.set(++calls, { resolve, reject })
    port.postMessage({ call: calls, method, args: args.map(plain) } satisfies Call)
  })

  const on = (heard: (topics: Topic[]) => void) => {
    listeners.add(heard)
    return () => void listeners.delete(heard)
  }
  const methods = Object.fromEntries(METHODS.map((method) => [method, call(method)]))
  return { ...methods, on, wake: () => port.postMessage({ wake: true } satisfies Notice) } as Client
}

/** Forms of the screens are watched objects, which postMessage refuses. */
const plain = (value: unknown): unknown =>
  value === undefined || value instanceof ArrayBuffer ? value : JSON.parse(JSON.stringify(value))

function settle(waiting: Map<number, Waiting>, reply: Reply) {
  const one = waiting.get(reply.call)
  waiting.delete(reply.call)
  if (reply.ok) one?.resolve(reply.value)
  else one?.reject(thrown(reply.error))
}
