import type { Log, Work } from '../engine/contract'
import { isOpen } from '../rules/overdue'
import type { Queued, Readers } from './book'
import { briefOf } from './brief'
import { itemCard, itemCards, tableFor } from './cards'
import { byDue, byText } from './day'
import { eventsOf } from './events'
import { overlay } from './overlay'

/** The file of an account: what stands before the door, its contacts to come, its history. */
export const account: Readers['account'] = async (under, { id }) => {
  const book = await overlay(under)
  const [table, items, logs, cases, work] = await Promise.all([
    tableFor(book, [id]), book.itemsOf(id), book.logsOf(id), book.casesOf(id), book.work(),
  ])
  const card = table?.cards.get(id)
  if (!table || !card) return null
  const newest = logs.sort(newestFirst)
  return {
    card,
    brief: briefOf(card, newest, table.world, table.today),
    items: itemCards(table, items.filter(isOpen).sort((a, b) => byText(a.day, b.day) || byDue(a, b))),
    cases: cases.sort((a, b) => byText(b.case.openedOn, a.case.openedOn) || byText(b.case.id, a.case.id)),
    events: eventsOf({ card, logs: newest, cases, items, world: table.world, pending: book.pending }),
    goingBack: book.layer.goingBack.get(id) ?? null,
    work: work.filter(w => w.accountId === id && w.state !== 'accepted' && w.state !== 'review').map(plain),
  }
}

export const newestFirst = (a: Log, b: Log): number =>
  Date.parse(b.log.startedAt) - Date.parse(a.log.startedAt) || byText(b.log.id, a.log.id)

export const item: Readers['item'] = async (under, { id }) => {
  const book = await overlay(under)
  const row = await book.item(id)
  if (!row) return null
  const table = await tableFor(book, [row.accountId])
  const card = table?.cards.get(row.accountId)
  return table && card ? { card: itemCard(table, row, card), account: card } : null
}

/** Without what only laying it over the rows takes. */
const plain = ({ settled: _, pictures: __, ...work }: Queued): Work => work
