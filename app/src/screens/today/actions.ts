// What can be done about a contact from the day and from the plan.

import type { RouteLocationRaw } from 'vue-router'
import type { ItemCard } from '@/engine/contract'
import { isProvisional } from '@/read/effects/made'

/** Made at the customer's home: a stop of the route. */
export const isStop = (card: ItemCard): boolean => card.item.kind === 'HOME_VISIT'

export const isOpen = (card: ItemCard): boolean => card.item.status === 'OPEN' || card.item.status === 'STARTED'

/** Something can be done about it: open, and known to the server under its key. */
export const mayAct = (card: ItemCard): boolean => isOpen(card) && !isProvisional(card.item.id)

export const logRoute = (card: ItemCard): RouteLocationRaw => ({ path: '/log/new', query: { item: card.item.id } })

/** The contact to make next: one that is under way, else the first of the route, else the longest overdue. */
export function nextOf(items: ItemCard[], leftOver: ItemCard[]): ItemCard | null {
  const all = [...leftOver, ...items]
  return all.find(c => c.item.status === 'STARTED') ?? items.find(mayAct) ?? leftOver.find(mayAct) ?? null
}

/** Numbers of the stops one goes to, in the order of the day; other contacts have none. */
export function numbersOf(items: ItemCard[]): Map<string, number> {
  return new Map(items.filter(isStop).map((c, i) => [c.item.id, i + 1]))
}
