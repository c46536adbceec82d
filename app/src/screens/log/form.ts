// The form of a contact: what it holds, what fits which outcome, and the commands it becomes.

import type * as Api from '@/engine/graphql'
import type { Account, Commands, Day, ID, Instant, Item, Kind, Place } from '@/engine/contract'

export type Outcome = Api.Outcome

/** What is written while the form is filled; plain data, kept as a draft. */
export type LogForm = {
  accountId: ID
  accountName: string
  itemId: ID | null
  kind: Kind
  outcome: Outcome | null
  startedAt: Instant
  /** Null: the moment of saving. */
  endedAt: Instant | null
  place: Place | null
  usage: Api.Usage | null
  effect: Api.Effect | null
  objectives: string[]
  reaction: boolean
  stop: { cause: Api.StopCause | null; note: string } | null
  giveBack: { purchaseId: ID; whole: boolean; yuan: string; reason: string } | null
  took: Api.Took[]
  order: { lines: OrderLine[] } | null
  feelings: string[]
  feeling: string
  note: string
  present: string[]
  nextStep: string
  nextOn: Day | null
  nextKind: Kind
  /** A number or an address that was found to be another. */
  phone: string
  address: string
}

export type OrderLine = { productId: ID; quantity: number; yuan: string }

const OUTCOMES: Record<Kind, Outcome[]> = {
  HOME_VISIT: ['MET', 'NOT_HOME', 'REFUSED', 'MOVED_AWAY', 'ASKED_TO_COME_BACK'],
  CALL: ['TALKED', 'NO_ANSWER', 'REFUSED', 'WRONG_NUMBER', 'MOVED_AWAY', 'ASKED_TO_COME_BACK'],
  MESSAGE: ['SENT', 'REFUSED', 'WRONG_NUMBER'],
  EVENT: ['ATTENDED', 'REFUSED'],
  STORE: ['MET', 'REFUSED', 'ASKED_TO_COME_BACK'],
}

/** The outcomes a kind of contact can have, as cadence.Outcome.For has them; the most common first. */
export const outcomesFor = (kind: Kind): Outcome[] => OUTCOMES[kind]

const REACHED: Outcome[] = ['MET', 'TALKED', 'SENT', 'ATTENDED']
export const reached = (outcome: Outcome | null): boolean => outcome !== null && REACHED.includes(outcome)

export type Part =
  | 'use' | 'objectives' | 'took' | 'feeling' | 'next' | 'note' | 'photos' | 'present' | 'trouble' | 'phone' | 'address'

const TALK: Part[] = ['use', 'objectives', 'next', 'took', 'trouble', 'feeling', 'note', 'photos', 'present']
const PARTS: Record<Outcome, Part[]> = {
  MET: TALK,
  TALKED: TALK,
  ATTENDED: ['took', 'objectives', 'next', 'feeling', 'note', 'photos', 'present'],
  SENT: ['next', 'took', 'note', 'photos'],
  NOT_HOME: ['next', 'note', 'photos'],
  NO_ANSWER: ['next', 'note'],
  REFUSED: ['next', 'feeling', 'trouble', 'note'],
  WRONG_NUMBER: ['phone', 'next', 'note'],
  MOVED_AWAY: ['address', 'next', 'note', 'photos'],
  ASKED_TO_COME_BACK: ['next', 'note', 'present'],
}

/** What a form asks for, in order. Use and checklist only where there is something to ask about. */
export function partsOf(form: Pick<LogForm, 'outcome'>, has: { products: boolean; objectives: boolean }): Part[] {
  if (form.outcome === null) return []
  return PARTS[form.outcome].filter(p => (p !== 'use' || has.products) && (p !== 'objectives' || has.objectives))
}

/** Whether the outcome asks for a part at all, whatever the account has. */
const asks = (form: LogForm, part: Part) => form.outcome !== null && PARTS[form.outcome].includes(part)

export type Start = { account: Pick<Account, 'id' | 'name'>; item: Item | null; kind: Kind; now: Instant }

/** A new form. A contact begins at check-in, or when its form was opened. */
export function blankForm({ account, item, kind, now }: Start): LogForm {
  return {
    accountId: account.id, accountName: account.name, itemId: item?.id ?? null, kind, outcome: null,
    startedAt: checkIn(item, now), endedAt: null, place: null,
    usage: null, effect: null, objectives: [], reaction: false, stop: null, giveBack: null, took: [], order: null,
    feelings: [], feeling: '', note: '', present: [], nextStep: '', nextOn: null, nextKind: kind,
    phone: '', address: '',
  }
}

/** A check-in of another day was forgotten: the contact begins now. */
function checkIn(item: Item | null, now: Instant): Instant {
  if (item?.startedAt == null) return now
  const ago = Date.parse(now) - Date.parse(item.startedAt)
  return ago >= 0 && ago <= LONGEST_MS ? item.startedAt : now
}

