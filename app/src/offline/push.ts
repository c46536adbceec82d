// Sending what waits. Only an explicit answer with a receipt that fits moves a command; whatever else comes back, it stays.

import type { ID } from '../engine/contract'
import type * as Gql from '../engine/graphql'
import { isObject, type Answer } from './api'
import type { Deps } from './deps'
import type { Outbox, Outgoing, Settled } from './outbox'
import { commandHash, genuine } from './receipts'
import { attemptOf, type OutboxRow } from './schema'
import type { Pace } from './pace'

/** How many commands one request carries. */
export const BATCH = 20

type Pushed = Gql.PushMutation['push']
type CommandAnswer = Pushed['answers'][number]

/** Sends a mutation Push with whichever token the user still has. */
export type Post = (variables: Gql.PushMutationVariables) => Promise<Answer<{ push: Pushed }>>

export type PushResult = {
  /** Whether the server answered, be it with nothing to do. */
  heard: boolean
  /** How many commands moved. */
  moved: number
  wipe: boolean
  /** Why it stopped early; null when everything whose turn it was has been sent. */
  trouble: null | 'offline' | 'server' | 'gateway' | 'signedOut'
  /** The server wants some of it again later. */
  later: boolean
}

const STATES: Record<string, OutboxRow['state']> = {
  APPLIED: 'accepted', DUPLICATE: 'accepted', APPLIED_REASSIGNED: 'accepted', CONFLICT: 'conflict', REJECTED: 'refused',
}

export class Pusher {
  constructor(
    private readonly deps: Deps,
    private readonly device: ID,
    private readonly outbox: Outbox,
    private readonly receiptKey: CryptoKey,
    private readonly pace: Pace,
    private readonly sending: (ids: ID[]) => void,
  ) {}

  /** Sends until nothing is left whose turn it is, or until something is in the way. `always`: a sign of life at least. */
  async run(post: Post, always = false): Promise<PushResult> {
    const result: PushResult = { heard: false, moved: 0, wipe: false, trouble: null, later: false }
    for (let first = always; ; first = false) {
      const { pace } = this
      const batch = await this.outbox.batch(pace.limit(BATCH), (id) => pace.resting(id), (id) => pace.failures(id))
      if (batch.length === 0 && !first) return { ...result, later: result.later || this.pace.anyResting() }
      const moved = await this.once(post, batch, result)
      if (moved === 0) return result
    }
  }

  /** One request. Returns how many commands moved; what was in the way stands in the result. */
  private async once(post: Post, batch: Outgoing[], result: PushResult): Promise<number> {
    const answer = await this.post(post, batch)
    if (answer.kind !== 'data') {
      result.trouble = this.troubleOf(answer, batch)
      return 0
    }
    const pushed = isPushed(answer.data.push) ? answer.data.push : null
    const settled = pushed ? await this.verified(batch, pushed) : []
    await this.outbox.settle(settled, pushed?.epoch ?? '')
    return this.note(result, batch, pushed, settled)
  }

  private note(result: PushResult, batch: Outgoing[], pushed: Pushed | null, settled: Settled[]): number {
    if (!pushed) result.trouble = 'gateway'
    else result.heard = true
    if (pushed?.wipe) result.wipe = true
    result.moved += settled.length
    if (settled.length > 0) this.pace.went()
    const moved = new Set(settled.map(({ row }) => row.id))
    for (const id of moved) this.pace.done(id)
    const left = batch.filter(({ row }) => !moved.has(row.id))
    for (const { row } of left) this.pace.rest(row.id)
    const retried = left.every(({ row }) => pushed?.answers.some((a) => a.id === row.id && a.status === 'RETRY'))
    if (left.length > 0) result.later = true
    if (left.length > 0 && !retried) result.trouble = 'gateway'
    return settled.length
  }

  private async post(post: Post, batch: Outgoing[]): Promise<Answer<{ push: Pushed }>> {
    const report = await this.outbox.report()
    const device = { id: this.device, ...report, app: this.deps.app, wiped: false }
    this.sending(batch.map(({ row }) => row.id))
    try {
      return await post({ device, commands: batch.map(commandOf) })
    } finally {
      this.sending([])
    }
  }

  /** One command that the server chokes on must not hold up the others: batches get smaller, and then it rests. */
  private troubleOf(answer: Exclude<Answer<unknown>, { kind: 'data' }>, batch: Outgoing[]): PushResult['trouble'] {
    if (answer.kind === 'refused' && answer.code === 'UNAUTHENTICATED') return 'signedOut'
    if (answer.kind === 'failed' && answer.why === 'offline' && batch.length < 2) return 'offline'
    this.pace.choked(batch.map(({ row }) => row.id))
    return answer.kind === 'failed' ? answer.why : 'server'
  }

  private async verified(batch: Outgoing[], pushed: Pushed): Promise<Settled[]> {
    const settled = await Promise.all(batch.map(async ({ row, payload }) => {
      const answer = pushed.answers.find((a) => a.id === row.id)
      const state = answer && STATES[answer.status]
      if (!answer || !state) return null
      const hash = await commandHash(this.deps.crypto, payload.document, payload.variables)
      const { id, status, sequence, receipt } = answer
      const proof = { id, hash, status, sequence, epoch: pushed.epoch, receipt }
      if (!await genuine(this.deps.crypto, this.receiptKey, proof)) return null
      return { row, payload, state, sequence, epoch: pushed.epoch, verdict: verdictOf(answer) }
    }))
    return settled.filter((one) => one !== null)
  }
}

const commandOf = ({ row, payload }: Outgoing): Gql.CommandInput => ({
  id: row.id, counter: row.counter, writtenAt: payload.writtenAt, document: payload.document, variables: payload.variables,
  attempt: attemptOf(row),
})

const verdictOf = ({ code, field, rule, words, review, status }: CommandAnswer) =>
  ({ code, field, rule, words, review, reassigned: status === 'APPLIED_REASSIGNED' })

function isPushed(value: unknown): value is Pushed {
  return isObject(value) && typeof value.epoch === 'string' && typeof value.wipe === 'boolean' &&
    Array.isArray(value.answers) && value.answers.every(isAnswer)
}

const isAnswer = (a: unknown): boolean =>
  isObject(a) && typeof a.id === 'string' && typeof a.status === 'string' && typeof a.sequence === 'number' &&
  typeof a.receipt === 'string' && Array.isArray(a.review) &&
  [a.code, a.field, a.rule, a.words].every((text) => typeof text === 'string')
