// Accepted work whose rows are here before a pull settles it. Much of it shows by its key. What does not, such as a
// word on the horizon taken back, is in the rows when later work about the same account is: the server does one after the
// other.

import type { ID, WorkState } from '../engine/contract'
import type { Book, Queued } from './book'

const DONE: readonly WorkState[] = ['accepted', 'review']

/** The keys of such work. */
export async function arrivedOf(book: Book, unsettled: Queued[]): Promise<Set<ID>> {
  const arrived = new Set<ID>()
  const accounts = new Set<ID>()
  for (const work of unsettled.filter(w => DONE.includes(w.state)).reverse()) {
    const { accountId } = work
    if (accountId === undefined) continue
    if (!accounts.has(accountId) && !(await shows(book, work, accountId))) continue
    accounts.add(accountId)
    arrived.add(work.id)
  }
  return arrived
}

/** Whether a row made by the work, under its key, is here. */
async function shows(book: Book, { id, name }: Queued, account: ID): Promise<boolean> {
  switch (name) {
    case 'LogContact': return (await book.log(id)) !== null
    case 'PlanContact': return (await book.item(id)) !== null
    case 'StopAccount': case 'OpenCase': return (await book.casesOf(account)).some(c => c.case.id === id)
    case 'AddMember': case 'AddDate': case 'PauseAccount': case 'OverrideHorizon': case 'RecordPurchase':
    case 'RecordReturn':
      return onCard(book, account, id)
    default: return false
  }
}

async function onCard(book: Book, account: ID, id: ID): Promise<boolean> {
  const card = await book.card(account)
  if (!card) return false
  const { members, dates, pauses, purchases, override } = card
  const orders = purchases.flatMap(p => [p.purchase, ...p.returns])
  return override?.id === id || [...members, ...dates, ...pauses, ...orders].some(row => row.id === id)
}
