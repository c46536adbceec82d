// The engine of one tab: answers the screens from the phone, keeps what they send, and syncs.

import type { CommandName, Commands, DraftPhoto, Engine, ID, Queries, Session, SyncState, Topic } from '../engine/contract'
import { EngineError } from '../engine/contract'
import type { About } from '../engine/contract'
import type { Readers } from '../read/book'
import { Api, bearer, type Answer } from './api'
import { Clock } from './clock'
import type { Channel, Deps } from './deps'
import type { Fate, Step } from './database'
import { Deliveries } from './deliveries'
import { Device, locked, type Known } from './device'
import { data, Door } from './door'
import { Keeper } from './keeper'
import { expired, passed } from './lease'
import { Member } from './member'
import { Round, type RoundResult, type Told, type Trouble } from './round'
import { Tail } from './tail'
import { TokenBox } from './tokens'

/** How long signing out waits for what is not sent. */
const FAREWELL = 8_000
const MINUTE = 60_000

type Message = { topics?: Topic[]; session?: boolean; nudge?: boolean; trouble?: Trouble | null }

export type Options = {
  /** A newer app has the store: this one must be loaded anew. */
  outdated: () => void
  /** The steps of the schema, for tests of upgrades. */
  steps?: Step[]
}

export class PhoneEngine implements Engine {
  private readonly listeners = new Set<(topics: Topic[]) => void>()
  private readonly channel: Channel
  private readonly api: Api
  private readonly tokens: TokenBox
  private readonly keeper: Keeper
  private readonly deliveries: Deliveries
  private member: Member | null = null
  private known: Known | null = null
  private tail: Tail | null = null
  /** Changes of forms, commands and sessions happen one after the other. */
  private line: Promise<unknown> = Promise.resolve()
  private readonly drafts = new Map<string, number>()
  private opening: Promise<void> = Promise.resolve()
  /** Another tab asked for this round: if a third one is at it, that one was asked, too. */
  private nudged = false
  /** The next round is not to wait for what rests after a failure. */
  private hurry = false
  private stopTick: () => void = () => undefined
  private stopped = false

  private constructor(
    private readonly deps: Deps, private readonly readers: Readers, private readonly options: Options,
    private readonly device: Device, private readonly clock: Clock,
  ) {
    this.api = new Api(deps, clock, (skew) => void device.putNote('skew', skew).catch(() => undefined))
    this.tokens = new TokenBox(deps, device, this.api)
    this.deliveries = new Deliveries(deps, device, this.api, this.tokens, {
      open: (known) => this.openMember(known), round: (member, sign) => this.roundOf(member, sign),
    })
    this.keeper = new Keeper(deps, () => this.rounds(), () => this.share(['sync']))
    this.channel = deps.channel('huifang')
    this.channel.listen((message) => this.heard(message as Message))
  }

  static async start(deps: Deps, readers: Readers, options: Options): Promise<PhoneEngine> {
    const device = await Device.open(deps, { outdated: options.outdated, gone: () => undefined })
    const clock = new Clock(() => deps.now(), ((await device.note('skew')) as number | undefined) ?? 0)
    const engine = new PhoneEngine(deps, readers, options, device, clock)
    await engine.reopen()
    await engine.watchLease()
    engine.tick()
    void engine.keeper.kick()
    return engine
  }

  /** Ends it; what is under way ends by itself. */
  stop() {
    this.stopped = true
    this.keeper.stop()
    this.stopTick()
    this.tail?.stop()
    this.channel.close()
    this.member?.close()
    this.device.close()
  }

  /** The network came back, or somebody looks at the app again. */
  wake() {
    this.tell(['sync'])
    void this.now()
  }

  on(heard: (topics: Topic[]) => void): () => void {
    this.listeners.add(heard)
    return () => this.listeners.delete(heard)
  }

  async ask<K extends keyof Queries>(name: K, args: Queries[K]['args']): Promise<Queries[K]['result']> {
    await this.watchLease()
    const answer = this.queries[name] as (args: Queries[K]['args']) => Promise<Queries[K]['result']>
    return answer(args)
  }

  send<K extends CommandName>(name: K, variables: Commands[K], about: About): Promise<ID> {
    return this.inLine(async () => {
      const member = this.open()
      const id = await member.outbox.send(name, variables, await this.placed(member, variables, about))
      this.afterSave(['work', 'sync', 'drafts'])
      return id
    })
  }

  mend<K extends CommandName>(work: ID, variables: Commands[K]): Promise<ID> {
    return this.inLine(async () => {
      const id = await this.open().outbox.mend(work, variables)
      this.afterSave(['work', 'sync'])
      return id
    })
  }

  discard(work: ID): Promise<void> {
    return this.inLine(async () => {
      await this.open().outbox.discard(work)
      this.afterSave(['work', 'sync'])
    })
  }

