import { onScopeDispose, ref, type Ref } from 'vue'

/** The time, moving on each half minute, for words such as "5 minutes ago". */
export function useNow(): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => { now.value = Date.now() }, 30_000)
  onScopeDispose(() => clearInterval(timer))
  return now
}
