// A phone: its storage, its clock, its tabs, and its way to the server. Everything can go wrong on command.

import 'fake-indexeddb/auto'
import { vi } from 'vitest'
import { IDBFactory as MemoryFactory } from 'fake-indexeddb'
import type { Commands, DraftPhoto } from '../../src/engine/contract'
import { documents } from '../../src/engine/graphql'
import type { Channel, Deps, LockOptions } from '../../src/offline/deps'
import { PhoneEngine, type Options } from '../../src/offline/engine'
import type { Book, Queued, Readers } from '../../src/read/book'
import { Server } from './server'

// A loaded machine must not fail a test: none of these waits for time.
vi.setConfig({ testTimeout: 60_000 })

export const names: Record<string, string> = Object.fromEntries(Object.entries(documents).map(([name, id]) => [id, name]))

export const newServer = () => new Server({ ...names })

/** What happens to one request on its way. */
export type Weather = 'fine' | 'noRequest' | 'noAnswer' | 'twice' | 'error500' | 'gateway' | 'cut'

export class Network {
  /** The weather of the next request. */
  weather: () => Weather = () => 'fine'
  tamper: (text: string, name: string) => string = (text) => text
  /** Hears of each GraphQL request of the phone. */
  sent: (name: string, body: { variables: unknown }) => void = () => undefined
  requests: string[] = []

  constructor(public server: Server) {}

  async send(url: string, init?: RequestInit): Promise<Response> {
    if (url === '/events') return new Response('', { status: 404 })
    const name = url === '/graphql' ? names[JSON.parse(String(init?.body)).documentId]! : url
    this.requests.push(name)
    if (url === '/graphql') this.sent(name, JSON.parse(String(init?.body)))
    const weather = this.weather()
    if (weather === 'noRequest') throw new TypeError('network error')
    if (weather === 'error500') return new Response('upstream connect error', { status: 503 })
    if (weather === 'gateway') return new Response('<html>Welcome to Hotel</html>', { headers: { 'content-type': 'text/html' } })
    if (weather === 'twice') this.server.handle(url, init)
    const answer = this.server.handle(url, init)
    if (weather === 'noAnswer') throw new TypeError('network error')
    const text = this.tamper(await answer.text(), name)
    return new Response(weather === 'cut' ? text.slice(0, text.length / 2) : text, { status: answer.status, headers: answer.headers })
  }
}

/** Kills a tab before one of its calls of the world: from then on nothing it does has an effect. */
class Life {
  dead = false
  calls = 0
  dieAt = Infinity
  private readonly ends: (() => void)[] = []

  onEnd(end: () => void) {
    this.ends.push(end)
  }

  end() {
    this.dead = true
    for (const end of this.ends.splice(0)) end()
  }

  /** Counts a call. Whoever is dead waits for ever. */
  call<T>(make: () => Promise<T>): Promise<T> {
    this.count()
    return this.dead ? new Promise<T>(() => undefined) : make().then((value) => (this.dead ? new Promise<T>(() => undefined) : value),
      (e) => (this.dead ? new Promise<T>(() => undefined) : Promise.reject(e)))
  }

  sync<T>(make: () => T): T {
    this.count()
    if (this.dead) throw new Error('killed')
    return make()
  }

  private count() {
    if (!this.dead && ++this.calls >= this.dieAt) this.end()
  }
}

/** What reading gives in these tests: the rows themselves. */
export const readers = {
  day: async (book: Book) => ({ items: await book.itemsOn('2000-01-01', '2099-01-01') }),
} as unknown as Readers

export const START = Date.parse('2026-03-02T01:00:00.000Z')

export class Phone {
  factory = new MemoryFactory()
  /** The clock on the wall, which anybody can set. */
  now = START
  /** What timers go by. */
  private uptime = 0
  online = true
  /** Throws at a write of IndexedDB when it likes. */
  full = false
  persisted = 0
  private readonly holders = new Map<string, { queue: (() => void)[] }>()
  private readonly channels = new Set<{ name: string; heard: (message: unknown) => void; life: Life }>()
  private timers: { at: number; work: () => void; life: Life }[] = []
  readonly tabs: Tab[] = []
  outdated = 0
  app = '1'
  /** How many milliseconds to wait for what is under way; less where something hangs. */
  patience = 20_000
  documents: Record<string, string> = documents

