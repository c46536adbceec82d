// The rounds of one tab: of whoever is here, and of others who left work on this phone.

import type { ID } from '../engine/contract'
import type { Api } from './api'
import { Deliveries } from './deliveries'
import type { Deps } from './deps'
import type { Device } from './device'
import { Keeper } from './keeper'
import type { Member } from './member'
import type { Presence } from './presence'
import { Round, type RoundResult, type Told } from './round'
import type { Tabs } from './tabs'
import type { TokenBox } from './tokens'

export class Syncing {
  readonly keeper: Keeper
  readonly deliveries: Deliveries
  /** Another tab asked for this round: if a third one is at it, that one was asked, too. */
  private nudges = false
  /** The next round is not to wait for what rests after a failure. */
  private hurry = false

  constructor(
    private readonly deps: Deps, private readonly device: Device, private readonly api: Api,
    private readonly tokens: TokenBox, private readonly presence: Presence, private readonly tabs: () => Tabs,
  ) {
    this.keeper = new Keeper(deps, () => this.rounds(), () => this.tabs().share(['sync']))
    this.deliveries = new Deliveries(deps, device, api, tokens, {
      open: (known) => presence.openMember(known), round: (member, sign) => this.roundOf(member, sign),
    })
  }

  /** A round that waits for nothing. */
  now(): Promise<void> {
    this.hurry = true
    this.keeper.hope()
    return this.keeper.kick()
  }

  nudged() {
    this.nudges = !this.keeper.busy
    void this.keeper.kick()
  }

  /** Somebody came or went. */
  async moveIn() {
    this.deliveries.stir()
    await this.presence.reopen()
    this.shareAll()
    void this.now()
  }

  /** Delivers and wipes what a revoked user left, before they come back. */
  async clear(user: ID) {
    const known = await this.device.known(user)
    if (known) await (this.presence.member?.user === user ? this.rounds() : this.deliveries.of(known))
  }

  private async rounds(): Promise<RoundResult | null> {
    const { member } = this.presence
    if (this.hurry) member?.pace.awake()
    this.hurry = false
    const result = member && await this.roundOf(member, this.deliveries.firstLook(member))
    if (member && result) await this.afterRound(member, result)
    this.nudges = false
    if (this.presence.stopped) return result
    const others = await this.deliveries.all(this.presence.member?.user)
    return member ? result : others
  }

  private async afterRound(member: Member, result: RoundResult) {
    if (!result.wipe) return member.store.readable ? undefined : this.deliveries.tidy(member)
    await this.deliveries.wipe(member, result)
    await this.presence.reopen()
    this.shareAll()
  }

  private async roundOf(member: Member, sign: boolean): Promise<RoundResult | null> {
    const told: Told = {
      rows: () => this.tabs().share(['rows', 'work', 'sync']),
      work: () => this.tabs().share(['work', 'sync']),
      contact: () => this.presence.contact(member.user),
    }
    const result = await new Round(this.deps, this.device, this.api, this.tokens, member, told).run(sign)
    if (result === null && !this.nudges) this.tabs().nudge()
    return result
  }

  private shareAll() {
    this.tabs().share(['session', 'rows', 'work', 'sync', 'drafts'], true)
  }
}
