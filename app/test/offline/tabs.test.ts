import { describe, expect, test } from 'vitest'
import type { Topic } from '../../src/engine/contract'
import { USER_STEPS } from '../../src/offline/schema'
import { rep } from './phone'

describe('two tabs', () => {
  test('both save, each command goes up once, both show the same', async () => {
    const { tab, phone, accounts, server, network, li } = await rep()
    const other = await phone.tab()
    network.weather = () => 'noRequest'
    const ids = await Promise.all([0, 1, 2, 3].map((i) => (i % 2 ? tab : other).logContact(accounts[i % 2]!)))
    network.weather = () => 'fine'
    network.requests.length = 0
    await Promise.all([tab.sync(), other.sync()])
    await phone.calm()
    expect(Object.keys(server.data.effects).sort()).toEqual(ids.sort())
    const pushed = (await tab.work()).map(({ counter }) => counter)
    expect(pushed).toEqual([1, 2, 3, 4])
    expect(await tab.rows()).toEqual(server.view(li))
    expect(await other.rows()).toEqual(server.view(li))
    expect(await other.work()).toEqual(await tab.work())
  })

  test('hear of each other: rows, work, and who is signed in', async () => {
    const { tab, phone, accounts, server, li } = await rep()
    const other = await phone.tab()
    await phone.calm()
    const heard = new Set<Topic>()
    other.engine.on((topics) => topics.forEach((topic) => heard.add(topic)))
    await tab.logContact(accounts[0])
    await phone.calm()
    expect([...heard].sort()).toEqual(['drafts', 'rows', 'sync', 'work'])
    server.rename(accounts[1])
    await tab.sync()
    expect(await other.rows()).toEqual(server.view(li))
    server.addUser('wang')
    await tab.signIn('wang')
    await phone.calm()
    expect(heard).toContain('session')
    expect(await other.engine.ask('session', undefined)).toMatchObject({ state: 'open', user: { id: server.users[1]!.id } })
    await tab.engine.signOut()
    await phone.calm()
    expect(await other.engine.ask('session', undefined)).toMatchObject({ state: 'none' })
  })

  test('a tab that dies while it sends gives the lock back: the other one goes on', async () => {
    const { tab, phone, accounts, server, network } = await rep()
    const other = await phone.tab()
    await phone.calm()
    const send = network.send.bind(network)
    network.send = () => new Promise(() => undefined)
    const id = await tab.logContact(accounts[0])
    phone.patience = 100
    void tab.sync()
    await phone.calm()
    network.send = send
    await other.sync()
    expect(server.data.effects).toEqual({})
    tab.kill()
    await other.sync()
    expect(server.data.effects).toEqual({ [id]: 1 })
  })

  test('a wipe in one tab leaves nothing to the other', async () => {
    const { tab, phone, server, li } = await rep()
    const other = await phone.tab()
    const session = await tab.engine.ask('session', undefined)
    server.revoked.add(`${li.id}/${(session as { deviceId: string }).deviceId}`)
    await tab.sync()
    await phone.calm()
    expect(await other.engine.ask('session', undefined)).toEqual({ state: 'none', logins: [] })
    await expect(other.work()).rejects.toMatchObject({ code: 'locked' })
    expect(server.wiped).toHaveLength(1)
  })
})

describe('the app is updated while work waits', () => {
  const next = [...USER_STEPS, (db: IDBDatabase, tx: IDBTransaction) => {
    db.createObjectStore('notes')
    const cursor = tx.objectStore('outbox').openCursor()
    cursor.onsuccess = () => {
      if (!cursor.result) return
      cursor.result.update({ ...cursor.result.value, addedLater: 1 })
      cursor.result.continue()
    }
  }]

  test('a store of the version before is taken along with the work, drafts and photos in it', async () => {
    const { tab, phone, accounts, server, network } = await rep()
    network.weather = () => 'noRequest'
    await tab.engine.putDraft('log', { note: 'half' })
    const ids = [await tab.logContact(accounts[0]), await tab.logContact(accounts[1])]
    tab.kill()
    const newer = await phone.tab({ steps: next })
    expect((await newer.work()).map(({ id, state }) => `${id} ${state}`)).toEqual(ids.map((id) => `${id} waiting`))
    expect(await newer.engine.ask('draft', { key: 'log' })).toMatchObject({ body: { note: 'half' } })
    network.weather = () => 'fine'
    await newer.sync()
    expect(Object.keys(server.data.effects)).toEqual(ids)
  })

  test('the old tab lets go of the store, and is told to load anew', async () => {
    const { tab, phone, accounts, server } = await rep()
    const newer = await phone.tab({ steps: next })
    await phone.calm()
    expect(phone.outdated).toBeGreaterThan(0)
    await expect(tab.engine.ask('work', undefined)).rejects.toMatchObject({ code: 'locked' })
    const id = await newer.logContact(accounts[0])
    await newer.sync()
    expect(server.data.effects).toEqual({ [id]: 1 })
  })

  test('an app that is older than the store does not touch it', async () => {
    const { tab, phone } = await rep()
    tab.kill()
    const newer = await phone.tab({ steps: next })
    newer.kill()
    await expect(phone.tab()).rejects.toMatchObject({ code: 'reload' })
    expect(phone.outdated).toBe(1)
  })

  test('commands keep the document they were made with, the new app makes new ones', async () => {
    const { tab, phone, accounts, server, network } = await rep()
    network.weather = () => 'noRequest'
    const old = await tab.logContact(accounts[0])
    tab.kill()
    phone.documents = { ...phone.documents, LogContact: 'sha256:of-tomorrow' }
    const newer = await phone.tab()
    const fresh = await newer.logContact(accounts[1])
    const pushed: string[] = []
    const handle = server.handle.bind(server)
    server.handle = (url, init) => {
      const { variables } = JSON.parse(String(init?.body))
      for (const command of variables.commands ?? []) pushed.push(`${command.id} ${command.document}`)
      return handle(url, init)
    }
    network.weather = () => 'fine'
    await newer.sync()
    const { documents } = await import('../../src/engine/graphql')
    expect(pushed).toContain(`${old} ${documents.LogContact}`)
    expect(pushed).toContain(`${fresh} sha256:of-tomorrow`)
    expect(await newer.workOf(old)).toMatchObject({ state: 'accepted' })
    expect(await newer.workOf(fresh)).toMatchObject({ state: 'refused', rule: 'TrustedDocument' })
    phone.documents = { ...phone.documents, LogContact: documents.LogContact }
  })
})
