// Who stands in for whom.

import { refused, type ActsOf, type Facts, type ReadsOf } from './area'

type Acts = 'CoverLeave' | 'EndCovers' | 'GrantLeave' | 'RefuseLeave'

export const covers = (_: Facts): { reads: ReadsOf<'Covers' | 'LeaveCovers' | 'AskedLeaves'>; acts: ActsOf<Acts> } => ({
  reads: {
    Covers: () => ({ covers: [] }),
    LeaveCovers: () => ({ leaveCovers: [] }),
    AskedLeaves: () => ({ askedLeaves: [] }),
  },
  acts: {
    CoverLeave: () => ({ coverLeave: [] }),
    EndCovers: () => ({ endCovers: true }),
    GrantLeave: () => { throw refused('NOT_FOUND', 'leave') },
    RefuseLeave: () => { throw refused('NOT_FOUND', 'leave') },
  },
})
