// What an area of the desk answers in the sample: reads and acts of the contract by name, over state of its own.

import { EngineError, type ActName, type Acts, type Day, type ReadName, type Reads } from '../../../src/engine/contract'
import type { Rows } from '../rows'

export type Facts = { now: () => number; today: Day; rows: Rows }
export type ReadsOf<K extends ReadName> = { [N in K]: (args: Reads[N]['args']) => Reads[N]['result'] }
export type ActsOf<K extends ActName> = { [N in K]: (args: Acts[N]['args']) => Acts[N]['result'] }

export const refused = (code: string, field?: string, rule?: string, words?: string): EngineError => new EngineError(code, field, rule, words)

/** One page of all rows. */
export const page = <T>(rows: T[], first: number, after: string) => {
  const from = after === '' ? 0 : Number(after)
  const edges = rows.slice(from, from + first).map((node, i) => ({ cursor: String(from + i + 1), node }))
  const end = from + edges.length
  return { edges, pageInfo: { hasNextPage: end < rows.length, endCursor: end === from ? null : String(end) } }
}

export const person = ({ id, name }: { id: string; name: string }) => ({ id, name })
