// What the tabs of one phone tell each other and their screens.

import type { Topic } from '../engine/contract'
import type { Channel, Deps } from './deps'
import type { Trouble } from './round'

type Message = { topics?: Topic[]; session?: boolean; nudge?: boolean; trouble?: Trouble | null }

/** What another tab says. */
export type Hears = {
  trouble(now: Trouble | null): void
  /** Something changed; `session`: who is here. */
  changed(topics: Topic[], session: boolean): Promise<void>
  /** Another tab cannot run a round, because this one may be at it: one that begins now is wanted. */
  nudged(): void
}

export class Tabs {
  private readonly listeners = new Set<(topics: Topic[]) => void>()
  private readonly channel: Channel
  private closed = false

  constructor(deps: Deps, private readonly trouble: () => Trouble | null, private readonly hears: Hears) {
    this.channel = deps.channel('huifang')
    this.channel.listen((message) => this.heard(message as Message))
  }

  on(heard: (topics: Topic[]) => void): () => void {
    this.listeners.add(heard)
    return () => this.listeners.delete(heard)
  }

  /** Tells the screens of this tab. */
  tell(topics: Topic[]) {
    for (const listener of this.listeners) listener(topics)
  }

  /** Tells the screens of all tabs. */
  share(topics: Topic[], session = false) {
    this.tell(topics)
    if (!this.closed) this.channel.post({ topics, session, trouble: this.trouble() } satisfies Message)
  }

  nudge() {
    this.channel.post({ nudge: true } satisfies Message)
  }

  close() {
    this.closed = true
    this.channel.close()
  }

  private heard({ topics, session, nudge, trouble }: Message) {
    if (this.closed) return
    if (trouble !== undefined) this.hears.trouble(trouble)
    if (topics) void this.hears.changed(topics, session === true).catch(() => undefined).then(() => this.tell(topics))
    if (nudge) this.hears.nudged()
  }
}
