import type { NumbersView } from '@/engine/contract'

type Row = NumbersView['rows'][number]
export type Pace = 'ahead' | 'even' | 'behind'

/** Done as a share of planned, from 0 to 1; nothing planned is nothing to attain. */
export const attainment = (row: Pick<Row, 'planned' | 'done'>): number | null => (row.planned > 0 ? row.done / row.planned : null)

/** How the work stands against the elapsed time: within five points is even. */
export function pace(row: Pick<Row, 'planned' | 'done'>, elapsed: number): Pace | null {
  const share = attainment(row)
  if (share === null) return null
  if (share >= 1 || share - elapsed > 0.05) return 'ahead'
  return elapsed - share > 0.05 ? 'behind' : 'even'
}

/** All kinds together. */
export const total = (rows: Row[]): Omit<Row, 'kind'> =>
  rows.reduce((sum, row) => ({
    planned: sum.planned + row.planned, scheduled: sum.scheduled + row.scheduled, done: sum.done + row.done,
    remaining: sum.remaining + row.remaining, reached: sum.reached + row.reached, attempts: sum.attempts + row.attempts,
  }), { planned: 0, scheduled: 0, done: 0, remaining: 0, reached: 0, attempts: 0 })
