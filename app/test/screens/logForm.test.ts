import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Kind } from '@/engine/contract'
import { problemsOf } from '@/screens/log/check'
import {
  blankForm, endOf, fenOf, followUps, logInput, outcomesFor, partsOf, yuanOf, type LogForm,
} from '@/screens/log/form'

const now = '2026-11-22T02:00:00.000Z'
const zone = 'Asia/Shanghai'
const has = { products: true, objectives: true }
const form = (change: Partial<LogForm> = {}): LogForm => ({
  ...blankForm({ account: { id: 'a', name: '张桂兰' }, item: null, kind: 'HOME_VISIT', now }), ...change,
})
const problems = (f: LogForm) => problemsOf(f, partsOf(f, has), now, zone)

describe('outcomes', () => {
  it('are those the rules know, by kind', () => {
    const rules = readFileSync(new URL('../../../cadence/rules.go', import.meta.url), 'utf8')
    const codes = readFileSync(new URL('../../../cadence/cadence.go', import.meta.url), 'utf8')
    const code = (name: string) => new RegExp(`\\b${name}\\s+\\w+\\s+= "(\\w+)"`).exec(codes)?.[1]
    const table = [...rules.matchAll(/case (\w+):\n\t\treturn \[\]Outcome\{([^}]+)\}/g)]
    expect(table.length).toBe(5)
    for (const [, kind, outcomes] of table) {
      const want = (outcomes ?? '').split(', ').map(code)
      expect(outcomesFor(code(kind ?? '') as Kind)).toEqual(want)
    }
  })
})

describe('what a log asks for', () => {
  it('nobody at home: the next step, a note, a photo of the door', () => {
    expect(partsOf({ outcome: 'NOT_HOME' }, has)).toEqual(['next', 'note', 'photos'])
  })
  it('use of the product only where one was bought', () => {
    expect(partsOf({ outcome: 'MET' }, { products: false, objectives: false })).not.toContain('use')
  })
  it('nothing before the outcome', () => expect(partsOf({ outcome: null }, has)).toEqual([]))
})

describe('the command of a log', () => {
  it('carries what was answered and leaves the rest out', () => {
    const f = form({ outcome: 'MET', usage: 'REGULAR', effect: 'GOOD', feelings: ['高兴', '感激'], feeling: '很热情', objectives: ['THANK'] })
    expect(logInput(f, '2026-11-22T02:30:00.000Z', '、')).toEqual({
      accountId: 'a', kind: 'HOME_VISIT', outcome: 'MET', startedAt: now, endedAt: '2026-11-22T02:30:00.000Z',
      usage: 'REGULAR', effect: 'GOOD', reaction: false, objectives: ['THANK'], feeling: '高兴、感激、很热情', note: '',
      present: [], took: [], nextStep: '',
    })
  })
  it('does not tell what belongs to another outcome, though the form still has it', () => {
    const f = form({ outcome: 'NOT_HOME', usage: 'REGULAR', reaction: true, took: ['REPURCHASE'], present: ['老伴'], note: '门口有快递' })
    const input = logInput(f, now, '、')
    expect(input).toMatchObject({ outcome: 'NOT_HOME', reaction: false, took: [], present: [], note: '门口有快递' })
    expect(input).not.toHaveProperty('usage')
  })
  it('names a kind only for a next step with a day', () => {
    expect(logInput(form({ outcome: 'MET' }), now, '、')).not.toHaveProperty('nextKind')
    expect(logInput(form({ outcome: 'MET', nextOn: '2026-11-25', nextKind: 'CALL' }), now, '、'))
      .toMatchObject({ nextOn: '2026-11-25', nextKind: 'CALL' })
  })
  it('begins at check-in, unless that was forgotten on another day', () => {
    const item = (startedAt: string) => ({ id: 'i', startedAt }) as never
    const begin = (startedAt: string) => blankForm({ account: { id: 'a', name: '' }, item: item(startedAt), kind: 'CALL', now }).startedAt
    expect(begin('2026-11-22T01:20:00.000Z')).toBe('2026-11-22T01:20:00.000Z')
    expect(begin('2026-11-20T01:20:00.000Z')).toBe(now)
  })
  it('has no end when it is finished a day later', () => {
    expect(endOf(form(), '2026-11-23T02:00:00.000Z')).toBeNull()
    expect(problemsOf(form({ outcome: 'MET' }), [], '2026-11-23T02:00:00.000Z', zone)).toEqual({})
  })
})

