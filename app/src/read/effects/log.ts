// A contact being written down, as care/logging.go does it.

import type { Card, Commands, Day, Item, Log } from '../../engine/contract'
import type { ContactKind, Outcome } from '../../engine/graphql'
import { dayIn } from '../../rules/civil'
import { isOpen } from '../../rules/overdue'
import type { Layer } from '../layer'
import { openCase, tick } from './cases'
import { bookable, personItem } from './items'
import { provisional, type Effects, type Made } from './made'

type Input = Commands['LogContact']['input']

/** An attempt is no contact (story 10). */
const REACHED: readonly Outcome[] = ['MET', 'TALKED', 'SENT', 'ATTENDED']
export const reaches = (outcome: Outcome): boolean => REACHED.includes(outcome)

/** The kinds, the closest first. */
export const KINDS: readonly ContactKind[] = ['HOME_VISIT', 'STORE', 'EVENT', 'CALL', 'MESSAGE']
const asClose = (kind: ContactKind, as: ContactKind): boolean => KINDS.indexOf(kind) <= KINDS.indexOf(as)

/** Whether a contact of a kind is as close as the one planned. A visit must be at the home. */
export const answers = (kind: ContactKind, item: Item): boolean =>
  asClose(kind, item.kind) || (item.orKind !== null && asClose(kind, item.orKind))

export const logEffects: Effects<'LogContact'> = {
  async LogContact(rows, { input }, made) {
    const card = await rows.card(input.accountId)
    if (!card || (await rows.log(made.id))) return
    const log = rowOf(input, made)
    await answer(rows, log, made)
    if (input.reaction) await react(rows, input, made)
    await next(rows, card, input, log, made)
    rows.logs.set(made.id, log)
    await sum(rows, log)
  },
}

function rowOf(input: Input, made: Made): Log {
  const { id, role, name } = made.me
  return {
    log: {
      id: made.id, accountId: input.accountId, userId: id, byRole: role === 'ADMIN' ? null : role,
      itemId: input.itemId ?? null, kind: input.kind, outcome: input.outcome, reached: reaches(input.outcome),
      day: dayIn(input.startedAt, made.zone), startedAt: input.startedAt, endedAt: input.endedAt ?? null,
      usage: input.usage ?? null, effect: input.effect ?? null, reaction: input.reaction ?? false,
      objectives: (input.objectives ?? []).map(code => ({ code })), feeling: input.feeling ?? '',
      present: input.present ?? [], nextStep: input.nextStep ?? '', nextOn: input.nextOn ?? null,
      nextKind: input.nextKind ?? null, late: false, review: [], took: input.took ?? [],
    },
    userName: name, note: input.note ?? '', photos: made.pictures, odd: null,
  }
}

/** Closes what the contact answers: the item it was logged for, and the planner's items of that day that a closer
 *  contact makes needless (two contacts of a day count once, story 10). An attempt closes nothing. */
async function answer(rows: Layer, log: Log, made: Made): Promise<void> {
  const others = (await rows.openItemsOf(log.log.accountId)).filter(i => i.id !== log.log.itemId)
  let fulfilled = await answerItem(rows, log, made)
  if (!log.log.reached) return
  for (const i of others.filter(i => covers(log, i))) {
    if (!fulfilled && i.kind === log.log.kind) {
      log.log.late = log.log.day > i.dueOn
      fulfilled = true
    }
    await closeItem(rows, i, log, made)
  }
}

/** Whether the contact fulfilled the item it was logged for. */
async function answerItem(rows: Layer, log: Log, made: Made): Promise<boolean> {
  const i = log.log.itemId === null ? null : await rows.item(log.log.itemId)
  if (!i || i.accountId !== log.log.accountId) return false
  const fulfils = log.log.reached && i.status !== 'DONE' && answers(log.log.kind, i)
  if (fulfils) log.log.late = log.log.day > i.dueOn
  if (!isOpen(i)) return fulfils
  if (fulfils) await closeItem(rows, i, log, made)
  else if (i.status !== 'OPEN') await rows.changeItem(i.id, { status: 'OPEN', startedAt: null })
  return fulfils
}

/** Cases and what others are to do stay. */
const covers = ({ log }: Log, i: Item): boolean =>
  i.status === 'OPEN' && i.source === 'PLANNER' && i.day === log.day && i.caseId === null && !i.atFixed &&
  (i.by === null || i.by === log.byRole || i.by === 'REP') && i.with.length === 0 && answers(log.kind, i)

async function closeItem(rows: Layer, i: Item, { log }: Log, made: Made): Promise<void> {
  const startedAt = i.startedAt ?? (i.id === log.itemId ? log.startedAt : null)
  await rows.changeItem(i.id, { status: 'DONE', closedAt: made.at, startedAt })
  rows.doneOn.set(i.id, log.day)
  const c = i.caseId === null ? null : await rows.case(i.caseId)
  if (c) tick(rows, c, s => s.kind === 'VISIT', { doneOn: log.day, doneBy: made.me.id, logId: log.id })
}

/** An adverse reaction opens a case, unless one is open (D2, D7). */
const react = (rows: Layer, input: Input, made: Made) =>
  openCase(rows, made, {
    id: provisional(made.id, 'case'), account: input.accountId, kind: 'REACTION', note: input.note ?? '',
  })

/** Plans the contact agreed on, on exactly that day. */
async function next(rows: Layer, card: Card, input: Input, log: Log, made: Made): Promise<void> {
  if (!input.nextOn || !input.nextKind) return
  if (!bookable(card, input.nextKind, input.nextOn)) {
    log.log.review = ['NEXT_NOT_PLANNED']
    return
  }
  const item = personItem(provisional(made.id, 'next'), card.account, input.nextKind, input.nextOn, null, made)
  await rows.putItem({ ...item, note: input.nextStep ?? '', reasons: [AGREED] })
}

const AGREED = { rule: 'D10', code: 'NEXT_STEP', zh: 'D10：上次回访时约定', en: 'D10: agreed at the contact before' }

/** Only a contact that reached the customer counts, and only a visit where the customer was met is one. */
async function sum(rows: Layer, { log }: Log): Promise<void> {
  if (!log.reached) return
  const visit = log.outcome === 'MET' && log.kind === 'HOME_VISIT'
  await rows.changeAccount(log.accountId, a => ({
    lastContactOn: later(a.lastContactOn, log.day),
    lastVisitOn: visit ? later(a.lastVisitOn, log.day) : a.lastVisitOn,
  }))
}

const later = (a: Day | null, b: Day): Day => (a !== null && a > b ? a : b)
