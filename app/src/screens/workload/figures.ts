// The columns of a workload, in groups: what each shows, beside the month before, and which rows are behind it.
import type { Figure, FigureFactsFragment, WorkloadRowFactsFragment } from '@/engine/graphql'
import { t, type Key } from '@/lang'
import { duration, money } from '@/lang/format'

export type Figures = FigureFactsFragment
export type Row = WorkloadRowFactsFragment
export const GROUPS = ['load', 'work', 'touch', 'gain'] as const
export type Group = (typeof GROUPS)[number]

export type Measure = {
  key: string
  name: Key & `workload.${string}`
  /** For sorting; null comes last. */
  of: (f: Figures) => number | null
  text: (f: Figures) => string
  /** The rows behind it. */
  figure?: Figure
  /** It is known of now only: the month before has none. */
  nowOnly?: boolean
}

export const NONE = '–'
export const share = (of: number | null): string => (of === null ? NONE : `${Math.round(of * 100)}%`)
const count = (of: number | null): string => (of === null ? NONE : String(of))
const one = (of: number | null): string => (of === null ? NONE : of.toFixed(1))
export const sum = (f: Figures, part: 'planned' | 'scheduled' | 'done' | 'remaining' | 'reached' | 'attempts'): number =>
  f.kinds.reduce((total, kind) => total + kind[part], 0)

const measure = (key: string, of: Measure['of'], text: Measure['text'], more: Partial<Measure> = {}): Measure =>
  ({ key, name: `workload.${key}` as Measure['name'], of, text, ...more })

export const MEASURES: Record<Group, Measure[]> = {
  load: [
    measure('accounts', f => f.accounts, f => count(f.accounts), { figure: 'ACCOUNTS', nowOnly: true }),
    measure('covering', f => f.covering, f => count(f.covering), { figure: 'COVERING', nowOnly: true }),
    measure('utilisation', f => f.utilisation, f => share(f.utilisation)),
    measure('hours', f => f.load, f => t('workload.ofHours', duration(f.load), duration(f.capacity)), { figure: 'LOAD' }),
    measure('travel', f => f.travel, f => duration(f.travel)),
  ],
  work: [
    measure('planned', f => sum(f, 'planned'), f => count(sum(f, 'planned')), { figure: 'PLANNED' }),
    measure('done', f => sum(f, 'done'), f => count(sum(f, 'done')), { figure: 'DONE' }),
    measure('remaining', f => sum(f, 'remaining'), f => count(sum(f, 'remaining')), { figure: 'REMAINING' }),
    measure('attainment', f => f.attainment, f => share(f.attainment)),
    measure('attempts', f => sum(f, 'attempts'), f => count(sum(f, 'attempts')), { figure: 'ATTEMPTS' }),
    measure('visitsPerHour', f => f.visitsPerHour, f => one(f.visitsPerHour)),
  ],
  touch: [
    measure('coverage', f => f.coverage, f => (f.coverage === null ? NONE : t('workload.of', share(f.coverage), f.inTouch ?? 0, f.rhythmic ?? 0)),
      { figure: 'OUT_OF_TOUCH', nowOnly: true }),
    measure('regularity', f => f.regularity, f => (f.regularity === null ? NONE : t('workload.of', share(f.regularity), f.regular, f.spaced)), { figure: 'IRREGULAR' }),
    measure('overdue', f => f.overdue, f => count(f.overdue), { figure: 'OVERDUE', nowOnly: true }),
    measure('overdueDays', f => f.overdueDays, f => one(f.overdueDays), { nowOnly: true }),
    measure('neglected', f => f.neglected, f => count(f.neglected), { figure: 'NEGLECTED', nowOnly: true }),
  ],
  gain: [
    measure('reached', f => sum(f, 'reached'), f => count(sum(f, 'reached')), { figure: 'REACHED' }),
    measure('repurchases', f => f.repurchases, f => count(f.repurchases), { figure: 'REPURCHASES' }),
    measure('amount', f => f.amount, f => money(f.amount)),
    measure('referrals', f => f.referrals, f => count(f.referrals), { figure: 'REFERRALS' }),
  ],
}
