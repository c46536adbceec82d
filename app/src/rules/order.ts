// The rest of a day in the best order, on the phone alone: package order of the server in TypeScript, held to it by the
// vectors in schedule/order/testdata. Minutes count from midnight.

export type Window = { from: number; to: number }

/** The place of a call, and of a start or an end that nobody named. */
export const NOWHERE = -1
export const MOST_STOPS = 50
/** Beyond so many stops the order is only a good one. */
const MOST_EXACT = 14

export type Stop = {
  /** A row of `travel`, or NOWHERE for a call: it is made anywhere and takes its time from the way. */
  place: number
  minutes: number
  /** The hours in which it may lie, none meaning all; `preferred` are wished, not held. */
  windows: Window[] | null
  preferred: Window[] | null
  /** Binds it to a minute, whatever the hours: an appointment. */
  at: number | null
  /** Says what is left out last; appointments come before all others. */
  priority: number
}

export type RestOfDay = {
  now: number
  from: number
  to: number
  /** By when the day must be over, the way to `to` included; 0 for no such minute. */
  until: number
  travel: number[][] | null
  /** Working hours in order; breaks lie between them. */
  shifts: Window[] | null
  /** What a stop outside its preferred hours costs, in minutes on the road. */
  wish: number
  /** In the order the day has now. */
  stops: Stop[] | null
}

/** Why a stop has no place: its hours are over; it cannot be reached in time; what is as important takes the time. */
export type Why = 'HOURS_OVER' | 'TOO_FAR' | 'NO_ROOM'

export type Plan = {
  visits: { stop: number; start: number; travel: number }[]
  left: { stop: number; why: Why }[]
  /** Minutes on the road, the way to the end included. */
  travel: number
  missed: number
  done: number
  /** No order is better. */
  best: boolean
}

type Span = readonly [from: number, to: number]

type Task = {
  place: number
  minutes: number
  starts: Span[]
  liked: Span[]
  pleased: boolean
  /** It may begin after the day must be over. */
  late: boolean
  /** What leaving it out loses. */
  weight: number
  /** The shortest way there from anywhere. */
  nearest: number
  /** A stop before it that differs in nothing, -1 for none: that one is done first. */
  twin: number
}

/** A beginning of the day: some stops in some order, and where and when it leaves the rep. */
type Label = {
  set: number
  place: number
  free: number
  /** When the rep left the place, calls since then added: calls and ways share the time. */
  left: number
  cost: number
  missed: number
  kept: number
  before: Label | null
  stop: number
  start: number
  /** The last stop with a place. */
  visit: number
  travel: number
  beaten: boolean
}

type Score = { lost: number; cost: number; done: number }
type Hope = { label: Label; bound: Score }

const NEVER = 2 ** 20
const WORST: Score = { lost: Infinity, cost: 0, done: 0 }
const MOST_LABELS = 40_000
const BEAM_WIDTH = 500
const DIVE_WIDTH = 50
const MOST_ROUNDS = 6

/** Orders a day: first as little as can be is left out, the important last; then minutes on the road and missed wishes
 *  count, then the end. Of equally good orders the one the day has now wins. Throws a RangeError for too many stops. */
export function bestOrder(day: RestOfDay): Plan {
  const stops = day.stops ?? []
  if (stops.length > MOST_STOPS) throw new RangeError(`${stops.length} stops: at most ${MOST_STOPS}`)
  const s = new Search(day)
  s.settle(s.inOrder(stops.map((_, i) => i)))
  s.settle(s.improved(s.inserted()))
  const best = s.find()
  s.likeGiven()
  return s.plan(best)
}

const less = (a: Score, b: Score): boolean => compare(a, b) < 0

const compare = (a: Score, b: Score): number =>
  (a.lost === b.lost ? 0 : a.lost - b.lost) || a.cost - b.cost || a.done - b.done

/** Sets are sums of powers of two: they may have more members than a whole number has bits. */
const has = (set: number, i: number): boolean => Math.floor(set / 2 ** i) % 2 === 1

const beats = (a: Label, b: Label): boolean => a.free <= b.free && a.left <= b.left && a.cost <= b.cost

/** The first start from a minute on, NEVER when there is none. */
function first(spans: Span[], from: number): number {
  for (const [a, b] of spans) if (b >= from) return Math.max(from, a)
  return NEVER
}

