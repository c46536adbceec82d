// Drafts of logs: their keys, what they hold, and what waits to follow a log that was saved.

import type { Commands, Draft, Engine, ID } from '@/engine/contract'
import { blankForm, type FollowUp, type LogForm } from './form'

const LOG = 'log:'
const MEND = 'mend:'
const AFTER = 'after:'

/** One draft for a planned contact, and one for unplanned ones with an account. */
export const logKey = (account: ID, item: ID | null): string => `${LOG}${item ?? account}`
export const mendKey = (work: ID): string => `${MEND}${work}`
export const isLogDraft = (draft: Draft): boolean => draft.key.startsWith(LOG) || draft.key.startsWith(MEND)
export const mendedWork = (key: string): ID | null => (key.startsWith(MEND) ? key.slice(MEND.length) : null)

/** Where a draft is gone on with. */
export const draftPath = (key: string): string => {
  const work = mendedWork(key)
  return work ? `/log/mend/${work}` : `/log/draft/${encodeURIComponent(key)}`
}

/** The form in a draft, with what a later version of the app added. Null when it is none. */
export function formOfDraft(draft: Draft | null): LogForm | null {
  const body = draft?.body
  if (!isForm(body)) return null
  const account = { id: body.accountId, name: body.accountName ?? '' }
  return { ...blankForm({ account, item: null, kind: body.kind, now: body.startedAt }), ...body }
}

function isForm(body: unknown): body is LogForm {
  const form = body as Partial<LogForm> | null
  return typeof form === 'object' && form !== null &&
    typeof form.accountId === 'string' && typeof form.kind === 'string' && typeof form.startedAt === 'string'
}

/** Whether something would be lost without a draft. */
export function worthKeeping(form: LogForm, photos: number): boolean {
  const texts = [form.note, form.nextStep, form.feeling, form.phone, form.address]
  return form.outcome !== null || photos > 0 || texts.some(text => text.trim() !== '') || form.present.length > 0
}

type Waiting = { accountId: ID; follow: FollowUp }

/** Puts down what follows from a log, before the log goes: after a kill it is sent all the same (see `sendWaiting`). */
export async function putFollowUps(engine: Engine, key: string, accountId: ID, follows: FollowUp[]): Promise<string[]> {
  await dropFollowUps(engine, key)
  const keys = follows.map((_, i) => `${AFTER}${key}:${i}`)
  for (const [i, follow] of follows.entries()) await engine.putDraft(keys[i] as string, { accountId, follow } satisfies Waiting)
  return keys
}

export async function dropFollowUps(engine: Engine, key: string): Promise<void> {
  const drafts = await engine.ask('drafts', undefined)
  for (const draft of drafts) if (draft.key.startsWith(`${AFTER}${key}:`)) await engine.dropDraft(draft.key)
}

/** Sends what follows from logs that are saved. Each goes together with its draft, so exactly once. */
export async function sendWaiting(engine: Engine): Promise<number> {
  return alone(async () => {
    const drafts = await engine.ask('drafts', undefined)
    const open = new Set(drafts.map(d => d.key))
    const ready = drafts.filter(d => d.key.startsWith(AFTER) && !open.has(logOf(d.key)))
    for (const draft of ready.sort((a, b) => (a.key < b.key ? -1 : 1))) await sendOne(engine, draft)
    return ready.length
  })
}

const logOf = (key: string) => key.slice(AFTER.length, key.lastIndexOf(':'))

async function sendOne(engine: Engine, draft: Draft): Promise<void> {
  const { accountId, follow } = draft.body as Waiting
  await engine.send(follow.name, follow.variables as Commands[typeof follow.name], { accountId, draft: draft.key })
}

/** Only one tab at a time. */
async function alone<T>(work: () => Promise<T>): Promise<T> {
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  return locks ? locks.request('huifang-follow-ups', work) : work()
}
