// Moves of accounts, and how to balance a team.

import type { BalanceQuery, MoveEffectQuery, MoveQuery, MoveToInput, ReceiversQuery } from '../../../src/engine/graphql'
import { addDays } from '../../../src/rules/civil'
import { page, person, refused, type ActsOf, type Facts, type ReadsOf } from './area'
import { map } from './map'
import { repOf, STAFF, staffNamed } from './people'

type Reads = 'Moves' | 'Move' | 'MoveEffect' | 'Receivers' | 'Balance' | 'MapPoints'
type File = MoveQuery['move']
type Move = File['move']

/** Who may be undone is at most so many days old. */
const UNDO_DAYS = 7

export function moves(facts: Facts): { reads: ReadsOf<Reads>; acts: ActsOf<'MoveAccounts' | 'EndMove'> } {
  const files = filesOf(facts)
  const file = (id: string): File => {
    const found = files.find(f => f.move.id === id)
    if (!found) throw refused('NOT_FOUND', 'move')
    return found
  }
  return {
    reads: {
      ...map(facts),
      Moves: ({ filter, first, after }) => ({
        moves: page(files.map(f => f.move).filter(m => !filter.statuses || filter.statuses.includes(m.status)), first, after),
      }),
      Move: ({ move }) => ({ move: file(move) }),
      MoveEffect: ({ moves: asked }) => ({ moveEffect: { sides: sidesOf(facts, [asked].flat()) } }),
      Receivers: ({ accounts, lang }) => ({ receivers: receiversOf(facts, [accounts].flat().length, lang) }),
      Balance: ({ team, lang }) => ({ balance: balanceOf(facts, team ?? 'team-1', lang) }),
    },
    acts: {
      MoveAccounts: ({ input }) => {
        const again = files.filter(f => f.move.id.startsWith(input.id))
        if (again.length > 0) return { moveAccounts: again.map(f => f.move) }
        if (input.reason.trim() === '') throw refused('INVALID', 'reason', 'required')
        const made = [input.moves].flat().map((to, i) => fileOf(facts, {
          id: `${input.id}-${i}`, to, on: input.on ?? facts.today, reason: input.reason, note: input.note ?? '', joint: input.joint ?? false,
        }))
        files.unshift(...made)
        return { moveAccounts: made.map(f => f.move) }
      },
      EndMove: ({ input }) => {
        const held = file(input.moveId)
        const planned = held.move.status === 'PLANNED'
        if (!planned && (held.move.status !== 'DONE' || held.move.undoUntil === null)) throw refused('REFUSED', 'moveId', 'D9')
        held.move = { ...held.move, status: planned ? 'CANCELLED' : 'UNDONE', undoUntil: null, endWhy: input.why }
        held.accounts = held.accounts.map(a => ({ ...a, status: 'UNDONE' }))
        return { endMove: held.move }
      },
    },
  }
}

type Asked = { id: string; to: MoveToInput; on: string; reason: string; note: string; joint: boolean }

function fileOf({ rows, today, now }: Facts, { id, to, on, reason, note, joint }: Asked): File {
  const later = on > today
  const accounts = [to.accounts].flat().map(accountId => {
    const at = rows.cards.findIndex(c => c.account.id === accountId)
    return {
      accountId, accountName: rows.cards[at]?.account.name ?? '', fromRep: person(repOf(Math.max(0, at))), status: later ? 'PLANNED' as const : 'DONE' as const,
      readAt: null as string | null, objection: '',
    }
  })
  const from = new Map(accounts.map(a => [a.fromRep.id, a.fromRep]))
  const me = { id: rows.world?.user.id ?? '', name: rows.world?.user.name ?? '' }
  return {
    accounts,
    move: {
      id, toRep: person(staffNamed(to.toRep)), fromReps: [...from.values()], reason, note, onDay: on, joint, status: later ? 'PLANNED' : 'DONE', by: me,
      createdAt: new Date(now()).toISOString(), doneAt: later ? null : new Date(now()).toISOString(), undoUntil: later ? null : addDays(on, UNDO_DAYS), endWhy: '',
      accounts: accounts.length, read: 0, objected: 0,
    },
  }
}

function filesOf(facts: Facts): File[] {
  const { rows, today } = facts
  const ids = (from: number, step: number, n: number) => Array.from({ length: n }, (_, i) => rows.cards[from + i * step]?.account.id ?? '').filter(id => id !== '')
  if (rows.cards.length === 0) return []
  const to = (toRep: string, accounts: string[]): MoveToInput => ({ toRep, accounts })
  const done = fileOf(facts, { id: 'move-done', to: to('rep-wangfang', ids(0, 6, 6)), on: addDays(today, -3), reason: '离得近，李静手上太满', note: '都是爱聊天的老人，不着急谈购买。', joint: true })
  done.move.status = 'DONE'
  done.accounts = done.accounts.map((a, i) => i === 1 ? { ...a, status: 'OBJECTED', objection: '只认小李，不想换人' }
    : i < 4 ? { ...a, readAt: `${addDays(today, -2)}T08:10:00Z` } : a)
  Object.assign(done.move, { read: 4, objected: 1 } satisfies Partial<Move>)
  const old = fileOf(facts, { id: 'move-old', to: to('rep-chentao', ids(1, 6, 4)), on: addDays(today, -20), reason: '原代表调店', note: '', joint: false })
  Object.assign(old.move, { undoUntil: null, read: 4 } satisfies Partial<Move>)
  const undone = fileOf(facts, { id: 'move-undone', to: to('rep-liuyang', ids(2, 6, 2)), on: addDays(today, -9), reason: '试一试', note: '', joint: false })
  Object.assign(undone.move, { status: 'UNDONE', undoUntil: null, endWhy: '两位都住在原代表隔壁' } satisfies Partial<Move>)
  return [
    fileOf(facts, { id: 'move-planned', to: to('rep-zhaolei', ids(3, 6, 5)), on: addDays(today, 4), reason: '陈涛下月起只做专家陪访', note: '', joint: false }), done, undone, old,
  ]
}

