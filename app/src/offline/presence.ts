// Who uses the phone in this tab: their store, opened, and how long its rows stay readable.

import { EngineError, type ID, type Topic } from '../engine/contract'
import type { Clock } from './clock'
import type { Fate, Step } from './database'
import type { Deps } from './deps'
import { locked, type Device, type Known } from './device'
import { expired, passed } from './lease'
import { Member } from './member'
import { Queue } from './queue'
import type { Tabs } from './tabs'
import { Tail, type Hears } from './tail'
import type { TokenBox } from './tokens'

const MINUTE = 60_000

export type Options = {
  /** A newer app has the store: this one must be loaded anew. */
  outdated: () => void
  /** The steps of the schema, for tests of upgrades. */
  steps?: Step[]
}

export class Presence {
  member: Member | null = null
  known: Known | null = null
  stopped = false
  private tail: Tail | null = null
  private readonly openings = new Queue()
  private stopTick: () => void = () => undefined

  constructor(
    private readonly deps: Deps, private readonly options: Options, private readonly clock: Clock,
    private readonly device: Device, private readonly tokens: TokenBox, private readonly tabs: () => Tabs,
    /** Changes of forms, commands and sessions happen one after the other. */
    private readonly line: Queue,
    private readonly hears: Hears,
  ) {}

  stop() {
    this.stopped = true
    this.stopTick()
    this.tail?.stop()
    this.member?.close()
  }

  /** Whoever can read. Throws EngineError 'locked' when nobody can. */
  open(): Member {
    if (!this.member?.store.readable) throw new EngineError('locked')
    return this.member
  }

  /** Whoever is here, readable or not. Throws EngineError 'locked' when nobody is. */
  mine(): Known {
    if (!this.known) throw new EngineError('locked')
    return this.known
  }

  /** Opens the store of whoever is signed in, as the device knows it now. */
  reopen(): Promise<void> {
    return this.openings.add(() => this.openCurrent())
  }

  openMember(known: Known): Promise<Member> {
    return Member.open(this.deps, this.clock, this.device, known, this.fate(), this.options.steps)
  }

  /** Another tab changed who is here, or heard of the server. */
  async follow(topics: Topic[], session: boolean) {
    if (session) return this.reopen()
    const known = topics.includes('sync') ? await this.device.current() : undefined
    if (known && known.id === this.known?.id) this.known = known
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
    this.tail = new Tail(this.deps, connect, this.hears)
    this.tail.run(`huifang-tail-${user}`)
  }

  // The lease.

  tick() {
    this.stopTick = this.deps.after(MINUTE, () => {
      void this.line.add(() => this.count()).catch(() => undefined)
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
  async watchLease() {
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
    this.tabs().share(['session', 'rows', 'work', 'sync'], true)
  }

  /** The server was heard in the user's own session. Writes it down twice a minute at most. */
  async contact(user: ID) {
    const heard = { heardAt: this.clock.now(), wall: this.deps.now() }
    const to = (known: Known): Known =>
      ({ ...known, heardAt: heard.heardAt, lease: { ...known.lease, used: 0, wall: heard.wall } })
    const before = this.known?.id === user ? this.known : null
    if (before) this.known = to(before)
    const ago = heard.heardAt - (before?.heardAt ?? -Infinity)
    if (ago < 0 || ago > MINUTE / 2) await this.device.change(user, to)
  }
}