/** The starts of something that lies within one of the windows. */
const inside = (windows: Window[] | null, minutes: number): Span[] =>
  (windows ?? []).filter(w => w.from <= w.to - minutes).map(w => [w.from, w.to - minutes])

const meet = (a: Span[], b: Span[]): Span[] =>
  a.flatMap(x => b.map((y): Span => [Math.max(x[0], y[0]), Math.min(x[1], y[1])]))
    .filter(([from, to]) => from <= to)
    .sort((x, y) => x[0] - y[0] || x[1] - y[1])

function startsOf(day: RestOfDay, stop: Stop): Span[] {
  const rest: Span[] = [[day.now, NEVER]]
  if (stop.at !== null) return meet(rest, [[stop.at, stop.at]])
  const worked = meet(rest, inside(day.shifts, stop.minutes))
  return stop.windows?.length ? meet(worked, inside(stop.windows, stop.minutes)) : worked
}

const rank = (a: Stop, b: Stop): number => Number(a.at !== null) - Number(b.at !== null) || a.priority - b.priority

/** A weight for every stop such that one of a class outweighs all of the classes below. */
function weigh(stops: Stop[]): number[] {
  const order = stops.map((_, i) => i).sort((a, b) => rank(stops[a]!, stops[b]!))
  const out: number[] = []
  let [weight, below] = [1, 0]
  order.forEach((i, n) => {
    if (n > 0 && rank(stops[order[n - 1]!]!, stops[i]!) !== 0) weight = below + 1
    out[i] = weight
    below += weight
  })
  return out
}

const wayOf = (day: RestOfDay, from: number, to: number): number =>
  from < 0 || to < 0 || from === to ? 0 : day.travel![from]![to]!

function nearest(day: RestOfDay, stops: Stop[], i: number): number {
  const { place } = stops[i]!
  if (place < 0 || day.from < 0) return 0
  const others = stops.filter((o, j) => j !== i && o.place >= 0).map(o => wayOf(day, o.place, place))
  return Math.min(day.travel![day.from]![place]!, ...others)
}

function tasksOf(day: RestOfDay): Task[] {
  const stops = day.stops ?? []
  const weights = weigh(stops)
  const tasks: Task[] = []
  stops.forEach((stop, i) => {
    const starts = startsOf(day, stop)
    const task: Task = {
      place: stop.place, minutes: stop.minutes, starts, liked: meet(starts, inside(stop.preferred, stop.minutes)),
      pleased: stop.at !== null || !stop.preferred?.length, late: day.until > 0 && first(starts, day.until) !== NEVER,
      weight: weights[i]!, nearest: nearest(day, stops, i), twin: -1,
    }
    const looks = JSON.stringify({ ...task, nearest: 0 })
    tasks.forEach((other, j) => {
      if (JSON.stringify({ ...other, nearest: 0, twin: -1 }) === looks) task.twin = j
    })
    tasks.push(task)
  })
  return tasks
}

/** The minutes of the hours a task takes: none for a call that may be made after them. */
const work = (t: Task): number => (t.place >= 0 || !t.late ? t.minutes : 0)

/** The minutes of the day it takes at least, the shortest way there included. */
const need = (t: Task): number => t.nearest + work(t)

/** The tasks from the most important on, those of one class in an order of their own. */
const ranked = (tasks: Task[], by: (t: Task) => number): number[] =>
  tasks.map((_, i) => i).sort((a, b) => tasks[b]!.weight - tasks[a]!.weight || by(tasks[a]!) - by(tasks[b]!))

/** When the rep may set out: with the first shift, unless an appointment comes before it. */
function dawnOf(day: RestOfDay): number {
  const shift = day.shifts?.[0]
  if (!shift || day.stops?.some(s => s.at !== null && s.at < shift.from)) return day.now
  return Math.max(day.now, shift.from)
}

/** The ways from everywhere to everywhere when they may lead over other places. */
function shortest(travel: number[][]): number[][] {
  const out = travel.map((row, i) => row.map((way, j) => (i === j ? 0 : way)))
  out.forEach((onwards, over) => {
    for (const row of out) onwards.forEach((way, j) => { row[j] = Math.min(row[j]!, row[over]! + way) })
  })
  return out
}

