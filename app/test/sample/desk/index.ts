// The desk of the sample: every operation of Reads and Acts, answered by its area.

import type { ActName, ReadName } from '../../../src/engine/contract'
import type { ActsOf, Facts, ReadsOf } from './area'
import { cases } from './cases'
import { covers } from './covers'
import { effect } from './effect'
import { inbox } from './inbox'
import { moves } from './moves'
import { people } from './people'
import { policy } from './policy'
import { standing } from './standing'
import { workload } from './workload'

export type Desk = { reads: ReadsOf<ReadName>; acts: ActsOf<ActName> }

export function deskOf(facts: Facts): Desk {
  const [i, c, m, v, w, p, s] = [inbox(facts), cases(facts), moves(facts), covers(facts), workload(facts), policy(facts), standing(facts)] as const
  return {
    reads: { ...people(facts), ...effect(facts), ...i.reads, ...c.reads, ...m.reads, ...v.reads, ...w.reads, ...p.reads, ...s.reads },
    acts: { ...i.acts, ...c.acts, ...m.acts, ...v.acts, ...p.acts, ...s.acts },
  }
}
