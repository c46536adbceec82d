// What a rep does about reviews and handovers shows at once; see src/read/effects/{review,handover}.ts.

import { describe, expect, test } from 'vitest'
import type { Card } from '../../src/engine/contract'
import { queries } from '../../src/read/queries'
import { aCard, aLog, anOdd } from '../sample/make'
import { aPhone, MORNING } from './phone'

const brief = {
  moveId: 'm1', accountId: 'a1', fromRep: { id: 'rep-zhaolei', name: '赵磊' }, by: { id: 'sup-zhou', name: '周建华' }, at: '2026-07-01T01:00:00Z',
  reason: '均衡', note: '', storyZh: [], storyEn: [], promises: [], taboos: '', open: [], jointVisitOn: null, readAt: null,
} as Card['brief']
const odd = aLog({ id: 'l1', accountId: 'a1', day: '2026-07-05', startedAt: '2026-07-05T02:00:00Z', review: ['TOO_SHORT'] })

const phone = (facts: Partial<NonNullable<typeof odd.odd>> | null = {}) => aPhone({
  cards: [aCard({ id: 'a1' }, { brief })], logs: [{ ...odd, odd: facts && anOdd(odd, facts) }],
})
const view = async (p: ReturnType<typeof aPhone>) => (await queries.account(p.book, { id: 'a1' }))!
const logOf = async (p: ReturnType<typeof aPhone>) => (await view(p)).events.flatMap(e => (e.type === 'log' ? [e.log] : []))[0]

describe('the answer to a review', () => {
  const answer = { input: { logId: 'l1', answer: '在活动中心见的面' } }

  test('shows at once, with when it was given', async () => {
    const p = phone()
    p.do('AnswerReview', answer, { accountId: 'a1' })
    expect((await logOf(p))?.odd).toMatchObject({ open: true, answer: '在活动中心见的面', answeredAt: MORNING })
    expect(p.rows.logs[0]?.odd?.answer).toBe('')
  })
  test('changes nothing of a review that is settled', async () => {
    const p = phone({ open: false, verdict: 'FINE' })
    p.do('AnswerReview', answer, { accountId: 'a1' })
    expect((await logOf(p))?.odd).toMatchObject({ verdict: 'FINE', answer: '' })
  })
  test('shows when the review itself is not here yet', async () => {
    const p = phone(null)
    p.do('AnswerReview', answer, { accountId: 'a1' })
    expect((await logOf(p))?.odd).toMatchObject({ flags: ['TOO_SHORT'], open: true, answer: '在活动中心见的面' })
  })
  test('goes again when the server refuses it', async () => {
    const p = phone()
    p.do('AnswerReview', answer, { accountId: 'a1', state: 'refused' })
    expect((await logOf(p))?.odd?.answer).toBe('')
  })
})

describe('a brief', () => {
  test('is read from the moment somebody says so, and keeps the first time', async () => {
    const p = phone()
    p.do('ReadHandover', { account: 'a1' }, { accountId: 'a1' })
    expect((await view(p)).card.brief?.readAt).toBe(MORNING)
    p.do('ReadHandover', { account: 'a1' }, { accountId: 'a1', writtenAt: '2026-07-07T01:00:00Z' })
    expect((await view(p)).card.brief?.readAt).toBe(MORNING)
  })
})

describe('an objection to a move', () => {
  const objection = { input: { accountId: 'a1', objection: '还是想让赵磊来' } }

  test('marks the account as going back until the server has taken it, and not when it is refused', async () => {
    const p = phone()
    expect((await view(p)).goingBack).toBeNull()
    p.do('ObjectToMove', objection, { accountId: 'a1' })
    expect((await view(p)).goingBack).toBe('还是想让赵磊来')
    p.rows.work[0]!.state = 'conflict'
    expect((await view(p)).goingBack).toBeNull()
  })
})
