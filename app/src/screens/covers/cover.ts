import type { Day, ID } from '@/engine/contract'
import type { CoverLeaveInput, CoversQuery } from '@/engine/graphql'
import type { Picked } from '../moves/pick'

export type Cover = CoversQuery['covers'][number]

/** Days to hand over before, and to hand back after. */
export const MOST_DAYS = 14
export const USUAL_DAYS = 2

export type CoverForm = {
  id: ID
  leaveId: ID | null
  owner: ID | null
  from: Day | null
  to: Day | null
  /** Only these; else all the owner holds. */
  some: boolean
  chosen: Picked[]
  /** Who stands in for all of them, or for each. */
  split: boolean
  rep: ID | null
  given: Record<ID, ID>
  lead: number
  lag: number
  reason: string
}

/** The accounts this is about. */
export const coveredOf = (form: CoverForm, held: Picked[]): Picked[] => (form.some ? form.chosen : held)

/** What a person must still say; null when it can be sent. */
export function gapOf(form: CoverForm, held: Picked[]): 'owner' | 'days' | 'accounts' | 'rep' | 'given' | null {
  if (form.leaveId === null && form.owner === null) return 'owner'
  if (form.leaveId === null && (form.from === null || form.to === null || form.to < form.from)) return 'days'
  const covered = coveredOf(form, held)
  if (covered.length === 0) return 'accounts'
  if (!form.split) return form.rep === null ? 'rep' : null
  return covered.every(one => form.given[one.id]) ? null : 'given'
}

/** The command. One who stands in for everything is named without accounts: what the owner gets till then is theirs too. */
export function inputOf(form: CoverForm, held: Picked[]): CoverLeaveInput {
  const days = form.leaveId === null ? { owner: form.owner, from: form.from, to: form.to } : { leaveId: form.leaveId }
  return { id: form.id, ...days, by: byOf(form, held), leadDays: form.lead, lagDays: form.lag, reason: form.reason.trim() }
}

function byOf(form: CoverForm, held: Picked[]): CoverLeaveInput['by'] {
  const covered = coveredOf(form, held)
  if (!form.split) return form.rep === null ? [] : [{ accounts: form.some ? covered.map(one => one.id) : [], rep: form.rep }]
  const groups = new Map<ID, ID[]>()
  for (const { id } of covered) {
    const rep = form.given[id]
    if (rep) groups.set(rep, [...(groups.get(rep) ?? []), id])
  }
  return [...groups].map(([rep, accounts]) => ({ accounts, rep }))
}

export type CoverGroup = { key: string; owner: Cover['owner']; rep: Cover['rep']; workFrom: Day; workTo: Day; reason: string; covers: Cover[] }

/** Covers of one owner by one rep for the same days are one line. */
export function groupsOf(covers: readonly Cover[]): CoverGroup[] {
  const groups = new Map<string, CoverGroup>()
  for (const c of covers) {
    const key = [c.owner.id, c.rep.id, c.workFrom, c.workTo].join(' ')
    const there = groups.get(key)
    if (there) there.covers.push(c)
    else groups.set(key, { key, owner: c.owner, rep: c.rep, workFrom: c.workFrom, workTo: c.workTo, reason: c.reason, covers: [c] })
  }
  return [...groups.values()].sort((a, b) => (a.workFrom < b.workFrom ? -1 : a.workFrom > b.workFrom ? 1 : a.key < b.key ? -1 : 1))
}
