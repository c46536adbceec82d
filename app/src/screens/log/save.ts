// Saving a log: everything that follows is put down first, then the log goes with its draft and photos in one piece.

import { dayIn } from '@/rules/civil'
import type { Engine, ID, Instant } from '@/engine/contract'
import { dropFollowUps, putFollowUps, sendWaiting } from './draft'
import { followUps, logInput } from './form'
import type { Opening } from './open'

export type Saving = { now: Instant; zone: string; comma: string }

/** Answers how many commands followed. Rejects with EngineError when nothing was kept; the draft is still there then. */
export async function saveLog(engine: Engine, opening: Opening, how: Saving): Promise<number> {
  const { form, key, view } = opening
  const input = logInput(form, how.now, how.comma)
  if (opening.work) return mendLog(engine, opening.work.id, key, input)
  const follows = followUps(form, dayIn(form.startedAt, how.zone), view.card.account.version)
  try {
    await putFollowUps(engine, key, form.accountId, follows)
    const about = { accountId: form.accountId, draft: key, ...(form.itemId ? { itemId: form.itemId } : {}) }
    await engine.send('LogContact', { input }, about)
  } catch (failure) {
    await dropFollowUps(engine, key).catch(() => undefined)
    throw failure
  }
  // The log is safe. What follows is too: if sending fails now, it is tried again when the app shows its drafts.
  await sendWaiting(engine).catch(() => undefined)
  return follows.length
}

async function mendLog(engine: Engine, work: ID, key: string, input: ReturnType<typeof logInput>): Promise<number> {
  await engine.mend<'LogContact'>(work, { input })
  await engine.dropDraft(key)
  return 0
}

export async function discardLog(engine: Engine, key: string): Promise<void> {
  await dropFollowUps(engine, key)
  await engine.dropDraft(key)
}
