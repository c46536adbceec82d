// A server in memory that keeps the promises of the real one: feeds, one command once, receipts, epochs. What it does on a
// request is atomic; what happens to requests and answers on the way is the business of the network.

import { createHash, createHmac, randomUUID } from 'node:crypto'

export type Role = 'REP'
export type User = { id: string; login: string; password: string; name: string }
type Account = { id: string; repId: string; name: string; version: number }
type Item = { id: string; accountId: string; day: string; status: string; version: number }
type Log = { id: string; accountId: string; userId: string; itemId: string | null; note: string; day: string; review: string[] }
type Kind = 'ACCOUNT' | 'ITEM' | 'CASE' | 'LOG'
type Entry = { kind: Kind; id: string; seq: number }
type Feed = { counter: number; entries: Record<string, Entry> }
type Operation = { id: string; user: string; hash: string; status: string; sequence: number; review: string[] }
type Photo = { id: string; logId: string; sha256: string; bytes: Uint8Array }

/** What a backup holds. */
type Data = {
  accounts: Record<string, Account>
  items: Record<string, Item>
  logs: Record<string, Log>
  feeds: Record<string, Feed>
  operations: Record<string, Operation>
  sequences: Record<string, number>
  photos: Record<string, Photo>
  /** How often each command took effect. */
  effects: Record<string, number>
}

type Command = { id: string; counter: number; writtenAt: string; document: string; variables: string }
type Report = { id: string; issued: number; waiting: number[]; app: string; wiped: boolean }
type Viewer = { user: User; device: string; delivery: boolean }

type Variables = Record<'login' | 'password' | 'deviceId' | 'token' | 'old' | 'next' | 'after', string> & { device: Report; commands: Command[]; first: number }

const RANK: Record<Kind, number> = { ACCOUNT: 0, ITEM: 1, CASE: 2, LOG: 3 }

export class Refusal extends Error {
  constructor(readonly code: string, readonly rule = '', readonly field = '', readonly faults?: { field: string; rule: string; message: string }[]) {
    super(code)
  }
}

export class Server {
  epoch: string = randomUUID()
  data: Data = { accounts: {}, items: {}, logs: {}, feeds: {}, operations: {}, sequences: {}, photos: {}, effects: {} }
  readonly users: User[] = []
  readonly revoked = new Set<string>()
  readonly wiped: string[] = []
  readonly reports = new Map<string, Report>()
  leaseHours = 72
  pageSize = 1000
  /** Photos that are none. */
  noPictures = new Set<string>()
  /** What a push is asked to answer RETRY to. */
  busyWith = new Set<string>()
  private readonly access = new Map<string, { user: string; device: string; alive: boolean }>()
  private readonly refreshes = new Map<string, { access: string; used: boolean }>()
  private partial = new Map<string, Uint8Array>()
  private made = 0
  readonly log: string[] = []
  /** What else it is asked, by the name of the operation. */
  readonly desk: Record<string, () => unknown> = {}

  constructor(private readonly names: Record<string, string>) {}

  // What people do at the desk.

  addUser(login: string): User {
    const user = { id: randomUUID(), login, password: `secret-${login}`, name: login.toUpperCase() }
    this.users.push(user)
    return user
  }

  addAccount(rep: User, name = `客户${++this.made}`): string {
    const id = randomUUID()
    this.data.accounts[id] = { id, repId: rep.id, name, version: 1 }
    this.touch('ACCOUNT', id, id)
    return id
  }

  addItem(accountId: string, day: string): string {
    const id = randomUUID()
    this.data.items[id] = { id, accountId, day, status: 'OPEN', version: 1 }
    this.touch('ITEM', id, accountId)
    return id
  }

  rename(accountId: string) {
    const account = this.data.accounts[accountId]!
    account.version++
    account.name = `客户${++this.made}`
    this.touch('ACCOUNT', accountId, accountId)
  }

