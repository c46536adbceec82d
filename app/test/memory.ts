// An engine that lives in this window, over a believable sample: for looking at screens in the development server
// (?memory) and for tests of screens. It reads with the app's own readers; what is sent takes effect through the overlay.
//
// Switches, as ?memory=offline,refused or as an argument:
//   offline   nothing goes out; work waits          server   the server fails; the last contact was hours ago
//   refused   every piece of work is refused        conflict every piece of work is in conflict
//   review    contacts are accepted for review      empty    a rep without accounts
//   filling   the first pull is still running       locked   must sign in to read          none  nobody is signed in
//   slow      each answer takes a second            full     the phone has no room
//   supervisor, manager, expert, admin: somebody else than a rep is signed in

import { EngineError, type ActName, type Acts, type CommandName, type Commands, type Draft, type Engine, type ID, type Queries, type ReadName,
  type Reads, type Session, type SyncState, type Topic, type Work, type WorkState } from '../src/engine/contract'
import { queries, world } from '../src/read/queries'
import type { Queued } from '../src/read/book'
import { company } from './sample/company'
import { deskOf, type Desk } from './sample/desk'
import { EXPERT_SUN, MANAGER, SUPERVISOR } from './sample/desk/people'
import { dayIn } from '../src/rules/civil'
import { ZONE } from './sample/make'
import { devicesOf, staffOf } from './sample/online'
import { picture } from './sample/picture'
import { bookOf, noRows, type Rows } from './sample/rows'

export type Switch =
  | 'offline' | 'server' | 'refused' | 'conflict' | 'review' | 'empty' | 'filling' | 'locked' | 'none' | 'slow' | 'full' | Role
type Role = 'supervisor' | 'manager' | 'expert' | 'admin'
export type MemoryOptions = { switches?: Switch[]; now?: () => number; rows?: Rows }

/** The switches that the address of the page names. */
function switchesOf(search: string): Switch[] {
  return (new URLSearchParams(search).get('memory') ?? '').split(',').filter(s => s !== '') as Switch[]
}

export function memoryEngine(options: MemoryOptions = {}): Engine {
  const search = typeof window === 'undefined' ? '' : window.location.search
  return new MemoryEngine(new Set(options.switches ?? switchesOf(search)), options.now ?? Date.now, options.rows)
}

const LOGIN = 'lijing'
const OTHERS = { supervisor: SUPERVISOR, manager: MANAGER, expert: EXPERT_SUN, admin: { id: 'admin', name: '管理员', role: 'ADMIN' } } as const
const HOUR = 3_600_000

class MemoryEngine implements Engine {
  private readonly rows: Rows
  private readonly book
  private readonly drafts = new Map<string, Draft>()
  private readonly bytes = new Map<ID, ArrayBuffer>()
  private readonly listeners = new Set<(topics: Topic[]) => void>()
  private session: Session
  private readonly desk: Desk
  private made = 0
  private lastContact: number

  constructor(private switches: ReadonlySet<Switch>, private readonly now: () => number, rows?: Rows) {
    this.rows = rows ?? this.sample()
    this.actAs()
    this.desk = deskOf({ now, today: dayIn(now(), ZONE), rows: this.rows })
    this.book = bookOf(this.rows, now, true)
    this.lastContact = now() - (switches.has('server') || switches.has('offline') ? 5 * HOUR : 0)
    this.session = this.sessionAtFirst()
  }

  private sample(): Rows {
    const rows = company(this.now(), this.switches.has('empty') ? 0 : undefined)
    return this.switches.has('none') ? noRows() : rows
  }

  /** Somebody else than the rep of the sample, whose rows they see. */
  private actAs(): void {
    const role = (Object.keys(OTHERS) as Role[]).find(r => this.switches.has(r))
    const { world } = this.rows
    if (role && world) this.rows.world = { ...world, user: { ...world.user, ...OTHERS[role], teamId: role === 'supervisor' ? 'team-1' : null } }
  }

  private sessionAtFirst(): Session {
    if (this.switches.has('none')) return { state: 'none', logins: [LOGIN, 'zhaolei'] }
    if (this.switches.has('locked')) return { state: 'locked', login: LOGIN, userName: '李静', why: 'lease', waiting: 2 }
    return this.opened()
  }

  private opened(): Session {
    if (!this.rows.world) Object.assign(this.rows, company(this.now()))
    const { user, company: name, zone } = this.rows.world as NonNullable<Rows['world']>
    return { state: 'open', user, company: name, zone, deviceId: 'device-here' }
  }

  async ask<K extends keyof Queries>(name: K, args: Queries[K]['args']): Promise<Queries[K]['result']> {
    if (this.switches.has('slow')) await wait(1000)
    if (this.session.state !== 'open' && name !== 'session' && name !== 'sync') throw new EngineError('locked')
    return this.answers[name](args)
  }

