// What the screens ask: answered from the phone, but for the little that is only on the server.

import type { ID, Queries, Session, SyncState } from '../engine/contract'
import type { Readers } from '../read/book'
import { bearer, type Answer, type Api } from './api'
import type { Deps } from './deps'
import type { Device } from './device'
import type { Keeper } from './keeper'
import type { Member } from './member'
import type { Presence } from './presence'
import type { TokenBox } from './tokens'

export class Answers {
  constructor(
    private readonly deps: Deps, private readonly readers: Readers, private readonly device: Device, private readonly api: Api,
    private readonly tokens: TokenBox, private readonly presence: Presence, private readonly keeper: Keeper,
  ) {}

  /** Rejects with EngineError 'locked' for rows and work when nobody can read here. */
  to<K extends keyof Queries>(name: K, args: Queries[K]['args']): Promise<Queries[K]['result']> {
    const answer = this.queries[name] as (args: Queries[K]['args']) => Promise<Queries[K]['result']>
    return answer(args)
  }

  private readonly queries: { [K in keyof Queries]: (args: Queries[K]['args']) => Promise<Queries[K]['result']> } = {
    session: () => this.session(),
    sync: () => this.syncState(),
    world: () => this.presence.open().book.world(),
    day: (args) => this.readers.day(this.presence.open().book, args),
    order: (args) => this.readers.order(this.presence.open().book, args),
    item: (args) => this.readers.item(this.presence.open().book, args),
    account: (args) => this.readers.account(this.presence.open().book, args),
    accounts: (args) => this.readers.accounts(this.presence.open().book, args),
    weeks: (args) => this.readers.weeks(this.presence.open().book, args),
    numbers: (args) => this.readers.numbers(this.presence.open().book, args),
    work: () => this.presence.open().book.work(),
    draft: ({ key }) => this.presence.open().drafts.get(key),
    drafts: () => this.presence.open().drafts.all(),
    draftPhoto: ({ key, id }) => this.presence.open().photos.bytes(id, key),
    photo: ({ id, size }) => this.photo(id, size),
    health: ({ account }) => this.online('Health', { account }, 'health'),
    devices: () => this.online('Devices', {}, 'devices'),
    staff: () => this.online('Staff', {}, 'staff'),
  }

  private async session(): Promise<Session> {
    const { known, member } = this.presence
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

  async syncState(): Promise<SyncState> {
    const { presence: { member, known }, keeper } = this
    const trouble = keeper.trouble
    const online = this.deps.online() && trouble !== 'offline'
    const none = { waiting: 0, needsYou: 0, review: 0, photosWaiting: 0, filling: false }
    const heard = known?.heardAt ?? null
    const lastContact = heard === null ? null : new Date(heard).toISOString()
    return { online, busy: keeper.busy, lastContact, trouble, ...none, ...(member && await counts(member)) }
  }

  private async photo(id: ID, size: 'thumb' | 'full'): Promise<ArrayBuffer | null> {
    const own = await this.presence.open().photos.bytes(id)
    if (own) return own
    const path = `/photos/${encodeURIComponent(id)}${size === 'thumb' ? '?size=thumb' : ''}`
    const answer = await this.tokens.with(this.presence.mine().id, (access) => this.picture(path, access), (got) => got === 'denied')
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
    const answer: Answer<Record<string, T>> | { kind: 'ended' } = await this.tokens.call(this.presence.mine().id, name, variables)
    if (answer.kind === 'failed') return 'offline'
    if (answer.kind !== 'data') return 'refused'
    return answer.data[field] ?? 'refused'
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
