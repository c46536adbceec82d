// The book on the phone: opens only the rows that are asked for, and each once.

import type { Card, Case, Day, ID, Item, Log, World } from '../engine/contract'
import type { Book, Queued } from '../read/book'
import { dayIn } from '../rules/civil'
import type { Bytes } from './bytes'
import type { Clock } from './clock'
import { sameBox } from './keys'
import { cardPlace, casePlace, itemPlace, logPlace, WORLD_PLACE } from './rows'
import { syncOf, type UserStore } from './store'

/** The zone of a phone that has not heard of its company yet. */
export const HOME_ZONE = 'Asia/Shanghai'

type Boxed = { id: ID; box: Bytes }
const END = '\uffff'

export class PhoneBook implements Book {
  private readonly cardsOpened: Opened<Card>
  private readonly itemsOpened: Opened<Item>
  private readonly logsOpened: Opened<Log>
  private readonly casesOpened: Opened<Case>
  private shared: { box: Bytes; world: World } | null = null
  private everyone: { version: number; cards: Card[] } | null = null

  constructor(private readonly store: UserStore, private readonly clock: Clock, private readonly queue: () => Promise<Queued[]>) {
    this.cardsOpened = new Opened(store, cardPlace)
    this.itemsOpened = new Opened(store, itemPlace)
    this.logsOpened = new Opened(store, logPlace)
    this.casesOpened = new Opened(store, casePlace)
  }

  now(): number {
    return this.clock.now()
  }

  async zone(): Promise<string> {
    return (await this.world())?.zone ?? HOME_ZONE
  }

  async today(): Promise<Day> {
    return dayIn(this.now(), await this.zone())
  }

  async world(): Promise<World | null> {
    const box = (await this.store.db.get('meta', 'world')) as Bytes | undefined
    if (!box) return null
    if (this.shared && sameBox(this.shared.box, box)) return this.shared.world
    const world = await this.store.seal.open<World>(WORLD_PLACE, box)
    this.shared = { box, world }
    return world
  }

  async card(id: ID): Promise<Card | null> {
    return (await this.cardsOf([id])).get(id) ?? null
  }

  async cardsOf(ids: ID[]): Promise<Map<ID, Card>> {
    const rows = await this.store.read(['meta', 'cards'], async (tx) => {
      const { read } = await syncOf(tx)
      return Promise.all([...new Set(ids)].map((id) => tx.objectStore('cards').get([read, id])))
    })
    const cards = await this.cardsOpened.all(rows.filter((row) => row !== undefined))
    return new Map(cards.map((card) => [card.account.id, card]))
  }

  async cards(): Promise<Card[]> {
    const { version } = await this.store.sync()
    if (this.everyone?.version === version) return this.everyone.cards
    const found = await this.store.read(['meta', 'cards'], async (tx) => {
      const sync = await syncOf(tx)
      return { version: sync.version, rows: await tx.objectStore('cards').getAll(range([sync.read])) }
    })
    this.everyone = { version: found.version, cards: await this.cardsOpened.only(found.rows) }
    return this.everyone.cards
  }

  item(id: ID): Promise<Item | null> {
    return this.one('items', this.itemsOpened, id)
  }

  itemsOn(from: Day, to: Day): Promise<Item[]> {
    return this.items('day', (g) => IDBKeyRange.bound([g, from], [g, to]))
  }

  openBefore(day: Day): Promise<Item[]> {
    return this.items('left', (g) => IDBKeyRange.bound([g, 1, ''], [g, 1, day], false, true))
  }

  async openItemsOf(account: ID): Promise<Item[]> {
    return this.items('account', (g) => IDBKeyRange.only([g, account]), (row) => row.open === 1)
  }

  itemsOf(account: ID): Promise<Item[]> {
    return this.items('account', (g) => IDBKeyRange.only([g, account]))
  }

  log(id: ID): Promise<Log | null> {
    return this.one('logs', this.logsOpened, id)
  }

  logsOf(account: ID): Promise<Log[]> {
    return this.logs('account', (g) => IDBKeyRange.only([g, account]))
  }

  logsSince(day: Day): Promise<Log[]> {
    return this.logs('day', (g) => IDBKeyRange.bound([g, day], [g, END]))
  }

  casesOf(account: ID): Promise<Case[]> {
    return this.cases('account', (g) => IDBKeyRange.only([g, account]))
  }

  openCases(): Promise<Case[]> {
    return this.cases('open', (g) => IDBKeyRange.only([g, 1]))
  }

  async work(): Promise<Queued[]> {
    const work = await this.queue()
    const cards = await this.cardsOf(work.map((w) => w.accountId).filter((id) => id !== undefined))
    return work.map((w) => ({ ...w, accountName: cards.get(w.accountId ?? '')?.account.name ?? w.accountName }))
  }

  private async one<T>(name: 'items' | 'logs', opened: Opened<T>, id: ID): Promise<T | null> {
    const row = await this.store.read(['meta', name], async (tx) =>
      tx.objectStore(name).get([(await syncOf(tx)).read, id]))
    return row ? (await opened.all([row]))[0] ?? null : null
  }

  private async items(index: 'day' | 'left' | 'account', span: (g: number) => IDBKeyRange, keep = (_: { open: 0 | 1 }) => true) {
    const rows = await this.store.read(['meta', 'items'], async (tx) =>
      tx.objectStore('items').index(index).getAll(span((await syncOf(tx)).read)))
    return this.itemsOpened.all(rows.filter(keep))
  }

  private async logs(index: 'day' | 'account', span: (g: number) => IDBKeyRange) {
    const rows = await this.store.read(['meta', 'logs'], async (tx) =>
      tx.objectStore('logs').index(index).getAll(span((await syncOf(tx)).read)))
    return this.logsOpened.all(rows)
  }

  private async cases(index: 'open' | 'account', span: (g: number) => IDBKeyRange) {
    const rows = await this.store.read(['meta', 'cases'], async (tx) =>
      tx.objectStore('cases').index(index).getAll(span((await syncOf(tx)).read)))
    return this.casesOpened.all(rows)
  }
}

const range = (prefix: [number]) => IDBKeyRange.bound(prefix, [...prefix, []])

/** Rows that were opened before, by id. A row that was sealed anew is opened anew, whichever tab did it. */
class Opened<T> {
  private readonly known = new Map<ID, { box: Bytes; value: T }>()

  constructor(private readonly store: UserStore, private readonly place: (id: ID) => string) {}

  all(rows: Boxed[]): Promise<T[]> {
    return Promise.all(rows.map((row) => this.open(row)))
  }

  /** Opens these, and forgets all others. */
  async only(rows: Boxed[]): Promise<T[]> {
    const values = await this.all(rows)
    const ids = new Set(rows.map((row) => row.id))
    for (const id of this.known.keys()) if (!ids.has(id)) this.known.delete(id)
    return values
  }

  private async open({ id, box }: Boxed): Promise<T> {
    const known = this.known.get(id)
    if (known && sameBox(known.box, box)) return known.value
    const value = await this.store.seal.open<T>(this.place(id), box)
    this.known.set(id, { box: box.slice(0, 12), value })
    return value
  }
}
