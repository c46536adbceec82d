import { computed, ref, watch } from 'vue'
import type { EngineError, ID } from '@/engine/contract'
import { t, word } from '@/lang'
import { useAct } from '../desk'
import { asEngineError, useAsk } from '../engine'
import { dayOf } from './pick'
import { refusalText } from './refusal'
import { STEPS, type MoveDraft, type Step } from './useMoveDraft'
import { useFound } from './useFound'

/** Where an error of the server belongs. */
const FIELDS: Record<string, 'reason' | 'note' | 'on' | 'receivers' | 'accounts'> = {
  reason: 'reason', note: 'note', on: 'on', toRep: 'receivers', moves: 'accounts', accounts: 'accounts',
}

export type Moving = ReturnType<typeof useMoving>

/** The way through the form: what is missing at each step, and the decision itself. */
export function useMoving(draft: MoveDraft) {
  const { form } = draft
  const { all } = useFound()
  const { act, busy, failure } = useAct()
  const world = useAsk('world', () => undefined)
  const today = computed(() => world.data.value?.today ?? '')
  const problem = ref<string | null>(null)
  const tried = ref(false)
  watch(() => [form.step, form.chosen, form.to], () => { problem.value = null })

  const missing = (step: Step): string | null => {
    if (step === 'accounts' && form.chosen.length === 0) return t('moves.chooseAccounts')
    if (step === 'receivers' && draft.open.value.length > 0) return t('moves.openAccounts', draft.open.value.length)
    return null
  }
  const go = (step: Step) => { form.step = step }
  const beside = (by: 1 | -1) => STEPS[STEPS.indexOf(form.step) + by] ?? form.step

  /** An error of the server at a field of the last step. */
  const said = (field: string, e: EngineError | null) => (e && FIELDS[e.field ?? ''] === field ? refusalText(e) : null)
  const errors = computed(() => ({
    reason: tried.value && form.reason.trim() === '' ? t('moves.reasonMissing') : said('reason', failure.value),
    note: said('note', failure.value),
    on: said('on', failure.value),
  }))

  async function begin(found: () => Promise<Parameters<MoveDraft['begin']>[0]>) {
    try {
      draft.begin(await found())
    } catch (e) {
      problem.value = word('error', asEngineError(e).code)
    }
  }
  return {
    problem, busy, failure, errors, today, go,
    /** The form as it was left, or a new one for the accounts that were asked for. */
    async open(accounts: string, rep: string) {
      await draft.read()
      const ids = accounts.split(',').filter(id => id !== '')
      if (ids.length > 0) await begin(() => all({ ids }))
      else if (rep) await begin(() => all({ repId: rep }))
    },
    forward() {
      problem.value = missing(form.step)
      if (problem.value === null) go(beside(1))
    },
    back: () => go(beside(-1)),
    /** Moves the accounts, or has them moved on their day. Null when it was not done. */
    async decide(): Promise<{ accounts: number; later: boolean } | null> {
      tried.value = true
      const gap = STEPS.find(step => missing(step))
      if (gap) {
        go(gap)
        problem.value = missing(gap)
        return null
      }
      if (form.reason.trim() === '') return null
      const on = dayOf(form.on, today.value)
      const accounts = form.chosen.length
      const done = await act('MoveAccounts', {
        input: { id: form.id as ID, moves: draft.moves.value, reason: form.reason.trim(), note: form.note.trim(), on, joint: form.joint },
      })
      if (done) {
        await draft.done()
        return { accounts, later: on !== null }
      }
      const where = FIELDS[failure.value?.field ?? '']
      if (where === 'receivers' || where === 'accounts') {
        const words = failure.value && refusalText(failure.value)
        go(where)
        await Promise.resolve()
        problem.value = words
      }
      return null
    },
  }
}
