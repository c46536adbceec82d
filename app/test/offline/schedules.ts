// Schedules nobody would think of. Every run is told by its seed: SEED=123 runs that one alone, RUNS=20000 more of them, FROM=5000 others.

import { expect, test } from 'vitest'
import type { Commands } from '../../src/engine/contract'
import { quickSubtle } from './crypto'
import { Network, newServer, Phone, type Tab, type Weather } from './phone'
import type { Server, User } from './server'

const RUNS = Number(process.env.RUNS ?? 2000)
const FIRST = Number(process.env.SEED ?? process.env.FROM ?? 1)
const LAST = process.env.SEED ? FIRST : FIRST + RUNS - 1

function dice(seed: number) {
  let a = seed * 0x9e3779b9 | 0
  const roll = () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return { roll, upTo: (n: number) => Math.floor(roll() * n), one: <T>(of: readonly T[]): T => of[Math.floor(roll() * of.length)]! }
}

const WEATHERS: Weather[] = ['noRequest', 'noAnswer', 'twice', 'error500', 'gateway', 'cut']
const NOTES = ['fine', 'fine', 'fine', 'fine', 'fine', 'review', 'refuse', 'conflict']

/** One run: two reps with two or three phones, and everything that can happen to them. */
class Run {
  readonly server: Server = newServer()
  readonly network = new Network(this.server)
  readonly die
  readonly hands: { phone: Phone; user: User; tabs: Tab[] }[] = []
  readonly accounts: string[] = []
  readonly items: string[] = []
  /** Logs the engine said are safe, with what becomes of them under another id when they are mended. */
  readonly saved = new Set<string>()
  readonly story: string[] = []
  private storm = 0
  private backup = this.server.backup()

  constructor(seed: number) {
    this.die = dice(seed)
    this.network.weather = () => (this.die.roll() < this.storm ? this.die.one(WEATHERS) : 'fine')
  }

  async begin() {
    const { die, server } = this
    const users = ['li', 'wang'].map((login) => server.addUser(login))
    for (let i = 0; i < 3; i++) {
      const account = server.addAccount(users[i % 2]!)
      this.accounts.push(account)
      this.items.push(server.addItem(account, '2026-03-02'))
    }
    server.pageSize = 1 + die.upTo(4)
    this.backup = server.backup()
    const owners = [users[0]!, users[1]!, users[0]!].slice(0, die.roll() < 0.25 ? 3 : 2)
    for (const user of owners) {
      const phone = new Phone(this.network, die.roll, quickSubtle)
      const tab = await phone.tab()
      await tab.signIn(user.login)
      this.hands.push({ phone, user, tabs: [tab] })
    }
    this.storm = die.roll() * 0.7
  }

  async step() {
    const { die, server } = this
    const hand = die.one(this.hands)
    const account = die.one(this.accounts)
    switch (die.upTo(14)) {
      case 0: case 1: case 2: case 3: return this.log(hand, account)
      case 4: case 5: case 6: return this.sync(hand)
      case 7: return this.startItem(hand)
      case 8: return this.tell('reassign', () => server.reassign(account, die.one(server.users)))
      case 9: return this.tell('rename', () => server.rename(account))
      case 10: return this.kill(hand)
      case 11: return this.openAnother(hand)
      case 12: return die.roll() < 0.5
        ? this.tell('backup', () => { this.backup = server.backup() })
        : this.tell('restore', () => server.restore(this.backup))
      case 13: return this.oddities(hand)
    }
  }

  /** The sky clears: everything that was kept must arrive, and every phone must show what the server shows. */
  async end() {
    this.storm = 0
    this.server.busyWith.clear()
    for (const hand of this.hands) await this.heal(hand)
    for (const hand of this.hands) await this.mend(hand)
    for (const hand of this.hands) await this.heal(hand)
    for (const id of this.saved) expect(this.server.data.effects[id], `effects of the saved log ${id}`).toBe(1)
    for (const [id, n] of Object.entries(this.server.data.effects)) expect(n, `effects of ${id}`).toBe(1)
    for (const { user, tabs } of this.hands) {
      expect(await tabs[0]!.rows()).toEqual(this.server.view(user))
      expect((await tabs[0]!.work()).filter((work) => work.state === 'waiting' || !work.settled)).toEqual([])
    }
  }

  async close() {
    for (const { tabs } of this.hands) for (const tab of tabs) if (tab.alive) tab.kill()
  }

  private tell(what: string, work: () => void) {
    this.story.push(what)
    work()
  }

