import { beforeAll, describe, expect, test } from 'vitest'
import type { FigureFactsFragment } from '@/engine/graphql'
import { loadDeskWords, setLanguage } from '@/lang'
import { compact, rowsOf } from '@/screens/workload/filter'
import { GROUPS, MEASURES, NONE, share, sum } from '@/screens/workload/figures'
import { heatOf } from '@/screens/workload/heat'
import { rowName } from '@/screens/workload/rowName'
import { memoryEngine } from '../memory'

beforeAll(async () => {
  await setLanguage('zh')
  await loadDeskWords()
})

const NOW = Date.parse('2026-07-06T01:00:00Z')
const read = async () => (await memoryEngine({ switches: ['supervisor'], now: () => NOW }).read('Workload', { input: { by: 'REP' } })).workload
const measure = (key: string) => GROUPS.flatMap(g => MEASURES[g]).find(m => m.key === key)!
const unknown = { accounts: null, coverage: null, inTouch: null, rhythmic: null, overdue: null, overdueDays: null, neglected: null } as const

describe('the columns', () => {
  test('each has a name, and each group another set', async () => {
    const { rows } = await read()
    for (const m of GROUPS.flatMap(g => MEASURES[g])) expect(m.text(rows[0]!.now)).not.toBe('')
    const keys = GROUPS.flatMap(g => MEASURES[g].map(m => m.key))
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('what is not known is a dash and no nought', async () => {
    const { rows } = await read()
    const f: FigureFactsFragment = { ...rows[0]!.now, ...unknown }
    for (const key of ['accounts', 'coverage', 'overdue', 'neglected']) expect(measure(key).text(f)).toBe(NONE)
    expect(share(null)).toBe(NONE)
    expect(share(0)).toBe('0%')
  })

  test('the kinds add up', async () => {
    const { total, rows } = await read()
    expect(sum(total.now, 'done')).toBe(rows.reduce((n, r) => n + sum(r.now, 'done'), 0))
  })
})

describe('the rows behind a number', () => {
  test('are asked for with the row, the month and the kind of the number', () => {
    expect(rowsOf('DONE', { month: '2026-07-01', rep: 'r1', team: null }, 'CALL'))
      .toEqual({ path: '/workload/rows', query: { figure: 'DONE', month: '2026-07-01', rep: 'r1', kind: 'CALL' } })
    expect(rowsOf('DONE', { month: '2026-07-01', before: true })).toMatchObject({ query: { before: '1' } })
  })
  test('names nobody gave are left out of an address', () => {
    expect(compact({ a: null, b: '', c: 'x', d: undefined })).toEqual({ c: 'x' })
  })
})

describe('a day of the load map', () => {
  test.each([
    ['a day off', { capacity: 0, load: 0, onLeave: false }, 'off'],
    ['leave', { capacity: 480, load: 0, onLeave: true }, 'off'],
    ['something on a day off is too much', { capacity: 0, load: 30, onLeave: false }, 'over'],
    ['nothing planned', { capacity: 480, load: 0, onLeave: false }, 'light'],
    ['six tenths', { capacity: 480, load: 288, onLeave: false }, 'good'],
    ['nine tenths', { capacity: 480, load: 432, onLeave: false }, 'tight'],
    ['all of it', { capacity: 480, load: 480, onLeave: false }, 'tight'],
    ['a minute more', { capacity: 480, load: 481, onLeave: false }, 'over'],
  ] as const)('%s', (_, cell, want) => { expect(heatOf(cell)).toBe(want) })
})

test('a week is named by its first and last day within the month', async () => {
  const { total } = await read()
  const week = (day: string) => rowName({ ...total, week: day }, 'WEEK')
  expect(week('2026-07-01')).toBe('7月1日 – 7月5日')
  expect(week('2026-07-27')).toBe('7月27日 – 7月31日')
})
