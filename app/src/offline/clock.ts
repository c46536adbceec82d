// The phone's clock, set right by the server's. A phone that is some seconds off is left alone.

const TOLERANCE = 2 * 60_000

export class Clock {
  constructor(private readonly wall: () => number, private skew = 0) {}

  now(): number {
    return this.wall() + this.skew
  }

  iso(): string {
    return new Date(this.now()).toISOString()
  }

  /** Learns from the Date header of an answer. Returns the new skew when it changed. */
  learn(date: string | null): number | null {
    const server = date ? Date.parse(date) : NaN
    if (Number.isNaN(server)) return null
    const off = server - this.wall()
    const skew = Math.abs(off) > TOLERANCE ? off : 0
    if (Math.abs(skew - this.skew) <= TOLERANCE) return null
    this.skew = skew
    return skew
  }
}
