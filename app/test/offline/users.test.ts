import { describe, expect, test } from 'vitest'
import type { Commands } from '../../src/engine/contract'
import { rep, type Tab } from './phone'

const HOUR = 3_600_000
const session = (tab: Tab) => tab.engine.ask('session', undefined)

describe('a session', () => {
  test('opens without a network, with the rows', async () => {
    const { tab, phone, network, server, li } = await rep()
    tab.kill()
    network.weather = () => 'noRequest'
    const next = await phone.tab()
    expect(await session(next)).toMatchObject({ state: 'open', user: { id: li.id }, zone: 'Asia/Shanghai', company: '慈光' })
    expect(await next.rows()).toEqual(server.view(li))
  })

  test('cannot be opened offline by signing in: the key is the server\'s to give', async () => {
    const { tab, network } = await rep()
    await tab.engine.signOut()
    network.weather = () => 'noRequest'
    await expect(tab.signIn('li')).rejects.toMatchObject({ code: 'offline' })
    network.weather = () => 'gateway'
    await expect(tab.signIn('li')).rejects.toMatchObject({ code: 'offline' })
    expect(await session(tab)).toMatchObject({ state: 'none', logins: ['li'] })
  })

  test('a wrong password is said by the server', async () => {
    const { tab } = await rep()
    await expect(tab.engine.signIn('li', 'wrong', 'phone')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await session(tab)).toMatchObject({ state: 'open' })
  })

  test('access tokens are renewed once for two tabs', async () => {
    const { tab, phone, network, server } = await rep()
    const other = await phone.tab()
    await phone.calm()
    server.expireAccess()
    network.requests.length = 0
    await Promise.all([tab.engine.ask('health', { account: 'x' }), other.engine.ask('health', { account: 'x' })])
    expect(network.requests.filter((name) => name === 'Refresh')).toHaveLength(1)
    expect(await other.engine.ask('health', { account: 'x' })).toMatchObject({ health: '高血压' })
  })

  test('a server error while renewing ends nothing', async () => {
    const { tab, network, server } = await rep()
    server.expireAccess()
    network.weather = () => (network.requests.at(-1) === 'Refresh' ? 'error500' : 'fine')
    expect((await tab.sync()).trouble).toBe('server')
    network.weather = () => 'fine'
    expect((await tab.sync()).trouble).toBeNull()
  })

  test('that the server ended still delivers, shows its rows, and says so', async () => {
    const { tab, accounts, server, li } = await rep()
    server.endSessions(li)
    const id = await tab.logContact(accounts[0])
    expect((await tab.sync()).trouble).toBe('signedOut')
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect((await tab.rows()).accounts).toHaveLength(2)
    await tab.signIn('li')
    expect((await tab.sync()).trouble).toBeNull()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('a new password opens a new session by itself', async () => {
    const { tab } = await rep()
    await expect(tab.engine.changePassword('wrong', 'next')).rejects.toMatchObject({ code: 'INVALID', field: 'old' })
    await tab.engine.changePassword('secret-li', 'next')
    expect((await tab.sync()).trouble).toBeNull()
  })
})

describe('signing out', () => {
  test('sends what waits first; nothing is readable until the next sign-in, and then all is there without a pull of it', async () => {
    const { tab, accounts, server, network, li } = await rep()
    const id = await tab.logContact(accounts[0])
    expect(await tab.engine.signOut()).toEqual({ left: 0 })
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect(await session(tab)).toEqual({ state: 'none', logins: ['li'] })
    await expect(tab.work()).rejects.toMatchObject({ code: 'locked' })
    await expect(tab.logContact(accounts[0])).rejects.toMatchObject({ code: 'locked' })
    await tab.signIn('li')
    network.weather = () => 'noRequest'
    expect((await tab.rows()).accounts).toEqual(server.view(li).accounts)
  })

  test('offline says what is left; it goes up by itself later, without anybody signing in', async () => {
    const { tab, accounts, server, network, phone } = await rep()
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0])
    const out = tab.engine.signOut()
    await phone.pass(12_000)
    expect(await out).toEqual({ left: 1 })
    expect(await session(tab)).toMatchObject({ state: 'locked', why: 'signedOut', waiting: 1, login: 'li', userName: 'LI' })
    tab.kill()
    network.weather = () => 'fine'
    const next = await phone.tab()
    await phone.calm()
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect(await session(next)).toMatchObject({ state: 'none' })
  })

  test('with a server that hangs takes seconds, not for ever', async () => {
    const { tab, accounts, network, phone } = await rep()
    network.send = () => new Promise(() => undefined)
    phone.patience = 50
    await tab.logContact(accounts[0])
    const out = tab.engine.signOut()
    await phone.pass(8_000 + 3_000)
    expect(await out).toEqual({ left: 1 })
  })
})

