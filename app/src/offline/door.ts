// Signing in and out.

import { EngineError, type ID } from '../engine/contract'
import type * as Gql from '../engine/graphql'
import { isObject, type Answer, type Api } from './api'
import type { Clock } from './clock'
import type { Deps } from './deps'
import { locked, type Device, type Known } from './device'
import { freshLease } from './lease'
import { Member } from './member'
import { purposeOfStore, purposeOfWork } from './store'
import type { TokenBox } from './tokens'

type SignedIn = Gql.SignInMutation['signIn']
type Keys = NonNullable<SignedIn['keys']>

export class Door {
  constructor(
    private readonly deps: Deps, private readonly clock: Clock, private readonly device: Device,
    private readonly api: Api, private readonly tokens: TokenBox,
    /** Delivers what a revoked user left here, and wipes. */
    private readonly clear: (user: ID) => Promise<void>,
  ) {}

  /** Opens a session. Rejects with the server's code, or with `offline`: the key to the rows comes from the server. */
  async signIn(login: string, password: string, deviceName: string): Promise<void> {
    const name = login.trim()
    const before = (await this.device.all()).find((known) => known.login === name.toLowerCase())
    let answer = await this.ask(name, password, deviceName, before?.deviceId ?? await this.device.id())
    if (answer.kind === 'refused' && answer.code === 'REFUSED' && answer.rule === 'revoked') {
      answer = await this.asNewDevice(name, password, deviceName, before)
    }
    const { keys, ...signed } = taken(answer)
    if (!keys) throw new EngineError('INTERNAL', undefined, undefined, 'the server gave no keys for the device')
    await this.enter(name.toLowerCase(), deviceName, signed, keys)
  }

  async changePassword(known: Known, old: string, next: string): Promise<void> {
    const answer = await this.tokens.call<{ changePassword: boolean }>(known.id, 'ChangePassword', { old, next })
    if (answer.kind === 'ended') throw new EngineError('UNAUTHENTICATED')
    data(answer)
    // The server has ended every session of the user, this one too.
    await this.signIn(known.login, next, known.deviceName)
  }

  /** Seals the rows: they open again with the key that comes with the next sign-in. */
  async leave(known: Known): Promise<void> {
    const ended = this.tokens.call(known.id, 'SignOut', {})
    await Promise.race([ended, new Promise<void>((resolve) => { this.deps.after(3_000, resolve) })])
    await this.device.change(known.id, (now) => locked(now, 'signedOut'))
  }

  private async asNewDevice(login: string, password: string, deviceName: string, before?: Known): Promise<Answer<Gql.SignInMutation>> {
    const revoked = before?.deviceId ?? await this.device.id()
    if (before) await this.clear(before.id)
    if (before && await this.device.known(before.id).then((known) => known && known.wipe !== 'wiped')) {
      throw new EngineError('REFUSED', undefined, 'revoked', 'work of this user must reach the server first')
    }
    await this.device.renewId(revoked)
    return this.ask(login, password, deviceName, await this.device.id())
  }

  private ask(login: string, password: string, device: string, deviceId: ID): Promise<Answer<Gql.SignInMutation>> {
    return this.api.call<Gql.SignInMutation>('SignIn', { login, password, device, deviceId }, null)
  }

  private async enter(login: string, deviceName: string, signed: Omit<SignedIn, 'keys'>, keys: Keys): Promise<void> {
    const { vault } = this.device
    const { user } = signed
    const before = await this.device.known(user.id)
    const known: Known = {
      id: user.id, login, user, deviceId: keys.id, deviceName,
      storeKey: await vault.take(purposeOfStore(user.id), keys.storeKey),
      workKey: before?.workKey ?? await vault.make(purposeOfWork(user.id)),
      receiptKey: await vault.receiptKey(keys.receiptKey),
      session: await this.tokens.sealSession(user.id, { access: signed.access, refresh: signed.refresh }),
      delivery: await this.tokens.sealDelivery(user.id, keys.delivery),
      lease: freshLease(keys.leaseHours, this.deps.now()), heardAt: this.clock.now(), toldAt: null,
      why: 'signedOut', wipe: 'no', issued: 0,
    }
    const member = await Member.open(this.deps, this.clock, this.device, known, { outdated: () => undefined, gone: () => undefined })
    await member.outbox.startAt(keys.issued)
    member.close()
    await this.device.enter(known)
  }
}

function taken(answer: Answer<Gql.SignInMutation>): SignedIn {
  const { signIn } = data(answer)
  const whole = isObject(signIn) && isObject(signIn.user) && typeof signIn.user.id === 'string' &&
    typeof signIn.access === 'string' && typeof signIn.refresh === 'string'
  if (!whole) throw new EngineError('offline', undefined, undefined, 'something on the way answered in place of the server')
  return signIn
}

const WORDS = 'the server could not be reached; signing in needs it, because the key to the data comes from there'

/** The data of an answer. Throws what the server said, or `offline` when nothing came from it. */
export function data<T>(answer: Answer<T>): T {
  if (answer.kind === 'data') return answer.data
  if (answer.kind === 'refused') throw new EngineError(answer.code, answer.field, answer.rule, answer.words)
  throw new EngineError('offline', undefined, answer.why, WORDS)
}
