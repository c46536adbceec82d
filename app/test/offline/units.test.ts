import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { judge } from '../../src/offline/api'
import { uuid7 } from '../../src/offline/bytes'
import { Clock } from '../../src/offline/clock'
import { Vault, makeDeviceKey } from '../../src/offline/keys'
import { expired, freshLease, passed } from '../../src/offline/lease'
import { holders, thingsOf, turn } from '../../src/offline/line'
import { backoff, Pace } from '../../src/offline/pace'
import { genuine, commandHash } from '../../src/offline/receipts'
import { Lines } from '../../src/offline/tail'

describe('whose turn it is', () => {
  const states = fc.constantFrom('waiting', 'accepted', 'refused', 'conflict')
  const row = fc.record({ state: states, things: fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 3 }) })
  const lines = fc.array(row, { maxLength: 12 }).map((rows) => rows.map((r, i) => ({ ...r, id: `${i}` })))

  test('nobody passes work about the same thing that has no good answer; nobody else waits', () => {
    fc.assert(fc.property(lines, (line) => {
      const going = turn(line as never[], Infinity) as typeof line
      for (const [i, one] of line.entries()) {
        const before = line.slice(0, i).filter((other) => other.state !== 'accepted')
        const free = before.every((other) => !other.things.some((thing) => one.things.includes(thing)))
        expect(going.includes(one)).toBe(one.state === 'waiting' && free)
      }
    }))
  })

  test('whoever is held is held by a refused or conflicting one, and does not go', () => {
    fc.assert(fc.property(lines, (line) => {
      const going = new Set((turn(line as never[], Infinity) as typeof line).map(({ id }) => id))
      for (const [held, by] of holders(line as never[])) {
        expect(['refused', 'conflict']).toContain(line.find(({ id }) => id === by)!.state)
        expect(going.has(held)).toBe(false)
      }
    }))
  })

  test('a limit takes the first ones; who rests holds what comes after', () => {
    const line = ['a', 'b', 'a', 'c'].map((thing, i) => ({ id: `${i}`, state: 'waiting' as const, things: [thing] }))
    expect(turn(line, 2).map(({ id }) => id)).toEqual(['0', '1'])
    expect(turn(line, 9, ({ id }) => id === '0').map(({ id }) => id)).toEqual(['1', '3'])
  })

  test('a command is about everything it names', () => {
    const variables = { input: { accountId: 'acc', itemId: 'it', note: 'x', nextKind: 'CALL' } }
    expect(thingsOf('me', variables, { accountId: 'acc' })).toEqual(['me', 'acc', 'it'])
    expect(thingsOf('me', { item: 'it', at: 'now' }, { accountId: 'acc', itemId: 'it' })).toEqual(['me', 'it', 'acc'])
    expect(thingsOf('me', { input: { from: 'a', to: 'b' } }, {})).toEqual(['me'])
  })
})

describe('the lease adds up what goes by', () => {
  test('however the clock is set, never less than the time that really passed while it was looked at', () => {
    fc.assert(fc.property(fc.array(fc.record({ real: fc.nat(10_000_000), set: fc.integer({ min: -1e9, max: 1e9 }) })), (story) => {
      let wall = 1e12
      let real = 0
      let lease = freshLease(72, wall)
      for (const { real: step, set } of story) {
        wall += step
        real += step
        lease = passed(lease, wall)
        wall += set
        lease = passed(lease, wall)
      }
      expect(lease.used).toBeGreaterThanOrEqual(real)
    }))
  })

  test('it is over after its hours', () => {
    const lease = freshLease(2, 0)
    expect(expired(passed(lease, 7_199_999))).toBe(false)
    expect(expired(passed(lease, 7_200_000))).toBe(true)
  })
})

describe('keys', () => {
  const vault = async () => new Vault(crypto, await makeDeviceKey(crypto))

  test('what is sealed opens in its place only, under its key only', async () => {
    const v = await vault()
    const wrapped = await v.make('store/li')
    const seal = await v.unwrap('store/li', wrapped)
    const box = await seal.seal('cards/1', { name: '王秀兰' })
    expect(await seal.open('cards/1', box)).toEqual({ name: '王秀兰' })
    await expect(seal.open('cards/2', box)).rejects.toThrow()
    const other = await v.unwrap('work/li', await v.make('work/li'))
    await expect(other.open('cards/1', box)).rejects.toThrow()
    await expect(v.unwrap('store/wang', wrapped)).rejects.toThrow()
    await expect((await vault()).unwrap('store/li', wrapped)).rejects.toThrow()
  })

  test('the same value is never sealed into the same bytes', async () => {
    const v = await vault()
    const seal = await v.unwrap('w', await v.make('w'))
    expect(await seal.seal('a', 1)).not.toEqual(await seal.seal('a', 1))
  })

  test('the key of the device cannot be read out', async () => {
    await expect(crypto.subtle.exportKey('raw', await makeDeviceKey(crypto))).rejects.toThrow()
  })

  test('the server\'s key comes in as base64 and opens what it sealed before', async () => {
    const key = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i)))
    const [a, b] = [await vault(), await vault()]
    const box = await (await a.unwrap('s', await a.take('s', key))).seal('x', 'here')
    expect(await (await b.unwrap('s', await b.take('s', key))).open('x', box)).toBe('here')
  })
})

