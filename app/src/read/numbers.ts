// The server's numbers with what this phone did, and the server has not counted yet, counted in.

import type { Day, Item, Log, NumbersView, World } from '../engine/contract'
import { monthStart } from '../rules/civil'
import { isOpen, onPlan } from '../rules/overdue'
import type { Readers } from './book'
import type { Layer } from './layer'
import { overlay } from './overlay'

type Row = NumbersView['rows'][number]
type Counts = Omit<Row, 'kind'>

export const numbers: Readers['numbers'] = async under => {
  const book = await overlay(under)
  const [world, today] = await Promise.all([book.world(), book.today()])
  if (!world) return []
  const changes = changesOf(book.layer)
  const months = [...new Set(world.numbers.map(n => n.month))].sort().reverse()
  return months.map(month => ({
    month,
    elapsed: elapsed(world, month, today),
    rows: world.numbers
      .filter(n => n.month === month)
      .map(({ month: _, ...row }) => adjusted(row, month, changes, world, today)),
  }))
}

type Changes = { before: Item[]; after: Item[]; logs: Log[] }

function changesOf({ itemsBefore, items, logs }: Layer): Changes {
  return {
    before: [...itemsBefore.values()].filter((i): i is Item => i !== null),
    after: [...items.values()],
    logs: [...logs.values()],
  }
}

/** Counting what the work touched as it was and as it is: the difference is what the server has not counted. */
function adjusted(row: Row, month: Day, { before, after, logs }: Changes, world: World, today: Day): Row {
  const mine = (i: Item) => i.repId === world.user.id && i.kind === row.kind && monthStart(i.day) === month
  const was = countItems(before.filter(mine), today)
  const is = countItems(after.filter(mine), today)
  const made = logs.filter(l => l.log.kind === row.kind && monthStart(l.log.day) === month)
  const reached = made.filter(l => l.log.reached).length
  const planned = row.planned + is.planned - was.planned
  const done = row.done + is.done - was.done
  return {
    kind: row.kind,
    planned,
    scheduled: row.scheduled + is.scheduled - was.scheduled,
    done,
    remaining: planned - done,
    reached: row.reached + reached,
    attempts: row.attempts + made.length - reached,
  }
}

const countItems = (items: Item[], today: Day): Pick<Counts, 'planned' | 'scheduled' | 'done'> => ({
  planned: items.filter(onPlan).length,
  scheduled: items.filter(i => isOpen(i) && i.day >= today).length,
  done: items.filter(i => i.status === 'DONE').length,
})

/** Working days of the month before today, as a share of all of them. */
function elapsed(world: World, month: Day, today: Day): number {
  if (monthStart(today) > month) return 1
  const days = world.calendar.filter(d => monthStart(d.day) === month && d.minutes > 0)
  return days.length === 0 ? 0 : days.filter(d => d.day < today).length / days.length
}
