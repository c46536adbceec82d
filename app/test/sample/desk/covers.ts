// Who stands in for whom.

import type { AskedLeavesQuery, CoversQuery } from '../../../src/engine/graphql'
import { addDays } from '../../../src/rules/civil'
import { person, refused, type ActsOf, type Facts, type ReadsOf } from './area'
import { repOf, staffNamed } from './people'

type Acts = 'CoverLeave' | 'EndCovers' | 'GrantLeave' | 'RefuseLeave'
type Leave = AskedLeavesQuery['askedLeaves'][number]
type Cover = CoversQuery['covers'][number]

export function covers(facts: Facts): { reads: ReadsOf<'Covers' | 'LeaveCovers' | 'AskedLeaves'>; acts: ActsOf<Acts> } {
  const { today, rows } = facts
  const held = (rep: string) => rows.cards.filter((_, i) => repOf(i).id === rep).map(c => c.account)
  const leaves: Leave[] = [
    { id: 'leave-asked', userId: 'rep-chentao', fromDay: addDays(today, 12), toDay: addDays(today, 13), reason: '孩子家长会', granted: false },
    { id: 'leave-wang', userId: 'rep-wangfang', fromDay: addDays(today, 5), toDay: addDays(today, 7), reason: '家里有事', granted: true },
  ]
  let standing: Cover[] = held('rep-zhaolei').slice(0, 5).map((account, i) => ({
    id: `cover-${i}`, accountId: account.id, accountName: account.name, rep: person(staffNamed('rep-chentao')), owner: person(staffNamed('rep-zhaolei')),
    leaveId: null, fromDay: addDays(today, -3), toDay: addDays(today, 4), workFrom: addDays(today, -1), workTo: addDays(today, 2), reason: '培训',
  }))
  const leave = (id: string): Leave => {
    const found = leaves.find(l => l.id === id)
    if (!found) throw refused('NOT_FOUND', 'leave')
    return found
  }
  const overlaps = (account: string, from: string, to: string) => standing.some(c => c.accountId === account && c.workFrom <= to && from <= c.workTo)
  return {
    reads: {
      Covers: ({ rep }) => ({ covers: standing.filter(c => !rep || c.owner.id === rep || c.rep.id === rep) }),
      LeaveCovers: () => ({
        leaveCovers: leaves.filter(l => l.granted && l.toDay >= today).map(l => {
          const due = held(l.userId).filter((_, i) => i % 3 !== 2)
          return { leave: l, person: person(staffNamed(l.userId)), accounts: held(l.userId).length, due: due.length, covered: due.filter(a => overlaps(a.id, l.fromDay, l.toDay)).length }
        }),
      }),
      AskedLeaves: () => ({ askedLeaves: leaves.filter(l => !l.granted) }),
    },
    acts: {
      CoverLeave: ({ input }) => {
        const away = input.leaveId ? leave(input.leaveId) : { userId: input.owner ?? '', fromDay: input.from ?? '', toDay: input.to ?? '' }
        const given = [input.by].flat().map(by => ({ rep: by.rep, accounts: [by.accounts].flat() }))
        const named = new Set(given.flatMap(by => by.accounts))
        const made = given.flatMap(({ rep, accounts }) => {
          const whole = held(away.userId).filter(a => (accounts.length === 0 ? !named.has(a.id) : accounts.includes(a.id)))
          return whole.map((account): Cover => ({
            id: `${input.id}-${account.id}`, accountId: account.id, accountName: account.name, rep: person(staffNamed(rep)), owner: person(staffNamed(away.userId)),
            leaveId: input.leaveId ?? null, fromDay: addDays(away.fromDay, -(input.leadDays ?? 2)), toDay: addDays(away.toDay, input.lagDays ?? 2),
            workFrom: away.fromDay, workTo: away.toDay, reason: input.reason ?? '',
          }))
        })
        if (made.some(c => overlaps(c.accountId, c.workFrom, c.workTo))) throw refused('CONFLICT', 'by', 'D9')
        standing = [...standing, ...made]
        return { coverLeave: made }
      },
      EndCovers: ({ covers: ended }) => {
        const gone = new Set([ended].flat())
        standing = standing.filter(c => !gone.has(c.id))
        return { endCovers: true }
      },
      GrantLeave: ({ leave: id }) => ({ grantLeave: Object.assign(leave(id), { granted: true }) }),
      RefuseLeave: ({ leave: id }) => {
        leaves.splice(leaves.indexOf(leave(id)), 1)
        return { refuseLeave: true }
      },
    },
  }
}