  reassign(accountId: string, to: User) {
    const account = this.data.accounts[accountId]!
    if (account.repId === to.id) return
    account.repId = to.id
    for (const [user, feed] of Object.entries(this.data.feeds)) {
      if (user === to.id) continue
      for (const [key, entry] of Object.entries(feed.entries)) {
        if (entry.kind !== 'ACCOUNT' && this.accountOf(entry) === accountId) delete feed.entries[key]
      }
    }
    this.touch('ACCOUNT', accountId, accountId)
    for (const item of Object.values(this.data.items)) if (item.accountId === accountId) this.touch('ITEM', item.id, accountId)
    for (const log of Object.values(this.data.logs)) if (log.accountId === accountId) this.touch('LOG', log.id, accountId)
  }

  backup(): Data {
    return structuredClone(this.data)
  }

  restore(data: Data) {
    this.data = structuredClone(data)
    this.epoch = randomUUID()
  }

  endSessions(user: User) {
    for (const token of this.access.values()) if (token.user === user.id) token.alive = false
  }

  expireAccess() {
    const fresh = new Map([...this.access])
    this.access.clear()
    for (const [token, held] of fresh) this.access.set(`old-${token}`, held)
    for (const refresh of this.refreshes.values()) refresh.access = `old-${refresh.access}`
  }

  /** What the user's phone must show in the end. */
  view(user: User) {
    const mine = (id: string) => this.data.accounts[id]?.repId === user.id
    const { accounts, items, logs } = this.data
    return {
      accounts: Object.values(accounts).filter((a) => mine(a.id)).map((a) => `${a.id} ${a.name} ${a.version}`).sort(),
      items: Object.values(items).filter((i) => mine(i.accountId)).map((i) => `${i.id} ${i.status} ${i.version}`).sort(),
      logs: Object.values(logs).filter((l) => mine(l.accountId)).map((l) => `${l.id} ${l.note}`).sort(),
    }
  }

  // What comes in.

  handle(url: string, init: RequestInit | undefined): Response {
    const token = (new Headers(init?.headers).get('authorization') ?? '').replace('Bearer ', '')
    if (url.startsWith('/events')) return new Response('', { status: 404 })
    try {
      if (url.startsWith('/photos/')) return json(this.photo(url, init, token))
      const { documentId, variables } = JSON.parse(String(init?.body))
      return json({ data: this.run(this.names[documentId] ?? documentId, variables, token) })
    } catch (e) {
      if (!(e instanceof Refusal)) throw e
      const status = e.code === 'UNAUTHENTICATED' ? 401 : 200
      return json({ errors: [{ message: e.code, extensions: { code: e.code, rule: e.rule, field: e.field, faults: e.faults } }] }, status)
    }
  }

  private run(name: string, variables: Variables, token: string): unknown {
    this.log.push(name)
    switch (name) {
      case 'SignIn': return { signIn: this.signIn(variables) }
      case 'Refresh': return { refresh: this.refresh(variables.token) }
      case 'SignOut': return { signOut: this.signOut(token) }
      case 'ChangePassword': return { changePassword: this.changePassword(this.viewer(token), variables) }
      case 'Changes': return { changes: this.changes(this.viewer(token), variables.after, Math.min(this.pageSize, variables.first)) }
      case 'Push': return { push: this.push(this.viewer(token, true), variables.device, variables.commands) }
      case 'Health': this.viewer(token); return { health: { health: '高血压', history: '', allergies: '' } }
    }
    const answer = this.desk[name]
    if (!answer) throw new Refusal('INVALID', 'TrustedDocument')
    this.viewer(token)
    return answer()
  }