describe('what follows from a log', () => {
  const day = '2026-11-22'
  it('a stop with its cause, a return, and an order, in the order in which they can stand', () => {
    const f = form({
      outcome: 'MET', took: ['REPURCHASE'], order: { lines: [{ productId: 'p', quantity: 2, yuan: '396.5' }] },
      giveBack: { purchaseId: 'o', whole: false, yuan: '100', reason: ' 拆了封 ' }, stop: { cause: 'SERVICE', note: ' 说不来了 ' },
    })
    expect(followUps(f, day, 3)).toEqual([
      { name: 'RecordPurchase', variables: { input: { accountId: 'a', day, amount: 39650, lines: [{ productId: 'p', quantity: 2, amount: 39650 }] } } },
      { name: 'RecordReturn', variables: { input: { purchaseId: 'o', whole: false, reason: '拆了封', amount: 10000, day } } },
      { name: 'StopAccount', variables: { input: { accountId: 'a', cause: 'SERVICE', note: '说不来了' } } },
    ])
  })
  it('a wrong number corrects the file at its version', () => {
    expect(followUps(form({ outcome: 'WRONG_NUMBER', phone: ' 13900001111 ' }), day, 7)).toEqual([
      { name: 'EditAccount', variables: { input: { accountId: 'a', version: 7, phone: '13900001111' } } },
    ])
  })
  it('nothing of what another outcome hid', () => {
    expect(followUps(form({ outcome: 'NOT_HOME', phone: '139', stop: { cause: 'SERVICE', note: '' } }), day, 1)).toEqual([])
  })
})

describe('what keeps a log from being saved', () => {
  const cases: [string, Partial<LogForm>, object][] = [
    ['nothing: the outcome alone is enough', { outcome: 'MET' }, {}],
    ['no outcome', {}, { outcome: 'outcome' }],
    ['a beginning in the future', { outcome: 'MET', startedAt: '2026-11-22T03:00:00.000Z' }, { startedAt: 'future' }],
    ['an end before the beginning', { outcome: 'MET', endedAt: '2026-11-22T01:00:00.000Z' }, { endedAt: 'endBeforeStart' }],
    ['an end after more than twelve hours',
      { outcome: 'MET', startedAt: '2026-11-20T01:00:00.000Z', endedAt: '2026-11-20T14:00:00.000Z' }, { endedAt: 'tooLong' }],
    ['a next step before the contact', { outcome: 'MET', nextOn: '2026-11-21' }, { nextOn: 'nextInPast' }],
    ['a next step in two years', { outcome: 'MET', nextOn: '2028-11-21' }, { nextOn: 'nextTooFar' }],
    ['a stop without its cause', { outcome: 'MET', stop: { cause: null, note: '' } }, { cause: 'cause' }],
    ['a return that says nothing', { outcome: 'MET', giveBack: { purchaseId: '', whole: true, yuan: '', reason: '' } },
      { purchaseId: 'purchase', returnAmount: 'amount', reason: 'reason' }],
    ['an order of nothing', { outcome: 'MET', took: ['REPURCHASE'], order: { lines: [] } }, { lines: 'product' }],
    ['a note longer than the server takes', { outcome: 'MET', note: '长'.repeat(4001) }, { note: 'textTooLong' }],
    ['a number that is none', { outcome: 'WRONG_NUMBER', kind: 'CALL', phone: '不知道' }, { phone: 'phone' }],
  ]
  for (const [name, change, want] of cases) it(name, () => expect(problems(form(change))).toEqual(want))
})

describe('money as it is typed', () => {
  it('reads yuan into fen', () => {
    expect(['198', '198.5', '1,280.05', ' ￥12 ', '-3', '1.234', ''].map(fenOf)).toEqual([19800, 19850, 128005, 1200, null, null, null])
  })
  it('writes fen as yuan', () => expect([19800, 19850].map(yuanOf)).toEqual(['198', '198.50']))
})
