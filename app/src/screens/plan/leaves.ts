// Days off with their state: those the server knows, and those this phone has asked for and not delivered yet.

import type { Day, Work, WorkState, World } from '@/engine/contract'

export type LeaveRow = { id: string; from: Day; to: Day; reason: string; granted: boolean; pending: WorkState | null }

type Asked = { input: { id?: string; from: Day; to: Day; reason?: string } }

/** Soonest first. Work that the server's own rows already show is not listed twice. */
export function leaveRows(world: World, work: Work[]): LeaveRow[] {
  const mine = world.leaves.filter(l => l.userId === world.user.id)
  const known = mine.map((l): LeaveRow => ({ id: l.id, from: l.fromDay, to: l.toDay, reason: l.reason, granted: l.granted, pending: null }))
  const waiting = work.filter(w => w.name === 'AskLeave' && w.state !== 'accepted' && w.state !== 'review').map(asked)
  const news = waiting.filter(w => !known.some(k => k.from === w.from && k.to === w.to && w.pending !== 'refused'))
  const covered = known.map(k => ({ ...k, pending: waiting.find(w => w.from === k.from && w.to === k.to)?.pending ?? null }))
  return [...covered, ...news].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))
}

function asked(work: Work): LeaveRow {
  const { input } = work.input as Asked
  return { id: work.id, from: input.from, to: input.to, reason: input.reason ?? '', granted: false, pending: work.state }
}
