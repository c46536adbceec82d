// The line before the door of the server: who may go now, and who waits for whom. Pure.

import type { About, ID } from '../engine/contract'
import type { OutboxRow } from './schema'

type Standing = Pick<OutboxRow, 'id' | 'state' | 'things'>

/** Whose turn it is, in the order of the line: waiting, and about nothing that work before it is about and that has no
 *  answer or a bad one. So one at a time about each thing; others go on (story 17). `skip` holds those whose turn it is not,
 *  and what comes after them. */
export function turn<T extends Standing>(line: T[], limit: number, skip: (row: T) => boolean = () => false): T[] {
  const busy = new Set<ID>()
  const going: T[] = []
  for (const row of line) {
    if (row.state === 'accepted') continue
    const free = !row.things.some((thing) => busy.has(thing))
    for (const thing of row.things) busy.add(thing)
    if (free && row.state === 'waiting' && going.length < limit && !skip(row)) going.push(row)
  }
  return going
}

/** Which refused or conflicting work each waiting one stands behind, be it over others in between. */
export function holders(line: Standing[]): Map<ID, ID> {
  const blocked = new Map<ID, ID>()
  const held = new Map<ID, ID>()
  for (const row of line) {
    if (row.state === 'accepted') continue
    const bad = row.state === 'refused' || row.state === 'conflict'
    const holder = bad ? row.id : row.things.map((thing) => blocked.get(thing)).find((id) => id !== undefined)
    if (!holder) continue
    if (!bad) held.set(row.id, holder)
    for (const thing of row.things) if (!blocked.has(thing)) blocked.set(thing, holder)
  }
  return held
}

const NAMED = ['id', 'accountId', 'account', 'itemId', 'item', 'caseId', 'logId', 'purchaseId', 'memberId', 'member', 'date']

/** Ids of everything a command is about: later ones about any of them wait for it. */
export function thingsOf(id: ID, variables: Record<string, unknown>, about: About): ID[] {
  const input = { ...variables, ...(variables.input as Record<string, unknown> | undefined) }
  const named = NAMED.map((name) => input[name]).filter((value): value is ID => typeof value === 'string')
  // One order of a day takes the place of the one before: they must not pass each other. Its contacts go their own ways.
  const ordered = Array.isArray(input.items) && typeof input.day === 'string' ? [`order/${input.day}`] : []
  return [...new Set([id, ...named, ...ordered, ...[about.accountId, about.itemId].filter((value) => value !== undefined)])]
}