describe('two users of one phone (story 13)', () => {
  test('A\'s unsent work stays A\'s, goes up in A\'s name while B is signed in, and B never sees it', async () => {
    const { tab, accounts, server, network, phone, li } = await rep()
    const wang = server.addUser('wang')
    const foreign = server.addAccount(wang)
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0])
    const out = tab.engine.signOut()
    await phone.pass(12_000)
    await out
    network.weather = () => (network.requests.at(-1) === 'Push' ? 'noRequest' : 'fine')
    await tab.signIn('wang')
    await tab.sync()
    expect(await session(tab)).toMatchObject({ state: 'open', user: { id: wang.id } })
    expect(await tab.work()).toEqual([])
    expect((await tab.rows()).accounts.map((a) => a.split(' ')[0])).toEqual([foreign])
    expect(server.data.effects).toEqual({})
    network.weather = () => 'fine'
    await tab.sync()
    await tab.sync()
    expect(server.data.logs[id]).toMatchObject({ userId: li.id })
    expect(await tab.work()).toEqual([])
    await tab.signIn('li')
    await tab.sync()
    expect(await tab.workOf(id)).toMatchObject({ state: 'accepted' })
  })

  test('B signing in without A signing out locks A\'s rows', async () => {
    const { tab, server } = await rep()
    server.addUser('wang')
    await tab.signIn('wang')
    expect(await session(tab)).toMatchObject({ state: 'open', user: { name: 'WANG' } })
    expect((await tab.rows()).accounts).toEqual([])
  })

  test('each counts their own work', async () => {
    const { tab, server, accounts } = await rep()
    const wang = server.addUser('wang')
    const own = server.addAccount(wang)
    await tab.logContact(accounts[0])
    await tab.sync()
    await tab.signIn('wang')
    const id = await tab.logContact(own)
    expect(await tab.workOf(id)).toMatchObject({ counter: 1 })
  })
})

