import { shallowRef, watch, type ShallowRef } from 'vue'

/** What was there last, so that a sheet keeps its content while it closes; `turn` counts what came anew. */
export function useLast<T extends object>(now: () => T | null): { last: ShallowRef<T | null>; turn: ShallowRef<number> } {
  const last = shallowRef(now()) as ShallowRef<T | null>
  const turn = shallowRef(0)
  watch(now, value => {
    if (value === null) return
    last.value = value
    turn.value++
  }, { flush: 'sync' })
  return { last, turn }
}
