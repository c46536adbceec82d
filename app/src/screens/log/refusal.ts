import type { Work } from '@/engine/contract'
import { t, word } from '@/lang'

/** Why a piece of work was refused, in the words of the app: by its rule where there are words, else by its code. */
export function refusalWords(work: Pick<Work, 'code' | 'rule'>): string {
  switch (work.rule) {
    case 'past': return t('log.problem_future')
    case 'duration': return t('log.problem_endBeforeStart')
    case 'outcome': return t('log.problem_outcome')
    case 'future': return t('log.problem_nextInPast')
    case 'length': return t('log.problem_textTooLong')
    case 'amount': return t('log.problem_amount')
  }
  return word('error', work.code)
}