/** The shortest road over any choice of visits to the end, hours left aside: what no day can beat. */
class Rest {
  readonly bit: number[]
  private readonly n: number
  private readonly table: Int32Array
  private readonly start: Int32Array

  constructor(private readonly day: RestOfDay, stops: Stop[]) {
    const places: number[] = []
    this.bit = stops.map(s => (s.place < 0 ? -1 : places.push(s.place) - 1))
    this.n = places.length
    this.table = new Int32Array(this.n << this.n)
    this.start = new Int32Array(1 << this.n)
    this.fill(places)
  }

  static of(day: RestOfDay, stops: Stop[]): Rest | null {
    return stops.filter(s => s.place >= 0).length > MOST_EXACT ? null : new Rest(day, stops)
  }

  road(choice: number, from: number): number {
    return (from < 0 ? this.start[choice] : this.table[choice * this.n + this.bit[from]!])!
  }

  private fill(places: number[]) {
    const { day, n, table, start } = this
    const ways = places.map(from => places.map(to => wayOf(day, from, to)))
    const dawn = places.map(to => wayOf(day, day.from, to))
    places.forEach((from, v) => { table[v] = wayOf(day, from, day.to) })
    start[0] = wayOf(day, day.from, day.to)
    for (let c = 1; c < 1 << n; c++) {
      ways.forEach((row, v) => { if (!(c >> v & 1)) table[c * n + v] = this.over(c, row) })
      start[c] = this.over(c, dawn)
    }
  }

  private over(choice: number, ways: number[]): number {
    let best = NEVER
    for (let u = 0; u < this.n; u++) {
      if (choice >> u & 1) best = Math.min(best, ways[u]! + this.table[(choice & ~(1 << u)) * this.n + u]!)
    }
    return best
  }
}

/** Looks for the best order by the sets of stops done and the place of the last (Held and Karp). Of beginnings with the
 *  same set and place it keeps those that none other beats, and drops those that cannot become the best day. */
class Search {
  private readonly tasks: Task[]
  private readonly total: number
  private readonly until: number
  private readonly dawn: Label
  private readonly short: number[][]
  private readonly last: number
  private readonly rest: Rest | null
  /** The tasks by class: by what they need, by how near they are. */
  private readonly quick: number[]
  private readonly close: number[]
  private best: Label
  private score: Score
  /** By place and set. */
  private fronts = new Map<number, Map<number, Label[]>>()

  constructor(private readonly day: RestOfDay) {
    const stops = day.stops ?? []
    this.tasks = tasksOf(day)
    this.total = this.tasks.reduce((sum, t) => sum + t.weight, 0)
    this.until = day.until > 0 ? day.until : NEVER
    this.short = shortest(day.travel ?? [])
    this.last = Math.min(NEVER, ...this.tasks.filter(t => t.place >= 0).map(t => this.way(t.place, day.to)))
    this.rest = Rest.of(day, stops)
    this.quick = ranked(this.tasks, need)
    this.close = ranked(this.tasks, t => t.nearest)
    this.dawn = {
      set: 0, place: day.from, free: day.now, left: dawnOf(day), cost: 0, missed: 0, kept: 0, before: null, stop: -1, start: 0,
      visit: -1, travel: 0, beaten: false,
    }
    this.best = this.dawn
    this.score = this.finish(this.dawn).score
  }

  settle(last: Label) {
    const { score, ok } = this.finish(last)
    if (ok && less(score, this.score)) [this.best, this.score] = [last, score]
  }

  /** Tells whether the best day it found is the best there is. */
  find(): boolean {
    if (this.tasks.length > MOST_EXACT) {
      this.run(BEAM_WIDTH)
      return false
    }
    return this.run(DIVE_WIDTH) || this.run(MOST_LABELS)
  }

  private run(width: number): boolean {
    let whole = true
    let layer = [this.dawn]
    for (let n = 0; n < this.tasks.length; n++) {
      let hopes = this.hopes(layer)
      if (hopes.length > width) {
        hopes = hopes.sort((a, b) => compare(a.bound, b.bound) || a.label.free - b.label.free).slice(0, Math.min(width, BEAM_WIDTH))
        whole = false
      }
      layer = this.grow(hopes)
    }
    this.hopes(layer)
    return whole
  }