  private readonly answers: { [K in keyof Queries]: (args: Queries[K]['args']) => Promise<Queries[K]['result']> } = {
    session: async () => this.session,
    sync: async () => this.syncState(),
    world: () => world(this.book),
    day: args => queries.day(this.book, args),
    order: args => queries.order(this.book, args),
    item: args => queries.item(this.book, args),
    account: args => queries.account(this.book, args),
    accounts: args => queries.accounts(this.book, args),
    weeks: args => queries.weeks(this.book, args),
    numbers: args => queries.numbers(this.book, args),
    work: async () => this.rows.work.map(shown),
    draft: async ({ key }) => this.drafts.get(key) ?? null,
    drafts: async () => [...this.drafts.values()],
    draftPhoto: async ({ id }) => this.bytes.get(id) ?? null,
    photo: async ({ id, size }) => this.bytes.get(id) ?? (this.offline() ? null : picture(id, size === 'thumb' ? 160 : 640)),
    health: async () => this.offline() ? 'offline' : { health: '血压偏高，长期服药', history: '2019年胆囊手术', allergies: '青霉素' },
    devices: async () => this.offline() ? 'offline' : devicesOf(this.now()),
    staff: async () => this.offline() ? 'offline' : staffOf(),
  }

  private syncState(): SyncState {
    const count = (...states: WorkState[]) => this.rows.work.filter(w => states.includes(w.state)).length
    return {
      online: !this.switches.has('offline'),
      busy: count('sending') > 0 || this.switches.has('filling'),
      waiting: count('waiting', 'sending'),
      needsYou: count('refused', 'conflict') + this.rows.work.filter(w => w.photos.refused.length > 0).length,
      review: count('review'),
      photosWaiting: this.rows.work.reduce((sum, w) => sum + w.photos.total - w.photos.sent - w.photos.refused.length, 0),
      lastContact: new Date(this.lastContact).toISOString(),
      trouble: this.switches.has('offline') ? 'offline' : this.switches.has('server') ? 'server' : null,
      filling: this.switches.has('filling'),
    }
  }

  private offline = () => this.switches.has('offline') || this.switches.has('server')

  async send<K extends CommandName>(name: K, variables: Commands[K], about: { accountId?: ID; itemId?: ID; draft?: string }): Promise<ID> {
    if (this.switches.has('full')) throw new EngineError('storage')
    const id = `work-${this.now().toString(36)}-${++this.made}`
    const pictures = about.draft === undefined ? [] : (this.drafts.get(about.draft)?.photos ?? [])
    const card = this.rows.cards.find(c => c.account.id === about.accountId)
    this.rows.work.push({
      id, counter: this.made, name, writtenAt: new Date(this.now()).toISOString(), state: 'waiting', review: [], reassigned: false,
      photos: { total: pictures.length, sent: 0, refused: [] }, input: structuredClone(variables), settled: false, pictures,
      ...(about.accountId === undefined ? {} : { accountId: about.accountId }),
      ...(about.itemId === undefined ? {} : { itemId: about.itemId }),
      ...(card ? { accountName: card.account.name } : {}),
    })
    if (about.draft !== undefined) this.drafts.delete(about.draft)
    this.tell('work', 'drafts', 'sync')
    void this.deliver(id)
    return id
  }

  private async deliver(id: ID): Promise<void> {
    if (this.offline()) return
    await wait(800)
    this.changeWork(id, { state: 'sending' })
    await wait(800)
    this.changeWork(id, this.verdict(id))
    this.lastContact = this.now()
    this.tell('sync')
  }

  private verdict(id: ID): Partial<Queued> {
    const work = this.rows.work.find(w => w.id === id)
    if (this.switches.has('refused')) return { state: 'refused', code: 'REFUSED', rule: 'D19', words: 'contacts are paused on this day: choose a later day' }
    if (this.switches.has('conflict')) return { state: 'conflict', code: 'CONFLICT', words: 'somebody changed it first: read it again' }
    const photos = { total: work?.photos.total ?? 0, sent: work?.photos.total ?? 0, refused: [] }
    if (this.switches.has('review') && work?.name === 'LogContact') return { state: 'review', review: ['FAR_FROM_HOME', 'TOO_SHORT'], photos }
    return { state: 'accepted', photos }
  }

  private changeWork(id: ID, change: Partial<Queued>): void {
    this.rows.work = this.rows.work.map(w => (w.id === id ? { ...w, ...change } : w))
    this.tell('work', 'sync')
  }

  async mend<K extends CommandName>(work: ID, variables: Commands[K]): Promise<ID> {
    const id = `${work}m`
    this.switches = new Set([...this.switches].filter(s => s !== 'refused' && s !== 'conflict'))
    this.rows.work = this.rows.work.map(w => w.id === work ? { ...unanswered(w), id, input: structuredClone(variables) } : w)
    this.tell('work', 'sync')
    void this.deliver(id)
    return id
  }

