import type { Deps } from './deps'

/** Tells at once, and then no more often than each `ms`: what comes meanwhile is told once at the end. */
export class Calm {
  private wanted = false
  private resting = false
  private cancel: () => void = () => undefined

  constructor(private readonly deps: Pick<Deps, 'after'>, private readonly ms: number, private readonly tell: () => void) {}

  stir() {
    this.wanted = true
    if (!this.resting) this.go()
  }

  stop() {
    this.cancel()
    this.resting = true
  }

  private go() {
    this.resting = this.wanted
    if (!this.wanted) return
    this.wanted = false
    this.tell()
    this.cancel = this.deps.after(this.ms, () => this.go())
  }
}
