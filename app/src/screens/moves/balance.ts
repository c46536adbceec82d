import type { ID } from '@/engine/contract'
import type { BalanceQuery } from '@/engine/graphql'

export type Balance = BalanceQuery['balance']
export type BalanceMove = Balance['moves'][number]
export type Load = { rep: Balance['reps'][number]['rep']; accounts: number; before: number; after: number }
export type Sums = { loads: Load[]; spread: number; travel: number; within: boolean }

const round = (n: number) => Math.round(n * 10) / 10

/** Spread of utilisation, in points of a hundred: the standard deviation. */
export function spreadOf(loads: number[]): number {
  if (loads.length === 0) return 0
  const mean = loads.reduce((a, b) => a + b, 0) / loads.length
  return round(100 * Math.sqrt(loads.reduce((sum, n) => sum + (n - mean) ** 2, 0) / loads.length))
}

/** What comes of the moves that are ticked. With all of them it is the server's own answer. */
export function sumsOf(balance: Balance, ticked: ReadonlySet<ID>): Sums {
  const taken = balance.moves.filter(move => ticked.has(move.accountId))
  const whole = taken.length === balance.moves.length
  const loads = balance.reps.map(({ rep, capacity, ...r }): Load => {
    const minutes = taken.reduce((n, move) => n + minutesFor(move, rep.id), 0)
    const accounts = r.accountsBefore + taken.filter(m => m.toRep.id === rep.id).length - taken.filter(m => m.fromRep.id === rep.id).length
    const after = whole ? r.utilisationAfter : capacity > 0 ? r.utilisationBefore + minutes / capacity : r.utilisationBefore
    return { rep, accounts, before: r.utilisationBefore, after }
  })
  return {
    loads,
    spread: whole ? round(balance.spreadAfter) : taken.length === 0 ? round(balance.spreadBefore) : spreadOf(loads.map(l => l.after)),
    travel: whole ? balance.travelAfter : balance.travelBefore - taken.reduce((n, move) => n + move.gainTravel, 0),
    within: loads.every(l => balance.low <= l.after && l.after <= balance.high),
  }
}

function minutesFor(move: BalanceMove, rep: ID): number {
  if (move.toRep.id === rep) return move.care + move.travelAdded
  if (move.fromRep.id === rep) return -move.care - move.travelSaved
  return 0
}
