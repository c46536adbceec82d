// Moves of accounts, and how to balance a team.

import { page, refused, type ActsOf, type Facts, type ReadsOf } from './area'

type Reads = 'Moves' | 'Move' | 'MoveEffect' | 'Receivers' | 'Balance' | 'MapPoints'

export const moves = (_: Facts): { reads: ReadsOf<Reads>; acts: ActsOf<'MoveAccounts' | 'EndMove'> } => ({
  reads: {
    Moves: ({ first, after }) => ({ moves: page([], first, after) }),
    Move: () => { throw refused('NOT_FOUND', 'move') },
    MoveEffect: () => ({ moveEffect: { sides: [] } }),
    Receivers: () => ({ receivers: [] }),
    Balance: () => ({
      balance: { low: 0.75, high: 0.95, within: true, words: '', spreadBefore: 0, spreadAfter: 0, travelBefore: 0, travelAfter: 0, reps: [], moves: [] },
    }),
    MapPoints: () => ({ mapPoints: { points: [], placeless: 0, reps: [] } }),
  },
  acts: {
    MoveAccounts: () => ({ moveAccounts: [] }),
    EndMove: () => { throw refused('NOT_FOUND', 'moveId') },
  },
})