describe('the lease', () => {
  const offline = async () => {
    const all = await rep()
    all.network.weather = () => 'noRequest'
    return all
  }

  test('72 hours without the server: rows are locked, unsent work is still delivered, signing in opens them', async () => {
    const { tab, phone, accounts, network, server, li } = await offline()
    const id = await tab.logContact(accounts[0])
    phone.now += 71 * HOUR
    expect(await session(tab)).toMatchObject({ state: 'open' })
    phone.now += 2 * HOUR
    expect(await session(tab)).toMatchObject({ state: 'locked', why: 'lease', waiting: 1 })
    await expect(tab.work()).rejects.toMatchObject({ code: 'locked' })
    tab.kill()
    const next = await phone.tab()
    expect(await session(next)).toMatchObject({ state: 'locked', why: 'lease' })
    network.weather = () => 'fine'
    await next.sync()
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect(await session(next)).toMatchObject({ state: 'locked', why: 'lease', waiting: 0 })
    await next.signIn('li')
    await next.sync()
    expect(await next.rows()).toEqual(server.view(li))
  })

  test('each word of the server begins it anew', async () => {
    const { tab, phone, network } = await offline()
    for (let i = 0; i < 4; i++) {
      phone.now += 50 * HOUR
      network.weather = () => 'fine'
      await tab.sync()
      network.weather = () => 'noRequest'
    }
    expect(await session(tab)).toMatchObject({ state: 'open' })
  })

  test('setting the clock back gives nothing, forward and back counts as gone', async () => {
    const { tab, phone } = await offline()
    for (const hours of [40, -40, 20, -30]) {
      phone.now += hours * HOUR
      await phone.pass(61_000)
      expect(await session(tab)).toMatchObject({ state: 'open' })
    }
    phone.now += 13 * HOUR
    await phone.pass(61_000)
    expect(await session(tab)).toMatchObject({ state: 'locked' })
  })

  test('a clock that moves by a day loses no work and no rows', async () => {
    const { tab, phone, accounts, network, server, li } = await offline()
    const ids = []
    for (const days of [1, -2, 1]) {
      phone.now += days * 24 * HOUR
      ids.push(await tab.logContact(accounts[0]))
    }
    network.weather = () => 'fine'
    await tab.sync()
    expect(Object.keys(server.data.effects)).toEqual(ids)
    await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('is as long as the company says', async () => {
    const { tab, phone, server, network } = await rep()
    server.leaseHours = 8
    await tab.signIn('li')
    network.weather = () => 'noRequest'
    phone.now += 9 * HOUR
    expect(await session(tab)).toMatchObject({ state: 'locked', why: 'lease' })
  })
})

describe('a revoked device', () => {
  test('delivers what it has, forgets everything, and says that it did', async () => {
    const { tab, phone, accounts, network, server, li } = await rep()
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0])
    const { deviceId } = await session(tab) as { deviceId: string }
    server.revoked.add(`${li.id}/${deviceId}`)
    network.weather = () => 'fine'
    await tab.sync()
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect(server.wiped).toEqual([`${li.id}/${deviceId}`])
    expect(await session(tab)).toEqual({ state: 'none', logins: [] })
    expect((await phone.factory.databases()).map(({ name }) => name)).toEqual(['huifang-device'])
  })

  test('is locked at once, even while work cannot be delivered yet', async () => {
    const { tab, accounts, network, server, li } = await rep()
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0])
    const { deviceId } = await session(tab) as { deviceId: string }
    server.revoked.add(`${li.id}/${deviceId}`)
    server.busyWith.add(id)
    network.weather = () => 'fine'
    await tab.sync()
    await expect(tab.work()).rejects.toMatchObject({ code: 'locked' })
    expect(await session(tab)).toMatchObject({ state: 'locked', waiting: 1 })
    server.busyWith.clear()
    await tab.sync()
    expect(server.data.effects).toEqual({ [id]: 1 })
    expect(server.wiped).toHaveLength(1)
  })

  test('comes back as a new device', async () => {
    const { tab, server, li } = await rep()
    const { deviceId } = await session(tab) as { deviceId: string }
    server.revoked.add(`${li.id}/${deviceId}`)
    await tab.signIn('li')
    expect(server.wiped).toHaveLength(1)
    const now = await session(tab) as { deviceId: string; state: string }
    expect(now.state).toBe('open')
    expect(now.deviceId).not.toBe(deviceId)
    await tab.sync()
    expect(await tab.rows()).toEqual(server.view(li))
  })

  test('of somebody who signed out wipes too, and leaves the other user alone', async () => {
    const { tab, server, phone, li } = await rep()
    const { deviceId } = await session(tab) as { deviceId: string }
    server.addUser('wang')
    await tab.signIn('wang')
    await phone.calm()
    server.revoked.add(`${li.id}/${deviceId}`)
    tab.kill()
    const next = await phone.tab()
    await phone.calm()
    expect(server.wiped).toEqual([`${li.id}/${deviceId}`])
    expect(await session(next)).toMatchObject({ state: 'open', user: { id: server.users[1]!.id } })
    expect(await phone.factory.databases()).toHaveLength(2)
  })
})

test('numbers of a device go on where the server knows of them', async () => {
  const { tab, phone, server, accounts } = await rep()
  await tab.logContact(accounts[0])
  await tab.sync()
  tab.kill()
  await new Promise<void>((resolve) => { phone.factory.deleteDatabase(`huifang-${server.users[0]!.id}`).onsuccess = () => resolve() })
  const next = await phone.tab()
  await next.signIn('li')
  const id = await next.engine.send('AskLeave', { input: { from: '2026-03-09', to: '2026-03-10' } } as Commands['AskLeave'], {})
  expect(await next.workOf(id)).toMatchObject({ counter: 2 })
})
