// A planned contact with what its card shows.

import type { Badge, Card, Case, Day, ID, Item, ItemCard, Place, World } from '../engine/contract'
import { dayIn, daysBetween } from '../rules/civil'
import { itemOverdue } from '../rules/overdue'
import type { Overlaid } from './overlay'

/** D16: three days ahead. */
const DAYS_AHEAD = 3
/** How long a customer who came from somebody else is new here. */
const NEW_DAYS = 30

/** What the cards of one answer share. */
export type Table = { book: Overlaid; today: Day; world: World; cards: Map<ID, Card>; cases: Case[] }

/** Null before the first rows are in. Opens the accounts of the items, and no others. */
export async function tableFor(book: Overlaid, accounts: ID[]): Promise<Table | null> {
  const world = await book.world()
  if (!world) return null
  const [today, cards, cases] = await Promise.all([book.today(), book.cardsOf([...new Set(accounts)]), book.openCases()])
  return { book, today, world, cards, cases }
}

/** Cards of items in their order; those whose account is not here are left out. */
export const itemCards = (table: Table, items: Item[]): ItemCard[] =>
  items.flatMap(item => {
    const card = table.cards.get(item.accountId)
    return card ? [itemCard(table, item, card)] : []
  })

export function itemCard(table: Table, item: Item, card: Card): ItemCard {
  const { name, district, city, address, phone } = card.account
  const late = itemOverdue(item, table.today)
  return {
    item: item.overdue === late ? item : { ...item, overdue: late },
    name, district, city, address, phone,
    place: placeOf(card),
    overdue: late,
    badges: badgesOf(table, item, card),
    metres: null,
    pending: table.book.pending.items.get(item.id) ?? null,
  }
}

export const placeOf = ({ account: { lat, lng } }: Card): Place | null =>
  lat === null || lng === null ? null : { lat, lng }

function badgesOf(table: Table, item: Item, card: Card): Badge[] {
  return [
    ...(item.urgent ? [{ kind: 'urgent' } as const] : []),
    ...caseBadges(table.cases, card),
    ...dateBadges(card, table.today),
    ...companions(item, table.world),
    ...(card.account.frail ? [{ kind: 'frail' } as const] : []),
    ...(item.atFixed ? [{ kind: 'appointment' } as const] : item.pinned ? [{ kind: 'pinned' } as const] : []),
    ...arrivalBadges(card, table),
  ]
}

const caseBadges = (cases: Case[], card: Card): Badge[] =>
  cases
    .filter(c => c.case.accountId === card.account.id)
    .map(c => ({ kind: 'case', caseKind: c.case.kind, cause: c.case.cause }))

const dateBadges = (card: Card, today: Day): Badge[] =>
  datesAhead(card, today, DAYS_AHEAD).map(({ date, inDays, memberName }) => ({
    kind: date.occasion === 'BIRTHDAY' || date.occasion === 'SPOUSE_BIRTHDAY' ? 'birthday' : 'date',
    inDays, label: date.label, occasion: date.occasion, ...(memberName === undefined ? {} : { memberName }),
  }))

type DateAhead = { date: Card['dates'][number]; day: Day; inDays: number; memberName?: string }

/** The special dates from today on, within some days, the nearest first (D6). */
export function datesAhead(card: Card, today: Day, within: number): DateAhead[] {
  const found = card.dates.flatMap((date, i): DateAhead[] => {
    const day = card.nextDates[i]
    if (day === undefined) return []
    const inDays = daysBetween(today, day)
    if (inDays < 0 || inDays > within) return []
    const member = card.members.find(m => m.id === date.memberId)
    return [{ date, day, inDays, ...(member ? { memberName: member.name } : {}) }]
  })
  return found.sort((a, b) => a.inDays - b.inDays)
}

/** An expert who is named comes by name; others by their role. */
function companions(item: Item, world: World): Badge[] {
  const named = world.people.find(p => p.id === item.expertId)
  const others = item.with.filter(role => role !== named?.role)
  return [
    ...(named ? [{ kind: 'expert', name: named.name } as const] : []),
    ...others.map(role => ({ kind: 'with', role }) as const),
  ]
}

/** Cards of older versions of the app lie on the phone without a brief. */
export const unread = ({ brief }: Card): boolean => !!brief && brief.readAt === null

/** How the account came here: for some days, or from another rep with a brief that must be read first. */
function arrivalBadges(card: Card, table: Table): Badge[] {
  if (card.standIn) return [{ kind: 'standIn', until: card.standIn.to }]
  if (unread(card)) return [{ kind: 'briefUnread' }]
  return newHere(card, table) ? [{ kind: 'newHere' }] : []
}

/** The customer came from another rep not long ago (D9). */
function newHere(card: Card, { today, world }: Table): boolean {
  const [now, before] = card.handovers
  if (!now || !before || now.repId !== world.user.id) return false
  return daysBetween(dayIn(now.fromAt, world.zone), today) <= NEW_DAYS
}