  /** The beginnings that can still become a better day than the best so far. */
  private hopes(layer: Label[]): Hope[] {
    const alive = layer.filter(l => !l.beaten)
    for (const l of alive) this.settle(l)
    return alive.map(label => ({ label, bound: this.bound(label) })).filter(h => less(h.bound, this.score))
  }

  /** A score that no day with this beginning can beat: what cannot be reached any more is lost, all others lie on the
   *  shortest road there is. When even that takes too long, some of them are lost too. */
  private bound(l: Label): Score {
    let [ahead, weight, least, hours, way, visits] = [0, 0, 0, 0, 0, 0]
    let anyVisit = false
    this.tasks.forEach((t, i) => {
      if (has(l.set, i) || first(t.starts, this.soonest(l, t)) === NEVER) return
      ahead += 2 ** i
      if (weight === 0 || t.weight < least) least = t.weight
      weight += t.weight
      hours += work(t)
      if (t.place < 0) return
      anyVisit = true
      way += t.nearest
      if (this.rest) visits |= 1 << this.rest.bit[i]!
    })
    const road = !anyVisit ? this.back(l) : this.rest ? this.rest.road(visits, l.visit) : way + this.last
    if (l.left + road + hours > this.until && weight > 0) return this.crowded(l, ahead, weight, least)
    return { lost: this.total - l.kept - weight, cost: l.cost + road, done: Math.max(l.free, l.left + road + hours) }
  }

  /** The bound when not all that is ahead has room: of each class, the most important first, as many as there is time for,
   *  were the quickest of them chosen and each the next to its neighbour; their road is that of the nearest. */
  private crowded(l: Label, ahead: number, weight: number, least: number): Score {
    const end = Math.min(this.last, this.back(l))
    const room = new Map<number, number>()
    let [spare, kept, road] = [this.until - l.left - end, 0, end]
    for (const i of this.quick) {
      const t = this.tasks[i]!
      if (!has(ahead, i) || need(t) > spare) continue
      spare -= need(t)
      kept += t.weight
      room.set(t.weight, (room.get(t.weight) ?? 0) + 1)
    }
    const lost = this.total - l.kept - kept
    if (kept === weight) return { lost: lost + least, cost: l.cost, done: l.free }
    for (const i of this.close) {
      const t = this.tasks[i]!
      const left = room.get(t.weight) ?? 0
      if (!has(ahead, i) || left === 0) continue
      road += t.nearest
      room.set(t.weight, left - 1)
    }
    return { lost, cost: l.cost + road, done: l.free }
  }

  private soonest(l: Label, t: Task): number {
    return t.place < 0 || l.place < 0 ? l.free : Math.max(l.free, l.left + this.short[l.place]![t.place]!)
  }

  /** All beginnings that are one stop longer. */
  private grow(hopes: Hope[]): Label[] {
    const next: Label[] = []
    this.fronts = new Map()
    for (const { label } of hopes) {
      this.tasks.forEach((t, i) => {
        if (has(label.set, i) || (t.twin >= 0 && !has(label.set, t.twin))) return
        for (const n of this.follow(label, i)) if (this.enter(n)) next.push(n)
      })
    }
    return next
  }

  private enter(n: Label): boolean {
    const there = this.fronts.get(n.place) ?? new Map<number, Label[]>()
    const front = there.get(n.set) ?? []
    if (front.some(l => beats(l, n))) return false
    for (const l of front) l.beaten ||= beats(n, l)
    this.fronts.set(n.place, there.set(n.set, [n, ...front.filter(l => !l.beaten)]))
    return true
  }

  /** What comes of doing a stop next: at the first minute, and where that misses a wish, at the first that does not. */
  private follow(l: Label, i: number): Label[] {
    const t = this.tasks[i]!
    const from = t.place < 0 || l.place < 0 ? l.free : Math.max(l.free, l.left + this.way(l.place, t.place))
    const soon = first(t.starts, from)
    if (soon === NEVER) return []
    if (t.pleased) return this.made(l, i, soon, false)
    const wished = first(t.liked, from)
    const now = this.made(l, i, soon, wished !== soon)
    return wished === soon || wished === NEVER ? now : [...now, ...this.made(l, i, wished, false)]
  }