  constructor(
    readonly network: Network, private readonly seed = () => Math.random(),
    private readonly subtle: object = globalThis.crypto.subtle,
  ) {}

  async tab(options: Partial<Options> & { dieAt?: number } = {}): Promise<Tab> {
    const life = new Life()
    life.dieAt = options.dieAt ?? Infinity
    const dead = new Promise<null>((resolve) => life.onEnd(() => resolve(null)))
    const started = PhoneEngine.start(this.deps(life), readers, { outdated: () => { this.outdated++ }, steps: options.steps })
      .catch((e) => { if (life.dead) return null; throw e })
    const engine = await Promise.race([started, dead])
    const tab = new Tab(this, engine, life)
    if (!life.dead) this.tabs.push(tab)
    return tab
  }

  /** Lets time pass, and what waits for it happen. */
  async pass(ms: number) {
    const until = this.uptime + ms
    for (;;) {
      const next = this.timers.filter((t) => t.at <= until).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.timers = this.timers.filter((t) => t !== next)
      this.elapse(next.at - this.uptime)
      if (!next.life.dead) next.work()
      await this.calm()
    }
    this.elapse(until - this.uptime)
  }

  private elapse(ms: number) {
    this.uptime += ms
    this.now += ms
  }

  /** Lets everything that is under way come to its end. */
  async calm() {
    await settle(2)
    for (let turn = 0; turn < this.patience && this.tabs.some((tab) => tab.busy); turn++) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await settle(40)
  }

  private deps(life: Life): Deps {
    return {
      fetch: (url, init) => life.call(() => this.network.send(url, init)),
      indexedDB: this.storage(life),
      crypto: this.crypto(life),
      lock: (name, options, work) => life.call(() => this.lock(name, options, work, life)),
      channel: (name) => this.channel(name, life),
      now: () => this.now,
      random: this.seed,
      after: (ms, work) => this.after(ms, work, life),
      online: () => this.online,
      persist: async () => { this.persisted++; return true },
      app: this.app,
      documents: this.documents,
    }
  }

  private after(ms: number, work: () => void, life: Life) {
    const timer = { at: this.uptime + ms, work, life }
    this.timers.push(timer)
    return () => { this.timers = this.timers.filter((t) => t !== timer) }
  }

  private channel(name: string, life: Life): Channel {
    const end = { name, heard: (_: unknown) => undefined as void, life }
    this.channels.add(end)
    life.onEnd(() => this.channels.delete(end))
    return {
      post: (message) => {
        if (life.dead) return
        for (const other of this.channels) {
          if (other !== end && other.name === name) queueMicrotask(() => { if (!other.life.dead) other.heard(structuredClone(message)) })
        }
      },
      listen: (heard) => { end.heard = heard },
      close: () => this.channels.delete(end),
    }
  }

  private async lock<T>(name: string, options: LockOptions, work: (held: boolean) => Promise<T>, life: Life): Promise<T> {
    const held = this.holders.get(name)
    if (held && options.ifAvailable) return work(false)
    if (held) await new Promise<void>((resolve, reject) => {
      held.queue.push(resolve)
      options.signal?.addEventListener('abort', () => reject(new Error('aborted')))
      life.onEnd(() => { held.queue = held.queue.filter((waiting) => waiting !== resolve) })
    })
    const mine = { queue: held?.queue ?? [] }
    this.holders.set(name, mine)
    let released = false
    const release = () => {
      if (released) return
      released = true
      const next = mine.queue.shift()
      if (next) next()
      else this.holders.delete(name)
    }
    life.onEnd(release)
    try {
      return await work(true)
    } finally {
      release()
    }
  }

  private storage(life: Life): IDBFactory {
    const { factory } = this
    return {
      open: (name: string, version?: number) => life.sync(() => {
        const request = factory.open(name, version)
        request.addEventListener('success', () => this.watch(request.result, life))
        return request
      }),
      deleteDatabase: (name: string) => life.sync(() => factory.deleteDatabase(name)),
    } as unknown as IDBFactory
  }

