import { beforeAll, describe, expect, test } from 'vitest'
import { setLanguage } from '@/lang'
import { conflictsOf, dayLine, listsOf, nothingChanges, placeLine, spanOf, type Change, type DayChange, type Effect } from '@/screens/plan/effect'

beforeAll(() => setLanguage('zh'))

const change = (more: Partial<Change> = {}): Change =>
  ({ account: { id: 'a', name: '张秀英' }, kind: 'CALL', from: null, to: null, at: null, dueOn: '2026-03-05', asked: false, words: '', ...more })
const list = (...rows: Change[]) => ({ total: rows.length, rows })
const measures = { accounts: 1, contactMinutes: 0, travelMinutes: 0, capacity: 0, late: 0, shed: 0, regularity: 1 }
const effect = (more: Partial<Effect> = {}): Effect => ({
  rep: { id: 'r', name: '李静' }, to: '2026-03-31', before: measures, after: measures, days: [], contact: null,
  moved: list(), leftOut: list(), late: list(), comingIn: list(), gone: list(), conflicts: list(), ...more,
})
const day = (after: Partial<DayChange['after']>): DayChange => {
  const before = { contacts: 2, contactMinutes: 100, travelMinutes: 20, capacity: 480 }
  return { day: '2026-03-05', before, after: { ...before, ...after } }
}

describe('an answer of the planner', () => {
  test('nothing else changes', () => {
    expect(nothingChanges(effect())).toBe(true)
    expect(nothingChanges(effect({ days: [day({ contacts: 3 })] }))).toBe(false)
    expect(nothingChanges(effect({ moved: { total: 2, rows: [] } }))).toBe(false)
  })
  test('what is bad comes first, and empty lists are not shown', () => {
    const lists = listsOf(effect({ moved: list(change()), leftOut: list(change()), gone: list(change()) }))
    expect(lists.map(l => [l.title, l.bad])).toEqual([['会排不下：1', true], ['会换到别的日子：1', false], ['不再需要：1', false]])
  })
  test('what is not named is counted, and so is what the server did not name', () => {
    const [moved] = listsOf(effect({ moved: { total: 31, rows: Array.from({ length: 20 }, () => change()) } }))
    expect([moved?.rows.length, moved?.more]).toEqual([6, 25])
    expect(listsOf(effect({ moved: { total: 3, rows: [change()] } }))[0]?.more).toBe(2)
  })
  test('a conflict of another contact is told with its name', () => {
    const rows = [change({ asked: true, to: '2026-03-05', words: '不在工作时间内' }), change({ to: '2026-03-06', words: '不在工作时间内' })]
    expect(conflictsOf(effect({ conflicts: list(...rows) }))).toEqual(['不在工作时间内', '张秀英 · 3月6日 · 不在工作时间内'])
  })
  test('a day that gets too much is over, one that is too full already and gets less is not', () => {
    expect(dayLine(day({ contactMinutes: 500 }))).toEqual({ text: '3月5日 周四：2 小时 → 8 小时 40 分（可用 8 小时） · 超 40 分钟', over: true })
    expect(dayLine(day({ contactMinutes: 200 })).over).toBe(false)
    expect(dayLine({ ...day({ contactMinutes: 500 }), before: { contacts: 9, contactMinutes: 600, travelMinutes: 20, capacity: 480 } }).over).toBe(false)
  })
  test('a day off has no time to tell of', () => {
    expect(dayLine(day({ contacts: 0, contactMinutes: 0, travelMinutes: 0, capacity: 0 }))).toEqual({ text: '3月5日 周四：2 小时 → 0 分钟（不上班）', over: false })
    expect(dayLine(day({ capacity: 0 })).over).toBe(true)
  })
  test('where the contact in question would stand', () => {
    expect(placeLine(change({ to: '2026-03-05', at: 600 }))).toBe('排在 3月5日 周四 10:00')
    expect(placeLine(change({ to: '2026-03-05' }))).toBe('排在 3月5日 周四')
    expect(placeLine(change())).toBe('不在这份计划里：那天由别人代班。')
  })
  test('from which day to which', () => {
    expect(spanOf(change({ from: '2026-03-05', to: '2026-03-06' }))).toBe('3月5日 → 3月6日')
    expect(spanOf(change({ to: '2026-03-06' }))).toBe('3月6日')
    expect(spanOf(change())).toBe('3月5日 到期')
  })
})
