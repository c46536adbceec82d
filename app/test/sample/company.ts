// A believable phone: a rep of a health products company in Jinan, forty households, their history of half a year and
// the plan of four weeks. The same each time for the same instant.

import type { Card, World } from '../../src/engine/contract'
import { addDays, addMonths, dayIn, instantAt, monthStart, weekday, ymd } from '../../src/rules/civil'
import { dice, type Dice } from './dice'
import { historyOf } from './history'
import { aCard, aWorld, BEFORE, EXPERT, REP, ZONE } from './make'
import { HOBBIES, NEIGHBOURHOODS, PEOPLE, TABOOS, TAGS } from './names'
import { planFor } from './plan'
import type { Rows } from './rows'

export function company(now: number, households = PEOPLE.length): Rows {
  const today = dayIn(now, ZONE)
  const d = dice(20260706)
  const cards = PEOPLE.slice(0, households).map((_, i) => household(i, today, d))
  const world = worldOf(today)
  const { logs, cases } = historyOf(cards, today, d)
  const items = planFor({ cards, cases, world, today }, d)
  for (const card of cards) {
    const open = items.filter(i => i.accountId === card.account.id && (i.status === 'OPEN' || i.status === 'STARTED'))
    card.account.nextDueOn = open.map(i => i.dueOn).sort()[0] ?? null
  }
  world.numbers = numbersOf(today)
  return { world, cards, items, logs, cases, work: [] }
}

function worldOf(today: string): World {
  const first = monthStart(today)
  const free = addDays(today, 9)
  return aWorld({
    today,
    company: '济南康健健康科技',
    people: [
      { id: REP, name: '李静', role: 'REP' }, { id: BEFORE, name: '赵磊', role: 'REP' },
      { id: EXPERT, name: '孙敏', role: 'EXPERT' }, { id: 'sup-zhou', name: '周建华', role: 'SUPERVISOR' },
      { id: 'mgr-wu', name: '吴敏', role: 'MANAGER' },
    ],
    products: [
      { id: 'p-fishoil', number: 'A01', name: '深海鱼油软胶囊', category: '心脑', price: 26800, supplyDays: 30 },
      { id: 'p-protein', number: 'A02', name: '乳清蛋白粉', category: '营养', price: 39800, supplyDays: 25 },
      { id: 'p-calcium', number: 'A03', name: '液体钙', category: '骨骼', price: 16800, supplyDays: 45 },
      { id: 'p-q10', number: 'A04', name: '辅酶Q10', category: '心脑', price: 32800, supplyDays: 30 },
      { id: 'p-probiotic', number: 'A05', name: '益生菌冻干粉', category: '肠道', price: 19800, supplyDays: 20 },
    ],
    leaves: [{ id: 'leave-1', userId: REP, fromDay: free, toDay: free, reason: '女儿家长会', granted: true }],
    calendar: Array.from({ length: 56 }, (_, i) => addDays(first, i)).map(day => ({
      day,
      minutes: weekday(day) === 0 || day === free ? 0 : weekday(day) === 6 ? 240 : 450,
      holiday: false,
      onLeave: day === free,
      hours: weekday(day) === 0 || day === free ? [] : weekday(day) === 6 ? [{ from: 510, to: 750 }] : [{ from: 510, to: 720 }, { from: 810, to: 1050 }],
    })),
    shed: [
      { accountId: 'a07', kind: 'HOME_VISIT', dueOn: addDays(today, 2), zh: '允许的日子都排满了', en: 'every allowed day is full' },
      { accountId: 'a19', kind: 'CALL', dueOn: addDays(today, 4), zh: '本周联系次数已到上限', en: 'the weekly cap is reached' },
    ].filter(s => Number(s.accountId.slice(1)) < PEOPLE.length) as World['shed'],
  })
}

const HORIZONS = ['THIS_MONTH', 'WITHIN_2_MONTHS', 'WITHIN_2_MONTHS', 'WITHIN_3_MONTHS', 'LATER', 'UNKNOWN'] as const
const EXPECTED_IN = { THIS_MONTH: 18, WITHIN_2_MONTHS: 44, WITHIN_3_MONTHS: 75, LATER: 130, UNKNOWN: null }

/** Within 5, 10 … 120 days. */
const CURVE = [
  0.07, 0.18, 0.31, 0.43, 0.53, 0.62, 0.67, 0.71, 0.74, 0.77, 0.79, 0.81, 0.83, 0.85, 0.865, 0.88, 0.89, 0.9, 0.907, 0.913, 0.918,
  0.922, 0.925, 0.928,
]

