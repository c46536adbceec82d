// Who does how much, and what it brings: every rep of the sample has a month like their number in the list.

import type { ContactKind, FigureFactsFragment, FigureRowsQuery, ForecastRecordQuery, WorkloadBy } from '../../../src/engine/graphql'
import { addDays, addMonths, monthStart } from '../../../src/rules/civil'
import { page, person, type Facts, type ReadsOf } from './area'
import { repOf, STAFF } from './people'

type Reads = 'Workload' | 'FigureRows' | 'LoadMap' | 'Pipeline' | 'CompanyFigures' | 'ForecastRecord'
type Figures = FigureFactsFragment
type FigureRow = FigureRowsQuery['figureRows']['edges'][number]['node']
const KINDS: ContactKind[] = ['HOME_VISIT', 'CALL']

/** The figures of the n-th rep; `ago` months back. */
function figuresOf(n: number, ago: number, month: string): Figures {
  const capacity = 10_560 - ago * 480
  const load = Math.round(capacity * [0.92, 0.71, 1.12, 0.84, 0.38, 0.9][n]!)
  const planned = 110 + n * 7
  const done = Math.round(planned * (ago > 0 ? 0.93 : [0.5, 0.42, 0.28, 0.55, 0.6, 0.47][n]!))
  const now = ago === 0
  return {
    accounts: now ? 96 + n * 6 : null, covering: now ? n % 2 : null, capacity, load, travel: Math.round(load * 0.21), utilisation: load / capacity,
    kinds: KINDS.map((kind, k) => ({
      month, kind, planned: k === 0 ? Math.round(planned * 0.4) : Math.round(planned * 0.6), scheduled: now ? 30 - k * 4 : 0,
      done: k === 0 ? Math.round(done * 0.4) : Math.round(done * 0.6), remaining: Math.round((planned - done) * (k === 0 ? 0.4 : 0.6)), reached: done + 4, attempts: 6 + n,
    })),
    elapsed: now ? 0.47 : 1, attainment: done / planned, pace: n === 2 ? 'UNDER' : n === 4 ? 'OVER' : 'ON', rhythmic: now ? 90 : null, inTouch: now ? 78 - n * 3 : null,
    coverage: now ? (78 - n * 3) / 90 : null, spaced: 60, regular: 51 - n * 2, regularity: (51 - n * 2) / 60, overdue: now ? n * 3 : null,
    overdueDays: now && n > 0 ? 2 + n * 0.5 : null, neglected: now ? n : null, visitsPerHour: 0.8 + n * 0.05, repurchases: 12 - n, amount: 1_280_000 - n * 90_000, referrals: n % 3,
  }
}

const add = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b)
const over = (a: number | null, b: number | null) => (a === null || b === null || b === 0 ? null : a / b)

/** What some rows come to together. */
function together(of: Figures[]): Figures {
  const sum = of.reduce((a, b) => ({
    ...a, accounts: add(a.accounts, b.accounts), covering: add(a.covering, b.covering), capacity: a.capacity + b.capacity, load: a.load + b.load,
    travel: a.travel + b.travel, rhythmic: add(a.rhythmic, b.rhythmic), inTouch: add(a.inTouch, b.inTouch), spaced: a.spaced + b.spaced, regular: a.regular + b.regular,
    overdue: add(a.overdue, b.overdue), neglected: add(a.neglected, b.neglected), repurchases: a.repurchases + b.repurchases, amount: a.amount + b.amount, referrals: a.referrals + b.referrals,
    kinds: a.kinds.map((k, i) => {
      const other = b.kinds[i]!
      return { ...k, planned: k.planned + other.planned, scheduled: k.scheduled + other.scheduled, done: k.done + other.done, remaining: k.remaining + other.remaining,
        reached: k.reached + other.reached, attempts: k.attempts + other.attempts }
    }),
  }))
  const [planned, done] = [sum.kinds.reduce((n, k) => n + k.planned, 0), sum.kinds.reduce((n, k) => n + k.done, 0)]
  return { ...sum, utilisation: sum.load / sum.capacity, attainment: done / planned, coverage: over(sum.inTouch, sum.rhythmic), regularity: sum.regular / sum.spaced, pace: 'ON' }
}

