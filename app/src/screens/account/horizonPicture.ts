// The picture of a projection: past purchases on a line of time, and how likely the next one is by when. Pure geometry, in units
// of the view box; the past and what is ahead have a scale each, so that a long past leaves room for the curve.
import type { AccountView, Card, Day } from '@/engine/contract'
import { addDays, daysBetween } from '@/rules/civil'

export const WIDTH = 320
export const HEIGHT = 116
/** Where purchases stand; a chance of 0. */
export const FLOOR = 92
/** A chance of 1. */
export const TOP = 8
/** Today. */
export const NOW = 140
const SIDE = 8

/** The past shown is a year or the last eight purchases, whichever has more of them; no less than a quarter. */
const YEAR = 365
const QUARTER = 90
const LAST = 8
/** What is ahead is shown for four months, further for a day of interest, up to a year. */
const AHEAD = 120
/** Days between the points of a curve, as the server sends them. */
const STEP = 5

/** A day on which was bought, and for how long that lasts: 0 when unknown. */
export type Bought = { day: Day; supplyDays: number }

export type Facts = {
  today: Day
  /** As boughtOf has them. */
  bought: Bought[]
  /** None when there is none, or when it is of before the last purchase. */
  curve: { from: Day; chances: readonly number[] } | null
  expected: Day | null
  /** The day a rep says. */
  word: Day | null
}

export type Picture = {
  from: Day
  to: Day
  /** The purchases, the latest first. */
  marks: { day: Day; x: number }[]
  /** From the last purchase to the day it runs out; `ends`: that day is in the picture. */
  supply: { from: number; to: number; until: Day; ends: boolean } | null
  expected: number | null
  word: number | null
  /** Points of the curve. */
  curve: { x: number; y: number }[]
}

/** What is known of an account by now. What the projection does not know of takes its curve and its day away; a rep's word takes the
 *  place of the day expected by it. A projection of a phone that has not heard of curves has none. */
export function factsOf(view: Pick<AccountView, 'card' | 'work'>, today: Day): Facts {
  const { projection, override, purchases, account } = view.card
  const stands = !overtaken(view)
  const word = override?.onDay ?? null
  return {
    today, word, bought: boughtOf(purchases, today),
    curve: stands && projection?.curve ? { from: projection.day, chances: projection.curve } : null,
    expected: stands && account.expectedOn !== word ? account.expectedOn : null,
  }
}

/** Something was bought or given back that the projection does not know of. */
export function overtaken({ card, work }: Pick<AccountView, 'card' | 'work'>): boolean {
  const made = card.projection
  return made !== null && (card.purchases.some(p => p.purchase.day > made.day)
    || work.some(w => w.name === 'RecordPurchase' || w.name === 'RecordReturn'))
}

/** The purchases that count, one a day, the latest first: what was given back whole was none. */
export function boughtOf(orders: Card['purchases'], until: Day): Bought[] {
  const days = new Map<Day, number>()
  for (const { purchase, returns } of orders) {
    if (purchase.day > until || returns.some(r => r.whole)) continue
    days.set(purchase.day, Math.max(days.get(purchase.day) ?? 0, purchase.supplyDays))
  }
  return [...days].map(([day, supplyDays]) => ({ day, supplyDays })).sort((a, b) => (a.day < b.day ? 1 : -1))
}

/** Null when nothing was bought yet. */
export function pictureOf(facts: Facts): Picture | null {
  const last = facts.bought[0]
  if (!last) return null
  const shown = shownOf(facts.bought, facts.today)
  const from = earlier(shown.at(-1)!.day, addDays(facts.today, -QUARTER))
  const until = last.supplyDays > 0 ? addDays(last.day, last.supplyDays) : null
  const to = endOf(facts, until)
  const x = (day: Day): number => along(day, from, facts.today, to)
  const within = (day: Day | null): number | null => (day === null || day < from || day > to ? null : x(day))
  return {
    from, to, marks: shown.map(({ day }) => ({ day, x: x(day) })),
    supply: until === null ? null : { from: x(last.day), to: x(earlier(until, to)), until, ends: until <= to },
    expected: within(facts.expected), word: within(facts.word), curve: curveOf(facts.curve, x),
  }
}

function shownOf(bought: Bought[], today: Day): Bought[] {
  const year = bought.filter(b => b.day >= addDays(today, -YEAR)).length
  return bought.slice(0, Math.max(year, LAST))
}

/** The last day of the picture. */
function endOf({ today, expected, word }: Facts, until: Day | null): Day {
  const furthest = addDays(today, YEAR)
  return [expected, word, until].reduce<Day>((to, day) => (day !== null && day > to && day <= furthest ? day : to), addDays(today, AHEAD))
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b)

/** The place of a day: each side of today has its own scale. */
const along = (day: Day, from: Day, today: Day, to: Day): number => day <= today
  ? SIDE + (NOW - SIDE) * (daysBetween(from, day) / daysBetween(from, today))
  : NOW + (WIDTH - SIDE - NOW) * (daysBetween(today, day) / daysBetween(today, to))

function curveOf(curve: Facts['curve'], x: (day: Day) => number): Picture['curve'] {
  if (!curve) return []
  return [0, ...curve.chances].map((p, i) => ({ x: x(addDays(curve.from, STEP * i)), y: FLOOR - p * (FLOOR - TOP) }))
}
