import type { ID } from '@/engine/contract'
import type { ReceiversQuery } from '@/engine/graphql'
import { counts, type Picked } from './pick'

export type Receiver = ReceiversQuery['receivers'][number]

/** As many neighbourhoods as are asked about; the smallest share one question. */
const MOST_GROUPS = 12

/** Accounts that lie together go together: by district, and in it by who cares now. */
export function neighbourhoods(chosen: Picked[]): Picked[][] {
  const keyOf = (one: Picked) => `${one.district}\n${one.repId}`
  const sizes = counts(chosen, keyOf).map(({ key }) => key)
  const own = new Set(sizes.slice(0, sizes.length > MOST_GROUPS ? MOST_GROUPS - 1 : MOST_GROUPS))
  const groups = new Map<string, Picked[]>()
  for (const one of chosen) {
    const key = own.has(keyOf(one)) ? keyOf(one) : ''
    groups.set(key, [...(groups.get(key) ?? []), one])
  }
  return [...groups.values()].sort((a, b) => b.length - a.length)
}

/** What a receiver's work grows by in this split, in points of the score, weighs against them. */
const LOAD_WEIGHT = 60

/**
 * Gives each neighbourhood to the best of some receivers: the score of the server for this neighbourhood, less what they were
 * already given here; who would be more than full comes last. `asked` holds the answer for each group, in its order.
 */
export function bestSplit(groups: Picked[][], asked: Receiver[][], among: ReadonlySet<ID>): Record<ID, ID> {
  const given = new Map<ID, number>()
  const to: Record<ID, ID> = {}
  groups.forEach((group, i) => {
    const able = (asked[i] ?? []).filter(r => among.has(r.rep.id) && group.some(one => one.repId !== r.rep.id))
    const worth = (r: Receiver) => {
      const grown = given.get(r.rep.id) ?? 0
      const full = r.utilisationAfter + grown > 1 ? 1000 : 0
      return r.score - LOAD_WEIGHT * grown - full
    }
    const best = able.reduce<Receiver | null>((a, b) => (a === null || worth(b) > worth(a) ? b : a), null)
    if (!best) return
    given.set(best.rep.id, (given.get(best.rep.id) ?? 0) + best.utilisationAfter - best.utilisation)
    for (const one of group) if (one.repId !== best.rep.id) to[one.id] = best.rep.id
  })
  return to
}
