// A change of the file that met a newer one: both values of each fact, and the change that is sent instead.

import type { Account, Commands, Work } from '@/engine/contract'
import { FIELDS, writtenOf, type Fact } from './fields'

type Edit = Commands['EditAccount']['input']
export type Both = { name: Fact; now: string; mine: string }

const inputOf = (work: Pick<Work, 'input'>) => ((work.input as { input?: Partial<Edit> } | null)?.input ?? {}) as Partial<Edit>

/** The facts of a change that differ from what the file says now. */
export function bothValues(work: Pick<Work, 'input'>, account: Account): Both[] {
  const input = inputOf(work)
  const now = writtenOf(account)
  const mine = writtenOf({ ...account, ...input } as Account)
  return FIELDS.filter(f => f.name in input && mine[f.name] !== now[f.name]).map(f => ({ name: f.name, now: now[f.name], mine: mine[f.name] }))
}

/** The change with the facts that are to stand, from the version of now; null when none is left. */
export function mendedInput(work: Pick<Work, 'input'>, account: Pick<Account, 'id' | 'version'>, mine: Fact[]): Edit | null {
  const dropped = new Set<string>(FIELDS.map(f => f.name).filter(name => !mine.includes(name)))
  const kept = Object.entries(inputOf(work)).filter(([name]) => !dropped.has(name) && !['id', 'accountId', 'version'].includes(name))
  return kept.length === 0 ? null : { accountId: account.id, version: account.version, ...Object.fromEntries(kept) }
}
