// What others who used this phone left on it: their work goes up by their own right, and their rows go when the server wants
// that.

import type { ID } from '../engine/contract'
import { isObject, type Api } from './api'
import type { Deps } from './deps'
import { locked, type Device, type Known } from './device'
import type { Member } from './member'
import type { RoundResult } from './round'
import { UserStore } from './store'
import type { TokenBox } from './tokens'

export type Ways = {
  open(known: Known): Promise<Member>
  /** A round of the sync; `sign`: lets the server hear of the device even when nothing waits. */
  round(member: Member, sign: boolean): Promise<RoundResult | null>
}

export class Deliveries {
  /** Users who had nothing to send when they were looked at. */
  private readonly quiet = new Set<ID>()

  constructor(
    private readonly deps: Deps, private readonly device: Device, private readonly api: Api,
    private readonly tokens: TokenBox, private readonly ways: Ways,
  ) {}

  /** Somebody came or went: all are to be looked at again. */
  stir() {
    this.quiet.clear()
  }

  /** Whether to let the server hear of somebody who is not signed in: it may want the rows wiped. True once. */
  firstLook(member: Member): boolean {
    if (member.store.readable || this.quiet.has(member.user)) return false
    this.quiet.add(member.user)
    return true
  }

  /** Delivers for everybody but one. Answers with what went wrong, if anything did. */
  async all(but: ID | undefined): Promise<RoundResult | null> {
    let worst: RoundResult | null = null
    for (const known of await this.device.all()) {
      if (known.id === but || this.quiet.has(known.id)) continue
      const result = await this.of(known)
      if (result && !result.trouble && !result.later) this.quiet.add(known.id)
      if (result?.trouble || !worst) worst = result
    }
    return worst
  }

  async of(known: Known): Promise<RoundResult | null> {
    if (known.wipe === 'wiped') return this.report(known)
    const member = await this.ways.open(known)
    try {
      const result = await this.ways.round(member, true)
      if (result?.wipe) await this.wipe(member, result)
      else if (result) await this.tidy(member)
      return result
    } finally {
      member.close()
    }
  }

  /** The server wants this user's rows off the phone: they are unreadable at once, and gone when the work is out. */
  async wipe(member: Member, { trouble }: RoundResult) {
    await this.device.change(member.user, (known) => ({ ...locked(known, 'signedOut'), wipe: 'ordered' }))
    const { commands, photos } = await member.left()
    if (commands === 0 && (photos === 0 || !trouble)) await this.erase(member)
  }

  /** Forgets the key of work of somebody who is not signed in, when there is none of it left. */
  async tidy(member: Member) {
    if (await member.needsWorkKey()) return
    await this.device.change(member.user, (known) => (known.storeKey ? known : { ...known, workKey: null }))
  }

  private async erase(member: Member) {
    const { issued } = await member.outbox.report()
    member.close()
    await UserStore.wipe(this.deps, member.user)
    const wiped = await this.device.change(member.user, (known) => ({ ...known, wipe: 'wiped', workKey: null, issued }))
    if (!wiped) return
    await this.device.renewId(wiped.deviceId)
    await this.report(wiped)
  }

  /** Tells the server that the rows are gone; then the user is forgotten here. */
  private async report(known: Known): Promise<RoundResult> {
    const device = { id: known.deviceId, issued: known.issued, waiting: [], app: this.deps.app, wiped: true }
    const token = await this.tokens.delivery(known)
    const answer = await this.api.call<{ push: unknown }>('Push', { device, commands: [] }, token)
    const heard = answer.kind === 'data' && isObject(answer.data.push)
    if (heard) await this.device.change(known.id, () => null)
    return { trouble: answer.kind === 'failed' ? answer.why : null, later: !heard, wipe: false }
  }
}
