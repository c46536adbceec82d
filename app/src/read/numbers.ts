// The server's numbers with what this phone did, and the server has not counted yet, counted in: care/numbers.go.

import type { Day, Item, Kind, NumbersView, World } from '../engine/contract'
import { addMonths, monthStart } from '../rules/civil'
import { isOpen } from '../rules/overdue'
import type { Readers } from './book'
import { KINDS } from './effects/log'
import type { Layer } from './layer'
import { overlay } from './overlay'

type Row = NumbersView['rows'][number]
/** What the work of this phone adds to a month and kind; planned is open and done. */
type Change = { open: number; scheduled: number; done: number; reached: number; attempts: number }

/** This month and the one before. */
export const numbers: Readers['numbers'] = async under => {
  const book = await overlay(under)
  const [world, today] = await Promise.all([book.world(), book.today()])
  if (!world) return []
  const changes = changesOf(book.layer, world.user.id, today)
  const thisMonth = monthStart(today)
  return [thisMonth, addMonths(thisMonth, -1)].map(month => ({
    month,
    elapsed: elapsed(world, month, today),
    rows: KINDS.flatMap(kind => rowOf(world, changes, month, kind)),
  }))
}

/** What is open counts for whom it is planned, in the month of its day; what is done for who made the contact that
 *  closed it, in the month of that contact; so no contact counts for two people. */
function changesOf(layer: Layer, me: string, today: Day): Map<string, Change> {
  const changes = new Map<string, Change>()
  const at = (day: Day, kind: Kind): Change => {
    const key = cell(monthStart(day), kind)
    const change = changes.get(key) ?? { open: 0, scheduled: 0, done: 0, reached: 0, attempts: 0 }
    changes.set(key, change)
    return change
  }
  const count = (item: Item | null | undefined, by: 1 | -1) => {
    if (!item || !isOpen(item) || (item.repId !== me && item.expertId !== me)) return
    at(item.day, item.kind).open += by
    if (item.day >= today) at(item.day, item.kind).scheduled += by
  }
  for (const [id, before] of layer.itemsBefore) {
    count(before, -1)
    count(layer.items.get(id), 1)
  }
  for (const [id, day] of layer.doneOn) {
    const item = layer.items.get(id)
    if (item) at(day, item.kind).done++
  }
  for (const { log } of layer.logs.values()) at(log.day, log.kind)[log.reached ? 'reached' : 'attempts']++
  return changes
}

const cell = (month: Day, kind: Kind): string => `${month} ${kind}`

function rowOf(world: World, changes: Map<string, Change>, month: Day, kind: Kind): Row[] {
  const base = world.numbers.find(n => n.month === month && n.kind === kind)
  const change = changes.get(cell(month, kind))
  if (!base && !change) return []
  const sum = (of: 'scheduled' | 'done' | 'reached' | 'attempts') => (base?.[of] ?? 0) + (change?.[of] ?? 0)
  const planned = (base?.planned ?? 0) + (change ? change.open + change.done : 0)
  const done = sum('done')
  return [{
    kind, planned, scheduled: sum('scheduled'), done, remaining: planned - done, reached: sum('reached'),
    attempts: sum('attempts'),
  }]
}

/** Working days of the month before today, as a share of all of them. */
function elapsed(world: World, month: Day, today: Day): number {
  if (monthStart(today) > month) return 1
  const days = world.calendar.filter(d => monthStart(d.day) === month && d.minutes > 0)
  return days.length === 0 ? 0 : days.filter(d => d.day < today).length / days.length
}