function household(i: number, today: string, d: Dice): Card {
  const id = `a${String(i).padStart(2, '0')}`
  const [name, pinyin, sex, birthYear] = PEOPLE[i] ?? ['', '', 'FEMALE', 1950]
  const home = NEIGHBOURHOODS[i % NEIGHBOURHOODS.length] ?? { district: '', name: '', lat: 0, lng: 0 }
  const horizon = d.of(HORIZONS)
  const expectedIn = EXPECTED_IN[horizon]
  const expectedOn = expectedIn === null ? null : addDays(today, expectedIn + d.upTo(9) - 4)
  const purchases = ordersOf(id, today, d)
  const stopped = i === 5 || i === 22
  const card = aCard({
    id, name, sex, birthYear, number: `JN${10238 + i * 17}`,
    phone: `13${5 + (i % 5)}${String(53100000 + i * 13577).padStart(8, '0')}`,
    address: `${home.district}${home.name}${1 + d.upTo(30)}号楼${1 + d.upTo(4)}单元${1 + d.upTo(6)}0${1 + d.upTo(2)}`,
    district: home.district,
    lat: i === 11 ? null : home.lat + (d.upTo(120) - 60) / 10_000,
    lng: i === 11 ? null : home.lng + (d.upTo(120) - 60) / 10_000,
    frail: birthYear < 1948, employer: d.of(['济南二机床', '省中医院', '山东大学', '济南铁路局', '']),
    job: d.of(['退休工人', '退休教师', '退休医生', '退休会计']), budget: 30_000 + d.upTo(12) * 10_000,
    manner: d.of(['爽快，爱开玩笑', '话不多，要慢慢来', '喜欢先聊家常']), habits: d.of(['早睡早起，午睡一小时', '晚上看新闻', '清早打太极']),
    hobbies: [d.of(HOBBIES)], interests: [d.of(['乳清蛋白粉', '辅酶Q10', '益生菌冻干粉'])], taboos: d.of(TABOOS),
    preferred: d.chance(0.5) ? [{ from: 540, to: 660 }] : [], quiet: [{ from: 720, to: 840 }],
    service: stopped ? 'STOPPED' : 'ON_PRODUCT', stopCause: stopped ? (i === 5 ? 'EFFECT_OR_QUALITY' : 'COMPETITOR') : null,
    grade: d.of([0, 20, 20, 40, 60, 80]), tier: d.of(['A', 'B', 'B', 'C', 'D', null]), horizon,
    lifecycle: purchases.length < 2 ? 'NEW' : 'ESTABLISHED', expectedOn, since: addDays(today, -200 - d.upTo(500)),
    purchases: purchases.length, spent: purchases.reduce((sum, p) => sum + p.purchase.amount, 0),
    lastPurchaseOn: purchases[0]?.purchase.day ?? null, source: d.of(['社区讲座', '老会员介绍', '门店']),
    referredBy: i % 7 === 3 ? 'a00' : null,
    optOuts: i === 14 ? [{ kind: 'MESSAGE', from: addDays(today, -60), to: null }] : [],
  }, { pinyin, purchases, tags: [...new Set([d.of(TAGS), d.of(TAGS)])].sort() })
  card.projection = expectedOn === null ? null : {
    day: today, expected: expectedOn, p30: 0.62, p60: 0.81, p90: 0.9, curve: CURVE, active: 0.93, horizon, source: null,
  }
  card.evidence = purchases[0] ? [
    { code: 'SUPPLY', zh: `${purchases[0].purchase.day}买的够用${purchases[0].purchase.supplyDays}天`,
      en: `bought ${purchases[0].purchase.day}, lasts ${purchases[0].purchase.supplyDays} days` },
    { code: 'RHYTHM', zh: '平常每38天购买一次', en: 'usually buys every 38 days' },
  ] : []
  card.handovers = handoversOf(i, today)
  if (i % 18 === 4) card.brief = briefOf(card, today)
  if (i === 8) Object.assign(card, { repName: '赵磊', standIn: { from: addDays(today, -1), to: addDays(today, 4) } })
  return withDates(card, i, today)
}

function ordersOf(id: string, today: string, d: Dice): Card['purchases'] {
  const count = 1 + d.upTo(5)
  return Array.from({ length: count }, (_, n) => {
    const [product, price, days] = d.of([['p-fishoil', 26800, 30], ['p-protein', 39800, 25], ['p-calcium', 16800, 45]] as const)
    const quantity = 1 + d.upTo(3)
    const key = `${id}-order${n}`
    return {
      purchase: {
        id: key, number: `D${id.slice(1)}${n}`, accountId: id, repId: REP, day: addDays(today, -6 - n * 38 - d.upTo(12)),
        amount: price * quantity, supplyDays: days * quantity, channel: d.of(['门店', '家访', '电话']),
      },
      lines: [{ productId: product, quantity, amount: price * quantity, supplyDays: days * quantity }],
      returns: [],
    }
  })
}

