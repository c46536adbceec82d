import { beforeAll, describe, expect, test } from 'vitest'
import { loadDeskWords, setLanguage } from '@/lang'
import { ahead, isEmpty, offBy, percent, points, trustOf, type Calibration } from '@/screens/forecast/record'
import { STAFF } from '../sample/desk/people'
import { memoryEngine } from '../memory'

beforeAll(async () => {
  await setLanguage('zh')
  await loadDeskWords()
})

const read = async (rep: string | null) =>
  (await memoryEngine({ switches: ['supervisor'], now: () => Date.parse('2026-07-06T01:00:00Z') }).read('ForecastRecord', { input: { rep, months: 12 }, lang: 'ZH' })).forecastRecord
const of = (days: number, n: number, off: number): Calibration => ({ days, n, said: 0.5, came: 0.5, off, bins: [] })

describe('whether the forecast may be trusted', () => {
  test.each([
    ['nothing is known', [of(30, 0, 0)], 'few'],
    ['little is known', [of(30, 49, 0.01)], 'few'],
    ['chances and what came agree', [of(30, 50, 0.06)], 'good'],
    ['they nearly agree', [of(30, 500, 0.061)], 'fair'],
    ['they do not', [of(30, 500, 0.121)], 'poor'],
    ['only horizons of which enough is known count', [of(30, 500, 0.02), of(90, 12, 0.4)], 'good'],
  ] as const)('%s', (_, calibration, want) => { expect(trustOf([...calibration])).toBe(want) })

  test('horizons count alike', () => { expect(offBy([of(30, 100, 0.02), of(60, 900, 0.04)])).toBeCloseTo(0.03) })
})

test('who is ahead is told by the accounts on which rep and model differ', () => {
  const words = { n: 10, repHits: 6, modelHits: 6, onlyRep: 2, onlyModel: 2, repLoss: 1, modelLoss: 1, repsFavour: false }
  expect(ahead(words)).toBeNull()
  expect(ahead({ ...words, onlyRep: 9, onlyModel: 1 })).toBe('rep')
  expect(ahead({ ...words, onlyRep: 60, onlyModel: 54 }), 'it may be chance').toBeNull()
  expect(ahead({ ...words, onlyRep: 20, onlyModel: 40 })).toBe('model')
})

test('a record of somebody new is empty, and says when it will not be', async () => {
  const young = await read(STAFF.at(-1)!.id)
  expect(isEmpty(young)).toBe(true)
  expect(young.firstOn).not.toBeNull()
  expect(isEmpty(await read(null))).toBe(false)
})

test('shares', () => {
  expect(percent(null)).toBe('–')
  expect(percent(0.666)).toBe('67%')
  expect(points(0.0342)).toBe('3.4')
})
