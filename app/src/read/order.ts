// The rest of today in the best order: what package order of the server calls a day, from the rows on the phone.

import type { Card, DayOrder, Item, ItemCard, Place, World } from '../engine/contract'
import { minuteIn } from '../rules/civil'
import { roadMinutes } from '../rules/distance'
import { bestOrder, MOST_STOPS, NOWHERE, type RestOfDay, type Stop, type Window } from '../rules/order'
import { onPlan } from '../rules/overdue'
import type { Readers } from './book'
import { itemCards, placeOf, tableFor, type Table } from './cards'
import { byRoute } from './day'
import { isProvisional } from './effects/made'
import { overlay } from './overlay'

/** Urgent contacts come before all others. */
const URGENT = 1000
/** Nobody works then: a customer who wants quiet all day has no hour left, and the order says so. */
const NEVER: Window[] = [{ from: 1439, to: 1440 }]

export const order: Readers['order'] = async (under, { here }) => {
  const book = await overlay(under)
  const today = await book.today()
  const items = (await book.itemsOn(today, today)).filter(onPlan).sort(byRoute)
  const table = await tableFor(book, items.map(i => i.accountId))
  // Rows of older versions of the app tell no routing.
  if (!table || !(table.world.routing as World['routing'] | undefined)) return null
  const cards = itemCards(table, items)
  const open = cards.filter(c => mine(c.item, table.world)).slice(0, MOST_STOPS)
  const { from, at, now } = begin(cards, table.world, minuteIn(book.now(), table.world.zone), here)
  const day = new Rest(table, at, now).of(open)
  const plan = bestOrder(day)
  return {
    day: today, from,
    visits: plan.visits.map(v => ({ card: open[v.stop]!, start: v.start, travel: v.travel, was: v.stop })),
    left: plan.left.map(l => ({ card: open[l.stop]!, why: l.why })),
    roadBefore: roadOf(day, plan.visits.map(v => v.stop)), road: plan.travel, done: plan.done, missed: plan.missed, best: plan.best,
  }
}

const mine = (item: Item, world: World): boolean =>
  item.status === 'OPEN' && item.repId === world.user.id && !isProvisional(item.id)

type Begin = { from: DayOrder['from']; at: Place | null; now: number }

/** Where and when the rest of the day begins. Who is at a customer's goes on from there, when the visit is over. */
function begin(cards: ItemCard[], world: World, now: number, here: Place | undefined): Begin {
  const started = cards.findLast(c => c.item.status === 'STARTED' && c.item.kind === 'HOME_VISIT' && c.place)
  if (started) {
    const since = started.item.startedAt ? minuteIn(started.item.startedAt, world.zone) : now
    return { from: 'started', at: started.place, now: Math.max(now, since + started.item.minutes) }
  }
  if (here) return { from: 'here', at: here, now }
  const last = cards.filter(c => c.item.status === 'DONE' && c.item.kind === 'HOME_VISIT' && c.place)
    .sort((a, b) => (a.item.closedAt ?? '').localeCompare(b.item.closedAt ?? '')).at(-1)
  if (last) return { from: 'last', at: last.place, now }
  const home = homeOf(world)
  return { from: home ? 'start' : 'nowhere', at: home, now }
}

const homeOf = ({ routing: { startLat: lat, startLng: lng } }: World): Place | null =>
  lat === null || lng === null ? null : { lat, lng }

/** Turns contacts into a day that can be ordered. */
class Rest {
  private readonly places: Place[] = []

  constructor(private readonly table: Table, private readonly at: Place | null, private readonly now: number) {}

  of(open: ItemCard[]): RestOfDay {
    const { world, today } = this.table
    const { routing } = world
    const hours = world.calendar.find(c => c.day === today)?.hours ?? []
    const from = this.number(this.at)
    const to = this.number(homeOf(world))
    const stops = open.map(c => this.stop(c))
    const travel = this.places.map(a => this.places.map(b => roadMinutes(a, b, routing.detour, routing.kmPerHour)))
    const end = hours.at(-1)?.to ?? 0
    const back = from === NOWHERE || to === NOWHERE ? 0 : travel[from]![to]!
    // An appointment in the evening lets the day end when it ends; so does a way home that is too long already.
    const late = this.now + back > end || stops.some(s => s.at !== null && s.at + s.minutes > end)
    return {
      now: this.now, from, to, stops, wish: routing.wish,
      // On a day off nobody asks for hours.
      shifts: hours.length > 0 ? hours : [{ from: 0, to: 1440 }],
      until: late ? 0 : end, travel,
    }
  }

  private number(place: Place | null): number {
    if (!place) return NOWHERE
    const known = this.places.findIndex(p => p.lat === place.lat && p.lng === place.lng)
    return known >= 0 ? known : this.places.push(place) - 1
  }

  private stop({ item }: ItemCard): Stop {
    const card = this.table.cards.get(item.accountId)!
    const visit = item.kind === 'HOME_VISIT'
    const agreed = item.startMin > 0 && (item.atFixed || item.expertId !== null || item.with.length > 0)
    return {
      place: visit ? this.number(placeOf(card)) : NOWHERE, minutes: Math.max(1, item.minutes),
      windows: this.windows(card, visit), preferred: card.account.preferred,
      at: agreed ? item.startMin : null, priority: item.priority + (item.urgent ? URGENT : 0),
    }
  }

  /** The hours of the kind less the customer's quiet hours. */
  private windows(card: Card, visit: boolean): Window[] {
    const { visitHours, callHours } = this.table.world.routing
    const open = card.account.quiet.reduce(without, visit ? visitHours : callHours)
    return open.length > 0 ? open : NEVER
  }
}

const without = (windows: Window[], quiet: Window): Window[] =>
  windows.flatMap(w => [{ from: w.from, to: Math.min(w.to, quiet.from) }, { from: Math.max(w.from, quiet.to), to: w.to }])
    .filter(w => w.from < w.to)

/** Minutes on the road when stops are made in the order they have now. */
function roadOf({ stops, from, to, travel }: RestOfDay, made: number[]): number {
  const places = [from, ...stops!.filter((_, i) => made.includes(i)).map(s => s.place), to].filter(p => p !== NOWHERE)
  return places.slice(1).reduce((sum, place, n) => sum + travel![places[n]!]![place]!, 0)
}
