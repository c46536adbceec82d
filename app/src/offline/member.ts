// Somebody who uses this phone: their store, opened, and everything that works on it.

import type { About, ID } from '../engine/contract'
import type { Fate, Step } from './database'
import type { Clock } from './clock'
import type { Deps } from './deps'
import type { Device, Known } from './device'
import { Drafts } from './drafts'
import { Outbox } from './outbox'
import { Pace } from './pace'
import { PhoneBook } from './phonebook'
import { Photos } from './photos'
import { PageSize } from './pull'
import { Rows } from './rows'
import { UserStore } from './store'

const CHECK = 'meta/check'

export class Member {
  readonly outbox: Outbox
  readonly drafts: Drafts
  readonly rows: Rows
  readonly photos: Photos
  readonly book: PhoneBook
  readonly pace: Pace
  readonly pageSize = new PageSize()
  /** What is on its way in this moment. */
  sending: ReadonlySet<ID> = new Set()
  closed = false

  private constructor(deps: Deps, clock: Clock, readonly deviceId: ID, readonly store: UserStore) {
    this.outbox = new Outbox(deps, clock, store)
    this.drafts = new Drafts(deps.crypto, clock, store)
    this.rows = new Rows(store)
    this.photos = new Photos(deps, clock, store)
    this.pace = new Pace(() => deps.now(), () => deps.random())
    this.book = new PhoneBook(store, clock, () => this.outbox.work((id) => this.sending.has(id)))
  }

  static async open(deps: Deps, clock: Clock, device: Device, known: Known, fate: Fate, steps?: Step[]): Promise<Member> {
    const store = await UserStore.open(deps, device, known, fate, steps)
    const member = new Member(deps, clock, known.deviceId, store)
    if (store.readable) await member.checkKey()
    return member
  }

  get user(): ID {
    return this.store.user
  }

  /** What a command is about, with what the rows know of it. */
  async placed(variables: unknown, about: About): Promise<About & { accountName?: string }> {
    const { input, ...outer } = variables as { input?: { accountId?: ID; itemId?: ID }; account?: ID; item?: ID }
    const itemId = about.itemId ?? input?.itemId ?? outer.item
    const item = itemId ? await this.book.item(itemId) : null
    const accountId = about.accountId ?? input?.accountId ?? outer.account ?? item?.accountId
    const card = accountId ? await this.book.card(accountId) : null
    return { ...about, accountId, itemId, accountName: card?.account.name }
  }

  /** How much is not sent: commands without an answer, and photos. */
  async left(): Promise<{ commands: number; photos: number }> {
    const [commands, photos] = await Promise.all([
      this.store.db.countFromIndex('outbox', 'state', 'waiting'), this.photos.waiting(),
    ])
    return { commands, photos }
  }

  /** Whether anything is sealed under the work key. */
  async needsWorkKey(): Promise<boolean> {
    const { db } = this.store
    const [rows, photos, drafts] = await Promise.all([db.getAll('outbox'), db.getAll('photos'), db.count('drafts')])
    return drafts > 0 || [...rows, ...photos].some((row) => row.under === 'work')
  }

  close() {
    this.closed = true
    this.store.close()
  }

  /** Rows sealed under another key than the one that is here can never be read again: they come anew from the server. */
  private async checkKey() {
    const check = (await this.store.db.get('meta', 'check')) as Parameters<typeof this.store.seal.openBytes>[1] | undefined
    if (check && await this.store.seal.open(CHECK, check).then(() => true, () => false)) return
    if (check) await this.rows.drop()
    const box = await this.store.seal.seal(CHECK, 'fits')
    await this.store.write(['meta'], (tx) => tx.objectStore('meta').put(box, 'check'))
  }
}
