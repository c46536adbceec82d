// How long the rows stay readable without a word of the server. The clock of a phone can be set: time only adds up when it
// goes forward, so that setting it back gives nothing, and going there and back counts as gone.

const HOUR = 3_600_000

export type Lease = {
  hours: number
  /** Milliseconds without contact that have added up. */
  used: number
  /** The clock when it was looked at last. */
  wall: number
}

export const freshLease = (hours: number, now: number): Lease => ({ hours, used: 0, wall: now })

export const passed = (lease: Lease, now: number): Lease =>
  ({ ...lease, used: lease.used + Math.max(0, now - lease.wall), wall: now })

export const expired = (lease: Lease): boolean => lease.used >= lease.hours * HOUR

/** A device that has nothing to push tells so once an hour: those who look after it see when it was heard of and what it
 *  holds. A clock that was set back counts as an hour. */
export const silent = (toldAt: number | null, now: number): boolean =>
  toldAt === null || now < toldAt || now - toldAt >= HOUR
