// The rest of today in a better order, before and after it is kept.

import { computed, ref, shallowRef, watch } from 'vue'
import type { DayOrder, Place } from '@/engine/contract'
import { t } from '@/lang'
import { useEngine } from '../engine'
import { useKept } from './useKept'

/** Looks for the order anew whenever the sheet opens or the rep's position becomes known. What is found stays as it is
 *  while it is read; what moved meanwhile the server tells. */
export function useOrder(open: () => boolean, here: () => Place | null) {
  const engine = useEngine()
  const { busy, kept } = useKept()
  const found = shallowRef<DayOrder | null>(null)
  const failed = ref(false)
  let turn = 0

  const look = async () => {
    const mine = ++turn
    const at = here()
    found.value = null
    failed.value = false
    const answer = await engine.ask('order', { ...(at && { here: at }) }).catch(() => null)
    if (mine !== turn) return
    found.value = answer
    failed.value = answer === null
  }
  watch([open, here], ([now]) => { if (now) void look() }, { immediate: true })

  /** Answers whether the phone has it. */
  const use = async (): Promise<boolean> => {
    if (!found.value) return false
    const { day, visits, left } = found.value
    // What has no room loses its minute, so that the planner finds it another place; an appointment stays agreed on.
    const waiting = left.filter(l => !l.card.item.atFixed).map(l => ({ itemId: l.card.item.id, startMin: 0 }))
    const items = [...visits.map(v => ({ itemId: v.card.item.id, startMin: v.start, travel: v.travel })), ...waiting]
    return kept(() => engine.send('OrderDay', { input: { day, items } }, {}), t('today.ordered'))
  }
  /** Nothing changes its place. */
  const same = computed(() => found.value?.left.length === 0 && found.value.visits.every((v, i) => v.was === i))
  return { found, failed, busy, same, look, use }
}