  dropPhotos(work: ID): Promise<void> {
    return this.inLine(async () => {
      await this.open().outbox.dropPhotos(work)
      this.share(['work', 'sync'])
    })
  }

  retry(work?: ID): Promise<void> {
    return this.inLine(async () => {
      if (work !== undefined) await this.open().outbox.retry(work)
      this.share(['work', 'sync'])
      void this.now()
    })
  }

  /** Of several versions of one form that wait to be written, the last is enough. */
  putDraft(key: string, body: unknown): Promise<void> {
    const turn = (this.drafts.get(key) ?? 0) + 1
    this.drafts.set(key, turn)
    return this.inLine(async () => {
      if (this.drafts.get(key) !== turn) return
      await this.open().drafts.put(key, body)
      this.share(['drafts'])
    })
  }

  dropDraft(key: string): Promise<void> {
    return this.changeDrafts((member) => member.drafts.drop(key))
  }

  addDraftPhoto(key: string, photo: DraftPhoto, bytes: ArrayBuffer): Promise<void> {
    return this.changeDrafts((member) => member.drafts.addPhoto(key, photo, bytes))
  }

  dropDraftPhoto(key: string, id: ID): Promise<void> {
    return this.changeDrafts((member) => member.drafts.dropPhoto(key, id))
  }

  signIn(login: string, password: string, deviceName: string): Promise<void> {
    return this.inLine(async () => {
      await this.door().signIn(login, password, deviceName)
      await this.moveIn()
    })
  }

  async signOut(): Promise<{ left: number }> {
    const { known, member } = this
    if (!known || !member) return { left: 0 }
    await Promise.race([this.keeper.kick(), new Promise<void>((resolve) => { this.deps.after(FAREWELL, resolve) })])
    return this.inLine(async () => {
      const { commands, photos } = await member.left()
      await this.door().leave(known)
      await this.deliveries.tidy(member)
      await this.moveIn()
      return { left: commands + photos }
    })
  }

  changePassword(old: string, next: string): Promise<void> {
    return this.inLine(async () => {
      await this.door().changePassword(this.mine(), old, next)
      await this.moveIn()
    })
  }

  async revokeDevice(user: ID, device: ID, why: string): Promise<void> {
    const answer = await this.tokens.call(this.mine().id, 'RevokeDevice', { user, device, why })
    if (answer.kind === 'ended') throw new EngineError('UNAUTHENTICATED')
    data(answer)
  }

  async refresh(): Promise<SyncState> {
    await this.now()
    return this.syncState()
  }

  private readonly queries: { [K in keyof Queries]: (args: Queries[K]['args']) => Promise<Queries[K]['result']> } = {
    session: () => this.session(),
    sync: () => this.syncState(),
    world: () => this.open().book.world(),
    day: (args) => this.readers.day(this.open().book, args),
    item: (args) => this.readers.item(this.open().book, args),
    account: (args) => this.readers.account(this.open().book, args),
    accounts: (args) => this.readers.accounts(this.open().book, args),
    weeks: (args) => this.readers.weeks(this.open().book, args),
    numbers: (args) => this.readers.numbers(this.open().book, args),
    work: () => this.open().book.work(),
    draft: ({ key }) => this.open().drafts.get(key),
    drafts: () => this.open().drafts.all(),
    draftPhoto: ({ key, id }) => this.open().photos.bytes(id, key),
    photo: ({ id, size }) => this.photo(id, size),
    health: ({ account }) => this.online('Health', { account }, 'health'),
    devices: () => this.online('Devices', {}, 'devices'),
    staff: () => this.online('Staff', {}, 'staff'),
  }

  private door(): Door {
    return new Door(this.deps, this.clock, this.device, this.api, this.tokens, (user) => this.clear(user))
  }

  // What the screens ask.

  private async session(): Promise<Session> {
    const { known, member } = this
    if (!known || !member) return { state: 'none', logins: await this.logins() }
    const { login, user, why } = known
    if (!member.store.readable) {
      const left = await member.left()
      const waiting = left.commands + left.photos
      if (why === 'signedOut' && waiting === 0) return { state: 'none', logins: await this.logins() }
      return { state: 'locked', login, userName: user.name, why, waiting }
    }
    const world = await member.book.world()
    const me = world?.user ?? { ...user, mode: null, storeId: null, teamId: null }
    return { state: 'open', user: me, company: world?.company ?? '', zone: await member.book.zone(), deviceId: known.deviceId }
  }

  private async logins(): Promise<string[]> {
    return (await this.device.all()).map((known) => known.login)
  }

