// Everything that happened with an account, every channel in one list, newest first (D19), as care/timeline.go has it.

import type { Card, Case, Day, Event, Instant, Item, Log, World } from '../engine/contract'
import { dayIn, instantAt } from '../rules/civil'
import { byText } from './day'
import type { Pending } from './layer'

type Parts = { card: Card; logs: Log[]; cases: Case[]; items: Item[]; world: World; pending: Pending }

export function eventsOf({ card, logs, cases, items, world, pending }: Parts): Event[] {
  const at = (instant: Instant) => ({ at: instant, day: dayIn(instant, world.zone) })
  const on = (day: Day) => ({ at: instantAt(day, 0, world.zone), day })
  const nameOf = (id: string) =>
    world.people.find(p => p.id === id)?.name ?? (id === card.account.repId ? card.repName : '')
  const events: Event[] = [
    ...logs.map(log => ({
      id: log.log.id, ...at(log.log.startedAt), type: 'log' as const, log, pending: pending.logs.get(log.log.id) ?? null,
    })),
    ...card.purchases.map(p => ({ id: p.purchase.id, ...on(p.purchase.day), type: 'purchase' as const, purchase: p })),
    ...card.purchases.flatMap(p => p.returns).map(r => ({ id: r.id, ...on(r.day), type: 'return' as const, return: r })),
    ...cases.map(c => ({ id: c.case.id, ...on(c.case.openedOn), type: 'case' as const, case: c })),
    ...card.handovers.map(h => ({
      id: `handover-${h.fromAt}`, ...at(h.fromAt), type: 'handover' as const, handover: h, repName: nameOf(h.repId),
    })),
    ...items.filter(i => i.status === 'CANCELLED').map(i => ({
      id: i.id, ...(i.closedAt === null ? on(i.day) : at(i.closedAt)), type: 'cancelled' as const, item: i,
    })),
    ...card.pauses.map(p => ({ id: p.id, ...on(p.fromDay), type: 'pause' as const, pause: p })),
    ...(card.override
      ? [{ id: card.override.id, ...on(card.override.givenOn), type: 'override' as const, override: card.override }]
      : []),
  ]
  // Equal spellings of instants compare as text only when all have milliseconds.
  return events
    .map(event => ({ event, ms: Date.parse(event.at) }))
    .sort((a, b) => b.ms - a.ms || byText(b.event.id, a.event.id))
    .map(({ event }) => event)
}
