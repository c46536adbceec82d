// The rows of a phone, as the server would have sent them: arrays, and a book over them.

import type { Card, Case, Day, Item, Log, World } from '../../src/engine/contract'
import type { Book, Queued } from '../../src/read/book'
import { dayIn } from '../../src/rules/civil'
import { isOpen } from '../../src/rules/overdue'

export type Rows = { world: World | null; cards: Card[]; items: Item[]; logs: Log[]; cases: Case[]; work: Queued[] }

export const noRows = (): Rows => ({ world: null, cards: [], items: [], logs: [], cases: [], work: [] })

/** `opened` counts the rows that a phone would have to open, by kind. */
export type Opened = { cards: number; items: number; logs: number; cases: number }
export type RowBook = Book & { opened: Opened }

export function bookOf(rows: Rows, now: () => number, atHand = false): RowBook {
  const opened = { cards: 0, items: 0, logs: 0, cases: 0 }
  const open = <T>(kind: keyof Opened, found: T[]): T[] => {
    opened[kind] += found.length
    return found
  }
  const one = <T>(kind: keyof Opened, found: T | undefined): T | null => open(kind, found ? [found] : [])[0] ?? null
  const zone = () => rows.world?.zone ?? 'Asia/Shanghai'
  const today = (): Day => dayIn(now(), zone())
  return {
    opened,
    now,
    zone: async () => zone(),
    today: async () => today(),
    world: async () => rows.world,
    card: async id => one('cards', rows.cards.find(c => c.account.id === id)),
    cardsOf: async ids =>
      new Map(open('cards', rows.cards.filter(c => ids.includes(c.account.id))).map(c => [c.account.id, c])),
    cards: async () => open('cards', [...rows.cards]),
    cardsAtHand: () => atHand,
    item: async id => one('items', rows.items.find(i => i.id === id)),
    itemsOn: async (from, to) => open('items', rows.items.filter(i => from <= i.day && i.day <= to)),
    openBefore: async day => open('items', rows.items.filter(i => i.day < day && isOpen(i))),
    openItemsOf: async account => open('items', rows.items.filter(i => i.accountId === account && isOpen(i))),
    itemsOf: async account => open('items', rows.items.filter(i => i.accountId === account)),
    log: async id => one('logs', rows.logs.find(l => l.log.id === id)),
    logsOf: async account => open('logs', rows.logs.filter(l => l.log.accountId === account)),
    logsSince: async day => open('logs', rows.logs.filter(l => l.log.day >= day)),
    casesOf: async account => open('cases', rows.cases.filter(c => c.case.accountId === account)),
    openCases: async () => open('cases', rows.cases.filter(c => c.case.status === 'OPEN')),
    work: async () => [...rows.work],
  }
}
