import type { Card, Case, Item, Place, World } from '../../src/engine/contract'
import { addDays, instantAt, weekday } from '../../src/rules/civil'
import { travelMinutes } from '../../src/rules/distance'
import type { Dice } from './dice'
import { anItem, EXPERT, ZONE } from './make'

type Facts = { cards: Card[]; cases: Case[]; world: World; today: string }
type Words = Item['reasons'][number]

/** Four weeks, each working day in the order of its route; today partly done; some left over from earlier days. */
export function planFor(facts: Facts, d: Dice): Item[] {
  const { world, today } = facts
  const days = world.calendar.filter(c => c.minutes > 0 && c.day >= today && c.day <= addDays(today, 27)).map(c => c.day)
  if (!days.includes(today)) days.unshift(today)
  const items = days.flatMap((day, n) => routeOf(facts, day, n, d))
  return [...leftOver(facts), ...underWay(items, today)]
}

function routeOf({ cards, cases, today }: Facts, day: string, n: number, d: Dice): Item[] {
  const count = weekday(day) === 6 ? 5 : 10
  const taken = Array.from({ length: count }, (_, k) => cards[(n * 11 + k * 3) % cards.length]).filter(c => c !== undefined)
  const chosen = nearestNext([...new Set(n === 0 ? [...cards.filter(c => ['a05', 'a02'].includes(c.account.id)), ...taken] : taken)])
  let [minute, before] = [540, null as Place | null]
  return chosen.map((card, k): Item => {
    const { id, lat, lng, frail } = card.account
    const stop = cases.find(c => c.case.accountId === id && c.case.kind === 'STOP')
    const visit = stop !== undefined || (lat !== null && k % 2 === 0)
    const here = visit && lat !== null && lng !== null ? { lat, lng } : null
    const travel = here && before ? travelMinutes(before, here, 'EBIKE') : here ? 12 : 0
    const minutes = visit ? (frail ? 55 : 40) : 10
    const startMin = minute + travel
    if (startMin < 720 && startMin + minutes > 720) minute = 840
    else minute = startMin + minutes
    before = here ?? before
    const soon = card.nextDates.some(next => next >= day && next <= addDays(day, 3))
    return anItem({
      id: `i-${day}-${id}`, accountId: id, day, kind: visit ? 'HOME_VISIT' : 'CALL', orKind: visit && !stop ? 'CALL' : null,
      startMin: minute === 840 ? 840 : startMin, seq: k + 1, travel, minutes, earliestOn: addDays(day, -2),
      dueOn: stop ? stop.case.dueOn : addDays(day, d.upTo(4) - 1), latestOn: addDays(day, 3), priority: stop ? 100 : 50,
      urgent: stop !== undefined && day === today, pinned: k === 4, atFixed: k === 4, caseId: stop?.case.id ?? null,
      with: k === 2 && visit ? ['EXPERT'] : [], expertId: k === 2 && visit ? EXPERT : null,
      script: stop ? 'STOP_EFFECT' : soon ? 'BIRTHDAY' : 'ROUTINE',
      reasons: reasonsOf(card, stop, visit, soon), objectives: stop ? STOP : visit ? VISIT : [],
    })
  })
}

/** Each next home is the nearest of those left. */
function nearestNext(cards: Card[]): Card[] {
  const left = [...cards]
  const route: Card[] = []
  for (let at = left.shift(); at; ) {
    route.push(at)
    const from = at
    left.sort((a, b) => apart(from, a) - apart(from, b))
    at = left.shift()
  }
  return route
}

const apart = ({ account: a }: Card, { account: b }: Card): number =>
  Math.hypot((a.lat ?? 36.65) - (b.lat ?? 36.65), (a.lng ?? 117.02) - (b.lng ?? 117.02))

const VISIT = [
  { code: 'CHECK_USE', zh: '是否在用，怎么用', en: 'is it used, and how' },
  { code: 'RECORD_EFFECT', zh: '记录明显效果', en: 'record clear effects' },
  { code: 'DEEPEN_BOND', zh: '加深感情', en: 'deepen the bond' },
]
const STOP = [
  { code: 'HEAR_REASON', zh: '听清原因', en: 'hear the reason' },
  { code: 'COMPARE_EFFECT', zh: '对比使用前后效果', en: 'compare the effect before and after' },
  { code: 'AGREE_REMEDY', zh: '商定补救办法', en: 'agree a remedy' },
]

/** D4: a visit and a call every so many days. */
const EVERY = {
  THIS_MONTH: [5, 2], WITHIN_2_MONTHS: [7, 3], WITHIN_3_MONTHS: [15, 7], LATER: [30, 15], UNKNOWN: [15, 10],
} as const

function reasonsOf(card: Card, stop: Case | undefined, visit: boolean, soon: boolean): Words[] {
  const { horizon, expectedOn } = card.account
  const every = EVERY[horizon ?? 'UNKNOWN'][visit ? 0 : 1]
  const what = visit ? ['家访', 'home visit'] : ['电话', 'call']
  const reasons: Words[] = []
  if (stop) reasons.push({ rule: 'D7', code: 'STOP', zh: `D7：${stop.case.openedOn}停服`, en: `D7: stopped on ${stop.case.openedOn}` })
  reasons.push(expectedOn === null
    ? { rule: 'D3', code: 'ROUTINE_VISIT', zh: `D3：日常维护，每${every}天${what[0]}一次`, en: `D3: routine care, ${what[1]} every ${every} days` }
    : { rule: 'D4', code: 'HORIZON_VISIT_DATED', zh: `D4：预计${expectedOn}续购，每${every}天${what[0]}一次`,
      en: `D4: next purchase expected ${expectedOn}, ${what[1]} every ${every} days` })
  if (soon) reasons.push({ rule: 'D6', code: 'DATE', zh: 'D6：家里有生日', en: 'D6: a birthday in the family' })
  return reasons
}

function leftOver({ cards, today }: Facts): Item[] {
  return [[12, 9, 'HOME_VISIT'], [17, 4, 'CALL'], [30, 2, 'HOME_VISIT']].flatMap(([k, back, kind]) => {
    const card = cards[Number(k)]
    if (!card) return []
    const day = addDays(today, -Number(back))
    const visit = kind === 'HOME_VISIT'
    return [anItem({
      id: `i-left-${card.account.id}`, accountId: card.account.id, day, kind: visit ? 'HOME_VISIT' : 'CALL', seq: 3, startMin: 620,
      minutes: visit ? 40 : 10, travel: visit ? 9 : 0, reasons: reasonsOf(card, undefined, visit, false), objectives: visit ? VISIT : [],
    })]
  })
}

/** At whatever hour somebody looks, a third of today is done and one visit is under way. */
function underWay(items: Item[], today: string): Item[] {
  const calm = items.filter(i => i.day === today && !i.urgent)
  const done = calm.slice(0, Math.ceil(calm.length / 3))
  const started = calm[done.length]
  return items.map(i => {
    if (i !== started && !done.includes(i)) return i
    const startedAt = instantAt(today, i.startMin, ZONE)
    if (i === started) return { ...i, status: 'STARTED', startedAt }
    return { ...i, status: 'DONE', startedAt, closedAt: instantAt(today, i.startMin + i.minutes, ZONE) }
  })
}
