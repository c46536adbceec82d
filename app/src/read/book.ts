// What reading stands on: the rows on the phone as the server sent them, and the work of this phone that the server does
// not show yet. The engine provides it (src/offline/book.ts); readers lay the work over the rows and answer the queries.

import type { Card, Case, Day, DraftPhoto, ID, Item, Log, Queries, Work, World } from '../engine/contract'

/** A piece of work with what laying it over the rows takes. */
export type Queued = Work & {
  /** Whether the rows tell of it already: a pull that began after its acceptance is complete. Settled work is not laid over. */
  settled: boolean
  /** The photos that belong to it, in the order taken. */
  pictures: DraftPhoto[]
}

export interface Book {
  /** Milliseconds since 1970 by the phone's clock, set right by the server's when they differ. */
  now(): number
  /** The company's zone; Asia/Shanghai before the first world is in. */
  zone(): Promise<string>
  /** Which day it is in the company's zone, now. */
  today(): Promise<Day>
  world(): Promise<World | null>

  card(id: ID): Promise<Card | null>
  /** Only those that are here, in no order. Opens no more rows than asked for. */
  cardsOf(ids: ID[]): Promise<Map<ID, Card>>
  /** Every account, opened once and kept until it changes. In no order. */
  cards(): Promise<Card[]>
  /** Whether cards() would open nothing: then what looks at many accounts by the way may do so. */
  cardsAtHand?(): boolean

  item(id: ID): Promise<Item | null>
  /** All items of the days, both included, whatever their status. In no order. */
  itemsOn(from: Day, to: Day): Promise<Item[]>
  /** Items that are OPEN or STARTED on days before. In no order. */
  openBefore(day: Day): Promise<Item[]>
  /** Items of an account that are OPEN or STARTED. */
  openItemsOf(account: ID): Promise<Item[]>
  itemsOf(account: ID): Promise<Item[]>

  log(id: ID): Promise<Log | null>
  logsOf(account: ID): Promise<Log[]>
  /** Logs of that day and later. */
  logsSince(day: Day): Promise<Log[]>

  casesOf(account: ID): Promise<Case[]>
  openCases(): Promise<Case[]>

  /** Everything in the outbox in the order it takes effect, the oldest first: waiting, refused, in conflict, and accepted
   *  (those stay for 14 days). */
  work(): Promise<Queued[]>
}

/** The queries that are answered from a book: src/read/queries.ts exports one function of each name. */
export type Readers = {
  [K in 'day' | 'order' | 'item' | 'account' | 'accounts' | 'weeks' | 'numbers']:
    (book: Book, args: Queries[K]['args']) => Promise<Queries[K]['result']>
}
