// The engine of one tab: answers the screens from the phone, keeps what they send, and syncs.

import type {
  About, ActName, Acts, CommandName, Commands, DraftPhoto, Engine, ID, Queries, ReadName, Reads, SyncState, Topic,
} from '../engine/contract'
import { EngineError } from '../engine/contract'
import type { Readers } from '../read/book'
import { Answers } from './answers'
import { Api } from './api'
import { Calm } from './calm'
import { Clock } from './clock'
import type { Deps } from './deps'
import { Device } from './device'
import { data, Door } from './door'
import type { Member } from './member'
import { Online } from './online'
import { Presence, type Options } from './presence'
import { Queue } from './queue'
import { Syncing } from './syncing'
import { Tabs } from './tabs'
import { TokenBox } from './tokens'

export type { Options } from './presence'

/** How long signing out waits for what is not sent. */
const FAREWELL = 8_000
/** Desks ask again no more often than that. */
const STIR = 1_000

export class PhoneEngine implements Engine {
  private readonly tabs: Tabs
  private readonly api: Api
  private readonly tokens: TokenBox
  private readonly presence: Presence
  private readonly syncing: Syncing
  private readonly answers: Answers
  private readonly online: Online
  /** What is on the server only may be another now. */
  private readonly desk: Calm
  /** Changes of forms, commands and sessions happen one after the other. */
  private readonly line = new Queue()
  private readonly drafts = new Map<string, number>()

  private constructor(
    private readonly deps: Deps, readers: Readers, options: Options, private readonly device: Device, private readonly clock: Clock,
  ) {
    const tabs = () => this.tabs
    this.api = new Api(deps, clock, (skew) => void device.putNote('skew', skew).catch(() => undefined))
    this.tokens = new TokenBox(deps, device, this.api)
    this.desk = new Calm(deps, STIR, () => this.tabs.share(['desk']))
    this.presence = new Presence(deps, options, clock, device, this.tokens, tabs, this.line, {
      moved: () => void this.syncing.keeper.kick(),
      stirred: () => this.desk.stir(),
    })
    this.syncing = new Syncing(deps, device, this.api, this.tokens, this.presence, tabs)
    this.answers = new Answers(deps, readers, device, this.api, this.tokens, this.presence, this.syncing.keeper)
    this.online = new Online(this.api, this.tokens, this.presence, () => this.acted())
    const { keeper } = this.syncing
    this.tabs = new Tabs(deps, () => keeper.trouble, {
      trouble: (now) => { keeper.trouble = now },
      changed: (topics, session) => this.presence.follow(topics, session),
      nudged: () => this.syncing.nudged(),
    })
  }

  static async start(deps: Deps, readers: Readers, options: Options): Promise<PhoneEngine> {
    const device = await Device.open(deps, { outdated: options.outdated, gone: () => undefined })
    const clock = new Clock(() => deps.now(), ((await device.note('skew')) as number | undefined) ?? 0)
    const engine = new PhoneEngine(deps, readers, options, device, clock)
    await engine.presence.reopen()
    await engine.presence.watchLease()
    engine.presence.tick()
    void engine.syncing.keeper.kick()
    return engine
  }

  /** Ends it; what is under way ends by itself. */
  stop() {
    this.syncing.keeper.stop()
    this.desk.stop()
    this.tabs.close()
    this.presence.stop()
    this.device.close()
  }

  /** The network came back, or somebody looks at the app again. */
  wake() {
    this.tabs.tell(['sync'])
    void this.syncing.now()
  }

  on(heard: (topics: Topic[]) => void): () => void {
    return this.tabs.on(heard)
  }

  async ask<K extends keyof Queries>(name: K, args: Queries[K]['args']): Promise<Queries[K]['result']> {
    await this.presence.watchLease()
    return this.answers.to(name, args)
  }

  send<K extends CommandName>(name: K, variables: Commands[K], about: About): Promise<ID> {
    return this.inLine(async () => {
      const member = this.open()
      const id = await member.outbox.send(name, variables, await member.placed(variables, about))
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
      void this.syncing.now()
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
      await this.syncing.moveIn()
    })
  }

  async signOut(): Promise<{ left: number }> {
    const { known, member } = this.presence
    if (!known || !member) return { left: 0 }
    await Promise.race([this.syncing.keeper.kick(), new Promise<void>((resolve) => { this.deps.after(FAREWELL, resolve) })])
    return this.inLine(async () => {
      const { commands, photos } = await member.left()
      await this.door().leave(known)
      await this.syncing.deliveries.tidy(member)
      await this.syncing.moveIn()
      return { left: commands + photos }
    })
  }

  changePassword(old: string, next: string): Promise<void> {
    return this.inLine(async () => {
      await this.door().changePassword(this.presence.mine(), old, next)
      await this.syncing.moveIn()
    })
  }

  async revokeDevice(user: ID, device: ID, why: string): Promise<void> {
    const answer = await this.tokens.call(this.presence.mine().id, 'RevokeDevice', { user, device, why })
    if (answer.kind === 'ended') throw new EngineError('UNAUTHENTICATED')
    data(answer)
  }

  async refresh(): Promise<SyncState> {
    await this.syncing.now()
    return this.answers.syncState()
  }

  async read<K extends ReadName>(name: K, args: Reads[K]['args']): Promise<Reads[K]['result']> {
    await this.presence.watchLease()
    return this.online.read(name, args)
  }

  async act<K extends ActName>(name: K, args: Acts[K]['args']): Promise<Acts[K]['result']> {
    await this.presence.watchLease()
    return this.online.act(name, args)
  }

  async download(path: string): ReturnType<Engine['download']> {
    await this.presence.watchLease()
    return this.online.download(path)
  }

  /** Rows of this user may have moved, too. */
  private acted() {
    this.share(['desk'])
    void this.syncing.keeper.kick()
  }

  private door(): Door {
    return new Door(this.deps, this.clock, this.device, this.api, this.tokens, (user) => this.syncing.clear(user))
  }

  private changeDrafts(change: (member: Member) => Promise<void>): Promise<void> {
    return this.inLine(async () => {
      await change(this.open())
      this.share(['drafts'])
    })
  }

  private afterSave(topics: Topic[]) {
    this.share(topics)
    void this.syncing.keeper.kick()
    void this.persist().catch(() => undefined)
  }

  /** Asks once that the browser keeps what is here. */
  private async persist() {
    if (await this.device.note('persisted')) return
    await this.device.putNote('persisted', true)
    await this.deps.persist()
  }

  private open(): Member {
    return this.presence.open()
  }

  private inLine<T>(work: () => Promise<T>): Promise<T> {
    return this.line.add(work)
  }

  private share(topics: Topic[]) {
    this.tabs.share(topics)
  }
}