  /** Transactions of a dead tab do not begin; with a full phone, writing fails. */
  private watch(db: IDBDatabase, life: Life) {
    life.onEnd(() => db.close())
    const begin = db.transaction.bind(db)
    db.transaction = (stores: string | Iterable<string>, mode?: IDBTransactionMode, options?: IDBTransactionOptions) =>
      life.sync(() => {
        const tx = begin(stores as string[], mode, options)
        if (this.full && mode === 'readwrite') this.choke(tx)
        return tx
      })
  }

  private choke(tx: IDBTransaction) {
    const store = tx.objectStore.bind(tx)
    tx.objectStore = (name: string) => {
      const opened = store(name)
      const refuse = () => {
        throw new DOMException('no room', 'QuotaExceededError')
      }
      if (name === 'outbox' || name === 'photos') opened.put = opened.add = refuse
      return opened
    }
  }

  private crypto(life: Life): Crypto {
    const subtle = new Proxy(this.subtle, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>
        return (...args: unknown[]) => life.call(() => method.apply(target, args))
      },
    })
    return { subtle, getRandomValues: (into: Uint8Array<ArrayBuffer>) => globalThis.crypto.getRandomValues(into) } as unknown as Crypto
  }
}

/** One tab of the app with its engine. */
export class Tab {
  constructor(private readonly phone: Phone, private readonly running: PhoneEngine | null, readonly life: Life) {}

  get engine(): PhoneEngine {
    if (!this.running) throw new Error('this tab died while it started')
    return this.running
  }

  get busy(): boolean {
    return this.alive && (this.engine as unknown as { syncing: { keeper: { busy: boolean } } }).syncing.keeper.busy
  }

  get alive(): boolean {
    return !this.life.dead
  }

  /** The system takes the tab away in this very moment. */
  kill() {
    this.life.end()
    const at = this.phone.tabs.indexOf(this)
    if (at >= 0) this.phone.tabs.splice(at, 1)
  }

  signIn(login: string): Promise<void> {
    return this.engine.signIn(login, `secret-${login}`, 'test phone')
  }

  logContact(accountId: string, note = 'fine', itemId?: string, draft?: string): Promise<string> {
    const input = { accountId, itemId, kind: 'HOME_VISIT', outcome: 'MET', startedAt: new Date(this.phone.now).toISOString(), note }
    return this.engine.send('LogContact', { input } as unknown as Commands['LogContact'], { accountId, itemId, draft })
  }

  work(): Promise<Queued[]> {
    return this.engine.ask('work', undefined) as Promise<Queued[]>
  }

  async workOf(id: string) {
    return (await this.work()).find((work) => work.id === id)
  }

  sync() {
    return this.engine.refresh()
  }

  book(): Book {
    return (this.engine as unknown as { open(): { book: Book } }).open().book
  }

  /** The rows of the server as they are on this phone, without the work of this phone. */
  async rows() {
    const book = this.book()
    const cards = await book.cards()
    const items = await book.itemsOn('2000-01-01', '2099-01-01')
    const logs = await book.logsSince('2000-01-01')
    type Versioned = { version: number }
    return {
      accounts: cards.map(({ account }) => `${account.id} ${account.name} ${account.version}`).sort(),
      items: items.map((item) => `${item.id} ${item.status} ${(item as unknown as Versioned).version}`).sort(),
      logs: logs.map(({ log, note }) => `${log.id} ${note}`).sort(),
    }
  }
}

/** Lets everything that can go on go on. */
export async function settle(turns = 12) {
  for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve))
}

export const photo = (id: string): DraftPhoto => ({ id, takenAt: '2026-03-02T01:00:00.000Z', width: 4, height: 3, bytes: 0 })

/** A server with one rep, Li, who has two accounts, and a phone in the rep's hand. */
export async function rep() {
  const server = newServer()
  const li = server.addUser('li')
  const accounts = [server.addAccount(li), server.addAccount(li)] as const
  const item = server.addItem(accounts[0], '2026-03-02')
  const network = new Network(server)
  const phone = new Phone(network)
  const tab = await phone.tab()
  await tab.signIn('li')
  await tab.sync()
  return { server, li, accounts, item, network, phone, tab }
}
