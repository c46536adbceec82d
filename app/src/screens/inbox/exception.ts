// What an exception of the inbox leads to.
import type { RouteLocationRaw } from 'vue-router'
import type { ExceptionKind, InboxQuery, NextAction } from '@/engine/graphql'
import type { IconName } from '@/kit/icons'

export type Exception = InboxQuery['inbox']['edges'][number]['node']

/** Done in place, in a sheet. */
export type Sheet = 'plan' | 'reschedule' | 'look' | 'call' | 'reason' | 'snooze'

export const KINDS: readonly ExceptionKind[] =
  ['NEGLECTED', 'MISSED', 'NO_ROOM', 'CASE', 'COMPLAINT', 'REVIEW', 'SILENT_PHONE', 'OVERRIDE', 'LEAVE', 'FORECAST']
export const isKind = (text: unknown): text is ExceptionKind => KINDS.some(kind => kind === text)

export const ICONS: Record<ExceptionKind, IconName> = {
  NEGLECTED: 'heart', MISSED: 'clock', NO_ROOM: 'plan', CASE: 'flag', COMPLAINT: 'warning', REVIEW: 'eye', SILENT_PHONE: 'device', OVERRIDE: 'star',
  LEAVE: 'pause', FORECAST: 'chart',
}

const SHEETS: Partial<Record<NextAction, Sheet>> = { PLAN_CONTACT: 'plan', RESCHEDULE: 'reschedule', LOOK: 'look', CALL_REP: 'call', ASK_REASON: 'reason' }

/** Where the next action is done: on another page, or here in a sheet. What lacks its facts leads to the account. */
export function nextOf(e: Exception): { to: RouteLocationRaw } | { sheet: Sheet } {
  switch (e.action) {
    case 'REASSIGN': return { to: { path: '/moves/new', query: e.accountId ? { accounts: e.accountId } : { rep: e.repId } } }
    case 'COVER': return { to: { path: '/covers/new', query: { leave: e.leave?.id ?? e.id } } }
    case 'SEE_FORECAST': return { to: '/forecast' }
    case 'WORK_CASE': return { to: e.case ? `/cases/${e.case.id}` : accountOf(e) }
  }
  const sheet = SHEETS[e.action]
  const lacks = (sheet === 'plan' && !e.accountId) || (sheet === 'reschedule' && !e.item) || (sheet === 'look' && !e.log)
  return sheet && !lacks ? { sheet } : { to: accountOf(e) }
}

const accountOf = (e: Exception): string => (e.accountId ? `/accounts/${e.accountId}` : '/team')

/** Two rows of one account may differ in kind only. */
export const keyOf = (e: Exception): string => `${e.kind}/${e.id}`
