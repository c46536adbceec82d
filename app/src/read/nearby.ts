// For a free half hour: contacts that are near and due within a week, but not planned for the day.

import type { Card, DayView, Item, ItemCard, Place } from '../engine/contract'
import { addDays } from '../rules/civil'
import { metresBetween } from '../rules/distance'
import { isOpen } from '../rules/overdue'
import { itemCards, tableFor } from './cards'
import { byDue } from './day'
import { bookable } from './effects/items'
import type { Overlaid } from './overlay'

const METRES = 3000
const DUE_WITHIN = 7
/** The plan reaches four weeks ahead. */
const LOOK_AHEAD = 28
const AT_MOST = 5

/** Nearest first, one of each customer; within 3 km of here, or of a stop of the day that is still to be made. */
export async function nearby(book: Overlaid, view: DayView, here: Place | undefined): Promise<ItemCard[]> {
  const from = here ? [here] : stopsLeft(view)
  if (from.length === 0) return []
  const later = await book.itemsOn(addDays(view.day, 1), addDays(view.day, LOOK_AHEAD))
  const due = firstOfEach(later.filter(i => isOpen(i) && canVisit(i) && i.dueOn <= addDays(view.day, DUE_WITHIN)))
  const seen = new Set([...view.items, ...view.leftOver].map(c => c.item.accountId))
  const candidates = due.filter(i => !seen.has(i.accountId))
  const table = await tableFor(book, candidates.map(i => i.accountId))
  if (!table) return []
  const welcome = candidates.filter(i => visitable(table.cards.get(i.accountId), view.day))
  return itemCards(table, welcome)
    .map(card => ({ ...card, metres: nearest(card.place, from) }))
    .filter((card): card is ItemCard & { metres: number } => card.metres !== null && card.metres <= METRES)
    .sort((a, b) => a.metres - b.metres)
    .slice(0, AT_MOST)
}

/** A visit does for a call, but nothing that is made at the store or at an event. */
const canVisit = (i: Item): boolean => i.kind === 'HOME_VISIT' || i.kind === 'CALL' || i.orKind === 'HOME_VISIT'

const visitable = (card: Card | undefined, day: string): boolean =>
  card !== undefined && bookable(card, 'HOME_VISIT', day)

function stopsLeft(view: DayView): Place[] {
  const cards = [...view.leftOver, ...view.items].filter(c => c.item.kind === 'HOME_VISIT' && isOpen(c.item))
  return cards.flatMap(c => (c.place ? [c.place] : []))
}

function firstOfEach(items: Item[]): Item[] {
  const first = new Map<string, Item>()
  for (const item of items.sort(byDue)) if (!first.has(item.accountId)) first.set(item.accountId, item)
  return [...first.values()]
}

const nearest = (place: Place | null, from: Place[]): number | null =>
  place ? Math.min(...from.map(f => metresBetween(f, place))) : null