describe('receipts', () => {
  const key = () => crypto.subtle.importKey('raw', Uint8Array.from({ length: 32 }, (_, i) => i), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const sign = async (lines: string) => {
    const k = await crypto.subtle.importKey('raw', Uint8Array.from({ length: 32 }, (_, i) => i), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
    return Buffer.from(await crypto.subtle.sign('HMAC', k, Buffer.from(lines))).toString('base64url')
  }

  test('cover id, hash, status, sequence and epoch, each', async () => {
    const good = { id: 'i', hash: 'h', status: 'APPLIED', sequence: 7, epoch: 'e' }
    const receipt = await sign('i\nh\nAPPLIED\n7\ne\n')
    expect(await genuine(crypto, await key(), { ...good, receipt })).toBe(true)
    for (const change of [{ id: 'j' }, { hash: 'g' }, { status: 'REJECTED' }, { sequence: 8 }, { epoch: 'f' }, { receipt: '' }, { receipt: 'no base64!' }]) {
      expect(await genuine(crypto, await key(), { ...good, receipt, ...change })).toBe(false)
    }
  })

  test('the hash is over document, a newline and the variables', async () => {
    expect(await commandHash(crypto, 'sha256:abc', '{"a":1}')).toBe('b5ebbc97d0034e83274119a68e71d445912c4f26f54c7d1eadbf67f09648d105')
  })
})

describe('answers', () => {
  test('only GraphQL counts as the server\'s', () => {
    expect(judge(200, '{"data":{"a":1}}')).toEqual({ kind: 'data', data: { a: 1 } })
    expect(judge(200, '<html>')).toEqual({ kind: 'failed', why: 'gateway' })
    expect(judge(200, '{"data":{"a":')).toEqual({ kind: 'failed', why: 'gateway' })
    expect(judge(200, '{"ok":true}')).toEqual({ kind: 'failed', why: 'gateway' })
    expect(judge(200, 'null')).toEqual({ kind: 'failed', why: 'gateway' })
    expect(judge(502, 'bad gateway')).toEqual({ kind: 'failed', why: 'server' })
    expect(judge(401, 'who are you')).toEqual({ kind: 'failed', why: 'gateway' })
    expect(judge(401, '{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}'))
      .toMatchObject({ kind: 'refused', code: 'UNAUTHENTICATED' })
    expect(judge(200, '{"errors":[{"message":"x","extensions":{"code":"INVALID","field":"f","rule":"r"}}],"data":null}'))
      .toEqual({ kind: 'refused', code: 'INVALID', field: 'f', rule: 'r', words: 'x' })
  })

  test('lines come out whole wherever the stream is cut', () => {
    const text = 'event: moved\ndata: 42\r\n\n: 心跳\n'
    fc.assert(fc.property(fc.array(fc.nat(40), { maxLength: 6 }), (cuts) => {
      const heard: string[] = []
      const lines = new Lines((line) => { if (line !== '') heard.push(line) })
      const bytes = new TextEncoder().encode(text)
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length]
      for (let i = 1; i < at.length; i++) lines.take(bytes.subarray(at[i - 1], at[i]))
      expect(heard).toEqual(['event: moved', 'data: 42', ': 心跳'])
    }))
  })
})

test('ids are UUIDv7 and sort by their time', () => {
  const random = (into: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(into)
  const ids = [1, 2, 1_000, 1_772_000_000_000, 1_772_000_000_001, 2 ** 47].map((at) => uuid7(at, random))
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([...ids].sort()).toEqual(ids)
})

test('attempts come later and later, never in step, at most five minutes apart', () => {
  for (let failures = 0; failures < 40; failures++) {
    const [least, most] = [backoff(failures, () => 0), backoff(failures, () => 1)]
    expect(most).toBeLessThanOrEqual(300_000)
    expect(least).toBe(most / 2)
  }
  expect(backoff(40, () => 1)).toBe(300_000)
})

test('batches shrink while the server chokes, down to one that then rests, and grow again', () => {
  const now = 0
  const pace = new Pace(() => now, () => 0.5)
  expect(pace.limit(20)).toBe(20)
  pace.choked(Array.from({ length: 20 }, (_, i) => `${i}`))
  expect(pace.limit(20)).toBe(10)
  pace.choked(['0', '1'])
  pace.choked(['0'])
  expect([pace.limit(20), pace.resting('0'), pace.resting('1')]).toEqual([1, true, false])
  pace.went()
  expect(pace.limit(20)).toBe(2)
  pace.awake()
  expect(pace.resting('0')).toBe(false)
})

test('the clock follows the server when it is minutes off, and not for seconds', () => {
  let wall = Date.parse('2026-03-03T01:00:00Z')
  const clock = new Clock(() => wall)
  expect(clock.learn('Tue, 03 Mar 2026 01:00:30 GMT')).toBeNull()
  expect(clock.now()).toBe(wall)
  expect(clock.learn('Mon, 02 Mar 2026 01:00:00 GMT')).toBe(-86_400_000)
  expect(clock.iso()).toBe('2026-03-02T01:00:00.000Z')
  wall -= 86_400_000
  expect(clock.learn('Mon, 02 Mar 2026 01:00:00 GMT')).toBe(0)
  expect(clock.learn(null)).toBeNull()
  expect(clock.learn('soon')).toBeNull()
})
