import { ref } from 'vue'
import { toast } from '@/kit/feedback'
import { t, word } from '@/lang'
import { asEngineError } from '@/screens/engine'

/** Keeps work on the phone and says so, or why not; answers whether the phone has it. */
export function useKept() {
  const busy = ref(false)
  const kept = async (work: () => Promise<unknown>, words: string): Promise<boolean> => {
    busy.value = true
    try {
      await work()
      toast(words)
      return true
    } catch (e) {
      toast(t('today.failed', word('error', asEngineError(e).code)), { tone: 'danger' })
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, kept }
}