  private signIn({ login, password, deviceId }: { login: string; password: string; deviceId: string }) {
    const user = this.users.find((u) => u.login === login && u.password === password)
    if (!user) throw new Refusal('UNAUTHENTICATED')
    if (this.revoked.has(`${user.id}/${deviceId}`)) throw new Refusal('REFUSED', 'revoked')
    const key = (what: string) => createHmac('sha256', 'server secret').update(`${what}/${user.id}/${deviceId}`).digest('base64')
    return {
      ...this.session(user.id, deviceId), user: { id: user.id, name: user.name, role: 'REP', lang: 'ZH' },
      keys: {
        id: deviceId, storeKey: key('store'), receiptKey: key('receipt'), delivery: `delivery/${user.id}/${deviceId}`,
        leaseHours: this.leaseHours, issued: this.reports.get(`${user.id}/${deviceId}`)?.issued ?? 0,
      },
    }
  }

  private session(user: string, device: string) {
    const access = randomUUID()
    const refresh = randomUUID()
    this.access.set(access, { user, device, alive: true })
    this.refreshes.set(refresh, { access, used: false })
    return { access, accessExpires: '2030-01-01T00:00:00.000Z', refresh }
  }

  private refresh(token: string) {
    const known = this.refreshes.get(token)
    const held = known && this.access.get(known.access)
    if (!known || !held?.alive) throw new Refusal('UNAUTHENTICATED')
    if (known.used) {
      held.alive = false
      throw new Refusal('UNAUTHENTICATED')
    }
    known.used = true
    return { ...this.session(held.user, held.device), user: { id: held.user } }
  }

  private signOut(token: string): boolean {
    const held = this.access.get(token)
    if (!held) throw new Refusal('UNAUTHENTICATED')
    held.alive = false
    return true
  }

  private changePassword({ user }: Viewer, { old, next }: { old: string; next: string }): boolean {
    if (user.password !== old) throw new Refusal('INVALID', '', 'old')
    user.password = next
    this.endSessions(user)
    return true
  }

  private viewer(token: string, pushes = false): Viewer {
    const [kind, user, device] = token.split('/')
    if (pushes && kind === 'delivery') return { user: this.users.find((u) => u.id === user)!, device: device!, delivery: true }
    const held = this.access.get(token)
    if (!held?.alive || this.revoked.has(`${held.user}/${held.device}`)) throw new Refusal('UNAUTHENTICATED')
    return { user: this.users.find((u) => u.id === held.user)!, device: held.device, delivery: false }
  }

  private changes({ user }: Viewer, after: string, first: number) {
    const feed = this.feed(user.id)
    let [epoch = '', phase = '', from = '', till = ''] = after.split('|')
    const reset = after === '' || epoch !== this.epoch || Number(phase === 'after' ? from : till) > feed.counter
    if (reset) [epoch, phase, from, till] = [this.epoch, 'all', '', String(feed.counter)]
    const page = phase === 'all' ? this.snapshot(user.id, from, Number(till), first) : this.delta(user.id, Number(from), first)
    const cursor = `${this.epoch}|${page.phase}|${page.from}|${till}`
    const world = reset ? { user: { id: user.id }, company: '慈光', zone: 'Asia/Shanghai', today: '2026-03-02' } : null
    return {
      epoch: this.epoch, cursor, more: page.more, reset: reset && after !== '', sequence: this.data.sequences[user.id] ?? 0,
      world, ...this.rows(user.id, page.entries),
    }
  }

  private snapshot(user: string, from: string, till: number, first: number) {
    const key = (e: Entry) => `${RANK[e.kind]}/${e.id}`
    const all = Object.values(this.feed(user).entries).filter((e) => e.seq <= till && this.sees(user, e) && key(e) > from)
      .sort((a, b) => (key(a) < key(b) ? -1 : 1))
    const entries = all.slice(0, first)
    if (entries.length < all.length) return { entries, phase: 'all', from: key(entries.at(-1)!), more: true }
    return { entries, phase: 'after', from: String(till), more: this.delta(user, till, first).entries.length > 0 }
  }