  async discard(work: ID): Promise<void> {
    this.rows.work = this.rows.work.filter(w => w.id !== work)
    this.tell('work', 'sync')
  }

  async dropPhotos(work: ID): Promise<void> {
    for (const w of this.rows.work.filter(w => w.id === work)) {
      const { total, sent, refused } = w.photos
      this.changeWork(work, { photos: { total: total - refused.length, sent, refused: [] } })
    }
  }

  async retry(work?: ID): Promise<void> {
    for (const w of this.rows.work.filter(w => (work === undefined ? w.state === 'waiting' : w.id === work))) {
      this.changeWork(w.id, { state: 'waiting' })
      void this.deliver(w.id)
    }
  }

  async putDraft(key: string, body: unknown): Promise<void> {
    if (this.switches.has('full')) throw new EngineError('storage')
    this.changeDraft(key, { body: structuredClone(body) })
  }

  async dropDraft(key: string): Promise<void> {
    this.drafts.delete(key)
    this.tell('drafts')
  }

  async addDraftPhoto(key: string, photo: Draft['photos'][number], bytes: ArrayBuffer): Promise<void> {
    this.bytes.set(photo.id, bytes)
    this.changeDraft(key, { photos: [...(this.drafts.get(key)?.photos ?? []), photo] })
  }

  async dropDraftPhoto(key: string, id: ID): Promise<void> {
    this.bytes.delete(id)
    this.changeDraft(key, { photos: (this.drafts.get(key)?.photos ?? []).filter(p => p.id !== id) })
  }

  private changeDraft(key: string, change: Partial<Draft>): void {
    const draft = this.drafts.get(key) ?? { key, body: null, photos: [], savedAt: '' }
    this.drafts.set(key, { ...draft, ...change, savedAt: new Date(this.now()).toISOString() })
    this.tell('drafts')
  }

  /** Any login will do, and any password but `wrong`. */
  async signIn(_login: string, password: string): Promise<void> {
    await wait(400)
    if (this.offline()) throw new EngineError('offline')
    if (password === 'wrong') throw new EngineError('UNAUTHENTICATED')
    this.session = this.opened()
    this.tell('session', 'rows', 'sync')
  }

  async signOut(): Promise<{ left: number }> {
    const left = this.syncState().waiting
    this.session = { state: 'none', logins: [LOGIN] }
    this.tell('session')
    return { left }
  }

  async changePassword(old: string): Promise<void> {
    if (this.offline()) throw new EngineError('offline')
    if (old === 'wrong') throw new EngineError('INVALID', 'old', 'password')
  }

  async revokeDevice(): Promise<void> {
    if (this.offline()) throw new EngineError('offline')
  }

  async refresh(): Promise<SyncState> {
    await wait(600)
    if (!this.offline()) this.lastContact = this.now()
    this.tell('sync', 'rows')
    return this.syncState()
  }

  async read<K extends ReadName>(name: K, args: Reads[K]['args']): Promise<Reads[K]['result']> {
    await this.reach()
    return structuredClone(this.desk.reads[name](structuredClone(args)))
  }

  async act<K extends ActName>(name: K, args: Acts[K]['args']): Promise<Acts[K]['result']> {
    await this.reach()
    if (this.switches.has('refused')) throw new EngineError('REFUSED', undefined, 'D19', 'contacts are paused on this day: choose a later day')
    const done = structuredClone(this.desk.acts[name](structuredClone(args)))
    this.tell('desk', 'rows')
    return done
  }

  async download(path: string): Promise<{ name: string; type: string; bytes: ArrayBuffer }> {
    await this.reach()
    return { name: path.replace(/\?.*/, '').slice(path.lastIndexOf('/') + 1), type: 'text/csv', bytes: new TextEncoder().encode('a,b\n1,2\n').buffer as ArrayBuffer }
  }

  private async reach(): Promise<void> {
    if (this.switches.has('slow')) await wait(1000)
    if (this.session.state !== 'open') throw new EngineError('locked')
    if (this.offline()) throw new EngineError('offline', undefined, this.switches.has('server') ? 'server' : 'offline')
  }

  on(heard: (topics: Topic[]) => void): () => void {
    this.listeners.add(heard)
    return () => this.listeners.delete(heard)
  }

  private tell(...topics: Topic[]): void {
    for (const heard of this.listeners) heard(topics)
  }
}

const wait = (ms: number) => new Promise<void>(done => setTimeout(done, ms))

const shown = ({ settled: _, pictures: __, ...work }: Queued): Work => work

const unanswered = ({ code: _, field: __, rule: ___, words: ____, ...work }: Queued): Queued => ({ ...work, state: 'waiting' })
