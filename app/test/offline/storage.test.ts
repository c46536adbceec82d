import { describe, expect, test } from 'vitest'
import { photo, rep } from './phone'

/** Everything that lies in the databases of a phone, as one text. */
async function everything(factory: IDBFactory): Promise<string> {
  const found: unknown[] = []
  for (const { name } of await factory.databases()) {
    const db = await new Promise<IDBDatabase>((resolve) => { const open = factory.open(name!); open.onsuccess = () => resolve(open.result) })
    for (const store of db.objectStoreNames) {
      const rows = await new Promise((resolve) => { const all = db.transaction(store).objectStore(store).getAll(); all.onsuccess = () => resolve(all.result) })
      found.push(rows)
    }
    db.close()
  }
  return JSON.stringify(found, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
}

describe('a phone without room', () => {
  test('a save says so, keeps nothing half, and the draft is still there', async () => {
    const { tab, phone, accounts, network, server } = await rep()
    await tab.engine.putDraft('log', { note: 'half' })
    await tab.engine.addDraftPhoto('log', photo('p1'), new Uint8Array(2000).buffer)
    phone.full = true
    await expect(tab.logContact(accounts[0], 'fine', undefined, 'log')).rejects.toMatchObject({ code: 'storage' })
    expect(await tab.work()).toEqual([])
    expect(await tab.engine.ask('draft', { key: 'log' })).toMatchObject({ body: { note: 'half' }, photos: [{ id: 'p1', bytes: 2000 }] })
    phone.full = false
    network.requests.length = 0
    const id = await tab.logContact(accounts[0], 'fine', undefined, 'log')
    expect(await tab.workOf(id)).toMatchObject({ counter: 1 })
    await tab.sync()
    expect(server.data.effects).toEqual({ [id]: 1 })
  })

  test('a photo that does not fit is refused, the form stays', async () => {
    const { tab, phone } = await rep()
    await tab.engine.putDraft('log', { note: 'half' })
    phone.full = true
    await expect(tab.engine.addDraftPhoto('log', photo('p1'), new Uint8Array(9).buffer)).rejects.toMatchObject({ code: 'storage' })
    expect(await tab.engine.ask('draft', { key: 'log' })).toMatchObject({ body: { note: 'half' }, photos: [] })
  })

  test('an answer that cannot be written down does not count: it is asked for again', async () => {
    const { tab, phone, accounts, network, server } = await rep()
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0])
    await phone.calm()
    network.weather = () => 'fine'
    phone.full = true
    expect((await tab.sync()).trouble).toBe('storage')
    phone.full = false
    await tab.sync()
    expect(await tab.workOf(id)).toMatchObject({ state: 'accepted' })
    expect(server.data.effects).toEqual({ [id]: 1 })
  })
})

describe('what lies on the phone', () => {
  test('names, notes, tokens and drafts are in no row that can be read', async () => {
    const { tab, phone, accounts, server, network } = await rep()
    const name = server.data.accounts[accounts[0]]!.name
    await tab.logContact(accounts[0], 'sent secret')
    await tab.sync()
    network.weather = () => 'noRequest'
    await tab.logContact(accounts[1], 'waiting secret')
    await tab.engine.putDraft('log', { note: 'draft secret' })
    await phone.calm()
    expect((await tab.book().card(accounts[0]))?.account.name).not.toBe(undefined)
    const text = await everything(phone.factory)
    expect(text).toContain(accounts[0])
    for (const secret of ['secret', name, '客户', 'delivery/', 'refresh']) expect(text.includes(secret), secret).toBe(false)
  })

  test('asks once to be kept', async () => {
    const { tab, phone, accounts } = await rep()
    await tab.logContact(accounts[0])
    await tab.logContact(accounts[1])
    await phone.calm()
    expect(phone.persisted).toBe(1)
  })

  test('a row in another\'s place does not open', async () => {
    const { tab, phone, accounts, li } = await rep()
    const open = phone.factory.open(`huifang-${li.id}`)
    const db = await new Promise<IDBDatabase>((resolve) => { open.onsuccess = () => resolve(open.result) })
    const tx = db.transaction('cards', 'readwrite')
    const store = tx.objectStore('cards')
    const [a, b] = await new Promise<{ id: string; box: unknown }[]>((resolve) => { const all = store.getAll(); all.onsuccess = () => resolve(all.result) })
    store.put({ ...a, box: b!.box })
    await new Promise((resolve) => { tx.oncomplete = resolve })
    db.close()
    await expect(tab.book().card(a!.id)).rejects.toThrow()
    expect(accounts).toContain(a!.id)
  })
})

describe('drafts', () => {
  test('of many key strokes the last one stays, and a save that comes after them takes it', async () => {
    const { tab, phone, accounts } = await rep()
    const strokes = Array.from({ length: 30 }, (_, i) => tab.engine.putDraft('log', { note: `${i}` }))
    await Promise.all(strokes)
    expect(await tab.engine.ask('draft', { key: 'log' })).toMatchObject({ body: { note: '29' } })
    void tab.engine.putDraft('log', { note: 'late' })
    await tab.logContact(accounts[0], 'fine', undefined, 'log')
    await phone.calm()
    expect(await tab.engine.ask('drafts', undefined)).toEqual([])
  })

  test('photos come back in order, and go with the draft', async () => {
    const { tab } = await rep()
    await tab.engine.putDraft('log', {})
    for (const id of ['c', 'a', 'b']) await tab.engine.addDraftPhoto('log', photo(id), Uint8Array.of(id.charCodeAt(0)).buffer)
    await tab.engine.dropDraftPhoto('log', 'c')
    await tab.engine.addDraftPhoto('log', photo('d'), Uint8Array.of(1).buffer)
    const draft = await tab.engine.ask('draft', { key: 'log' })
    expect(draft?.photos.map(({ id }) => id)).toEqual(['a', 'b', 'd'])
    expect(new Uint8Array((await tab.engine.ask('draftPhoto', { key: 'log', id: 'a' }))!)).toEqual(Uint8Array.of(97))
    expect(await tab.engine.ask('draftPhoto', { key: 'other', id: 'a' })).toBeNull()
    await tab.engine.dropDraft('log')
    expect(await tab.engine.ask('draft', { key: 'log' })).toBeNull()
  })
})
