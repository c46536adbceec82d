import { describe, expect, test } from 'vitest'
import { EngineError, type Topic } from '../../src/engine/contract'
import { clientOf, type Port } from '../../src/engine/client'
import { failure, isMethod, METHODS, type Call, type Reply } from '../../src/offline/rpc'
import { PhoneEngine } from '../../src/offline/engine'

/** A port whose other side answers as it is told. */
function wire(answer: (call: Call) => Reply | null) {
  const sent: unknown[] = []
  const port: Port & { say(message: unknown): void } = {
    onmessage: null,
    postMessage(message) {
      sent.push(structuredClone(message))
      const reply = 'call' in (message as object) ? answer(message as Call) : null
      if (reply) queueMicrotask(() => port.say(reply))
    },
    say: (message) => port.onmessage!({ data: structuredClone(message) } as MessageEvent),
  }
  return { port, sent }
}

describe('the engine behind a port', () => {
  test('answers go to their calls, in whatever order they come', async () => {
    const later: Call[] = []
    const { port } = wire((call) => { later.push(call); return null })
    const client = clientOf(port, () => undefined)
    const [a, b] = [client.ask('work', undefined), client.ask('session', undefined)]
    for (const { call, args } of later.reverse()) port.say({ call, ok: true, value: args[0] })
    expect([await a, await b]).toEqual(['work', 'session'])
  })

  test('an error comes across with its code, field and rule', async () => {
    const { port } = wire(({ call }) => failure(call, new EngineError('INVALID', 'note', 'D9', 'too long')))
    const failed = clientOf(port, () => undefined).retry()
    await expect(failed).rejects.toBeInstanceOf(EngineError)
    await expect(failed).rejects.toMatchObject({ code: 'INVALID', field: 'note', rule: 'D9', message: 'too long' })
  })

  test('what is no EngineError is INTERNAL', async () => {
    const { port } = wire(({ call }) => failure(call, new TypeError('oh')))
    await expect(clientOf(port, () => undefined).refresh()).rejects.toMatchObject({ code: 'INTERNAL', message: 'oh' })
  })

  test('watched forms and bytes cross, undefined stays undefined', async () => {
    const { port, sent } = wire(({ call }) => ({ call, ok: true, value: undefined }))
    const client = clientOf(port, () => undefined)
    await client.putDraft('k', new Proxy({ note: 'x', parts: new Proxy(['a'], {}) }, {}))
    await client.addDraftPhoto('k', { id: 'p', takenAt: '', width: 1, height: 1, bytes: 3 }, Uint8Array.of(1, 2, 3).buffer)
    await client.retry(undefined)
    expect((sent as Call[]).map(({ args }) => args)).toEqual([
      ['k', { note: 'x', parts: ['a'] }], ['k', { id: 'p', takenAt: '', width: 1, height: 1, bytes: 3 }, Uint8Array.of(1, 2, 3).buffer], [undefined],
    ])
  })

  test('topics reach those who listen, until they stop', () => {
    const { port } = wire(() => null)
    let outdated = 0
    const client = clientOf(port, () => { outdated++ })
    const heard: Topic[][] = []
    const stop = client.on((topics) => heard.push(topics))
    port.say({ topics: ['rows'] })
    stop()
    port.say({ topics: ['work'] })
    port.say({ outdated: true })
    expect([heard, outdated]).toEqual([[['rows']], 1])
  })

  test('every method there is can be called, and nothing else', () => {
    for (const name of METHODS) expect(typeof PhoneEngine.prototype[name], name).toBe('function')
    expect(isMethod('stop')).toBe(false)
    expect(isMethod('constructor')).toBe(false)
  })
})
