import { describe, expect, test } from 'vitest'
import type { Commands } from '../../src/engine/contract'
import type { PushMutationVariables } from '../../src/engine/graphql'
import { rep, START } from './phone'

const line = async (tab: Awaited<ReturnType<typeof rep>>['tab']) => (await tab.work()).map(({ state }) => state)

/** Changes the first answer of a push. */
const tampered = (change: (answer: Record<string, unknown>, all: Record<string, unknown>[]) => void) => (text: string, name: string) => {
  if (name !== 'Push') return text
  const body = JSON.parse(text)
  if (body.data.push.answers.length > 0) change(body.data.push.answers[0], body.data.push.answers)
  return JSON.stringify(body)
}

describe('only a receipt that fits takes a command out of the line', () => {
  const forgeries: [string, (answer: Record<string, unknown>, all: Record<string, unknown>[]) => void][] = [
    ['no receipt', (a) => { a.receipt = '' }],
    ['a receipt that is no base64', (a) => { a.receipt = '§§' }],
    ['a receipt of another command', (a) => { a.receipt = 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA' }],
    ['another status than the receipt covers', (a) => { a.status = 'REJECTED' }],
    ['another sequence', (a) => { a.sequence = 77 }],
    ['an id nobody sent', (a) => { a.id = '01890000-0000-7000-8000-000000000000' }],
    ['no answers at all', (_, all) => { all.length = 0 }],
    ['a status nobody knows', (a) => { a.status = 'MAYBE' }],
    ['an answer without its parts', (a) => { delete a.sequence }],
  ]
  test.each(forgeries)('%s', async (_, change) => {
    const { network, accounts, tab, server } = await rep()
    network.tamper = tampered(change)
    const id = await tab.logContact(accounts[0])
    expect((await tab.sync()).trouble).toBe('gateway')
    expect(await tab.workOf(id)).toMatchObject({ state: 'waiting' })
    network.tamper = (text) => text
    await tab.sync()
    expect(await tab.workOf(id)).toMatchObject({ state: 'accepted' })
    expect(server.data.effects).toEqual({ [id]: 1 })
  })

  test('answers in another order, and one twice, still go to their commands', async () => {
    const { network, accounts, tab } = await rep()
    network.weather = () => 'noRequest'
    const [bad, good] = [await tab.logContact(accounts[0], 'refuse'), await tab.logContact(accounts[1])]
    network.weather = () => 'fine'
    network.tamper = tampered((_, all) => { all.reverse(); all.push(all[0]!) })
    await tab.sync()
    expect(await tab.workOf(bad)).toMatchObject({ state: 'refused' })
    expect(await tab.workOf(good)).toMatchObject({ state: 'accepted' })
  })
})

describe('the five answers', () => {
  test('APPLIED with a flag is accepted for review', async () => {
    const { accounts, tab } = await rep()
    const id = await tab.logContact(accounts[0], 'review')
    expect((await tab.sync()).review).toBe(1)
    expect(await tab.workOf(id)).toMatchObject({ state: 'review', review: ['COPIED_NOTE'] })
  })

  test('APPLIED_REASSIGNED: the customer has gone, the log is kept and said to be for review', async () => {
    const { server, accounts, network, tab } = await rep()
    const wang = server.addUser('wang')
    network.weather = () => 'noRequest'
    const id = await tab.logContact(accounts[0])
    server.reassign(accounts[0], wang)
    network.weather = () => 'fine'
    await tab.sync()
    expect(await tab.workOf(id)).toMatchObject({ state: 'review', reassigned: true, review: ['AFTER_HANDOVER'] })
    expect(await tab.rows()).toEqual(server.view(server.users[0]!))
    expect(await tab.book().card(accounts[0])).toBeNull()
    expect(await tab.book().itemsOf(accounts[0])).toEqual([])
  })

  test('CONFLICT and REJECTED are kept with the reason until the user mends or drops them', async () => {
    const { accounts, tab, server } = await rep()
    const refused = await tab.logContact(accounts[0], 'refuse')
    const conflict = await tab.logContact(accounts[1], 'conflict')
    expect(await tab.sync()).toMatchObject({ needsYou: 2, waiting: 0 })
    expect(await tab.workOf(refused)).toMatchObject({ state: 'refused', code: 'REFUSED', rule: 'D10', field: 'note', words: 'no' })
    expect(await tab.workOf(conflict)).toMatchObject({ state: 'conflict', code: 'CONFLICT' })

    const input = (await tab.workOf(refused))!.input as Commands['LogContact']
    const mended = await tab.engine.mend(refused, { input: { ...input.input, note: 'better' } })
    await tab.engine.discard(conflict)
    expect(await tab.sync()).toMatchObject({ needsYou: 0, waiting: 0 })
    expect(await tab.workOf(mended)).toMatchObject({ state: 'accepted', counter: 3 })
    expect(server.data.logs[mended]).toMatchObject({ note: 'better' })
    expect((await tab.work()).map(({ id }) => id)).toEqual([mended])
  })

  test('each try of the user has the next number, each repetition of the phone the same', async () => {
    const { accounts, network, tab } = await rep()
    const tries: number[] = []
    network.sent = (name, { variables }) => {
      if (name === 'Push') for (const { attempt } of [(variables as PushMutationVariables).commands].flat()) tries.push(attempt ?? 0)
    }
    const refused = await tab.logContact(accounts[0], 'refuse')
    await tab.sync()
    await tab.sync()
    await tab.engine.retry(refused)
    await tab.sync()
    expect(await tab.workOf(refused)).toMatchObject({ state: 'refused' })
    expect(tries).toEqual([1, 2])
  })

  test('RETRY: it waits, others go on, and it goes when it is time', async () => {
    const { server, accounts, network, tab, phone } = await rep()
    network.weather = () => 'noRequest'
    const first = await tab.logContact(accounts[0])
    const second = await tab.logContact(accounts[1])
    server.busyWith.add(first)
    network.weather = () => 'fine'
    expect((await tab.sync()).trouble).toBeNull()
    expect(await tab.workOf(first)).toMatchObject({ state: 'waiting' })
    expect(await tab.workOf(second)).toMatchObject({ state: 'accepted' })
    server.busyWith.clear()
    await phone.pass(10_000)
    expect(await tab.workOf(first)).toMatchObject({ state: 'accepted' })
  })
})

describe('work about one thing stays in order, others go on (story 17)', () => {
  test('what was refused holds back what came later about the same account', async () => {
    const { server, accounts, network, tab } = await rep()
    network.weather = () => 'noRequest'
    const bad = await tab.logContact(accounts[0], 'refuse')
    const behind = await tab.logContact(accounts[0], 'fine')
    const other = await tab.logContact(accounts[1], 'fine')
    network.weather = () => 'fine'
    await tab.sync()
    expect(await line(tab)).toEqual(['refused', 'waiting', 'accepted'])
    expect(await tab.workOf(behind)).toMatchObject({ heldBy: bad })
    await tab.engine.discard(bad)
    await tab.sync()
    expect(Object.keys(server.data.effects).sort()).toEqual([behind, other].sort())
  })

  test('a mended command keeps its place, and what names it names the new one', async () => {
    const { server, accounts, network, tab } = await rep()
    network.weather = () => 'noRequest'
    const bad = await tab.logContact(accounts[0], 'refuse')
    const step = { input: { caseId: 'c', stepId: 's', logId: bad } } as unknown as Commands['CompleteCaseStep']
    const behind = await tab.engine.send('CompleteCaseStep', step, { accountId: accounts[0] })
    network.weather = () => 'fine'
    await tab.sync()
    const mended = await tab.engine.mend(bad, { input: { ...(await tab.workOf(bad))!.input as object, accountId: accounts[0], startedAt: '2026-03-02', note: 'fine' } } as unknown as Commands['LogContact'])
    expect((await tab.work()).map(({ id }) => id)).toEqual([mended, behind])
    expect((await tab.workOf(behind))!.input).toMatchObject({ input: { logId: mended } })
    await tab.sync()
    expect(server.data.effects[mended]).toBe(1)
  })

  test('one command that the server chokes on does not hold up the others', async () => {
    const { accounts, network, tab, server, phone } = await rep()
    network.weather = () => 'noRequest'
    const poison = await tab.logContact(accounts[0])
    const other = await tab.logContact(accounts[1])
    network.weather = () => 'fine'
    const handle = server.handle.bind(server)
    server.handle = (url, init) => String(init?.body).includes(`"${poison}"`) ? new Response('oh', { status: 500 }) : handle(url, init)
    await phone.pass(300_000)
    expect(await tab.workOf(other)).toMatchObject({ state: 'accepted' })
    expect(await tab.workOf(poison)).toMatchObject({ state: 'waiting' })
    server.handle = handle
    await tab.sync()
    expect(await tab.workOf(poison)).toMatchObject({ state: 'accepted' })
  })

  test('more commands than one request carries arrive in their order', async () => {
    const { server, network, tab, li } = await rep()
    const many = Array.from({ length: 45 }, () => server.addAccount(li))
    await tab.sync()
    network.weather = () => 'noRequest'
    const ids = []
    for (const account of many) ids.push(await tab.logContact(account))
    network.weather = () => 'fine'
    await tab.sync()
    expect(Object.keys(server.data.operations)).toEqual(ids)
    expect(network.requests.filter((name) => name === 'Push').length).toBeGreaterThanOrEqual(3)
  })
})

describe('trying again', () => {
  test('later and later, at most every five minutes, at once when the network is back', async () => {
    const { network, accounts, tab, phone } = await rep()
    network.weather = () => 'error500'
    await tab.logContact(accounts[0])
    await tab.sync()
    network.requests.length = 0
    await phone.pass(3_600_000)
    const tries = network.requests.filter((name) => name === 'Push').length
    expect(tries).toBeGreaterThan(10)
    expect(tries).toBeLessThan(60)
    network.weather = () => 'fine'
    tab.engine.wake()
    await phone.calm()
    expect(await line(tab)).toEqual(['accepted'])
  })

  test('an idle pull is one small request every five minutes', async () => {
    const { network, phone } = await rep()
    await phone.pass(300_000)
    network.requests.length = 0
    await phone.pass(300_000)
    expect(network.requests).toEqual(['Changes'])
  })
})

describe('a new epoch', () => {
  test('what the backup lost is offered again and exists once', async () => {
    const { server, accounts, network, tab, li } = await rep()
    const before = await tab.logContact(accounts[0])
    await tab.sync()
    const backup = server.backup()
    const after = await tab.logContact(accounts[1])
    await tab.sync()
    server.restore(backup)
    expect(server.data.effects).toEqual({ [before]: 1 })
    await tab.sync()
    await tab.sync()
    expect(server.data.effects).toEqual({ [before]: 1, [after]: 1 })
    expect(await tab.rows()).toEqual(server.view(li))
    expect((await tab.work()).every((work) => work.state === 'accepted' && work.settled)).toBe(true)
    network.requests.length = 0
    await tab.sync()
    expect(network.requests).toEqual(['Changes'])
  })

  test('accepted work is kept for 14 days, and no longer', async () => {
    const { accounts, tab, phone } = await rep()
    await tab.logContact(accounts[0])
    await tab.sync()
    for (let day = 0; day < 13; day++) {
      phone.now += 86_400_000
      await tab.sync()
    }
    expect(await line(tab)).toEqual(['accepted'])
    phone.now = START + 15 * 86_400_000
    await tab.sync()
    expect(await line(tab)).toEqual([])
  })
})
