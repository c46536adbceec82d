// What the queries read: the rows of the server as they came, and the work of this phone. The engine has one over the
// sealed store, tests and the sample have one over arrays.

import type { Card, Case, Day, ID, Item, Log, Work, World } from '../engine/contract'

/** A piece of work with what laying it over the rows needs. */
export type BookWork = Work & {
  /** It was accepted, and a pull after that has brought the server's own rows: nothing is laid over them any more. */
  settled: boolean
  /** The photos of a contact. */
  taken: Log['photos']
}

export interface Book {
  /** Milliseconds since 1970. */
  now(): number
  world(): Promise<World | null>
  card(id: ID): Promise<Card | null>
  cards(): Promise<Card[]>
  /** Whether all cards can be had without opening sealed rows: then a screen may look at all of them by the way. */
  cardsAtHand(): boolean
  item(id: ID): Promise<Item | null>
  /** Of any status, planned for a day of the stretch, both ends included. */
  itemsOn(from: Day, to: Day): Promise<Item[]>
  /** Open or started, planned for an earlier day. */
  openBefore(day: Day): Promise<Item[]>
  openItemsOf(account: ID): Promise<Item[]>
  itemsOf(account: ID): Promise<Item[]>
  log(id: ID): Promise<Log | null>
  logsOf(account: ID): Promise<Log[]>
  logsSince(day: Day): Promise<Log[]>
  case(id: ID): Promise<Case | null>
  casesOf(account: ID): Promise<Case[]>
  openCases(): Promise<Case[]>
  /** In the order it was made. */
  work(): Promise<BookWork[]>
}
