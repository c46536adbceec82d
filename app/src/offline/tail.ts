// Hears from the server that rows moved: one stream per phone, whichever tab holds it.

import { bearer } from './api'
import type { Deps } from './deps'
import { backoff } from './pace'

/** A stream that says nothing for that long, not even a heartbeat, is dead. */
const SILENCE = 90_000

/** Without a stream, what is not kept here is asked for again so often. */
const BLIND = 30_000

export type TailEnd = 'denied' | 'broken'

/** What a stream tells of: rows of the user that moved, and things of the people they lead. */
export type Hears = { moved(): void; stirred(): void }

export class Tail {
  private readonly stopped = new AbortController()

  constructor(
    private readonly deps: Deps,
    private readonly connect: (open: (access: string) => Promise<TailEnd>) => Promise<unknown>,
    private readonly hears: Hears,
  ) {}

  /** Holds the stream until stopped, connecting again when it breaks. */
  run(lock: string): void {
    const { signal } = this.stopped
    void this.deps.lock(lock, { signal }, () => this.hold(signal)).catch(() => undefined)
  }

  stop() {
    this.stopped.abort()
  }

  private async hold(signal: AbortSignal) {
    for (let failures = 0; !signal.aborted; failures++) {
      const began = this.deps.now()
      await this.connect((access) => this.listen(access, signal))
      if (this.deps.now() - began > SILENCE) failures = 0
      await this.blind(backoff(failures, () => this.deps.random()), signal)
    }
  }

  /** Waits for the next attempt. Nobody tells what stirs meanwhile. */
  private async blind(ms: number, signal: AbortSignal) {
    for (let left = ms; left > 0 && !signal.aborted; left -= BLIND) {
      await this.sleep(Math.min(left, BLIND), signal)
      if (!signal.aborted) this.hears.stirred()
    }
  }

  private take(line: string) {
    const [, event] = EVENT.exec(line) ?? []
    if (event === 'moved') this.hears.moved()
    if (event === 'stirred') this.hears.stirred()
  }

  private sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel()
        signal.removeEventListener('abort', wake)
        resolve()
      }
      const cancel = this.deps.after(ms, wake)
      signal.addEventListener('abort', wake)
    })
  }

  private async listen(access: string, stopped: AbortSignal): Promise<TailEnd> {
    const abort = new AbortController()
    const end = () => abort.abort()
    stopped.addEventListener('abort', end, { once: true })
    let cancel = this.deps.after(SILENCE, end)
    try {
      const response = await this.deps.fetch('/events', {
        headers: { accept: 'text/event-stream', ...bearer(access) }, signal: abort.signal, cache: 'no-store', credentials: 'omit',
      })
      if (response.status === 401) return 'denied'
      if (!isStream(response)) return 'broken'
      const reader = response.body!.getReader()
      this.hears.stirred() // whatever happened before this stream
      const lines = new Lines((line) => this.take(line))
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        cancel()
        cancel = this.deps.after(SILENCE, end)
        lines.take(part.value)
      }
      return 'broken'
    } catch {
      return 'broken'
    } finally {
      cancel()
      abort.abort()
      stopped.removeEventListener('abort', end)
    }
  }
}

const EVENT = /^event: ?(moved|stirred)$/

const isStream = (response: Response): boolean =>
  response.ok && response.body !== null && (response.headers.get('content-type') ?? '').startsWith('text/event-stream')

/** Cuts a stream of bytes into lines, wherever the pieces end. */
export class Lines {
  private rest = ''
  private readonly decoder = new TextDecoder()

  constructor(private readonly heard: (line: string) => void) {}

  take(bytes: Uint8Array) {
    const lines = (this.rest + this.decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r/)
    this.rest = lines.pop() ?? ''
    lines.forEach(this.heard)
  }
}