  private async syncState(): Promise<SyncState> {
    const { member, known, keeper } = this
    const trouble = keeper.trouble
    const online = this.deps.online() && trouble !== 'offline'
    const none = { waiting: 0, needsYou: 0, review: 0, photosWaiting: 0, filling: false }
    const heard = known?.heardAt ?? null
    const lastContact = heard === null ? null : new Date(heard).toISOString()
    return { online, busy: keeper.busy, lastContact, trouble, ...none, ...(member && await counts(member)) }
  }

  private async photo(id: ID, size: 'thumb' | 'full'): Promise<ArrayBuffer | null> {
    const own = await this.open().photos.bytes(id)
    if (own) return own
    const path = `/photos/${encodeURIComponent(id)}${size === 'thumb' ? '?size=thumb' : ''}`
    const answer = await this.tokens.with(this.mine().id, (access) => this.picture(path, access), (got) => got === 'denied')
    return answer instanceof ArrayBuffer ? answer : null
  }

  private async picture(path: string, access: string): Promise<ArrayBuffer | 'denied' | null> {
    const got = await this.api.request(path, { headers: bearer(access) }, async (response) => {
      if (response.status === 401) return 'denied'
      const image = response.ok && (response.headers.get('content-type') ?? '').startsWith('image/')
      return image ? response.arrayBuffer() : null
    })
    return got.kind === 'got' ? got.value : null
  }

  private async online<T>(name: string, variables: unknown, field: string): Promise<T | 'offline' | 'refused'> {
    const answer: Answer<Record<string, T>> | { kind: 'ended' } = await this.tokens.call(this.mine().id, name, variables)
    if (answer.kind === 'failed') return 'offline'
    if (answer.kind !== 'data') return 'refused'
    return answer.data[field] ?? 'refused'
  }

  // Keeping work.

  private async placed(member: Member, variables: unknown, about: About): Promise<About & { accountName?: string }> {
    const { input, ...outer } = variables as { input?: { accountId?: ID; itemId?: ID }; account?: ID; item?: ID }
    const itemId = about.itemId ?? input?.itemId ?? outer.item
    const item = itemId ? await member.book.item(itemId) : null
    const accountId = about.accountId ?? input?.accountId ?? outer.account ?? item?.accountId
    const card = accountId ? await member.book.card(accountId) : null
    return { ...about, accountId, itemId, accountName: card?.account.name }
  }

  private changeDrafts(change: (member: Member) => Promise<void>): Promise<void> {
    return this.inLine(async () => {
      await change(this.open())
      this.share(['drafts'])
    })
  }

  private afterSave(topics: Topic[]) {
    this.share(topics)
    void this.keeper.kick()
    void this.persist().catch(() => undefined)
  }

  /** Asks once that the browser keeps what is here. */
  private async persist() {
    if (await this.device.note('persisted')) return
    await this.device.putNote('persisted', true)
    await this.deps.persist()
  }

