import type { EngineError } from '@/engine/contract'
import { t, word } from '@/lang'

/** Why the server did not do it, and what to do then. */
export function refusalText(failure: EngineError): string {
  if (failure.code === 'offline') return t('moves.notSaved')
  if (failure.code === 'CONFLICT') return t('moves.conflict')
  if (failure.code === 'REFUSED' && failure.field === 'toRep') return t('moves.refusedRep')
  return word('error', failure.code)
}
