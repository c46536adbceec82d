// What desks read of the server and change there, at once. Nothing of it stays on this device.

import { EngineError, type ActName, type Acts, type ReadName, type Reads } from '../engine/contract'
import { bearer, judge, type Answer, type Api, type Trouble } from './api'
import type { Presence } from './presence'
import { unauthenticated, type TokenBox } from './tokens'

type File = { name: string; type: string; bytes: ArrayBuffer }
type Got<T> = Answer<T> | { kind: 'ended' }

export class Online {
  constructor(
    private readonly api: Api, private readonly tokens: TokenBox, private readonly presence: Presence,
    /** Something was changed on the server. */
    private readonly changed: () => void,
  ) {}

  async read<K extends ReadName>(name: K, args: Reads[K]['args']): Promise<Reads[K]['result']> {
    return taken(await this.call<Reads[K]['result']>(name, args))
  }

  async act<K extends ActName>(name: K, args: Acts[K]['args']): Promise<Acts[K]['result']> {
    const done = taken(await this.call<Acts[K]['result']>(name, args))
    this.changed()
    return done
  }

  async download(path: string): Promise<File> {
    if (!/^\/(?!\/)/.test(path)) throw new EngineError('INVALID', 'path', undefined, 'the path of a file of the server begins with one slash')
    return taken(await this.tokens.with<Answer<File>>(this.user(), (access) => this.fetchFile(path, access), unauthenticated))
  }

  private call<T>(name: string, args: unknown): Promise<Got<T>> {
    return this.tokens.call<T>(this.user(), name, args)
  }

  /** Who may read here: behind a lease that is over, desks are closed as well. */
  private user() {
    return this.presence.open().user
  }

  private async fetchFile(path: string, access: string): Promise<Answer<File>> {
    const got = await this.api.request(path, { headers: bearer(access) }, (response) => fileOf(response, path))
    return got.kind === 'got' ? got.value : got
  }
}

/** A file says that it is to be saved; the page of a gateway does not. */
async function fileOf(response: Response, path: string): Promise<Answer<File>> {
  const words = response.headers.get('content-disposition') ?? ''
  if (response.ok && /^attachment\b/i.test(words)) {
    const type = response.headers.get('content-type') ?? 'application/octet-stream'
    return { kind: 'data', data: { name: nameOf(words) ?? path.slice(path.lastIndexOf('/') + 1), type, bytes: await response.arrayBuffer() } }
  }
  if (response.status === 401) return { kind: 'refused', code: 'UNAUTHENTICATED', words: '' }
  const answer = judge<never>(response.status, await response.text())
  return answer.kind === 'data' ? { kind: 'failed', why: 'gateway' } : answer
}

function nameOf(disposition: string): string | undefined {
  const [, wide] = /filename\*=UTF-8''([^;]+)/i.exec(disposition) ?? []
  const [, plain] = /filename="?([^";]+)"?/i.exec(disposition) ?? []
  return wide ? decodeURIComponent(wide) : plain
}

const WORDS: Record<Trouble, string> = {
  offline: 'the server could not be reached; try again with a connection',
  server: 'something before the server is out of order; try again later',
  gateway: 'something on the way answered in place of the server; open a page in the browser and sign in to the network',
}

function taken<T>(answer: Got<T>): T {
  if (answer.kind === 'data') return answer.data
  if (answer.kind === 'refused') throw new EngineError(answer.code, answer.field, answer.rule, answer.words || answer.code, answer.faults)
  if (answer.kind === 'ended') throw new EngineError('UNAUTHENTICATED', undefined, undefined, 'the session has ended; sign in again')
  throw new EngineError('offline', undefined, answer.why, WORDS[answer.why])
}
