import type { AccountFilter, AccountList, AccountRow, AccountSort, Card, Day, Place } from '../engine/contract'
import { metresBetween } from '../rules/distance'
import { overdue } from '../rules/overdue'
import type { Readers } from './book'
import { placeOf, unread } from './cards'
import { byText } from './day'
import type { Pending } from './layer'
import { overlay } from './overlay'
import { textFinder } from './search'

/** The accounts on this phone, searched, filtered and in order, page by page. */
export const accounts: Readers['accounts'] = async (under, filter) => {
  const book = await overlay(under)
  const [cards, today] = await Promise.all([book.cards(), book.today()])
  const found = cards.filter(wanted(filter, today)).map(card => ({ card, metres: metresTo(card, filter.here) }))
  const rows = found.sort(orderOf(filter.sort)).slice(filter.offset, filter.offset + filter.limit)
  return {
    rows: rows.map(f => rowOf(f, today, book.pending)),
    total: found.length,
    all: cards.length,
    unread: cards.filter(unread).length,
    tags: countTags(cards),
  }
}

type Found = { card: Card; metres: number | null }

function wanted(filter: AccountFilter, today: Day): (card: Card) => boolean {
  const byWords = textFinder(filter.text ?? '')
  const { tags = [], tiers = [], horizons = [], overdueOnly = false, unreadOnly = false } = filter
  return card =>
    tags.every(t => card.tags.includes(t)) &&
    (tiers.length === 0 || tiers.includes(card.account.tier ?? '')) &&
    (horizons.length === 0 || horizons.includes(card.account.horizon ?? '')) &&
    (!overdueOnly || isOverdue(card, today)) &&
    (!unreadOnly || unread(card)) &&
    byWords(card)
}

/** Something is due before today: the same definition as for each contact (story 2). */
const isOverdue = (card: Card, today: Day): boolean =>
  card.account.nextDueOn !== null && overdue(card.account.nextDueOn, today)

const metresTo = (card: Card, here: Place | undefined): number | null => {
  const place = placeOf(card)
  return here && place ? metresBetween(here, place) : null
}

/** Accounts without the value come last; who was never reached is the longest without contact. */
function orderOf(sort: AccountSort): (a: Found, b: Found) => number {
  const byName = (a: Found, b: Found) =>
    byText(a.card.pinyin, b.card.pinyin) || byText(a.card.account.id, b.card.account.id)
  const by = (key: (f: Found) => string | number) => (a: Found, b: Found) => {
    const [x, y] = [key(a), key(b)]
    return x < y ? -1 : x > y ? 1 : byName(a, b)
  }
  switch (sort) {
    case 'due': return by(f => f.card.account.nextDueOn ?? '9999')
    case 'expected': return by(f => f.card.account.expectedOn ?? '9999')
    case 'lastContact': return by(f => f.card.account.lastContactOn ?? '')
    case 'distance': return by(f => f.metres ?? Infinity)
    case 'name': return byName
  }
}

function rowOf({ card, metres }: Found, today: Day, pending: Pending): AccountRow {
  const { id, name, number, district, tier, horizon, nextDueOn, lastContactOn } = card.account
  return {
    id, name, number, district, tier, horizon, tags: card.tags, nextDueOn, overdue: isOverdue(card, today),
    lastContactOn, metres, pending: pending.accounts.has(id), unread: unread(card), standInUntil: card.standIn?.to ?? null,
  }
}

/** The most used first. */
function countTags(cards: Card[]): AccountList['tags'] {
  const counts = new Map<string, number>()
  for (const card of cards) for (const tag of card.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => b.count - a.count || byText(a.tag, b.tag))
}
