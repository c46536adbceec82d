import { describe, expect, test } from 'vitest'
import type { Commands } from '../../src/engine/contract'
import { photo, rep } from './phone'

const bytes = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7) % 256))

/** A log with two photos in line, nothing sent yet. */
async function loaded(note = 'fine') {
  const all = await rep()
  all.network.weather = () => 'noRequest'
  for (const id of ['p1', 'p2']) await all.tab.engine.addDraftPhoto('log', photo(id), Uint8Array.from(bytes).buffer)
  const log = await all.tab.logContact(all.accounts[0], note, undefined, 'log')
  await all.phone.calm()
  return { ...all, log }
}

describe('photos', () => {
  test('follow their log, in pieces, whole', async () => {
    const { tab, network, server, log } = await loaded()
    expect((await tab.engine.ask('sync', undefined)).photosWaiting).toBe(2)
    expect(await tab.workOf(log)).toMatchObject({ photos: { total: 2, sent: 0 }, pictures: [{ id: 'p1' }, { id: 'p2' }] })
    network.weather = () => 'fine'
    network.requests.length = 0
    expect((await tab.sync()).photosWaiting).toBe(0)
    expect(network.requests.indexOf('Push')).toBeLessThan(network.requests.findIndex((name) => name.startsWith('/photos/')))
    expect(network.requests.filter((name) => name.startsWith('/photos/'))).toHaveLength(8)
    expect(bytes.equals(server.data.photos.p1!.bytes)).toBe(true)
    expect(server.data.photos.p2).toMatchObject({ logId: log })
    expect(await tab.workOf(log)).toMatchObject({ photos: { total: 2, sent: 2 } })
  })

  test('go on where they broke off', async () => {
    const { tab, network, server } = await loaded()
    let pieces = 0
    network.weather = () => (network.requests.at(-1)!.startsWith('/photos/') && ++pieces > 2 ? 'noRequest' : 'fine')
    await tab.sync()
    expect(Object.keys(server.data.photos)).toEqual([])
    network.weather = () => 'fine'
    network.requests.length = 0
    await tab.sync()
    expect(Object.keys(server.data.photos).sort()).toEqual(['p1', 'p2'])
    expect(network.requests.filter((name) => name.startsWith('/photos/p1'))).toHaveLength(2)
    expect(bytes.equals(server.data.photos.p1!.bytes)).toBe(true)
  })

  test.each(['noAnswer', 'twice', 'cut', 'gateway', 'error500'] as const)('survive %s', async (weather) => {
    const { tab, network, server } = await loaded()
    let n = 0
    network.weather = () => (n++ % 3 === 2 ? weather : 'fine')
    for (let i = 0; i < 12; i++) await tab.sync()
    expect(Object.keys(server.data.photos).sort()).toEqual(['p1', 'p2'])
    expect(bytes.equals(server.data.photos.p2!.bytes)).toBe(true)
    network.weather = () => 'fine'
    expect((await tab.sync()).photosWaiting).toBe(0)
  })

  test('that are none are asked about once, told, and hold up no other', async () => {
    const { tab, network, server, log } = await loaded()
    server.noPictures.add('p1')
    network.weather = () => 'fine'
    network.requests.length = 0
    for (let i = 0; i < 3; i++) await tab.sync()
    expect(network.requests.filter((name) => name.startsWith('/photos/p1'))).toHaveLength(1)
    expect(Object.keys(server.data.photos)).toEqual(['p2'])
    expect(await tab.engine.ask('sync', undefined)).toMatchObject({ photosWaiting: 0, needsYou: 1, trouble: null })
    expect(await tab.workOf(log)).toMatchObject({ state: 'accepted', photos: { total: 2, sent: 1, refused: [{ id: 'p1', why: 'picture' }] } })
    await tab.engine.dropPhotos(log)
    expect(await tab.engine.ask('sync', undefined)).toMatchObject({ photosWaiting: 0, needsYou: 0 })
    expect(await tab.workOf(log)).toMatchObject({ photos: { total: 1, sent: 1, refused: [] } })
    expect(await tab.engine.ask('photo', { id: 'p2', size: 'full' })).not.toBeNull()
  })

  test('that were refused wait for the user longer than accepted work is kept, and can be tried again', async () => {
    const { tab, network, server, log, phone } = await loaded()
    server.noPictures.add('p1')
    network.weather = () => 'fine'
    await tab.sync()
    phone.now += 15 * 86_400_000
    await tab.signIn('li')
    await tab.sync()
    await tab.sync()
    expect(await tab.workOf(log)).toMatchObject({ photos: { refused: [{ id: 'p1' }] } })
    server.noPictures.clear()
    await tab.engine.retry(log)
    await phone.calm()
    expect(await tab.engine.ask('sync', undefined)).toMatchObject({ photosWaiting: 0, needsYou: 0 })
    expect(Object.keys(server.data.photos).sort()).toEqual(['p1', 'p2'])
  })

  test('whose contact the server does not have yet go on waiting', async () => {
    const { tab, network, server } = await loaded()
    network.weather = () => 'fine'
    network.tamper = (text, name) => {
      if (name === 'Push') server.data.logs = {}
      return text
    }
    expect(await tab.sync()).toMatchObject({ photosWaiting: 2, needsYou: 0 })
  })

  test('are on the server only when a receipt says so', async () => {
    const { tab, network } = await loaded()
    network.weather = () => 'fine'
    network.tamper = (text, name) => (name.startsWith('/photos/') ? text.replace(/"receipt":"."/, '"receipt":"').replace(/"receipt":"[^"]{2}/, '"receipt":"xx') : text)
    expect(await tab.sync()).toMatchObject({ photosWaiting: 2, trouble: 'gateway' })
    network.tamper = (text) => text
    expect((await tab.sync()).photosWaiting).toBe(0)
  })

  test('wait while their log is refused, and go with the mended one', async () => {
    const { tab, network, server, log } = await loaded('refuse')
    network.weather = () => 'fine'
    expect(await tab.sync()).toMatchObject({ photosWaiting: 2, needsYou: 1 })
    expect(network.requests.some((name) => name.startsWith('/photos/'))).toBe(false)
    const { input } = (await tab.workOf(log))!.input as Commands['LogContact']
    const mended = await tab.engine.mend(log, { input: { ...input, note: 'fine' } })
    await tab.sync()
    expect(server.data.photos.p1).toMatchObject({ logId: mended })
  })

  test('go with the log that is dropped', async () => {
    const { tab, network, log } = await loaded('refuse')
    network.weather = () => 'fine'
    await tab.sync()
    await tab.engine.discard(log)
    expect((await tab.engine.ask('sync', undefined)).photosWaiting).toBe(0)
    expect(await tab.engine.ask('photo', { id: 'p1', size: 'full' })).toBeNull()
  })

  test('are shown from the phone while they are there, and kept three days for a server that lost them', async () => {
    const { tab, network, server, phone } = await loaded()
    const backup = server.backup()
    network.weather = () => 'fine'
    await tab.sync()
    server.restore(backup)
    expect(server.data.photos).toEqual({})
    await tab.sync()
    await tab.sync()
    expect(Object.keys(server.data.photos).sort()).toEqual(['p1', 'p2'])
    network.weather = () => 'noRequest'
    expect(bytes.equals(new Uint8Array((await tab.engine.ask('photo', { id: 'p1', size: 'thumb' }))!))).toBe(true)
    network.weather = () => 'fine'
    phone.now += 3 * 86_400_000 - 1000
    await tab.sync()
    phone.now += 10_000
    await tab.sync()
    network.weather = () => 'noRequest'
    expect(await tab.engine.ask('photo', { id: 'p1', size: 'full' })).toBeNull()
  })
})
