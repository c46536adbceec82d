import { ref } from 'vue'
import type { CommandName, Commands } from '@/engine/contract'
import { toast } from '@/kit/feedback'
import { t, word } from '@/lang'
import { asEngineError, useEngine } from '@/screens/engine'

/** Sends commands about one account and says how it went. */
export function useSend(accountId: () => string) {
  const engine = useEngine()
  const busy = ref(false)

  /** Whether it is safe on this phone. */
  const send = async <K extends CommandName>(name: K, variables: Commands[K], said = t('account.saved')): Promise<boolean> => {
    busy.value = true
    try {
      await engine.send(name, variables, { accountId: accountId() })
      toast(said)
      return true
    } catch (failure) {
      toast(t('account.failed', word('error', asEngineError(failure).code)), { tone: 'danger' })
      return false
    } finally {
      busy.value = false
    }
  }
  return { send, busy }
}
