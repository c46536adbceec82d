import { ref, shallowRef } from 'vue'
import type { EngineError, ID } from '@/engine/contract'
import { currentLanguage } from '@/lang'
import { asEngineError, useEngine } from '../engine'
import { bestSplit, neighbourhoods } from './split'
import type { MoveDraft } from './useMoveDraft'

/** Questions under way at once. */
const AT_ONCE = 3

/** Asks for each neighbourhood who is best for it, and gives it to them. */
export function useSplit(draft: MoveDraft) {
  const engine = useEngine()
  const busy = ref(false)
  const left = ref(0)
  const failure = shallowRef<EngineError | null>(null)

  async function split(among: ID[]) {
    if (busy.value) return
    busy.value = true
    failure.value = null
    try {
      const groups = neighbourhoods(draft.form.chosen)
      const lang = currentLanguage() === 'zh' ? 'ZH' : 'EN'
      const asked = await inTurn(groups, async group => (await engine.read('Receivers', { accounts: group.map(one => one.id), lang })).receivers)
      draft.take(bestSplit(groups, asked, new Set(among)))
      left.value = draft.open.value.length
    } catch (e) {
      failure.value = asEngineError(e)
    } finally {
      busy.value = false
    }
  }
  return { split, busy, failure, left }
}

/** Does something with each, a few at a time; answers in their order. */
async function inTurn<T, R>(all: T[], act: (one: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  for (let from = 0; from < all.length; from += AT_ONCE) answers.push(...await Promise.all(all.slice(from, from + AT_ONCE).map(act)))
  return answers
}