/** The brief of those that came from another rep; not read yet. */
const briefOf = ({ account }: Card, today: string): NonNullable<Card['brief']> => ({
  moveId: `move-${account.id}`, accountId: account.id, fromRep: { id: BEFORE, name: '赵磊' }, by: { id: 'sup-zhou', name: '周建华' },
  at: instantAt(addDays(today, -1), 560, ZONE), reason: '片区调整，您离得近', note: '老人说话慢，别催。第一次去带上体检单。',
  storyZh: [`${account.name}，${account.since}起由我们服务`, '四次购买，最近一次是深海鱼油两瓶', '上次见面说膝盖好多了，愿意来联谊会'],
  storyEn: [`${account.name}, with us since ${account.since}`, 'Four orders, fish oil last', 'At the last visit the knee felt much better; wants to come to the next event'],
  promises: [{ text: '带说明书给女儿看', on: addDays(today, 3), made: addDays(today, -9), by: '赵磊' }], taboos: '不要提儿子的工作',
  open: [{ id: `open-${account.id}`, dueOn: addDays(today, 2), zh: '家访：问用量和效果', en: 'home visit: ask about use and effect' }],
  jointVisitOn: addDays(today, 2), readAt: null,
})

const handoversOf = (i: number, today: string): Card['handovers'] => {
  const since = instantAt(addDays(today, i % 9 === 4 ? -12 : -300), 540, ZONE)
  const now = { repId: REP, fromAt: since, toAt: null, reason: i % 9 === 4 ? '片区调整' : '开户', note: '' }
  if (i % 9 !== 4) return [now]
  const before = { repId: BEFORE, fromAt: instantAt(addDays(today, -400), 540, ZONE), toAt: since, reason: '开户', note: '' }
  return [{ ...now, note: '喜欢上午十点以后上门；药盒放在电视柜左边。' }, before]
}

const HER_FAMILY = [{ name: '王福生', relation: '丈夫', sex: 'MALE' }, { name: '王晓燕', relation: '女儿', sex: 'FEMALE' }] as const
const HIS_FAMILY = [{ name: '刘玉梅', relation: '妻子', sex: 'FEMALE' }, { name: '刘海涛', relation: '儿子', sex: 'MALE' }] as const

/** Solar birthdays, lunar birthdays of the husband or wife, a wedding day; some of them soon. */
function withDates(card: Card, i: number, today: string): Card {
  const { id, sex } = card.account
  const soon = addDays(today, i % 8 === 2 ? 2 : 20 + i * 9)
  const [, month, day] = ymd(soon)
  card.dates = [{ id: `${id}-d1`, memberId: null, occasion: 'BIRTHDAY', label: '', calendar: 'SOLAR', year: card.account.birthYear, month, day, leap: false }]
  card.nextDates = [soon]
  if (i % 2 === 0) {
    const [spouse, child] = sex === 'FEMALE' ? HER_FAMILY : HIS_FAMILY
    card.members = [
      { id: `${id}-m1`, ...spouse, birthYear: 1952, note: '一起服用鱼油' }, { id: `${id}-m2`, ...child, birthYear: 1979, note: '在上海工作' },
    ]
    card.dates.push({ id: `${id}-d2`, memberId: `${id}-m1`, occasion: 'BIRTHDAY', label: '', calendar: 'LUNAR', year: 1952, month: 8, day: 15, leap: false })
    card.nextDates.push(addDays(today, 1 + i * 6))
  }
  if (i % 5 === 0) {
    card.dates.push({ id: `${id}-d3`, memberId: null, occasion: 'ANNIVERSARY', label: '金婚', calendar: 'SOLAR', year: 1976, month: 5, day: 1, leap: false })
    card.nextDates.push(addDays(today, 3 + i * 7))
  }
  return card
}

function numbersOf(today: string): World['numbers'] {
  const row = (month: string, kind: 'HOME_VISIT' | 'CALL' | 'MESSAGE', n: readonly [number, number, number, number, number]) => {
    const [planned, scheduled, done, reached, attempts] = n
    return { month, kind, planned, scheduled, done, remaining: planned - done, reached, attempts }
  }
  const month = monthStart(today)
  const before = addMonths(month, -1)
  return [
    row(month, 'HOME_VISIT', [92, 51, 38, 41, 5]), row(month, 'CALL', [148, 83, 61, 66, 19]), row(month, 'MESSAGE', [20, 9, 11, 14, 0]),
    row(before, 'HOME_VISIT', [97, 0, 89, 94, 9]), row(before, 'CALL', [155, 0, 141, 150, 37]), row(before, 'MESSAGE', [22, 0, 22, 25, 0]),
  ]
}
