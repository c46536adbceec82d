import { describe, expect, test } from 'vitest'
import { rep, type Weather } from './phone'

describe('a log that was saved reaches the server once', () => {
  test('with a good connection: waiting, then accepted, then told by the rows', async () => {
    const { server, accounts, item, tab, network } = await rep()
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0], 'fine', item)
    expect(await tab.workOf(id)).toMatchObject({ state: 'waiting', counter: 1, name: 'LogContact', settled: false, accountId: accounts[0] })
    network.weather = () => 'fine'
    const sync = await tab.sync()
    expect(sync).toMatchObject({ waiting: 0, needsYou: 0, trouble: null })
    expect(await tab.workOf(id)).toMatchObject({ state: 'accepted', settled: true })
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect((await tab.rows()).logs).toEqual([`${id} fine`])
  })

  const faults: [string, Weather][] = [
    ['the request is lost', 'noRequest'], ['the answer is lost', 'noAnswer'], ['the request comes twice', 'twice'],
    ['the server fails', 'error500'], ['a hotel answers', 'gateway'], ['the answer is cut', 'cut'],
  ]
  test.each(faults)('when %s', async (_, weather) => {
    const { server, accounts, tab, network } = await rep()
    network.weather = () => weather
    const id = await tab.logContact(accounts[0])
    await tab.sync()
    if (weather !== 'twice') expect(await tab.workOf(id)).toMatchObject({ state: 'waiting' })
    network.weather = () => 'fine'
    await tab.sync()
    expect(await tab.workOf(id)).toMatchObject({ state: 'accepted' })
    expect(server.data.effects).toEqual({ [id]: 1 })
  })
})

describe('a phone that only reads', () => {
  const HOUR = 3_600_000

  test('tells once after the sign-in how it is, and then once an hour; else a round is one question', async () => {
    const { server, li, tab, network, phone } = await rep()
    const pushes = () => network.requests.filter((name) => name === 'Push').length
    expect(pushes()).toBe(1)
    network.requests.length = 0
    await phone.pass(HOUR - 60_000)
    expect(pushes()).toBe(0)
    expect(new Set(network.requests)).toEqual(new Set(['Changes']))
    server.reports.clear()
    await phone.pass(6 * 60_000)
    expect(pushes()).toBe(1)
    expect([...server.reports.entries()]).toMatchObject([[expect.stringContaining(li.id), { issued: 0, waiting: [], wiped: false }]])
    await phone.pass(5 * HOUR)
    expect(pushes()).toBeGreaterThanOrEqual(5)
    expect(pushes()).toBeLessThanOrEqual(6)
    await tab.engine.signIn('li', 'secret-li', 'test phone')
    await phone.calm()
    const before = pushes()
    await tab.sync()
    expect([before > 5, pushes()]).toEqual([true, before])
  })

  test('a push of work counts, and one that did not arrive does not', async () => {
    const { accounts, tab, network, phone } = await rep()
    await phone.pass(50 * 60_000)
    await tab.logContact(accounts[0])
    await phone.calm()
    network.requests.length = 0
    await phone.pass(30 * 60_000)
    expect(network.requests).not.toContain('Push')
    network.weather = () => 'noRequest'
    await phone.pass(40 * 60_000)
    network.requests.length = 0
    network.weather = () => 'fine'
    await tab.sync()
    expect(network.requests).toEqual(['Push', 'Changes'])
  })

  test('another tab, or the app opened anew, does not tell again', async () => {
    const { network, phone } = await rep()
    network.requests.length = 0
    const other = await phone.tab()
    await other.sync()
    expect(network.requests).not.toContain('Push')
    phone.now -= 2 * HOUR
    await other.sync()
    expect(network.requests).toContain('Push')
  })
})
