import { computed, onBeforeUnmount, ref, watch, type ComputedRef } from 'vue'
import { inTurn } from '@/shell/inTurn'

/** So many rows are put on the screen at a time. */
const STEP = 3
let started = false

/** Rows of a list, a few more in every task while the app starts: all at once would hold up a slow phone. Later lists stand whole, so that going back finds its place. */
export function useGrowing<T>(all: () => T[]): ComputedRef<T[]> {
  const shown = ref(started ? Infinity : STEP)
  let gone = false
  onBeforeUnmount(() => { gone = true })
  watch(() => all().length, async n => {
    while (shown.value < n && !gone) {
      await inTurn()
      shown.value += STEP
    }
    shown.value = Infinity
    await inTurn()
    started = true
  }, { immediate: true })
  return computed(() => all().slice(0, shown.value))
}