  private delta(user: string, from: number, first: number) {
    const all = Object.values(this.feed(user).entries).filter((e) => e.seq > from).sort((a, b) => a.seq - b.seq)
    const entries = all.slice(0, first)
    return { entries, phase: 'after', from: String(entries.at(-1)?.seq ?? from), more: entries.length < all.length }
  }

  private rows(user: string, entries: Entry[]) {
    const { accounts, items, logs } = this.data
    const seen = (kind: Kind) => entries.filter((e) => e.kind === kind && this.sees(user, e))
    return {
      accounts: seen('ACCOUNT').map((e) => ({ account: structuredClone(accounts[e.id]), pinyin: '' })),
      items: seen('ITEM').map((e) => structuredClone(items[e.id])),
      logs: seen('LOG').map((e) => ({ log: structuredClone(logs[e.id]), userName: '', note: logs[e.id]!.note, photos: [] })),
      cases: [],
      removed: entries.filter((e) => !this.sees(user, e)).map(({ kind, id }) => ({ kind, id })),
    }
  }

  private feed(user: string): Feed {
    const known = this.data.feeds[user]
    if (known) return known
    const feed: Feed = { counter: 0, entries: {} }
    this.data.feeds[user] = feed
    const { accounts, items, logs } = this.data
    const all = (kind: Kind, rows: object) => Object.keys(rows).map((id) => ({ kind, id }))
    for (const one of [...all('ACCOUNT', accounts), ...all('ITEM', items), ...all('LOG', logs)]) {
      if (this.sees(user, one)) feed.entries[one.kind + one.id] = { ...one, seq: ++feed.counter }
    }
    return feed
  }

  private touch(kind: Kind, id: string, accountId: string) {
    for (const [user, feed] of Object.entries(this.data.feeds)) {
      const had = feed.entries[kind + id] !== undefined
      if (had || this.data.accounts[accountId]!.repId === user) feed.entries[kind + id] = { kind, id, seq: ++feed.counter }
    }
  }

  private sees(user: string, entry: { kind: Kind; id: string }): boolean {
    return this.data.accounts[this.accountOf(entry) ?? '']?.repId === user
  }

  private accountOf({ kind, id }: { kind: Kind; id: string }): string | undefined {
    if (kind === 'ACCOUNT') return id
    return (kind === 'ITEM' ? this.data.items[id] : this.data.logs[id])?.accountId
  }

  private push({ user, device }: Viewer, report: Report, commands: Command[]) {
    if (report.id !== device) throw new Refusal('NOT_FOUND')
    this.reports.set(`${user.id}/${device}`, report)
    if (report.wiped) this.wiped.push(`${user.id}/${device}`)
    const barred = this.revoked.has(`${user.id}/${device}`)
    return { epoch: this.epoch, wipe: barred, answers: commands.map((c) => this.answer(user, device, c)) }
  }

  private answer(user: User, device: string, command: Command) {
    const hash = createHash('sha256').update(`${command.document}\n${command.variables}`).digest('hex')
    const blank = { id: command.id, code: '', field: '', rule: '', words: '', review: [] as string[], sequence: 0, receipt: '' }
    if (this.busyWith.has(command.id)) return { ...blank, status: 'RETRY', code: 'INTERNAL' }
    const answer = { ...blank, ...this.decide(user, command, hash) }
    const receipt = this.receipt(user.id, device, [command.id, hash, answer.status, String(answer.sequence), this.epoch])
    return { ...answer, receipt }
  }

  private receipt(user: string, device: string, lines: string[]): string {
    const key = createHmac('sha256', 'server secret').update(`receipt/${user}/${device}`).digest()
    return createHmac('sha256', key).update(lines.map((line) => `${line}\n`).join('')).digest('base64url')
  }

