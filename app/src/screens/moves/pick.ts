import type { Day, ID } from '@/engine/contract'

/** An account chosen to move, or to be covered. */
export type Picked = { id: ID; name: string; tier: string; repId: ID; district: string }

/** As many as one command moves. */
export const MOST = 500

/** What is chosen with more of it, each once; `left` did not find room. */
export function withMore(chosen: Picked[], more: Picked[]): { chosen: Picked[]; left: number } {
  const there = new Set(chosen.map(one => one.id))
  const fresh = more.filter(one => !there.has(one.id) && there.add(one.id))
  const room = Math.max(0, MOST - chosen.length)
  return { chosen: [...chosen, ...fresh.slice(0, room)], left: Math.max(0, fresh.length - room) }
}

export const without = (chosen: Picked[], gone: Iterable<ID>): Picked[] => {
  const drop = new Set(gone)
  return chosen.filter(one => !drop.has(one.id))
}

export type Count = { key: string; count: number }

/** How many there are of each, the most first, then by key. */
export function counts<T>(rows: T[], keyOf: (row: T) => string): Count[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + 1)
  return [...sums].map(([key, count]) => ({ key, count })).sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
}

/** By tier, A first; accounts without one last. */
export const byTier = (chosen: Picked[]): Count[] =>
  counts(chosen, one => one.tier).sort((a, b) => (a.key || 'Z').localeCompare(b.key || 'Z'))

/** The accounts of a command, by who gets them, in the order of the choice. */
export function byReceiver(chosen: Picked[], to: Record<ID, ID>): { accounts: ID[]; toRep: ID }[] {
  const groups = new Map<ID, ID[]>()
  for (const { id } of chosen) {
    const rep = to[id]
    if (rep) groups.set(rep, [...(groups.get(rep) ?? []), id])
  }
  return [...groups].map(([toRep, accounts]) => ({ accounts, toRep }))
}

/** Chosen accounts nobody gets yet, or whose receiver has them already. */
export const unplaced = (chosen: Picked[], to: Record<ID, ID>): Picked[] =>
  chosen.filter(one => !to[one.id] || to[one.id] === one.repId)

/** The day a command names: none for today, so that the server's own today counts. */
export const dayOf = (on: Day | null, today: Day): Day | null => (on === null || on <= today ? null : on)
