import { describe, expect, test, vi } from 'vitest'
import type { Topic } from '../../src/engine/contract'
import { failure, thrown } from '../../src/offline/rpc'
import { rep, settle, type Tab } from './phone'
import { Refusal } from './server'

const INBOX = { filter: {}, first: 50, after: '', lang: 'ZH' } as const
const SNOOZE = { input: { id: 'x', kind: 'NEGLECTED', subject: 'a', until: '2026-03-09', why: '出差' } } as const
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

/** A leader's device, whose server answers what desks ask. */
async function desk() {
  const all = await rep()
  const { network, server } = all
  let file = () => json({})
  const send = network.send.bind(network)
  network.send = async (url, init) => (url.startsWith('/exports/') && network.weather() === 'fine' ? file() : send(url, init))
  for (const name of ['Inbox', 'Snooze']) server.desk[name] = () => ({ name })
  return { ...all, gives: (next: typeof file) => { file = next } }
}

function hear(tab: Tab): Topic[] {
  const heard: Topic[] = []
  tab.engine.on(topics => heard.push(...topics))
  return heard
}

describe('what a desk reads of the server', () => {
  test('comes as the server said it, and again from the server each time', async () => {
    const { tab, network } = await desk()
    await tab.sync()
    network.requests.length = 0
    expect(await tab.engine.read('Inbox', INBOX)).toEqual({ name: 'Inbox' })
    await tab.engine.read('Inbox', INBOX)
    expect(network.requests).toEqual(['Inbox', 'Inbox'])
  })

  test('is asked for once more with a renewed token', async () => {
    const { tab, server, network } = await desk()
    server.expireAccess()
    network.requests.length = 0
    expect(await tab.engine.read('Inbox', INBOX)).toEqual({ name: 'Inbox' })
    expect(network.requests).toContain('Refresh')
  })

  test.each(['noRequest', 'gateway', 'error500', 'cut'] as const)('is offline when the weather is %s', async (weather) => {
    const { tab, network } = await desk()
    network.weather = () => weather
    await expect(tab.engine.read('Inbox', INBOX)).rejects.toMatchObject({ code: 'offline' })
  })

  test('fails with the code, field, rule and words of the server', async () => {
    const { tab, server } = await desk()
    server.desk.Inbox = () => { throw new Refusal('INVALID', 'max', 'first') }
    await expect(tab.engine.read('Inbox', INBOX)).rejects.toMatchObject({ code: 'INVALID', field: 'first', rule: 'max', message: 'INVALID' })
  })

  test('fails with every value that is wrong, as it crosses to the screens', async () => {
    const { tab, server } = await desk()
    const faults = ['a', 'b[1].c'].map(field => ({ field, rule: 'range', message: `${field} is wrong` }))
    server.desk.Inbox = () => { throw new Refusal('INVALID', 'range', 'a', faults) }
    const refusal: unknown = await tab.engine.read('Inbox', INBOX).catch((e: unknown) => e)
    expect(refusal).toMatchObject({ code: 'INVALID', field: 'a', faults })
    const reply = structuredClone(failure(1, refusal))
    expect(reply.ok ? null : thrown(reply.error)).toMatchObject({ code: 'INVALID', field: 'a', rule: 'range', faults })
  })

  test('needs a session, and rows that are not locked', async () => {
    const { tab, server, li, phone } = await desk()
    server.endSessions(li)
    await expect(tab.engine.read('Inbox', INBOX)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    phone.now += 73 * 3_600_000
    await expect(tab.engine.read('Inbox', INBOX)).rejects.toMatchObject({ code: 'locked' })
  })
})

describe('what a desk changes', () => {
  test('tells the screens of all tabs, and asks for rows that moved', async () => {
    const { tab, phone, network } = await desk()
    const other = await phone.tab()
    await phone.calm()
    network.requests.length = 0
    const [here, there] = [hear(tab), hear(other)]
    expect(await tab.engine.act('Snooze', SNOOZE)).toEqual({ name: 'Snooze' })
    await phone.calm()
    expect([here.includes('desk'), there.includes('desk')]).toEqual([true, true])
    expect(network.requests).toContain('Changes')
  })

  test('is not kept and tells nobody when it fails', async () => {
    const { tab, network, phone } = await desk()
    await phone.calm()
    const heard = hear(tab)
    network.weather = () => 'noRequest'
    await expect(tab.engine.act('Snooze', SNOOZE)).rejects.toMatchObject({ code: 'offline' })
    expect([heard, await tab.work()]).toEqual([[], []])
  })
})

describe('a file of the server', () => {
  const file = (name: string) => new Response('a,b', { headers: { 'content-type': 'text/csv', 'content-disposition': `attachment; ${name}` } })

  test('comes with the name the server gave it', async () => {
    const { tab, gives } = await desk()
    gives(() => file('filename="load.csv"; filename*=UTF-8\'\'%E5%B7%A5%E4%BD%9C%E9%87%8F.csv'))
    const got = await tab.engine.download('/exports/workload.csv')
    expect([got.name, got.type, new TextDecoder().decode(got.bytes)]).toEqual(['工作量.csv', 'text/csv', 'a,b'])
  })

  test('is not what a gateway, or the app itself, answers in its place', async () => {
    const { tab, gives, network } = await desk()
    gives(() => new Response('<html>', { headers: { 'content-type': 'text/html' } }))
    await expect(tab.engine.download('/exports/workload.csv')).rejects.toMatchObject({ code: 'offline', rule: 'gateway' })
    network.weather = () => 'noRequest'
    await expect(tab.engine.download('/exports/workload.csv')).rejects.toMatchObject({ code: 'offline' })
  })

  test('is of this server: no other address is asked', async () => {
    const { tab } = await desk()
    await expect(tab.engine.download('https://example.org/x')).rejects.toMatchObject({ code: 'INVALID' })
    await expect(tab.engine.download('//example.org/x')).rejects.toMatchObject({ code: 'INVALID' })
  })

  test('says why the server refuses it', async () => {
    const { tab, gives } = await desk()
    gives(() => json({ errors: [{ message: 'managers only', extensions: { code: 'REFUSED', rule: 'D30' } }] }, 403))
    await expect(tab.engine.download('/exports/workload.csv')).rejects.toMatchObject({ code: 'REFUSED', rule: 'D30' })
  })
})

async function streaming() {
  const all = await desk()
  const { network } = all
  let feed: ReadableStreamDefaultController<Uint8Array> | undefined
  let open = true
  const send = network.send.bind(network)
  network.send = async (url, init) => {
    if (url !== '/events' || !open) return send(url, init)
    const body = new ReadableStream<Uint8Array>({ start: (controller) => { feed = controller } })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }
  const heard = hear(all.tab)
  const desks = () => heard.filter(topic => topic === 'desk').length
  await all.phone.pass(400_000)
  const tells = async (event: string, times: number) => {
    for (let i = 0; i < times; i++) feed!.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${i}\n\n`))
    await settle()
  }
  const stirs = (times: number) => tells('stirred', times)
  return { ...all, heard, desks, tells, stirs, end: async () => { open = false; feed!.close(); await settle() } }
}

describe('the stream of a leader', () => {
  test('tells the desk at once, and a crowd of news once a second', async () => {
    const { desks, stirs, phone } = await streaming()
    await phone.pass(5_000)
    const before = desks()
    await stirs(5)
    expect(desks() - before).toBe(1)
    await phone.pass(1_000)
    expect(desks() - before).toBe(2)
    await phone.pass(5_000)
    expect(desks() - before).toBe(2)
  })

  test('that is gone leaves the desk asking by itself', async () => {
    const { desks, end, phone } = await streaming()
    await end()
    const before = desks()
    await vi.waitFor(async () => {
      await phone.pass(10_000)
      expect(desks() - before).toBeGreaterThan(10)
    }, { timeout: 30_000, interval: 1 })
  })
})

// Who leads nobody hears of requests to come along by their own feed: its world moved, though no row did.
test('a feed that moved without a row tells the screens within a second', async () => {
  const { heard, tells, phone, network } = await streaming()
  network.tamper = (text, name) => (name === 'Changes' ? text.replace('"world":null', '"world":{"user":{"id":"li"},"company":"慈光","zone":"Asia/Shanghai","today":"2026-03-02"}') : text)
  network.requests.length = 0
  heard.length = 0
  await tells('moved', 1)
  await phone.pass(1_000)
  await vi.waitFor(() => expect(heard).toContain('rows'), { timeout: 20_000 })
  expect(network.requests).toContain('Changes')
})
