// The tokens of a session. A refresh token works once, and coming back it ends the session: renewing is for one tab at a time,
// and the new pair is on the disk before it is used.

import type { ID } from '../engine/contract'
import type { Answer, Api } from './api'
import type { Deps } from './deps'
import type { Device, Known, Tokens } from './device'

type Failed = Exclude<Answer<never>, { kind: 'data' }>

const place = (user: ID) => `session/${user}`
const deliveryPlace = (user: ID) => `delivery/${user}`

export class TokenBox {
  constructor(private readonly deps: Deps, private readonly device: Device, private readonly api: Api) {}

  sealSession(user: ID, tokens: Tokens) {
    return this.device.vault.own().seal(place(user), tokens)
  }

  sealDelivery(user: ID, token: string) {
    return this.device.vault.own().seal(deliveryPlace(user), token)
  }

  delivery(known: Known): Promise<string> {
    return this.device.vault.own().open<string>(deliveryPlace(known.id), known.delivery)
  }

  async session(user: ID): Promise<Tokens | null> {
    const known = await this.device.known(user)
    return known?.session ? this.device.vault.own().open<Tokens>(place(user), known.session) : null
  }

  /** Asks with the access token, renewed once when the server wants another. `ended` when there is no session any more. */
  async call<T>(user: ID, name: string, variables: unknown): Promise<Answer<T> | { kind: 'ended' }> {
    return this.with(user, (access) => this.api.call<T>(name, variables, access), unauthenticated)
  }

  async with<T>(
    user: ID, ask: (access: string) => Promise<T>, denied: (answer: T) => boolean,
  ): Promise<T | Failed | { kind: 'ended' }> {
    const tokens = await this.session(user)
    if (!tokens) return { kind: 'ended' }
    const answer = await ask(tokens.access)
    if (!denied(answer)) return answer
    const renewed = await this.renew(user, tokens.access)
    return typeof renewed === 'string' ? ask(renewed) : renewed
  }

  private renew(user: ID, failed: string): Promise<string | Failed | { kind: 'ended' }> {
    return this.deps.lock(`huifang-tokens-${user}`, {}, async () => {
      const tokens = await this.session(user)
      if (!tokens) return { kind: 'ended' as const }
      if (tokens.access !== failed) return tokens.access
      const answer = await this.api.call<{ refresh: Tokens }>('Refresh', { token: tokens.refresh }, null)
      if (answer.kind === 'data') return this.keep(user, answer.data.refresh)
      if (!unauthenticated(answer)) return answer
      await this.device.change(user, (known) => ({ ...known, session: null }))
      return { kind: 'ended' as const }
    })
  }

  private async keep(user: ID, { access, refresh }: Tokens): Promise<string | Failed> {
    if (typeof access !== 'string' || typeof refresh !== 'string') return { kind: 'failed', why: 'gateway' }
    const session = await this.sealSession(user, { access, refresh })
    await this.device.change(user, (known) => ({ ...known, session: known.session && session }))
    return access
  }
}

export const unauthenticated = (answer: { kind: string; code?: string }): boolean =>
  answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED'
