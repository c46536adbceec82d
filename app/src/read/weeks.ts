import type { Day, DayLoad, ItemCard, World } from '../engine/contract'
import { daysFrom } from '../rules/civil'
import { onPlan } from '../rules/overdue'
import type { Readers } from './book'
import { itemCards, tableFor } from './cards'
import { byRoute, minutesOf } from './day'
import { overlay } from './overlay'

/** The plan from one day to another: the load of each day against the time it has, and what found no room. */
export const weeks: Readers['weeks'] = async (under, { from, to }) => {
  const book = await overlay(under)
  const items = (await book.itemsOn(from, to)).filter(onPlan).sort(byRoute)
  const world = await book.world()
  const shed = world?.shed ?? []
  const table = await tableFor(book, [...items, ...shed].map(i => i.accountId))
  const byDay = new Map<Day, ItemCard[]>()
  for (const card of table ? itemCards(table, items) : []) {
    byDay.set(card.item.day, [...(byDay.get(card.item.day) ?? []), card])
  }
  return {
    today: await book.today(),
    days: daysFrom(from, to).map(day => loadOf(day, byDay.get(day) ?? [], world)),
    shed: shed.flatMap(s => {
      const card = table?.cards.get(s.accountId)
      return card ? [{ ...s, name: card.account.name }] : []
    }),
  }
}

function loadOf(day: Day, items: ItemCard[], world: World | null): DayLoad {
  const working = world?.calendar.find(d => d.day === day)
  const visits = items.filter(c => c.item.kind === 'HOME_VISIT').length
  return {
    day,
    capacity: working?.minutes ?? 0,
    minutes: minutesOf(items),
    visits,
    calls: items.length - visits,
    holiday: working?.holiday ?? false,
    onLeave: working?.onLeave ?? false,
    items,
  }
}
