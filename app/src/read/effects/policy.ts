// The policy's defaults. A company may have set its own: what is reckoned with these is shown only until the rows of the
// server come.

import type { Case } from '../../engine/contract'
import type { CaseKind, ContactKind, StopCause } from '../../engine/graphql'

/** Minutes of a contact (cadence.DefaultPolicy); a visit to a frail customer takes longer (D5). */
const MINUTES: Record<ContactKind, number> = { HOME_VISIT: 40, STORE: 20, EVENT: 120, CALL: 10, MESSAGE: 3 }
const FRAIL_MINUTES = 15

export const minutesOf = (kind: ContactKind, frail: boolean): number =>
  MINUTES[kind] + (frail && kind === 'HOME_VISIT' ? FRAIL_MINUTES : 0)

/** How long a case may stay undecided (D15). */
const DECIDE_DAYS = 30
const STOP_DAYS: Record<StopCause, number> = { EFFECT_OR_QUALITY: 1, SERVICE: 2, COMPETITOR: 3 }
const CASE_DAYS: Record<CaseKind, number> = { STOP: 3, RETURN: 1, REACTION: 1, WIN_BACK: DECIDE_DAYS, COMPLAINT: 1 }

/** How soon the policy wants a case visited (D7). */
export const caseDays = (kind: CaseKind, cause: StopCause | null): number => (cause ? STOP_DAYS[cause] : CASE_DAYS[kind])

/** Kinds and due days of the steps of a new case, in order, in days after it was opened: lost to a competitor, the rep
 *  first writes a self-review and agrees a way (D7). */
export function stepsOf(cause: StopCause | null, due: number): { kind: Case['steps'][number]['kind']; days: number }[] {
  const third = Math.max(Math.trunc(due / 3), 0)
  return [
    ...(cause === 'COMPETITOR'
      ? [{ kind: 'SELF_REVIEW', days: third } as const, { kind: 'AGREE', days: 2 * third } as const]
      : []),
    { kind: 'VISIT', days: due },
    { kind: 'DECIDE', days: Math.max(due, DECIDE_DAYS) },
  ]
}