export function workload({ today, rows }: Facts): { reads: ReadsOf<Reads> } {
  const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
  const groups = (by: WorkloadBy, month: string) => {
    const all = STAFF.map((s, n) => ({ id: s.id, name: s.name, team: s.teamId, now: figuresOf(n, 0, month), before: figuresOf(n, 1, addMonths(month, -1)) }))
    if (by === 'REP') return all.map(({ team: _, ...r }) => ({ ...r, week: null }))
    const of = (id: string | null, name: string, some: typeof all, week: string | null = null) =>
      ({ id, name, week, now: together(some.map(r => r.now)), before: together(some.map(r => r.before)) })
    if (by === 'WEEK') return [0, 1, 2, 3].map(n => of(null, '', all, addDays(month, n * 7)))
    if (by === 'STORE') return [of('store-1', '泉城路店', all)]
    return [of('team-1', '历下一队', all.slice(0, 4)), of('team-2', '市中二队', all.slice(4))]
  }
  return {
    reads: {
      Workload: ({ input }) => {
        const month = monthStart(input.month ?? today)
        const found = groups(input.by, month).filter(r => !input.rep || r.id === input.rep)
        const total = { id: null, week: null, name: '', now: together(found.map(r => r.now)), before: together(found.map(r => r.before)) }
        const fairness = { least: 0.38, greatest: 1.12, spread: 22.4, index: 0.92 }
        return { workload: { month, before: addMonths(month, -1), elapsed: 0.47, rows: found, total, fairness, fairnessBefore: { ...fairness, spread: 18.1 } } }
      },
      FigureRows: ({ input, first, after }) => {
        const found = rows.cards.map(({ account }, n): FigureRow => ({
          id: `${account.id}-${n}`, accountId: account.id, accountName: account.name, rep: person(repOf(n)), day: addDays(today, -n),
          kind: input.kind ?? (n % 3 === 0 ? 'HOME_VISIT' : 'CALL'), status: input.figure === 'REACHED' ? null : 'OPEN', outcome: null, days: n, amount: null, minutes: null, travel: null,
        })).filter(row => !input.rep || row.rep.id === input.rep)
        return { figureRows: { total: found.length, ...page(found, first, after) } }
      },
      LoadMap: ({ from, to }) => ({
        loadMap: STAFF.map((s, n) => ({
          rep: person(s),
          days: Array.from({ length: 1 + Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) }, (_, d) => {
            const day = addDays(from, d)
            const capacity = new Date(`${day}T00:00:00Z`).getUTCDay() === 0 ? 0 : 480
            const onLeave = n === 2 && d > 9 && d < 13
            const load = capacity === 0 || onLeave ? 0 : 180 + ((n * 97 + d * 61) % 380)
            return { day, capacity, load, contacts: Math.round(load / 40), onLeave }
          }),
        })),
      }),
      Pipeline: () => ({
        pipeline: Array.from({ length: 20 }, (_, n) => {
          const [expected, past] = [18 + ((n * 7) % 11), n < 8]
          return { week: addDays(monday, (n - 8) * 7), expected, came: n < 7 ? Math.round(expected * 0.62) : null, orders: past || n === 8 ? expected + 6 : null, amount: past || n === 8 ? expected * 41_000 : null }
        }),
      }),
      ForecastRecord: ({ input }) => ({ forecastRecord: recordOf(today, input.rep === STAFF.at(-1)?.id) }),
      CompanyFigures: () => ({
        companyFigures: { accounts: 612, fresh: 74, freshRate: 0.12, churnRate: 0.08, loyal: 203, passersBy: 61, bigOnce: 9, topFifth: 0.64, yearValue: 268_000, lifeValue: 1_190_000 },
      }),
    },
  }
}

/** The record of a forecast that says a little too much; `young`: of somebody new, of whom nothing is known yet. */
function recordOf(today: string, young: boolean): ForecastRecordQuery['forecastRecord'] {
  const hitsOf = (n: number, right: number) => ({ n, hits: Math.round(n * right), sooner: Math.round(n * 0.1), after: n - Math.round(n * right) - Math.round(n * 0.1), rate: n === 0 ? null : Math.round(n * right) / n })
  const said = [0.04, 0.16, 0.26, 0.37, 0.55, 0.63, 0.74, 0.86, 0.95]
  const score = (logLoss: number) => ({ logLoss, accuracy: 0.7, ece: 0.031 })
  const day = addDays(today, -4)
  const judged = { cut: addDays(day, -90), customers: 580, candidate: score(0.702), standing: score(0.71), rival: score(0.931), mostEce: 0.071 }
  return {
    firstOn: addDays(today, 9),
    calibration: [30, 60, 90].map(days => ({
      days, n: young ? 0 : 900, said: young ? 0 : 0.48, came: young ? 0 : 0.45, off: young ? 0 : 0.034,
      bins: young ? [] : said.map((p, n) => ({ from: Math.floor(p * 10) / 10, n: 40 + ((n * 37) % 120), said: p, came: p - 0.03 })),
    })),
    total: hitsOf(young ? 0 : 900, 0.66),
    months: young ? [] : [8, 7, 6, 5, 4, 3].map(ago => ({ month: addMonths(monthStart(today), -ago), ...hitsOf(150, 0.6 + ago / 100) })),
    horizons: (['THIS_MONTH', 'WITHIN_2_MONTHS', 'WITHIN_3_MONTHS', 'LATER'] as const).map((horizon, n) => ({ horizon, ...hitsOf(young ? 0 : 300 - n * 50, 0.7 - n * 0.08) })),
    words: young ? { n: 0, repHits: 0, modelHits: 0, onlyRep: 0, onlyModel: 0, repLoss: null, modelLoss: null, repsFavour: false }
      : { n: 64, repHits: 41, modelHits: 34, onlyRep: 16, onlyModel: 9, repLoss: 0.98, modelLoss: 1.12, repsFavour: true },
    versions: young ? [] : [
      { id: 'v2', segment: '', state: 'STANDING', fittedOn: day, customers: 612, why: '', judged },
      { id: 'v1', segment: '', state: 'RETIRED', fittedOn: addDays(day, -7), customers: 609, why: '', judged },
    ],
  }
}
