// One round of the sync of one user: what waits goes up, what changed comes down, photos follow. One tab at a time.

import type { ID, SyncState } from '../engine/contract'
import type { Answer, Api } from './api'
import type { Deps } from './deps'
import type { Device } from './device'
import { silent } from './lease'
import type { Member } from './member'
import { putPiece } from './photos'
import { Pusher, type Post } from './push'
import { Puller } from './pull'
import { unauthenticated, type TokenBox } from './tokens'

export type Trouble = Exclude<SyncState['trouble'], null>

export type RoundResult = {
  trouble: Trouble | null
  /** Something wants to be sent again soon. */
  later: boolean
  /** The server has ordered to wipe. */
  wipe: boolean
}

export type Told = { rows(): void; work(): void; contact(): Promise<void> }

export class Round {
  private readonly result: RoundResult = { trouble: null, later: false, wipe: false }
  private readonly pusher: Pusher

  constructor(
    private readonly deps: Deps,
    private readonly device: Device,
    private readonly api: Api,
    private readonly tokens: TokenBox,
    private readonly member: Member,
    private readonly told: Told,
  ) {
    const { outbox, store, pace } = member
    this.pusher = new Pusher(deps, member.deviceId, outbox, store.receiptKey, pace, (ids) => this.sending(ids))
  }

  /** Runs it, unless another tab is at it: then null. `sign`: lets the server hear of the device even when nothing waits. */
  run(sign = false): Promise<RoundResult | null> {
    return this.deps.lock(`huifang-sync-${this.member.user}`, { ifAvailable: true }, async (held) => {
      if (!held) return null
      await this.all(sign)
      return this.result
    })
  }

  private get offline(): boolean {
    return this.result.trouble === 'offline'
  }

  private async all(sign: boolean) {
    const { user, store } = this.member
    const ended = (await this.tokens.session(user)) === null
    await this.push(sign || (store.readable && (ended || await this.silent())))
    if (this.offline && !this.deps.online()) return
    if (store.readable && !this.result.wipe) await this.pull(ended)
    if (!this.offline) await this.upload()
    await this.member.outbox.forget()
    await this.member.photos.forget()
  }

  private async push(sign: boolean) {
    const pushed = await this.pusher.run(this.post, sign)
    this.result.wipe ||= pushed.wipe
    this.result.later ||= pushed.later
    this.result.trouble ??= pushed.trouble
    if (pushed.heard) await this.device.change(this.member.user, (known) => ({ ...known, toldAt: this.deps.now() }))
    if (pushed.moved > 0) this.told.work()
  }

  private async silent(): Promise<boolean> {
    const known = await this.device.known(this.member.user)
    return known !== undefined && silent(known.toldAt ?? null, this.deps.now())
  }

  private async pull(ended: boolean) {
    const puller = new Puller(this.member.store, this.member.rows, this.member.pageSize, () => this.told.rows())
    const pulled = ended ? { trouble: 'signedOut' as const, offered: 0 } : await puller.run((variables) =>
      this.own(() => this.tokens.call<{ changes: unknown }>(this.member.user, 'Changes', variables)))
    // What cannot be sent while other requests pass is no lack of a network.
    this.result.trouble = this.offline && !pulled.trouble ? 'server' : this.result.trouble ?? pulled.trouble
    // The server let the session go: its answer to a delivery tells whether to wipe.
    if (pulled.trouble === 'signedOut' && !ended) return this.push(true)
    if (pulled.offered === 0) return
    this.told.work()
    await this.push(false)
    this.result.later = true // the rows are to be asked for again once what was lost is back
  }

  private async upload() {
    for (const photo of await this.member.photos.ready()) {
      if (this.member.pace.resting(photo.id)) continue
      const failure = await this.member.photos.upload(photo, (path, body) => this.withAnyToken((token) => putPiece(this.api, token)(path, body)))
      if (!failure) {
        this.member.pace.done(photo.id)
        this.told.work()
        continue
      }
      this.member.pace.rest(photo.id)
      this.result.later = true
      if (failure.kind === 'failed') this.result.trouble ??= failure.why
      if (failure.kind === 'failed' && failure.why === 'offline') return
    }
  }

  private readonly post: Post = (variables) => this.withAnyToken((token) => this.api.call('Push', variables, token))

  /** With the user's session while it lives, else with the token that can deliver. */
  private async withAnyToken<T>(ask: (token: string) => Promise<Answer<T>>): Promise<Answer<T>> {
    const answer = await this.own(() => this.tokens.with(this.member.user, ask, unauthenticated))
    if (answer.kind !== 'ended' && !unauthenticated(answer)) return answer
    const known = await this.device.known(this.member.user)
    return known ? ask(await this.tokens.delivery(known)) : { kind: 'failed', why: 'server' }
  }

  /** An answer to the user's own session is contact: the lease begins anew. */
  private async own<A extends { kind: string }>(ask: () => Promise<A>): Promise<A> {
    const answer = await ask()
    if (answer.kind === 'data') {
      await this.told.contact()
    }
    return answer
  }

  private sending(ids: ID[]) {
    this.member.sending = new Set(ids)
    this.told.work()
  }
}
