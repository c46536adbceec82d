// Cases: trouble with an owner, steps and an end (D7, D15; care/case.go, care/step.go, care/stop.go).

import type { Case, Day, ID } from '../../engine/contract'
import type { CaseKind, CaseStatus, StopCause } from '../../engine/graphql'
import { addDays, daysBetween } from '../../rules/civil'
import type { Layer } from '../layer'
import { provisional, type Effects, type Made } from './made'
import { caseDays, stepsOf } from './policy'

type NewCase = { id: ID; account: ID; kind: CaseKind; cause?: StopCause; dueOn?: Day | null; purchase?: ID; note: string }

/** Opens a case, unless one of its kind is open or the server has it. Answers with the key of the one that is open. */
export async function openCase(rows: Layer, made: Made, given: NewCase): Promise<ID> {
  const cases = await rows.casesOf(given.account)
  const there = cases.find(c => c.case.id === given.id || (c.case.status === 'OPEN' && c.case.kind === given.kind))
  if (there) return there.case.id
  const card = await rows.card(given.account)
  const cause = given.cause ?? null
  const dueOn = given.dueOn ?? addDays(made.on, caseDays(given.kind, cause))
  rows.cases.set(given.id, {
    case: {
      id: given.id, accountId: given.account, kind: given.kind, cause, status: 'OPEN',
      ownerId: card?.account.repId ?? made.me.id, openedOn: made.on, dueOn, purchaseId: given.purchase ?? null,
      closedOn: null, closeWhy: '',
    },
    steps: newSteps(given.id, made.on, cause, dueOn),
    note: given.note,
  })
  return given.id
}

const newSteps = (id: ID, on: Day, cause: StopCause | null, dueOn: Day): Case['steps'] =>
  stepsOf(cause, daysBetween(on, dueOn)).map(({ kind, days }, i) => ({
    id: provisional(id, `step${i + 1}`), seq: i + 1, kind, dueOn: addDays(on, days),
    doneOn: null, doneBy: null, logId: null,
  }))

/** Ticks the first step that fits and waits. */
export function tick(rows: Layer, c: Case, fits: (step: Case['steps'][number]) => boolean, done: Done): void {
  const step = c.steps.find(s => s.doneOn === null && fits(s))
  if (!step) return
  const steps = c.steps.map(s => (s === step ? { ...s, ...done } : s))
  rows.cases.set(c.case.id, { ...c, steps })
}

type Done = { doneOn: Day; doneBy: ID; logId: ID | null }

/** Closes an open case and ticks its decision (D15). */
function endCase(rows: Layer, c: Case, made: Made, as: CaseStatus, why: string): void {
  const ended = { ...c, case: { ...c.case, status: as, closedOn: made.on, closeWhy: why } }
  rows.cases.set(c.case.id, ended)
  tick(rows, ended, s => s.kind === 'DECIDE', { doneOn: made.on, doneBy: made.me.id, logId: null })
}

/** Closes the stop case and the plan to win back of an account, as won. */
export async function winBack(rows: Layer, account: ID, made: Made, why: string): Promise<void> {
  for (const c of await rows.openCasesOf(account)) {
    if (c.case.kind === 'STOP' || c.case.kind === 'WIN_BACK') endCase(rows, c, made, 'WON_BACK', why)
  }
}

const backOnProduct = (rows: Layer, account: ID): Promise<void> =>
  rows.changeFile(account, () => ({ service: 'ON_PRODUCT', stopCause: null }))

type Names = 'StopAccount' | 'ResumeService' | 'OpenCase' | 'CompleteCaseStep' | 'CloseCase'

export const caseEffects: Effects<Names> = {
  async StopAccount(rows, { input }, made) {
    const before = await rows.casesOf(input.accountId)
    const open = await openCase(rows, made, {
      id: made.id, account: input.accountId, kind: 'STOP', cause: input.cause, note: input.note ?? '',
    })
    if (before.some(c => c.case.id === open)) return
    await rows.changeFile(input.accountId, () => ({ service: 'STOPPED', stopCause: input.cause }))
  },

  async ResumeService(rows, { account, why }, made) {
    const card = await rows.card(account)
    if (card?.account.service !== 'STOPPED') return
    await winBack(rows, account, made, why)
    await backOnProduct(rows, account)
  },

  async OpenCase(rows, { input }, made) {
    await openCase(rows, made, {
      id: made.id, account: input.accountId, kind: input.kind, dueOn: input.dueOn ?? null, note: input.note ?? '',
    })
  },

  async CompleteCaseStep(rows, { input }, made) {
    const c = await rows.case(input.caseId)
    if (!c || c.case.status !== 'OPEN') return
    const done = { doneOn: made.on, doneBy: made.me.id, logId: input.logId ?? null }
    tick(rows, c, s => s.id === input.stepId, done)
  },

  async CloseCase(rows, { input }, made) {
    const c = await rows.case(input.caseId)
    if (!c || c.case.status !== 'OPEN') return
    endCase(rows, c, made, input.as, input.why ?? '')
    if (c.case.kind === 'STOP' && input.as === 'WON_BACK') await backOnProduct(rows, c.case.accountId)
  },
}
