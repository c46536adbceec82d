import { computed, ref, watch } from 'vue'
import type { ID } from '@/engine/contract'
import { currentLanguage } from '@/lang'
import { useRead } from '../desk'
import { sumsOf, type Sums } from './balance'
import type { Picked } from './pick'

/** A proposal with what of it is ticked: at first everything. `team` of undefined asks nothing yet. */
export function useBalance(team: () => ID | null | undefined) {
  const read = useRead('Balance', () => {
    const of = team()
    return of === undefined ? null : { team: of, lang: currentLanguage() === 'zh' ? 'ZH' as const : 'EN' as const }
  }, { topics: [] })
  const balance = computed(() => read.data.value?.balance ?? null)
  const ticked = ref<ReadonlySet<ID>>(new Set())
  watch(balance, now => { ticked.value = new Set(now?.moves.map(move => move.accountId)) })
  const taken = computed(() => balance.value?.moves.filter(move => ticked.value.has(move.accountId)) ?? [])
  return {
    read, balance, ticked,
    sums: computed<Sums>(() => (balance.value ? sumsOf(balance.value, ticked.value) : { loads: [], spread: 0, travel: 0, within: true })),
    tick: (ids: ID[], on: boolean) => {
      const next = new Set(ticked.value)
      for (const id of ids) if (on) next.add(id)
      else next.delete(id)
      ticked.value = next
    },
    /** What is ticked, as a move names it. */
    picked: computed(() => ({
      chosen: taken.value.map((m): Picked => ({ id: m.accountId, name: m.accountName, tier: m.tier, repId: m.fromRep.id, district: '' })),
      to: Object.fromEntries(taken.value.map(m => [m.accountId, m.toRep.id])),
    })),
  }
}
