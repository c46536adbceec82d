// Who does how much, and what it brings.

import { monthStart, addMonths } from '../../../src/rules/civil'
import { page, type Facts, type ReadsOf } from './area'

type Reads = 'Workload' | 'FigureRows' | 'LoadMap' | 'Pipeline' | 'CompanyFigures'

const NONE = {
  accounts: 0, covering: 0, capacity: 0, load: 0, travel: 0, utilisation: null, kinds: [], attainment: null, elapsed: null, pace: null, rhythmic: 0, inTouch: 0,
  coverage: null, spaced: 0, regular: 0, regularity: null, overdue: 0, overdueDays: null, neglected: 0, visitsPerHour: null, repurchases: 0,
  amount: 0, referrals: 0,
}
const EVEN = { least: null, greatest: null, spread: 0, index: null }

export const workload = ({ today }: Facts): { reads: ReadsOf<Reads> } => ({
  reads: {
    Workload: ({ input }) => {
      const month = monthStart(input.month ?? today)
      const total = { id: null, week: null, name: '', now: NONE, before: NONE }
      return { workload: { month, before: addMonths(month, -1), elapsed: 0.5, rows: [], total, fairness: EVEN, fairnessBefore: EVEN } }
    },
    FigureRows: ({ first, after }) => ({ figureRows: { total: 0, ...page([], first, after) } }),
    LoadMap: () => ({ loadMap: [] }),
    Pipeline: () => ({ pipeline: [] }),
    CompanyFigures: () => ({
      companyFigures: { accounts: 0, fresh: 0, freshRate: 0, churnRate: 0, loyal: 0, passersBy: 0, bigOnce: 0, topFifth: 0, yearValue: 0, lifeValue: 0 },
    }),
  },
})
