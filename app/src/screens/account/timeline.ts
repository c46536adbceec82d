// The history of an account, by month and by type.

import type { Day, Event } from '@/engine/contract'

export type Filter = 'all' | 'contact' | 'purchase' | 'case' | 'other'
export const FILTERS: Filter[] = ['all', 'contact', 'purchase', 'case', 'other']

const TYPES: Record<Event['type'], Exclude<Filter, 'all'>> = {
  log: 'contact', cancelled: 'contact', purchase: 'purchase', return: 'purchase', case: 'case',
  handover: 'other', pause: 'other', override: 'other',
}

export const ofType = (events: Event[], filter: Filter): Event[] =>
  filter === 'all' ? events : events.filter(e => TYPES[e.type] === filter)

export type Month = { month: Day; events: Event[] }

/** Events by month, in the order they come in: newest first. */
export function byMonth(events: Event[]): Month[] {
  const months: Month[] = []
  for (const event of events) {
    const month = `${event.day.slice(0, 7)}-01`
    const last = months.at(-1)
    if (last?.month === month) last.events.push(event)
    else months.push({ month, events: [event] })
  }
  return months
}