export const LONGEST_MS = 12 * 3_600_000
/** How far ahead the next step may lie, in days. */
export const FURTHEST_DAYS = 400
export const MAX_SHORT = 100
export const MAX_TEXT = 1000
export const MAX_NOTE = 4000
export const MAX_LIST = 20

/** An end that follows by itself: saving, unless that is too long after the beginning to be believed. */
export function endOf(form: LogForm, now: Instant): Instant | null {
  if (form.endedAt !== null) return form.endedAt
  const lasted = Date.parse(now) - Date.parse(form.startedAt)
  return lasted >= 0 && lasted <= LONGEST_MS ? now : null
}

/** The command of a log: only what its outcome asks for, and only what was answered. */
export function logInput(form: LogForm, now: Instant, comma: string): Commands['LogContact']['input'] {
  if (form.outcome === null) throw new Error('a log needs an outcome')
  const input: Commands['LogContact']['input'] = {
    accountId: form.accountId, itemId: form.itemId, kind: form.kind, outcome: form.outcome,
    startedAt: form.startedAt, endedAt: endOf(form, now),
    lat: form.place?.lat ?? null, lng: form.place?.lng ?? null, accuracy: form.place?.accuracy ?? null,
    usage: asks(form, 'use') ? form.usage : null,
    effect: asks(form, 'use') ? form.effect : null,
    reaction: asks(form, 'trouble') && form.reaction,
    objectives: asks(form, 'objectives') ? form.objectives : [],
    feeling: asks(form, 'feeling') ? feelingText(form, comma) : '',
    note: form.note.trim(),
    present: asks(form, 'present') ? form.present : [],
    took: asks(form, 'took') ? form.took : [],
    nextStep: form.nextStep.trim(), nextOn: form.nextOn, nextKind: form.nextOn === null ? null : form.nextKind,
  }
  return Object.fromEntries(Object.entries(input).filter(([, v]) => v !== null)) as Commands['LogContact']['input']
}

export const feelingText = (form: Pick<LogForm, 'feelings' | 'feeling'>, comma: string): string =>
  [...form.feelings, form.feeling.trim()].filter(Boolean).join(comma)

/** A command that follows from a log, about the same account. */
export type FollowUp = {
  [K in 'StopAccount' | 'RecordReturn' | 'RecordPurchase' | 'EditAccount']: { name: K; variables: Commands[K] }
}[keyof Pick<Commands, 'StopAccount' | 'RecordReturn' | 'RecordPurchase' | 'EditAccount'>]

/** What a log brings about besides itself, in the order in which it must arrive. */
export function followUps(form: LogForm, day: Day, version: number): FollowUp[] {
  const out: FollowUp[] = []
  const { accountId } = form
  const edit = correction(form)
  if (edit) out.push({ name: 'EditAccount', variables: { input: { accountId, version, ...edit } } })
  if (asks(form, 'took') && form.took.includes('REPURCHASE') && form.order) out.push(purchase(form, form.order.lines, day))
  if (!asks(form, 'trouble')) return out
  if (form.giveBack) out.push(giveBack(form.giveBack, day))
  if (form.stop?.cause) {
    out.push({ name: 'StopAccount', variables: { input: { accountId, cause: form.stop.cause, note: form.stop.note.trim() } } })
  }
  return out
}

function correction(form: LogForm): { phone?: string; address?: string } | null {
  if (asks(form, 'phone') && form.phone.trim()) return { phone: form.phone.trim() }
  return asks(form, 'address') && form.address.trim() ? { address: form.address.trim() } : null
}

function purchase(form: LogForm, lines: OrderLine[], day: Day): FollowUp {
  return { name: 'RecordPurchase', variables: { input: orderInput(form.accountId, lines, day) } }
}

export function orderInput(accountId: ID, lines: OrderLine[], day: Day): Commands['RecordPurchase']['input'] {
  const told = lines.map(l => ({ productId: l.productId, quantity: l.quantity, amount: fenOf(l.yuan) ?? 0 }))
  return { accountId, day, amount: told.reduce((sum, l) => sum + l.amount, 0), lines: told }
}

function giveBack(back: NonNullable<LogForm['giveBack']>, day: Day): FollowUp {
  const { purchaseId, whole, reason } = back
  const amount = fenOf(back.yuan) ?? 0
  return { name: 'RecordReturn', variables: { input: { purchaseId, whole, reason: reason.trim(), amount, day } } }
}

/** Yuan as they are typed, in fen; null when it is no amount. */
export function fenOf(yuan: string): number | null {
  const clean = yuan.trim().replaceAll(/[,，￥¥\s]/g, '')
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(clean)) return null
  return Math.round(Number(clean) * 100)
}

/** Fen as they are typed. */
export const yuanOf = (fen: number): string => (fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2))

/** What is left of an order after what came back, in fen. */
export const leftOf = (p: { purchase: { amount: number }; returns: { amount: number }[] }): number =>
  Math.max(0, p.purchase.amount - p.returns.reduce((sum, r) => sum + r.amount, 0))
