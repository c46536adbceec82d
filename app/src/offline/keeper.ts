// The loop of the sync: when the next round is, of whom, and what the screens are told of it.

import type { Deps } from './deps'
import { backoff } from './pace'
import type { RoundResult, Trouble } from './round'

/** Without news from anywhere, asks so often. */
const IDLE = 5 * 60_000

export class Keeper {
  trouble: Trouble | null = null
  private failures = 0
  private running: Promise<void> | null = null
  private again = false
  private cancel: () => void = () => undefined
  private stopped = false

  constructor(
    private readonly deps: Deps,
    /** One round of the user and of others on this phone; null when another tab is at it, or nobody is here. */
    private readonly round: () => Promise<RoundResult | null>,
    private readonly changed: () => void,
  ) {}

  get busy(): boolean {
    return this.running !== null
  }

  /** Runs a round that begins after this call; resolves when it is over. Never rejects. */
  kick(): Promise<void> {
    if (this.stopped) return Promise.resolve()
    if (this.running) this.again = true
    else this.running = this.loop()
    return this.running ?? Promise.resolve()
  }

  stop() {
    this.stopped = true
    this.cancel()
  }

  private async loop() {
    this.cancel()
    this.changed()
    let result: RoundResult | null
    do {
      this.again = false
      result = await this.once()
    } while (this.again && !this.stopped)
    this.running = null
    if (this.stopped) return
    this.cancel = this.deps.after(this.pause(result), () => void this.kick())
    this.changed()
  }

  private async once(): Promise<RoundResult | null> {
    try {
      const result = await this.round()
      if (result) this.note(result.trouble)
      return result
    } catch (e) {
      const trouble = (e as { code?: string }).code === 'storage' ? 'storage' : 'server'
      this.note(trouble)
      return { trouble, later: true, wipe: false }
    }
  }

  private note(trouble: Trouble | null) {
    this.trouble = trouble
    this.failures = trouble ? this.failures + 1 : 0
  }

  private pause(result: RoundResult | null): number {
    if (this.trouble && this.trouble !== 'signedOut') return backoff(this.failures, () => this.deps.random())
    return result?.later ? backoff(1, () => this.deps.random()) : IDLE
  }

  /** The network, the user or the server says that it is worth trying now. */
  hope() {
    this.failures = 0
  }
}
