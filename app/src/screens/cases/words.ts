import type { CaseKind, StopCause } from '@/engine/graphql'
import { t, word } from '@/lang'

/** 停用 · 服务. */
export const kindText = (c: { kind: CaseKind; cause: StopCause | null }): string =>
  [word('caseKind', c.kind), c.cause ? word('stopCause', c.cause) : ''].filter(Boolean).join(' · ')

/** When something is due, in words. */
export function dueText(daysLeft: number | null): string {
  if (daysLeft === null) return ''
  if (daysLeft < 0) return t('cases.lateBy', -daysLeft)
  return daysLeft === 0 ? t('cases.dueToday') : t('cases.dueIn', daysLeft)
}

export const percent = (share: number | null): string => (share === null ? '–' : `${Math.round(share * 100)}%`)

export const hoursText = (hours: number | null): string => (hours === null ? '–' : t('cases.hours', hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours)))
