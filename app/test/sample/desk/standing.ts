// Where accounts stand, and the loyalty grades that wait for a word.

import type { GradeProposalsQuery } from '../../../src/engine/graphql'
import { instantAt } from '../../../src/rules/civil'
import { ZONE } from '../make'
import { person, refused, type ActsOf, type Facts, type ReadsOf } from './area'
import { repOf, SUPERVISOR } from './people'

type Proposal = GradeProposalsQuery['gradeProposals'][number]

export function standing({ rows, today }: Facts): { reads: ReadsOf<'AccountStanding' | 'GradeProposals'>; acts: ActsOf<'ProposeGrade' | 'AnswerGrade'> } {
  const accountOf = (id: string) => {
    const account = rows.cards.find(c => c.account.id === id)?.account
    if (!account) throw refused('NOT_FOUND', 'account')
    return account
  }
  const make = (id: string, accountId: string, to: number, why: string, mine: boolean): Proposal => {
    const { name, district, grade } = accountOf(accountId)
    return {
      id, accountId, accountName: name, district, rep: person(repOf(0)), from: grade, to, words: '续购2次，参加活动1次，介绍1人', why,
      by: mine ? person(repOf(0)) : null, status: 'OPEN', answer: '', createdAt: instantAt(today, 600, ZONE),
    }
  }
  let waiting = rows.cards.slice(2, 5).map(({ account }, n) => make(`grade-${n}`, account.id, Math.min(100, account.grade + 20), n === 1 ? '常带邻居来参加活动' : '', n === 1))
  return {
    reads: {
      AccountStanding: ({ account: id }) => {
        const a = accountOf(id)
        return { accountStanding: {
          axes: [
            { axis: 'GRADE', value: String(a.grade), since: today, words: '续购2次，参加活动1次，介绍1人' },
            { axis: 'TIER', value: a.tier ?? '', since: null, words: '最近购买2026-10-20（4分），12个月内5次（4分）、3260元（4分），合计12分' },
            { axis: 'LIFECYCLE', value: a.lifecycle ?? '', since: null, words: '购买5次，最近一次2026-10-20' },
            { axis: 'ACTIVITY', value: a.activity ?? '', since: null, words: '最近一次购买2026-10-20' },
          ],
          nextGrade: a.grade < 100 ? a.grade + 20 : null, missing: ['再介绍1人'], proposal: waiting.find(p => p.accountId === id) ?? null,
          changes: [{ id: 'move-1', axis: 'TIER', from: 'C', to: 'B', cause: 'RANKS', words: '最近购买2026-10-20（4分）', why: '', day: today, by: null }],
        } }
      },
      GradeProposals: () => ({ gradeProposals: waiting }),
    },
    acts: {
      ProposeGrade: ({ input }) => {
        const made = make(input.id, input.accountId, input.grade, input.why, true)
        waiting = [...waiting.filter(p => p.accountId !== input.accountId), made]
        return { proposeGrade: made }
      },
      AnswerGrade: ({ input }) => {
        const found = waiting.find(p => p.id === input.proposalId)
        if (!found) throw refused('NOT_FOUND', 'proposal')
        waiting = waiting.filter(p => p !== found)
        return { answerGrade: { ...found, status: input.confirm ? 'CONFIRMED' : 'REFUSED', answer: input.answer ?? '', by: person(SUPERVISOR) } }
      },
    },
  }
}
