// Who may do what with a case (D7, D15), as care/step.go has it.

import type { Case, World } from '@/engine/contract'
import type { CaseStatus } from '@/engine/graphql'

type Role = World['user']['role']
export type Step = Case['steps'][number]

const decides = (role: Role) => role === 'SUPERVISOR' || role === 'MANAGER'

/** The step whose turn it is: they are done in order. */
export const nextStep = (file: Pick<Case, 'steps'>): Step | null => file.steps.find(s => s.doneOn === null) ?? null

/** Whether a step can be completed by somebody: the way is agreed by who leads, and the decision is closing the case. */
export function maySettle(step: Step | null, role: Role): boolean {
  if (step === null || step.kind === 'DECIDE') return false
  return step.kind !== 'AGREE' || decides(role)
}

/** How a case can end. Only a supervisor or manager gives one up. */
export function endsOf(file: Pick<Case, 'case'>, role: Role): CaseStatus[] {
  const good: CaseStatus = file.case.kind === 'STOP' || file.case.kind === 'WIN_BACK' ? 'WON_BACK' : 'SETTLED'
  return decides(role) ? [good, 'GIVEN_UP'] : [good]
}
