// What keeps a log from being saved, told beside its field. The same limits as care.LogContact.check.

import { addDays, dayIn } from '@/rules/civil'
import type { Instant } from '@/engine/contract'
import {
  endOf, feelingText, fenOf, FURTHEST_DAYS, LONGEST_MS, MAX_LIST, MAX_NOTE, MAX_SHORT, MAX_TEXT, type LogForm, type Part,
} from './form'

export type Problem =
  | 'outcome' | 'future' | 'tooOld' | 'endBeforeStart' | 'tooLong' | 'nextInPast' | 'nextTooFar' | 'textTooLong'
  | 'cause' | 'reason' | 'amount' | 'product' | 'purchase' | 'tooMany' | 'phone'
export type Problems = Partial<Record<string, Problem>>

const CLOCK_SKEW_MS = 5 * 60_000
const TWO_YEARS_MS = 730 * 86_400_000

/** Problems by field, empty when the log can be saved. Only the parts shown are looked at. */
export function problemsOf(form: LogForm, parts: Part[], now: Instant, zone: string): Problems {
  const found: Problems = {}
  if (form.outcome === null) found['outcome'] = 'outcome'
  const shown = (part: Part) => parts.includes(part)
  Object.assign(found, timeProblems(form, now))
  if (shown('next')) Object.assign(found, nextProblems(form, zone))
  if (shown('trouble')) Object.assign(found, troubleProblems(form))
  if (shown('took')) Object.assign(found, orderProblems(form))
  if (shown('phone') && form.phone.trim() && !/^[\d\s+()-]{5,20}$/.test(form.phone.trim())) found['phone'] = 'phone'
  Object.assign(found, textProblems(form))
  return found
}

function timeProblems(form: LogForm, now: Instant): Problems {
  const at = Date.parse(form.startedAt)
  const today = Date.parse(now)
  if (Number.isNaN(at) || at > today + CLOCK_SKEW_MS) return { startedAt: 'future' }
  if (at < today - TWO_YEARS_MS) return { startedAt: 'tooOld' }
  const end = endOf(form, now)
  if (end === null) return {}
  const lasted = Date.parse(end) - at
  if (lasted < 0) return { endedAt: 'endBeforeStart' }
  if (lasted > LONGEST_MS) return { endedAt: 'tooLong' }
  return Date.parse(end) > today + CLOCK_SKEW_MS ? { endedAt: 'future' } : {}
}

function nextProblems(form: LogForm, zone: string): Problems {
  if (form.nextOn === null) return {}
  const day = dayIn(form.startedAt, zone)
  if (form.nextOn < day) return { nextOn: 'nextInPast' }
  return form.nextOn > addDays(day, FURTHEST_DAYS) ? { nextOn: 'nextTooFar' } : {}
}

function troubleProblems({ stop, giveBack }: LogForm): Problems {
  const found: Problems = {}
  if (stop && stop.cause === null) found['cause'] = 'cause'
  if (!giveBack) return found
  if (giveBack.purchaseId === '') found['purchaseId'] = 'purchase'
  if (fenOf(giveBack.yuan) === null) found['returnAmount'] = 'amount'
  if (giveBack.reason.trim() === '') found['reason'] = 'reason'
  return found
}

function orderProblems({ took, order }: LogForm): Problems {
  if (!order || !took.includes('REPURCHASE')) return {}
  return orderLineProblems(order.lines)
}

export function orderLineProblems(lines: { productId: string; quantity: number; yuan: string }[]): Problems {
  if (lines.length === 0 || lines.some(l => l.productId === '' || l.quantity < 1)) return { lines: 'product' }
  return lines.some(l => fenOf(l.yuan) === null) ? { amount: 'amount' } : {}
}

function textProblems(form: LogForm): Problems {
  const found: Problems = {}
  if (feelingText(form, '、').length > MAX_SHORT) found['feeling'] = 'textTooLong'
  if (form.note.length > MAX_NOTE) found['note'] = 'textTooLong'
  if (form.nextStep.length > MAX_TEXT) found['nextStep'] = 'textTooLong'
  if (form.present.length > MAX_LIST) found['present'] = 'tooMany'
  return found
}
