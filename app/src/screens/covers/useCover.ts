import { computed, reactive, ref, shallowRef, watch } from 'vue'
import type { ID } from '@/engine/contract'
import { currentLanguage, t, word } from '@/lang'
import { useAct, useRead } from '../desk'
import { asEngineError, useAsk } from '../engine'
import type { Picked } from '../moves/pick'
import { refusalText } from '../moves/refusal'
import { bestSplit, neighbourhoods } from '../moves/split'
import { useFound } from '../moves/useFound'
import { newId } from '../newId'
import { coveredOf, gapOf, inputOf, USUAL_DAYS, type CoverForm } from './cover'
import { useEngine } from '../engine'

const fresh = (): CoverForm => ({
  id: newId(), leaveId: null, owner: null, from: null, to: null, some: false, chosen: [], split: false, rep: null, given: {}, lead: USUAL_DAYS, lag: USUAL_DAYS, reason: '',
})

/** Having others stand in: for a leave that was granted, or for an owner and days. */
export function useCover(leave: () => ID | null) {
  const engine = useEngine()
  const form = reactive<CoverForm>(fresh())
  const held = shallowRef<Picked[]>([])
  const reading = ref(false)
  const problem = ref<string | null>(null)
  const tried = ref(false)
  const splitting = ref(false)
  const { all } = useFound()
  const { act, busy, failure } = useAct()
  const world = useAsk('world', () => undefined)
  const today = computed(() => world.data.value?.today ?? '')
  const leaves = useRead('LeaveCovers', () => ({}), { topics: [] })
  const named = computed(() => leaves.data.value?.leaveCovers.find(row => row.leave.id === leave()) ?? null)

  watch(named, row => {
    if (row) Object.assign(form, { leaveId: row.leave.id, owner: row.leave.userId, from: row.leave.fromDay, to: row.leave.toDay, reason: row.leave.reason })
  }, { immediate: true })
  watch(() => form.owner, async owner => {
    Object.assign(form, { chosen: [], given: {}, rep: null })
    held.value = []
    if (!owner) return
    reading.value = true
    try {
      const found = await all({ repId: owner })
      if (owner === form.owner) held.value = found
    } catch (e) {
      problem.value = word('error', asEngineError(e).code)
    } finally {
      reading.value = false
    }
  }, { immediate: true })

  const covered = computed(() => coveredOf(form, held.value))
  const lang = () => (currentLanguage() === 'zh' ? 'ZH' as const : 'EN' as const)
  const asking = (accounts: Picked[]) => ({ accounts: accounts.map(one => one.id), from: form.from, to: form.to, lang: lang() })
  const ready = computed(() => covered.value.length > 0 && form.from !== null && form.to !== null && form.from <= form.to)
  const receivers = useRead('Receivers', () => (ready.value ? asking(covered.value.slice(0, 500)) : null), { topics: [] })
  const gap = computed(() => gapOf(form, held.value))

  return {
    form, held, reading, problem, busy, failure, today, leaves, named, covered, receivers, gap, tried, splitting,
    missing: computed(() => (tried.value && gap.value ? t(`covers.gap_${gap.value}`) : null)),
    choose(ids: ID[], on: boolean) {
      const wanted = new Set(ids)
      const others = form.chosen.filter(one => !wanted.has(one.id))
      form.chosen = on ? [...others, ...held.value.filter(one => wanted.has(one.id))] : others
    },
    /** Each neighbourhood to who is best for it and is not away on those days. */
    async splitByBest(among: ID[]) {
      if (splitting.value) return
      splitting.value = true
      try {
        const groups = neighbourhoods(covered.value)
        const asked = []
        for (const group of groups) asked.push((await engine.read('Receivers', asking(group))).receivers)
        form.given = bestSplit(groups, asked, new Set(among))
      } catch (e) {
        problem.value = word('error', asEngineError(e).code)
      } finally {
        splitting.value = false
      }
    },
    /** How many accounts are covered then; null when it was not done. */
    async decide(): Promise<number | null> {
      tried.value = true
      problem.value = null
      if (gap.value) return null
      const done = await act('CoverLeave', { input: inputOf(form, held.value) })
      if (done) return done.coverLeave.length
      problem.value = failure.value && (failure.value.code === 'CONFLICT' ? t('covers.conflict') : refusalText(failure.value))
      return null
    },
  }
}
