import type { Day } from '@/engine/contract'
import type { MovesQuery, MoveStatus } from '@/engine/graphql'

export type Move = MovesQuery['moves']['edges'][number]['node']

/** What the list shows: what comes and what was done, or what was taken back. */
export type Which = 'now' | 'over'
export const statusesOf = (which: Which): MoveStatus[] => (which === 'now' ? ['PLANNED', 'DONE'] : ['UNDONE', 'CANCELLED'])

/** Whether it can be taken back: within the days of the policy, or off before its day. */
export const canEnd = (move: Pick<Move, 'status' | 'undoUntil'>, today: Day): boolean =>
  move.status === 'PLANNED' || (move.status === 'DONE' && move.undoUntil !== null && today <= move.undoUntil)
