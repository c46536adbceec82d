// The rows of the server on the phone: taking a page of changes in, in one transaction with the cursor behind it.

import type { Card, Case, ID, Item, Log, World } from '../engine/contract'
import type * as Api from '../engine/graphql'
import { isOpen } from '../rules/overdue'
import { isObject } from './api'
import { offerAgain } from './outbox'
import type { CardRow, CaseRow, ItemRow, LogRow, SyncRow } from './schema'
import { syncOf, type UserStore, type UserTx } from './store'

export type Page = Api.ChangesQuery['changes']

const ROWS = ['cards', 'items', 'logs', 'cases'] as const
const STORE = { ACCOUNT: 'cards', ITEM: 'items', LOG: 'logs', CASE: 'cases' } as const

export const cardPlace = (id: ID) => `cards/${id}`
export const itemPlace = (id: ID) => `items/${id}`
export const logPlace = (id: ID) => `logs/${id}`
export const casePlace = (id: ID) => `cases/${id}`
export const WORLD_PLACE = 'meta/world'

/** Whether an answer has the shape of a page; a server of another time might answer something else. */
export function isPage(value: unknown): value is Page {
  if (!isObject(value)) return false
  const { epoch, cursor, more, reset, sequence } = value
  return typeof epoch === 'string' && epoch !== '' && typeof cursor === 'string' && typeof more === 'boolean' &&
    typeof reset === 'boolean' && typeof sequence === 'number' &&
    [value.accounts, value.items, value.logs, value.cases, value.removed].every(Array.isArray)
}

type Sealed = { cards: Omit<CardRow, 'g'>[]; items: Omit<ItemRow, 'g'>[]; logs: Omit<LogRow, 'g'>[]; cases: Omit<CaseRow, 'g'>[] }

export type Taken = {
  sync: SyncRow
  /** How much accepted work the server lost: it stands in line again. */
  offered: number
}

export class Rows {
  constructor(private readonly store: UserStore) {}

  /** Takes a page in. `settles` is work that a pull which ends with this page tells of. Answers null when another tab took
   *  something in meanwhile: then the page must be asked for again. */
  async take(page: Page, after: SyncRow, settles: ID[]): Promise<Taken | null> {
    const sealed = await this.seal(page)
    const still = !page.reset && page.world === null && settles.length === 0 && empty(page)
    const world = page.world && await this.store.seal.seal(WORLD_PLACE, page.world satisfies World)
    return this.store.write(['meta', 'outbox', 'photos', ...ROWS], async (tx) => {
      const before = await syncOf(tx)
      if (before.version !== after.version || before.cursor !== after.cursor) return null
      const sync = next(before, page, still)
      if (page.reset || before.cursor === '') await clear(tx, sync.write)
      await put(tx, sync.write, sealed)
      await remove(tx, sync.write, page.removed)
      if (!page.more) await this.finish(tx, sync, settles)
      if (world) await tx.objectStore('meta').put(world, 'world')
      if (!still || !same(before, sync)) await tx.objectStore('meta').put(sync, 'sync')
      return { sync, offered: await offerAgain(tx, page.epoch, page.sequence) }
    })
  }

  /** Forgets all rows: what they are sealed under is not the key that opens them. */
  async drop(): Promise<void> {
    await this.store.write(['meta', ...ROWS], async (tx) => {
      for (const name of ROWS) await tx.objectStore(name).clear()
      await tx.objectStore('meta').delete('sync')
      await tx.objectStore('meta').delete('world')
    })
  }

  private async finish(tx: UserTx, sync: SyncRow, settles: ID[]) {
    if (sync.read !== sync.write) await clearBefore(tx, sync.write)
    sync.read = sync.write
    sync.filled = true
    const outbox = tx.objectStore('outbox')
    for (const id of settles) {
      const row = await outbox.get(id)
      if (row?.state === 'accepted') await outbox.put({ ...row, settled: true })
    }
  }

  private async seal(page: Page): Promise<Sealed> {
    const { seal } = this.store
    const [cards, items, logs, cases] = await Promise.all([
      all(page.accounts, async (card: Card) => ({ id: card.account.id, box: await seal.seal(cardPlace(card.account.id), card) })),
      all(page.items, async (item: Item) => ({ ...plainItem(item), box: await seal.seal(itemPlace(item.id), item) })),
      all(page.logs, async (log: Log) => ({ ...plainLog(log), box: await seal.seal(logPlace(log.log.id), log) })),
      all(page.cases, async (c: Case) => ({ ...plainCase(c), box: await seal.seal(casePlace(c.case.id), c) })),
    ])
    return { cards, items, logs, cases }
  }
}

const all = <T, R>(rows: T[], seal: (row: T) => Promise<R>): Promise<R[]> => Promise.all(rows.map(seal))

const plainItem = (item: Item) =>
  ({ id: item.id, accountId: item.accountId, day: item.day, open: isOpen(item) ? 1 as const : 0 as const })
const plainLog = ({ log }: Log) => ({ id: log.id, accountId: log.accountId, day: log.day })
const plainCase = (c: Case) =>
  ({ id: c.case.id, accountId: c.case.accountId, open: c.case.status === 'OPEN' ? 1 as const : 0 as const })

const empty = (page: Page): boolean =>
  page.accounts.length + page.items.length + page.logs.length + page.cases.length + page.removed.length === 0

const same = (a: SyncRow, b: SyncRow): boolean => a.cursor === b.cursor && a.epoch === b.epoch && a.filled === b.filled

/** Where a pull stands after a page. A new beginning fills another generation, so that nobody sees an empty world; the very
 *  first one is seen as it comes in. */
function next(before: SyncRow, page: Page, still: boolean): SyncRow {
  const anew = page.reset || before.cursor === ''
  const write = !anew ? before.write : before.filled ? Math.max(before.read, before.write) + 1 : before.read
  return { ...before, epoch: page.epoch, cursor: page.cursor, write, version: before.version + (still ? 0 : 1) }
}

const generation = (g: number) => IDBKeyRange.bound([g], [g, []])
const within = (g: number, key: string) => IDBKeyRange.only([g, key])

async function clear(tx: UserTx, g: number) {
  for (const name of ROWS) await tx.objectStore(name).delete(generation(g))
}

async function clearBefore(tx: UserTx, g: number) {
  for (const name of ROWS) await tx.objectStore(name).delete(IDBKeyRange.upperBound([g], true))
}

async function put(tx: UserTx, g: number, rows: Sealed) {
  const puts: Promise<unknown>[] = []
  for (const name of ROWS) {
    const store = tx.objectStore(name)
    for (const row of rows[name]) puts.push(store.put({ ...row, g } as never))
  }
  await Promise.all(puts)
}

/** With an account goes everything about it. */
async function remove(tx: UserTx, g: number, removed: Page['removed']) {
  for (const { kind, id } of removed) {
    if (kind in STORE) await tx.objectStore(STORE[kind]).delete([g, id])
    if (kind !== 'ACCOUNT') continue
    for (const name of ['items', 'logs', 'cases'] as const) {
      const store = tx.objectStore(name)
      for (const key of await store.index('account').getAllKeys(within(g, id))) await store.delete(key)
    }
  }
}
