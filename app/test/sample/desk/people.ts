// Who there is, and the accounts they hold.

import type { AccountFileQuery, Role } from '../../../src/engine/graphql'
import { addDays } from '../../../src/rules/civil'
import { BEFORE, EXPERT, REP } from '../make'
import { refused, type Facts, type ReadsOf } from './area'

export type Staff = { id: string; number: string; name: string; role: Role; teamId: string | null }

export const STAFF: readonly Staff[] = [
  { id: REP, number: 'S1021', name: '李静', role: 'REP', teamId: 'team-1' },
  { id: BEFORE, number: 'S1008', name: '赵磊', role: 'REP', teamId: 'team-1' },
  { id: 'rep-wangfang', number: 'S1025', name: '王芳', role: 'REP', teamId: 'team-1' },
  { id: 'rep-chentao', number: 'S1033', name: '陈涛', role: 'REP', teamId: 'team-1' },
  { id: 'rep-liuyang', number: 'S1040', name: '刘洋', role: 'REP', teamId: 'team-2' },
  { id: 'rep-sunli', number: 'S1042', name: '孙丽', role: 'REP', teamId: 'team-2' },
]
export const EXPERT_SUN = { id: EXPERT, name: '孙敏', role: 'EXPERT' as const }
export const SUPERVISOR = { id: 'sup-zhou', name: '周建华', role: 'SUPERVISOR' as const }
export const MANAGER = { id: 'mgr-wu', name: '吴敏', role: 'MANAGER' as const }

export const staffNamed = (id: string) =>
  [...STAFF, EXPERT_SUN, SUPERVISOR, MANAGER].find(p => p.id === id) ?? { id, name: '' }

/** The sample's accounts, spread over the reps. */
export const repOf = (at: number): Staff => STAFF[at % STAFF.length] as Staff

type Names = 'Teams' | 'Staff' | 'SearchAccounts' | 'AccountFile' | 'Timeline' | 'RepWeeks'

export const people = ({ rows, today }: Facts): ReadsOf<Names> => ({
  Teams: () => ({
    teams: [
      { id: 'team-1', storeId: 'store-1', number: 'T1', name: '历下一队' }, { id: 'team-2', storeId: 'store-1', number: 'T2', name: '市中二队' },
    ],
    stores: [{ id: 'store-1', number: 'JN01', name: '泉城路店', city: '济南' }],
  }),
  Staff: () => ({ staff: [...STAFF] }),
  SearchAccounts: ({ search }) => {
    const found = rows.cards.filter(({ account: a }, i) =>
      (!search.text || a.name.includes(search.text) || a.number.includes(search.text)) && (!search.repId || repOf(i).id === search.repId) &&
      (!search.ids || search.ids.includes(a.id)) && (!search.tiers || (a.tier !== null && search.tiers.includes(a.tier))) &&
      (!search.horizons || (a.horizon !== null && search.horizons.includes(a.horizon))) && (!search.tag || (rows.cards[i]?.tags ?? []).includes(search.tag)) &&
      (!search.overdue || (a.nextDueOn !== null && a.nextDueOn < today)))
    return {
      accounts: {
        edges: found.map(({ account }) => ({ metres: null, node: { ...account, repId: repOf(rows.cards.findIndex(c => c.account === account)).id } })),
        pageInfo: { hasNextPage: false, endCursor: null },
      },
    }
  },
  AccountFile: ({ account, lang }) => ({ accountFile: fileOf({ rows, today } as Facts, account, lang) }),
  Timeline: () => ({ timeline: { edges: [], pageInfo: { hasNextPage: false, endCursor: null }, people: [], lines: [] } }),
  RepWeeks: ({ rep }) => ({
    repWeeks: {
      userId: rep, shed: [], days: Array.from({ length: 28 }, (_, n) => ({
        day: addDays(today, n), visits: 4, calls: 6, done: n === 0 ? 3 : 0, minutes: 380, travel: 70, holiday: '', onLeave: false, items: [],
      })),
    },
  }),
})

function fileOf({ rows }: Facts, id: string, lang: 'ZH' | 'EN'): AccountFileQuery['accountFile'] {
  const card = rows.cards.find(c => c.account.id === id)
  if (!card) throw refused('NOT_FOUND', 'account')
  const words = ({ zh, en }: { zh: string; en: string }) => (lang === 'ZH' ? zh : en)
  return {
    account: card.account, repName: card.repName, storeName: '泉城路店', projection: card.projection && { ...card.projection, model: card.projection.horizon },
    evidence: card.evidence.map(e => ({ code: e.code, words: words(e) })), override: card.override, members: card.members, dates: card.dates,
    tags: card.tags, pauses: card.pauses, cases: rows.cases.filter(c => c.case.accountId === id),
    items: rows.items.filter(i => i.accountId === id && i.status === 'OPEN').map(i => ({
      ...i, objectives: i.objectives.map(o => ({ code: o.code, words: words(o) })), reasons: i.reasons.map(r => ({ rule: r.rule, words: words(r) })),
    })),
    logs: rows.logs.filter(l => l.log.accountId === id).map(l => l.log),
  }
}
