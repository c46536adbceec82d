// The layer of this phone's work over the rows of the server: rows are read through it and copied when they change, so
// the server's own stay as they came.

import type { Account, Card, Case, Day, ID, Item, Log, World, WorkState } from '../engine/contract'
import { isOpen } from '../rules/overdue'
import type { Book } from './book'

/** Which work of this phone touched what, for showing its state; of several, the one that needs the user most. */
export type Pending = { items: Map<ID, WorkState>; logs: Map<ID, WorkState>; accounts: Map<ID, WorkState> }

export class Layer {
  readonly cards = new Map<ID, Card>()
  readonly items = new Map<ID, Item>()
  readonly logs = new Map<ID, Log>()
  readonly cases = new Map<ID, Case>()
  /** Rows of the server that the layer covers, as they came; null for what the phone made. */
  readonly itemsBefore = new Map<ID, Item | null>()
  /** The day of the contact that closed an item. */
  readonly doneOn = new Map<ID, Day>()
  /** What customers said who do not want their new rep, by account. */
  readonly goingBack = new Map<ID, string>()
  readonly pending: Pending = { items: new Map(), logs: new Map(), accounts: new Map() }
  world: World | null = null

  constructor(readonly under: Book) {}

  async card(id: ID): Promise<Card | null> {
    return this.cards.get(id) ?? this.under.card(id)
  }

  async item(id: ID): Promise<Item | null> {
    return this.items.get(id) ?? this.under.item(id)
  }

  async log(id: ID): Promise<Log | null> {
    return this.logs.get(id) ?? this.under.log(id)
  }

  /** A case that is open, or that work of this phone changed. */
  async case(id: ID): Promise<Case | null> {
    return this.cases.get(id) ?? (await this.under.openCases()).find(c => c.case.id === id) ?? null
  }

  async casesOf(account: ID): Promise<Case[]> {
    return this.overCases(await this.under.casesOf(account), c => c.case.accountId === account)
  }

  async openItemsOf(account: ID): Promise<Item[]> {
    return this.overItems(await this.under.openItemsOf(account), i => i.accountId === account && isOpen(i))
  }

  async openCasesOf(account: ID): Promise<Case[]> {
    return (await this.casesOf(account)).filter(c => c.case.status === 'OPEN')
  }

  overItems(rows: Item[], fits: (item: Item) => boolean): Item[] {
    return over(rows, this.items, i => i.id, fits)
  }

  overLogs(rows: Log[], fits: (log: Log) => boolean): Log[] {
    return over(rows, this.logs, l => l.log.id, fits)
  }

  overCases(rows: Case[], fits: (c: Case) => boolean): Case[] {
    return over(rows, this.cases, c => c.case.id, fits)
  }

  async changeItem(id: ID, change: Partial<Item>): Promise<void> {
    const item = await this.item(id)
    if (item) await this.putItem({ ...item, ...change })
  }

  async putItem(item: Item): Promise<void> {
    if (!this.itemsBefore.has(item.id)) this.itemsBefore.set(item.id, await this.under.item(item.id))
    this.items.set(item.id, item)
    await this.sumUp(item.accountId)
  }

  /** The account of a command that does not name it: the one the command was made about, else the one that fits. */
  async cardWhere(account: ID | undefined, fits: (card: Card) => boolean): Promise<Card | null> {
    const card = account === undefined ? null : await this.card(account)
    if (card && fits(card)) return card
    return (await this.under.cards()).map(c => this.cards.get(c.account.id) ?? c).find(fits) ?? null
  }

  async changeCard(id: ID, change: (card: Card) => Partial<Card>): Promise<void> {
    const card = await this.card(id)
    if (card) this.cards.set(id, { ...card, ...change(card) })
  }

  changeAccount(id: ID, change: (account: Account) => Partial<Account>): Promise<void> {
    return this.changeCard(id, card => ({ account: { ...card.account, ...change(card.account) } }))
  }

  /** Changes the file itself, which makes the next version of it, as ChangeAccount of the server does: a later edit on
   *  this phone names that one. */
  changeFile(id: ID, change: (account: Account) => Partial<Account>): Promise<void> {
    return this.changeAccount(id, account => ({ ...change(account), version: account.version + 1 }))
  }

  /** Keeps the earliest due day of the open contacts on the account, as sumUp of the server does. */
  private async sumUp(account: ID): Promise<void> {
    const days = (await this.openItemsOf(account)).map(i => i.dueOn).sort()
    await this.changeAccount(account, () => ({ nextDueOn: days[0] ?? null }))
  }
}

function over<T>(rows: T[], laid: Map<ID, T>, key: (row: T) => ID, fits: (row: T) => boolean): T[] {
  if (laid.size === 0) return rows
  return [...rows.filter(row => !laid.has(key(row))), ...[...laid.values()].filter(fits)]
}
