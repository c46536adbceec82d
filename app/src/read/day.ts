import { NOT_ALL_ORDERED, type Commands, type Day, type DayView, type Item, type ItemCard, type Place } from '../engine/contract'
import { metresBetween } from '../rules/distance'
import { onPlan } from '../rules/overdue'
import { itemCards, tableFor } from './cards'
import { nearby } from './nearby'
import { overlay } from './overlay'
import type { Book, Readers } from './book'

/** Somebody's day, in the order of its route, and on the day that is today what is left over from earlier ones. It
 *  opens the rows of the day and their accounts, no others; what is near comes with a position, or when accounts are at
 *  hand. */
export const day: Readers['day'] = async (under, { day: asked, here }) => {
  const book = await overlay(under)
  const today = await book.today()
  const of = asked ?? today
  const items = (await book.itemsOn(of, of)).filter(onPlan).sort(byRoute)
  const left = of === today ? (await book.openBefore(of)).sort(byDue) : []
  const table = await tableFor(book, [...left, ...items].map(i => i.accountId))
  if (!table) return { day: of, today, leftOver: [], items: [], done: 0, total: 0, minutes: 0, notAllOrdered: false, nearby: [] }
  const route = measured(itemCards(table, items), here)
  const view: DayView = {
    day: of,
    today,
    leftOver: itemCards(table, left).map(c => (here ? withMetres(c, here) : c)),
    items: route,
    done: route.filter(c => c.item.status === 'DONE').length,
    total: route.length,
    minutes: minutesOf(route),
    notAllOrdered: await notAllOrdered(under, of),
    nearby: [],
  }
  if (of >= today && (here || book.cardsAtHand?.())) view.nearby = await nearby(book, view, here)
  return view
}

/** Whether the server said so of the last order of the day. */
async function notAllOrdered(book: Book, day: Day): Promise<boolean> {
  const last = (await book.work()).findLast(w => w.name === 'OrderDay' && (w.input as Commands['OrderDay']).input.day === day)
  return last?.review.includes(NOT_ALL_ORDERED) ?? false
}

/** Contacts and the ways to them. */
export const minutesOf = (cards: ItemCard[]): number =>
  cards.reduce((sum, c) => sum + c.item.minutes + c.item.travel, 0)

/** By the clock of the route; what has no time of its own yet comes last. */
export const byRoute = (a: Item, b: Item): number =>
  Number(untimed(a)) - Number(untimed(b)) || a.startMin - b.startMin || a.seq - b.seq || byText(a.id, b.id)

const untimed = (i: Item): boolean => i.seq === 0 && i.startMin === 0

/** Longest overdue first. */
export const byDue = (a: Item, b: Item): number =>
  byText(a.dueOn, b.dueOn) || byText(a.day, b.day) || byText(a.id, b.id)

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** How far each stop is: from here, or from the stop before. Calls are no stops. */
export function measured(cards: ItemCard[], here: Place | undefined): ItemCard[] {
  let before: Place | null = null
  return cards.map(card => {
    if (card.item.kind !== 'HOME_VISIT' || !card.place) return card
    const from: Place | null = here ?? before
    before = card.place
    return from ? withMetres(card, from) : card
  })
}

export const withMetres = (card: ItemCard, from: Place): ItemCard =>
  card.place ? { ...card, metres: metresBetween(from, card.place) } : card
