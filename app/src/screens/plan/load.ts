// What a day's load is, and what a move does to it. Minutes are those of contacts and of the ways to them.

import type { Day, DayLoad, ItemCard } from '@/engine/contract'

export type Level = 'leave' | 'holiday' | 'off' | 'empty' | 'light' | 'full' | 'over'
export type Change = { before: number; after: number; capacity: number; over: boolean }

/** A day is full from nine tenths on: what is left is smaller than a visit. */
const FULL = 0.9

export function levelOf(day: DayLoad): Level {
  if (day.minutes > day.capacity) return 'over'
  if (day.onLeave) return 'leave'
  if (day.capacity === 0) return day.holiday ? 'holiday' : 'off'
  if (day.minutes === 0) return 'empty'
  return day.minutes >= day.capacity * FULL ? 'full' : 'light'
}

/** The filled share of a bar, from 0 to 1. */
export function shareOf(day: DayLoad): number {
  if (day.capacity === 0) return day.minutes > 0 ? 1 : 0
  return Math.min(1, day.minutes / day.capacity)
}

/** Work that a contact brings to its day: a way only where somebody goes. */
export function weightOf(card: ItemCard): number {
  return card.item.minutes + card.item.travel
}

export function addTo(day: DayLoad, minutes: number): Change {
  return change(day, day.minutes + minutes)
}

export function takeFrom(day: DayLoad, minutes: number): Change {
  return change(day, Math.max(0, day.minutes - minutes))
}

function change(day: DayLoad, after: number): Change {
  return { before: day.minutes, after, capacity: day.capacity, over: after > day.capacity }
}

/** What moving a contact to `to` does to both days; the day it leaves is null when that is not shown or stays. */
export function moveEffect(days: DayLoad[], card: ItemCard, to: Day): { from: Change | null; to: Change | null } {
  if (card.item.day === to) return { from: null, to: null }
  const from = days.find(d => d.day === card.item.day)
  const target = days.find(d => d.day === to)
  const minutes = weightOf(card)
  return { from: from ? takeFrom(from, minutes) : null, to: target ? addTo(target, minutes) : null }
}

/** Whether the day is behind the last one that is in time, or before the first that makes sense. */
export function timing(card: ItemCard, to: Day): 'early' | 'late' | 'in' {
  if (to < card.item.earliestOn) return 'early'
  return to > card.item.latestOn ? 'late' : 'in'
}