  private made(l: Label, i: number, start: number, missed: boolean): Label[] {
    const t = this.tasks[i]!
    const n: Label = {
      ...l, set: l.set + 2 ** i, free: start + t.minutes, kept: l.kept + t.weight, before: l, stop: i, start, travel: 0, beaten: false,
    }
    if (missed) {
      n.missed++
      n.cost += this.day.wish
    }
    if (t.place >= 0) {
      n.travel = this.way(l.place, t.place)
      n.cost += n.travel
      n.place = t.place
      n.left = n.free
      n.visit = i
    } else if (start < this.until) n.left += t.minutes // a call after hours is made from home
    const home = n.place < 0 || this.day.to < 0 ? 0 : this.short[n.place]![this.day.to]!
    return n.left + home > this.until ? [] : [n]
  }

  private finish(l: Label): { score: Score; ok: boolean } {
    const back = this.back(l)
    return { score: { lost: this.total - l.kept, cost: l.cost + back, done: Math.max(l.free, l.left + back) }, ok: l.left + back <= this.until }
  }

  private back(l: Label): number {
    return this.way(l.place, this.day.to)
  }

  private way(from: number, to: number): number {
    return wayOf(this.day, from, to)
  }

  /** Does stops in an order, leaves out those that cannot be done in their turn, and answers the best end. */
  inOrder(seq: number[]): Label {
    let labels = [this.dawn]
    for (const i of seq) {
      const next = this.after(labels, i)
      if (next.length > 0) labels = next
    }
    let [best, found] = [labels[0]!, WORST]
    for (const l of labels) {
      const { score, ok } = this.finish(l)
      if (ok && less(score, found)) [best, found] = [l, score]
    }
    return best
  }

  private after(labels: Label[], i: number): Label[] {
    let out: Label[] = []
    for (const n of labels.flatMap(l => this.follow(l, i))) {
      if (!out.some(o => beats(o, n))) out = [...out.filter(o => !beats(n, o)), n]
    }
    return out
  }

  /** Puts in stop after stop, the important first, each at its cheapest place. */
  inserted(): number[] {
    const order = this.tasks.map((_, i) => i).sort((a, b) => this.tasks[b]!.weight - this.tasks[a]!.weight)
    return order.reduce<number[]>((seq, i) => this.cheapest(seq, i), [])
  }

  private cheapest(seq: number[], i: number): number[] {
    let [best, found] = [seq, this.worth(seq)]
    for (let p = 0; p <= seq.length; p++) {
      const grown = [...seq.slice(0, p), i, ...seq.slice(p)]
      const score = this.worth(grown)
      if (less(score, found)) [best, found] = [grown, score]
    }
    return best
  }

  /** Moves single stops for as long as that helps. */
  improved(seq: number[]): Label {
    for (let n = 0; n < MOST_ROUNDS; n++) {
      const before = this.worth(seq)
      this.tasks.forEach((_, i) => {
        const moved = this.cheapest(seq.filter(j => j !== i), i)
        if (less(this.worth(moved), this.worth(seq))) seq = moved
      })
      if (!less(this.worth(seq), before)) break
    }
    return this.inOrder(seq)
  }

  private worth(seq: number[]): Score {
    const { score, ok } = this.finish(this.inOrder(seq))
    return ok ? score : WORST
  }

  /** Takes the order the day has now for what is done, where that is as good. */
  likeGiven() {
    const last = this.inOrder(this.tasks.map((_, i) => i).filter(i => has(this.best.set, i)))
    const { score, ok } = this.finish(last)
    if (ok && compare(score, this.score) === 0) this.best = last
  }

  plan(best: boolean): Plan {
    const visits: Plan['visits'] = []
    for (let l = this.best; l.before; l = l.before) visits.unshift({ stop: l.stop, start: l.start, travel: l.travel })
    const left = this.tasks.flatMap((_, stop) => (has(this.best.set, stop) ? [] : [{ stop, why: this.why(stop) }]))
    const { missed } = this.best
    return { visits, left, travel: this.score.cost - missed * this.day.wish, missed, done: this.score.done, best }
  }

  private why(i: number): Why {
    if (this.tasks[i]!.starts.length === 0) return 'HOURS_OVER'
    return this.follow(this.dawn, i).some(l => this.finish(l).ok) ? 'NO_ROOM' : 'TOO_FAR'
  }
}