function receiversOf({ today }: Facts, asked: number, lang: 'ZH' | 'EN'): ReceiversQuery['receivers'] {
  const zh = lang === 'ZH'
  const team = STAFF.filter(r => r.teamId === 'team-1')
  return team.map((rep, i) => {
    const utilisation = [0.96, 0.62, 0.71, 0.84][i] ?? 0.8
    const metres = [2100, 850, 4300, null][i] ?? null
    return {
      rep: person(rep), score: [41, 88, 67, 59][i] ?? 50, accounts: [118, 74, 83, 96][i] ?? 90, utilisation,
      utilisationAfter: Math.round((utilisation + 0.006 * asked) * 1000) / 1000, metres, known: i === 1 ? Math.min(asked, 3) : 0,
      awayFrom: i === 2 ? addDays(today, 5) : null,
      words: i === 1 ? [zh ? '离得最近' : 'lives nearest', zh ? '工时最宽裕' : 'has the most time'] : i === 0 ? [zh ? '工时已经很满' : 'has little time left'] : [],
    }
  }).sort((a, b) => b.score - a.score)
}

function sidesOf({ rows }: Facts, asked: MoveToInput[]): MoveEffectQuery['moveEffect']['sides'] {
  const change = new Map<string, number>()
  for (const { accounts, toRep } of asked) {
    for (const id of [accounts].flat()) {
      const from = repOf(Math.max(0, rows.cards.findIndex(c => c.account.id === id))).id
      change.set(from, (change.get(from) ?? 0) - 1)
      change.set(toRep, (change.get(toRep) ?? 0) + 1)
    }
  }
  return [...change].map(([id, n]) => {
    const full = n < 0
    const before = {
      accounts: full ? 118 : 74, contactMinutes: full ? 8900 : 5200, travelMinutes: full ? 1900 : 1200, capacity: 9600, late: full ? 23 : 4, shed: full ? 9 : 0,
      regularity: full ? 0.71 : 0.88,
    }
    return {
      rep: person(staffNamed(id)), before,
      after: {
        ...before, accounts: before.accounts + n, contactMinutes: before.contactMinutes + 74 * n, travelMinutes: before.travelMinutes + 15 * n,
        late: Math.max(0, before.late + n), shed: Math.max(0, before.shed + Math.min(0, n)), regularity: before.regularity - 0.004 * n,
      },
    }
  }).sort((a, b) => (a.rep.id < b.rep.id ? -1 : 1))
}

const BAND = { low: 0.75, high: 0.95 }
const CAPACITY = 9600

function balanceOf({ rows }: Facts, team: string, lang: 'ZH' | 'EN'): BalanceQuery['balance'] {
  const zh = lang === 'ZH'
  const staff = STAFF.filter(r => r.teamId === team)
  const none = { ...BAND, spreadAfter: 4.1, spreadBefore: 4.1, travelBefore: 5400, travelAfter: 5400, moves: [] }
  const [first, second] = [staff[0], staff[1]]
  if (team !== 'team-1' || !first || !second || rows.cards.length === 0) {
    return { ...none, within: true, words: '', reps: staff.map((rep, i) => loadOf(rep, 7100 + 250 * i, 7100 + 250 * i, 0)) }
  }
  const moved = rows.cards.map((c, i) => ({ account: c.account, i })).filter(({ i }) => repOf(i).id === first.id).slice(0, 6)
  const taken = moved.map(({ account, i }, n) => ({
    accountId: account.id, accountName: account.name, tier: account.tier ?? '', fromRep: person(first), toRep: person(second), gainFairness: 2.4 - 0.3 * n,
    gainTravel: n === 4 ? -8 : 26 - 2 * n, care: 190 + 10 * n, travelSaved: 40, travelAdded: n === 4 ? 48 : 14 + 2 * n, known: i % 4 === 0,
    words: zh ? `离${second.name}更近，${first.name}的工时超过合理区间` : `nearer to ${second.name}; ${first.name} is above the band`,
  }))
  const sum = (of: (m: (typeof taken)[number]) => number) => taken.reduce((n, m) => n + of(m), 0)
  const [out, into] = [sum(m => m.care + m.travelSaved), sum(m => m.care + m.travelAdded)]
  const reps = staff.map((rep, i) => {
    const before = [10350, 5900, 7600, 8100][i] ?? 8000
    return loadOf(rep, before, i === 0 ? before - out : i === 1 ? before + into : before, i === 0 ? -taken.length : i === 1 ? taken.length : 0)
  })
  return {
    ...BAND, within: false, words: zh ? '李静仍高于合理区间：再往外移会让路程变长' : 'one rep stays above the band: more moves would cost travel',
    spreadBefore: 16.6, spreadAfter: 8.7, travelBefore: 6100, travelAfter: 6100 - sum(m => m.gainTravel), reps, moves: taken,
  }
}

function loadOf(rep: { id: string; name: string }, before: number, after: number, accounts: number): BalanceQuery['balance']['reps'][number] {
  const travel = 1400
  return {
    rep: person(rep), accountsBefore: 100, accountsAfter: 100 + accounts, capacity: CAPACITY, careBefore: before - travel, careAfter: after - travel,
    travelBefore: travel, travelAfter: travel, utilisationBefore: before / CAPACITY, utilisationAfter: after / CAPACITY,
  }
}