  private async log(hand: Run['hands'][number], account: string) {
    const tab = await this.tabOf(hand)
    const item = this.die.roll() < 0.3 ? this.die.one(this.items) : undefined
    this.story.push(`log ${account.slice(0, 4)}`)
    await this.maybeDying(tab, async () => { this.saved.add(await tab.logContact(account, this.die.one(NOTES), item)) })
    if (this.die.roll() < 0.1) this.server.busyWith = new Set([...this.saved].slice(-1))
  }

  private async startItem(hand: Run['hands'][number]) {
    const tab = await this.tabOf(hand)
    const item = this.die.one(this.items)
    this.story.push(`start ${item.slice(0, 4)}`)
    const variables = { item, at: new Date(hand.phone.now).toISOString() } as Commands['StartItem']
    await this.maybeDying(tab, async () => { await tab.engine.send('StartItem', variables, { itemId: item }) })
  }

  private async sync(hand: Run['hands'][number]) {
    const tab = await this.tabOf(hand)
    this.story.push('sync')
    await this.maybeDying(tab, async () => { await tab.sync() })
  }

  /** Does it with a tab that may be taken away before any of its next calls of the world. */
  private async maybeDying(tab: Tab, work: () => Promise<void>) {
    if (this.die.roll() < 0.3) tab.life.dieAt = tab.life.calls + 1 + this.die.upTo(60)
    const ended = new Promise<void>((resolve) => tab.life.onEnd(resolve))
    await Promise.race([work().catch((e) => { if (tab.alive) throw e }), ended])
    tab.life.dieAt = Infinity
  }

  private kill(hand: Run['hands'][number]) {
    this.story.push('kill')
    hand.tabs.shift()?.kill()
  }

  private async openAnother(hand: Run['hands'][number]) {
    this.story.push('another tab')
    if (hand.tabs.filter((tab) => tab.alive).length < 2) hand.tabs.push(await hand.phone.tab({ dieAt: 1 + this.die.upTo(400) }))
  }

  private async oddities(hand: Run['hands'][number]) {
    const what = this.die.upTo(3)
    this.story.push(`odd ${what}`)
    if (what === 0) this.server.expireAccess()
    if (what === 1) hand.phone.now += this.die.one([-86_400_000, 86_400_000, 3_600_000])
    if (what === 2) this.server.busyWith.clear()
  }

  private async tabOf(hand: Run['hands'][number]): Promise<Tab> {
    hand.tabs = hand.tabs.filter((tab) => tab.alive)
    if (hand.tabs.length === 0) hand.tabs.push(await hand.phone.tab())
    return this.die.one(hand.tabs)
  }

  private async heal(hand: Run['hands'][number]) {
    const tab = await this.tabOf(hand)
    tab.life.dieAt = Infinity
    hand.tabs = [tab, ...hand.tabs.filter((other) => other !== tab)]
    for (const other of hand.tabs.splice(1)) other.kill()
    for (let calm = false, i = 0; !calm && i < 20; i++) {
      const { trouble, waiting } = await tab.sync()
      if (trouble === 'signedOut') await tab.signIn(hand.user.login)
      calm = !trouble && waiting === await this.held(tab)
    }
  }

  private async held(tab: Tab): Promise<number> {
    return (await tab.work()).filter((work) => work.heldBy !== undefined).length
  }

  /** The user looks at what was turned down: logs are mended, the rest is dropped. */
  private async mend(hand: Run['hands'][number]) {
    const tab = hand.tabs[0]!
    for (;;) {
      const work = (await tab.work()).find(({ state }) => state === 'refused' || state === 'conflict')
      if (!work) return
      if (work.name === 'LogContact') {
        const { input } = work.input as Commands['LogContact']
        this.saved.delete(work.id)
        this.saved.add(await tab.engine.mend(work.id, { input: { ...input, note: 'mended' } }))
      } else {
        await tab.engine.discard(work.id)
      }
      await tab.sync()
    }
  }
}

/** Plays the schedule of a seed. Throws with the seed and what happened when something was lost or is not the same. */
async function play(seed: number) {
  const run = new Run(seed)
  try {
    await run.begin()
    const steps = 3 + run.die.upTo(10)
    for (let i = 0; i < steps; i++) await run.step()
    await run.end()
  } catch (e) {
    throw new Error(`seed ${seed} (SEED=${seed} runs it alone): ${run.story.join(', ')}\n${(e as Error).stack}`)
  } finally {
    await run.close()
  }
}

/** Plays one half of the seeds, the odd or the even ones: two files, so that two processors share them. */
export function playHalf(rest: 0 | 1) {
  const seeds = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i).filter((seed) => seed % 2 === rest)
  test.skipIf(seeds.length === 0)(`${seeds.length} schedules, ${FIRST} to ${LAST}: every saved log is on the server once, every phone shows its rows`, async () => {
    for (const seed of seeds) await play(seed)
  }, 3_600_000)
}