  private decide(user: User, command: Command, hash: string) {
    const old = this.data.operations[command.id]
    if (old && old.hash === hash) return { status: 'DUPLICATE', sequence: old.sequence, review: old.review }
    if (old) return { status: 'CONFLICT', code: 'CONFLICT' }
    try {
      const { status, review } = this.apply(user, command)
      const sequence = (this.data.sequences[user.id] ?? 0) + 1
      this.data.sequences[user.id] = sequence
      this.data.operations[command.id] = { id: command.id, user: user.id, hash, status, sequence, review }
      this.data.effects[command.id] = (this.data.effects[command.id] ?? 0) + 1
      return { status, sequence, review }
    } catch (e) {
      if (!(e instanceof Refusal)) throw e
      return { status: e.code === 'CONFLICT' ? 'CONFLICT' : 'REJECTED', code: e.code, rule: e.rule, field: e.field, words: 'no' }
    }
  }

  private apply(user: User, command: Command): { status: string; review: string[] } {
    const name = this.names[command.document]
    const variables = JSON.parse(command.variables)
    if (name === 'LogContact') return this.logContact(user, variables.input)
    if (name === 'StartItem') return this.startItem(variables.item)
    if (name === 'AskLeave') return { status: 'APPLIED', review: [] }
    throw new Refusal('INVALID', 'TrustedDocument', 'document')
  }

  private logContact(user: User, input: { id: string; accountId: string; itemId?: string; note: string; startedAt: string }) {
    const account = this.data.accounts[input.accountId]
    if (!account) throw new Refusal('NOT_FOUND', '', 'accountId')
    if (input.note === 'refuse') throw new Refusal('REFUSED', 'D10', 'note')
    if (input.note === 'conflict') throw new Refusal('CONFLICT')
    const gone = account.repId !== user.id
    const review = gone ? ['AFTER_HANDOVER'] : input.note === 'review' ? ['COPIED_NOTE'] : []
    const item = input.itemId ? this.data.items[input.itemId] : undefined
    if (item) {
      item.status = 'DONE'
      item.version++
      this.touch('ITEM', item.id, item.accountId)
    }
    this.data.logs[input.id] = {
      id: input.id, accountId: account.id, userId: user.id, itemId: input.itemId ?? null, note: input.note, review,
      day: input.startedAt.slice(0, 10),
    }
    this.touch('LOG', input.id, account.id)
    account.version++
    this.touch('ACCOUNT', account.id, account.id)
    return { status: gone ? 'APPLIED_REASSIGNED' : 'APPLIED', review }
  }

  private startItem(id: string) {
    const item = this.data.items[id]
    if (!item) throw new Refusal('NOT_FOUND')
    if (item.status !== 'OPEN') throw new Refusal('REFUSED', 'D11')
    item.status = 'STARTED'
    item.version++
    this.touch('ITEM', id, item.accountId)
    return { status: 'APPLIED', review: [] }
  }

  private photo(url: string, init: RequestInit | undefined, token: string) {
    const { user, device } = this.viewer(token, true)
    const at = new URL(url, 'http://x')
    const id = at.pathname.split('/')[2]!
    const [log, sha256, total, offset] = ['log', 'sha256', 'total', 'offset'].map((name) => at.searchParams.get(name)!)
    const done = () => ({
      id, next: Number(total), done: true,
      receipt: this.receipt(user.id, device, [id, sha256!, 'APPLIED', '0', this.epoch]),
    })
    if (this.data.photos[id]) return done()
    if (this.noPictures.has(id)) throw new Refusal('INVALID', 'picture', 'body')
    if (!this.data.logs[log!]) throw new Refusal('CONFLICT')
    const had = this.partial.get(id) ?? new Uint8Array()
    const have = Number(offset) === had.length ? Buffer.concat([had, new Uint8Array(init!.body as ArrayBuffer)]) : had
    this.partial.set(id, have)
    if (have.length < Number(total)) return { id, next: have.length, done: false, receipt: '' }
    this.partial.delete(id)
    if (createHash('sha256').update(have).digest('hex') !== sha256) throw new Refusal('INVALID', 'hash')
    this.data.photos[id] = { id, logId: log!, sha256: sha256!, bytes: have }
    return done()
  }
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
