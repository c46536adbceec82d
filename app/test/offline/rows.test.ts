import { describe, expect, test } from 'vitest'
import { documents } from '../../src/engine/graphql'
import { Network, newServer, Phone, rep, settle } from './phone'

/** A rep with many accounts on a server of small pages, whose phone is signed in and has asked for nothing. */
async function fresh(accounts: number, pageSize: number) {
  const server = newServer()
  server.pageSize = pageSize
  const li = server.addUser('li')
  const ids = Array.from({ length: accounts }, () => server.addAccount(li))
  for (const id of ids) server.addItem(id, '2026-03-02')
  const network = new Network(server)
  const phone = new Phone(network)
  const tab = await phone.tab()
  return { server, li, ids, network, phone, tab }
}

const rowsIn = (text: string): number => {
  const { accounts, items } = JSON.parse(text).data.changes
  return accounts.length + items.length
}

describe('pulling', () => {
  test('the first pages show while the rest is coming', async () => {
    const { tab, server, network, li } = await fresh(6, 4)
    network.weather = () => (network.requests.filter((name) => name === 'Changes').length > 1 ? 'noRequest' : 'fine')
    await tab.signIn('li')
    expect(await tab.sync()).toMatchObject({ filling: true, trouble: 'offline' })
    expect((await tab.rows()).accounts).toHaveLength(4)
    network.weather = () => 'fine'
    expect(await tab.sync()).toMatchObject({ filling: false, trouble: null })
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('over a line on which large answers do not arrive the book comes in small ones, which grow again', async () => {
    const { tab, server, network, li } = await fresh(300, Infinity)
    const asked: number[] = []
    network.sent = (name, { variables }) => { if (name === 'Changes') asked.push((variables as { first: number }).first) }
    network.tamper = (text, name) => {
      if (name === 'Changes' && rowsIn(text) > 250) throw new TypeError('network error')
      return text
    }
    await tab.signIn('li')
    for (let round = 0; round < 5; round++) await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
    expect(asked.slice(0, 4)).toEqual([3000, 750, 200, 400])
    network.tamper = (text) => text
    for (let round = 0; round < 4; round++) await tab.sync()
    expect(asked.at(-1)).toBe(3000)
  })

  test('a new beginning never shows an empty world: the old rows stay until the new ones are whole', async () => {
    const { tab, server, network, li } = await fresh(6, 2)
    await tab.signIn('li')
    await tab.sync()
    const old = await tab.rows()
    server.restore(server.backup())
    server.rename(Object.keys(server.data.accounts)[0]!)
    network.requests.length = 0
    network.weather = () => (network.requests.length > 3 ? 'noRequest' : 'fine')
    expect(await tab.sync()).toMatchObject({ filling: false, trouble: 'offline' })
    expect(await tab.rows()).toEqual(old)
    network.weather = () => 'fine'
    server.restore(server.backup())
    await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('begun anew in the middle of the very first pull, nothing of the first beginning stays', async () => {
    const { tab, server, network, li } = await fresh(6, 4)
    network.weather = () => (network.requests.filter((name) => name === 'Changes').length > 1 ? 'noRequest' : 'fine')
    await tab.signIn('li')
    await tab.sync()
    const [shown] = await tab.book().cards()
    server.restore(server.backup())
    server.reassign(shown!.account.id, server.addUser('wang'))
    delete server.data.feeds[li.id]
    network.weather = () => 'fine'
    await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('begun anew in the middle of beginning anew, and killed at each page: in the end the rows are the server\'s', async () => {
    const all = await fresh(5, 2)
    const { phone, server, network, li } = all
    let { tab } = all
    await tab.signIn('li')
    await tab.sync()
    for (let i = 0; i < 6; i++) {
      if (i % 2 === 0) server.restore(server.backup())
      network.requests.length = 0
      network.weather = () => (network.requests.length > i ? 'noRequest' : 'fine')
      await tab.sync()
      expect((await tab.rows()).accounts).toHaveLength(5)
      tab.kill()
      tab = await phone.tab()
    }
    network.weather = () => 'fine'
    await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('an account that goes takes its items and logs, but not unsent work about it', async () => {
    const { tab, accounts, server, network, li } = await rep()
    await tab.logContact(accounts[0], 'sent')
    await tab.sync()
    const wang = server.addUser('wang')
    network.weather = () => (network.requests.at(-1) === 'Push' ? 'noRequest' : 'fine')
    const id = await tab.logContact(accounts[0], 'mine')
    server.reassign(accounts[0], wang)
    await tab.sync()
    expect(await tab.rows()).toMatchObject({ items: [], logs: [] })
    expect((await tab.rows()).accounts).toEqual(server.view(li).accounts)
    expect(await tab.workOf(id)).toMatchObject({ state: 'waiting' })
    expect((await tab.workOf(id))!.accountName).toMatch(/客户/)
  })

  test.each([
    ['no page', () => ({})], ['rows that are no list', (page: object) => ({ ...page, items: {} })], ['no epoch', (page: object) => ({ ...page, epoch: '' })],
  ])('an answer that is %s is not taken in', async (_, change) => {
    const { tab, network, server, li, accounts } = await rep()
    server.rename(accounts[0])
    network.tamper = (text, name) => (name === 'Changes' ? JSON.stringify({ data: { changes: change(JSON.parse(text).data.changes) } }) : text)
    expect((await tab.sync()).trouble).toBe('gateway')
    network.tamper = (text) => text
    await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('a stream that says moved brings the rows at once, and is opened again when it breaks', async () => {
    const { server, network, phone, tab, li, accounts } = await rep()
    let feed: ReadableStreamDefaultController<Uint8Array> | undefined
    let opened = 0
    const send = network.send.bind(network)
    network.send = async (url, init) => {
      if (url !== '/events') return send(url, init)
      opened++
      const body = new ReadableStream<Uint8Array>({ start: (controller) => { feed = controller } })
      return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    }
    await phone.pass(600_000)
    expect(opened).toBeGreaterThan(0)
    server.rename(accounts[0])
    feed!.enqueue(new TextEncoder().encode('event: moved\ndata: 9\n\n'))
    await settle(40)
    await phone.calm()
    expect(await tab.rows()).toEqual(server.view(li))
    const before = opened
    feed!.close()
    await settle()
    await phone.pass(400_000)
    expect(opened).toBeGreaterThan(before)
  })
})

describe('the book', () => {
  test('opens only the rows that are asked for, and each once', async () => {
    const { tab, server, network, ids, phone } = await fresh(20, 1000)
    await tab.signIn('li')
    await tab.sync()
    tab.kill()
    let opened = 0
    const decrypt = crypto.subtle.decrypt.bind(crypto.subtle)
    crypto.subtle.decrypt = (...args) => { opened++; return decrypt(...args) }
    try {
      network.weather = () => 'noRequest'
      const next = await phone.tab()
      await phone.calm()
      const book = next.book()
      opened = 0
      await book.cardsOf([ids[3]!, ids[4]!, 'nobody'])
      await book.openItemsOf(ids[3]!)
      expect(opened).toBe(3)
      await book.cardsOf([ids[3]!, ids[4]!])
      expect(opened).toBe(3)
      await book.cards()
      expect(opened).toBe(20 + 1)
      await book.cards()
      expect(opened).toBe(20 + 1)
      network.weather = () => 'fine'
      server.rename(ids[7]!)
      await next.sync()
      opened = 0
      expect((await book.cards()).find((card) => card.account.id === ids[7])!.account.name).toBe(server.data.accounts[ids[7]!]!.name)
      expect(opened).toBe(1)
    } finally {
      crypto.subtle.decrypt = decrypt
    }
  })

  test('finds by day, status and account', async () => {
    const { tab, server, accounts, item } = await rep()
    const later = server.addItem(accounts[1], '2026-03-09')
    await tab.sync()
    const book = tab.book()
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id)
    expect(ids(await book.itemsOn('2026-03-02', '2026-03-02'))).toEqual([item])
    expect(ids(await book.itemsOn('2026-03-03', '2026-03-09'))).toEqual([later])
    expect(ids(await book.openBefore('2026-03-09'))).toEqual([item])
    expect(ids(await book.openBefore('2026-03-02'))).toEqual([])
    const log = await tab.logContact(accounts[0], 'fine', item)
    await tab.sync()
    await tab.sync()
    expect(ids(await book.openBefore('2026-03-09'))).toEqual([])
    expect(ids(await book.openItemsOf(accounts[0]))).toEqual([])
    expect(ids(await book.itemsOf(accounts[0]))).toEqual([item])
    expect((await book.logsOf(accounts[0])).map((one) => one.log.id)).toEqual([log])
    expect((await book.logsSince('2026-03-03'))).toEqual([])
    expect((await book.log(log))?.note).toBe('fine')
    expect(await book.item('nobody')).toBeNull()
  })

  test('which day it is follows the zone of the company and the clock of the server', async () => {
    const { tab, phone, network } = await rep()
    phone.now = Date.parse('2026-03-02T15:59:00Z')
    expect(await tab.book().today()).toBe('2026-03-02')
    phone.now = Date.parse('2026-03-02T16:01:00Z')
    expect(await tab.book().today()).toBe('2026-03-03')
    const send = network.send.bind(network)
    network.send = async (url, init) => {
      const answer = await send(url, init)
      answer.headers.set('date', 'Wed, 04 Mar 2026 02:00:00 GMT')
      return answer
    }
    await tab.sync()
    expect(await tab.book().today()).toBe('2026-03-04')
    tab.kill()
    network.weather = () => 'noRequest'
    expect(await (await phone.tab()).book().today()).toBe('2026-03-04')
  })

  test('knows each operation it sends', () => {
    for (const name of ['SignIn', 'Refresh', 'SignOut', 'ChangePassword', 'Changes', 'Push', 'Health', 'Devices', 'Staff', 'RevokeDevice'] as const) {
      expect(documents[name]).toMatch(/^sha256:[0-9a-f]{64}$/)
    }
  })
})
