// A dry run: begun on the server, then asked for until it is ready.
import { computed, ref } from 'vue'
import type { Day, ID } from '@/engine/contract'
import { useAct, useRead } from '../desk'
import { newId } from '../newId'

export function useDryRun() {
  const { act, busy, failure } = useAct()
  const run = ref<ID | null>(null)
  const asked = useRead('DryRun', () => (run.value ? { run: run.value } : null), { every: 1500 })
  const state = computed(() => asked.data.value?.dryRun ?? null)
  const running = computed(() => busy.value || (run.value !== null && (state.value === null || state.value.status === 'RUNNING')))
  async function start(fromDay: Day, body: string) {
    run.value = null
    const begun = await act('StartDryRun', { id: newId(), fromDay, body })
    if (begun) run.value = begun.startDryRun.id
  }
  return { start, running, state, failure, trouble: asked.failure }
}
