// When to try again: later and later, never in step with other phones, and at most five minutes from now.

import type { ID } from '../engine/contract'

const FIRST = 2_000
const LONGEST = 5 * 60_000

/** Milliseconds before the attempt after so many failures. */
export const backoff = (failures: number, random: () => number): number =>
  Math.min(LONGEST, FIRST * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2)

export class Pace {
  private size = Infinity
  private readonly rests = new Map<ID, { failures: number; until: number }>()

  constructor(private readonly now: () => number, private readonly random: () => number) {}

  limit(most: number): number {
    return Math.min(most, this.size)
  }

  /** The server could not take a request as a whole: smaller ones, until it is clear which command it is. */
  choked(batch: ID[]) {
    if (batch.length > 1) this.size = Math.ceil(batch.length / 2)
    else for (const id of batch) this.rest(id)
  }

  went() {
    this.size = Math.min(1024, this.size * 2)
  }

  rest(id: ID) {
    const failures = (this.rests.get(id)?.failures ?? 0) + 1
    this.rests.set(id, { failures, until: this.now() + backoff(failures, this.random) })
  }

  failures(id: ID): number {
    return this.rests.get(id)?.failures ?? 0
  }

  resting(id: ID): boolean {
    return (this.rests.get(id)?.until ?? 0) > this.now()
  }

  anyResting(): boolean {
    return [...this.rests.keys()].some((id) => this.resting(id))
  }

  /** It has arrived. */
  done(id: ID) {
    this.rests.delete(id)
  }

  /** The user or the network says: now. */
  awake() {
    for (const rest of this.rests.values()) rest.until = 0
  }
}