  private inLine<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.line.then(work)
    this.line = turn.catch(() => undefined)
    return turn
  }

  // Who is here.

  private open(): Member {
    if (!this.member?.store.readable) throw new EngineError('locked')
    return this.member
  }

  private mine(): Known {
    if (!this.known) throw new EngineError('locked')
    return this.known
  }

  /** Opens the store of whoever is signed in, as the device knows it now. */
  private reopen(): Promise<void> {
    const turn = this.opening.then(() => this.openCurrent())
    this.opening = turn.catch(() => undefined)
    return turn
  }

  private async openCurrent() {
    const known = await this.device.current() ?? null
    const before = this.member
    this.known = known
    this.member = null
    this.tail?.stop()
    this.tail = null
    before?.close()
    if (!known || known.wipe === 'wiped' || this.stopped) return
    this.member = await this.openMember(known)
    if (known.session && known.storeKey) this.startTail(known.id)
  }

  private openMember(known: Known): Promise<Member> {
    return Member.open(this.deps, this.clock, this.device, known, this.fate(), this.options.steps)
  }

  private async moveIn() {
    this.deliveries.stir()
    await this.reopen()
    this.share(['session', 'rows', 'work', 'sync', 'drafts'], true)
    void this.now()
  }

  private fate(): Fate {
    return { outdated: this.options.outdated, gone: () => void this.cameOff().catch(() => undefined) }
  }

  /** The connection is gone: opens another, unless another tab is about to delete the store. */
  private async cameOff() {
    if (this.stopped || (await this.device.current())?.wipe === 'ordered') return
    await this.reopen()
  }

  private startTail(user: ID) {
    const connect = (open: (access: string) => Promise<'denied' | 'broken'>) =>
      this.tokens.with(user, open, (end) => end === 'denied')
    this.tail = new Tail(this.deps, connect, () => void this.keeper.kick())
    this.tail.run(`huifang-tail-${user}`)
  }

  // The lease.

  private tick() {
    this.stopTick = this.deps.after(MINUTE, () => {
      void this.inLine(() => this.count()).catch(() => undefined)
      this.tick()
    })
  }

  /** Writes down how much of the lease has passed. */
  private async count() {
    if (!this.known) return
    this.known = await this.device.change(this.known.id, (known) => ({ ...known, lease: passed(known.lease, this.deps.now()) }))
    await this.watchLease()
  }

  /** Locks the rows when the lease is over: the word of the disk counts, another tab may have heard of the server. */
  private async watchLease() {
    const now = this.deps.now()
    const known = this.known && { ...this.known, lease: passed(this.known.lease, now) }
    this.known = known
    if (!known || !this.member?.store.readable || !expired(known.lease)) return
    const after = await this.device.change(known.id, (known) => {
      const lease = passed(known.lease, now)
      return expired(lease) ? { ...locked(known, 'lease'), lease } : { ...known, lease }
    })
    this.known = after
    if (after?.storeKey) return
    await this.reopen()
    this.share(['session', 'rows', 'work', 'sync'], true)
  }

  /** The server was heard in the user's own session. Writes it down twice a minute at most. */
  private async contact(user: ID) {
    const heard = { heardAt: this.clock.now(), wall: this.deps.now() }
    const to = (known: Known): Known =>
      ({ ...known, heardAt: heard.heardAt, lease: { ...known.lease, used: 0, wall: heard.wall } })
    const before = this.known?.id === user ? this.known : null
    if (before) this.known = to(before)
    const ago = heard.heardAt - (before?.heardAt ?? -Infinity)
    if (ago < 0 || ago > MINUTE / 2) await this.device.change(user, to)
  }

  // The sync.

  /** A round that waits for nothing. */
  private now(): Promise<void> {
    this.hurry = true
    this.keeper.hope()
    return this.keeper.kick()
  }

  private async rounds(): Promise<RoundResult | null> {
    const { member } = this
    if (this.hurry) member?.pace.awake()
    this.hurry = false
    const result = member && await this.roundOf(member, this.deliveries.firstLook(member))
    if (member && result) await this.afterRound(member, result)
    this.nudged = false
    if (this.stopped) return result
    const others = await this.deliveries.all(this.member?.user)
    return member ? result : others
  }

  private async afterRound(member: Member, result: RoundResult) {
    if (!result.wipe) return member.store.readable ? undefined : this.deliveries.tidy(member)
    await this.deliveries.wipe(member, result)
    await this.reopen()
    this.share(['session', 'rows', 'work', 'sync', 'drafts'], true)
  }

  private async roundOf(member: Member, sign: boolean): Promise<RoundResult | null> {
    const told: Told = {
      rows: () => this.share(['rows', 'work', 'sync']),
      work: () => this.share(['work', 'sync']),
      contact: () => this.contact(member.user),
    }
    const round = new Round(this.deps, this.device, this.api, this.tokens, member, told)
    const result = await round.run(sign)
    if (result === null && !this.nudged) this.channel.post({ nudge: true } satisfies Message)
    return result
  }

  /** Delivers and wipes what a revoked user left, before they come back. */
  private async clear(user: ID) {
    const known = await this.device.known(user)
    if (known) await (this.member?.user === user ? this.rounds() : this.deliveries.of(known))
  }

  // Telling.

  private heard({ topics, session, nudge, trouble }: Message) {
    if (this.stopped) return
    if (trouble !== undefined) this.keeper.trouble = trouble
    if (topics) void this.follow(topics, session === true).catch(() => undefined).then(() => this.tell(topics))
    if (!nudge) return
    this.nudged = !this.keeper.busy
    void this.keeper.kick()
  }

  /** Another tab changed who is here, or heard of the server. */
  private async follow(topics: Topic[], session: boolean) {
    if (session) return this.reopen()
    const known = topics.includes('sync') ? await this.device.current() : undefined
    if (known && known.id === this.known?.id) this.known = known
  }

  private tell(topics: Topic[]) {
    for (const listener of this.listeners) listener(topics)
  }

  /** Tells the screens of all tabs. */
  private share(topics: Topic[], session = false) {
    this.tell(topics)
    if (!this.stopped) this.channel.post({ topics, session, trouble: this.keeper.trouble } satisfies Message)
  }
}

async function counts(member: Member) {
  const { commands, photos } = await member.left()
  const rows = await member.store.db.getAllFromIndex('outbox', 'state', IDBKeyRange.bound('accepted', 'refused'))
  return {
    waiting: commands,
    needsYou: rows.filter((row) => row.state !== 'accepted').length + (await member.photos.refused()).size,
    review: rows.filter((row) => row.state === 'accepted' && row.reviewed).length,
    photosWaiting: photos,
    filling: member.store.readable && !(await member.store.sync()).filled,
  }
}
