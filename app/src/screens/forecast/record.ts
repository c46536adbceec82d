// What a record of the forecast comes to: whether it may be trusted, in a word.
import type { ForecastRecordQuery } from '@/engine/graphql'

export type Record = ForecastRecordQuery['forecastRecord']
export type Calibration = Record['calibration'][number]
export type Version = Record['versions'][number]
export type Words = Record['words']

/** Fewer accounts and months tell nothing yet. */
export const FEW = 50

/** How far chances and what came may be apart, 0 to 1: the border of good is that of the automatic trial. */
const [GOOD, FAIR] = [0.06, 0.12]

export type Trust = 'few' | 'good' | 'fair' | 'poor'

/** The mean distance of what was said from what came, over the horizons of which enough is known; null without any. */
export function offBy(calibration: Calibration[]): number | null {
  const known = calibration.filter(c => c.n >= FEW)
  return known.length === 0 ? null : known.reduce((sum, c) => sum + c.off, 0) / known.length
}

export function trustOf(calibration: Calibration[]): Trust {
  const off = offBy(calibration)
  if (off === null) return 'few'
  return off <= GOOD ? 'good' : off <= FAIR ? 'fair' : 'poor'
}

/** Whether there is nothing to show yet but days to come. */
export const isEmpty = (r: Record): boolean => r.total.n === 0 && r.calibration.every(c => c.n === 0)

/** Who is right more often, by accounts on which only one of both was; null while that may be chance (McNemar: within two standard errors). */
export function ahead({ onlyRep, onlyModel }: Words): 'rep' | 'model' | null {
  const lead = onlyRep - onlyModel
  return Math.abs(lead) <= 2 * Math.sqrt(onlyRep + onlyModel) ? null : lead > 0 ? 'rep' : 'model'
}

export const percent = (of: number | null): string => (of === null ? '–' : `${Math.round(of * 100)}%`)

/** Points of a hundred, as 4.2. */
export const points = (of: number): string => (of * 100).toFixed(1)
