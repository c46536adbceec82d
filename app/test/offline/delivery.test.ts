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
