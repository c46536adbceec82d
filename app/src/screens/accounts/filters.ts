// What the list of accounts is narrowed to. It outlives the screen, so that the way back from an account finds it as it was.

import { reactive } from 'vue'
import type { AccountFilter, AccountSort } from '@/engine/contract'
import { options, t, word } from '@/lang'

export type Filters = Required<Pick<AccountFilter, 'text' | 'tags' | 'tiers' | 'horizons' | 'overdueOnly' | 'unreadOnly'>> & { sort: AccountSort }
export type Narrowing = { text: string; drop: () => void }

const blank = (): Filters => ({ text: '', tags: [], tiers: [], horizons: [], overdueOnly: false, unreadOnly: false, sort: 'due' })

export const filters = reactive<Filters>(blank())
/** How many rows the list had last, so that its height is there before its rows are. */
export const last = { total: 0, user: '' }

/** Another user begins with a clean list. */
export function beginFor(user: string): void {
  if (last.user === user) return
  Object.assign(filters, blank())
  Object.assign(last, { user, total: 0 })
}

export const clearNarrowing = (of: Filters): void => {
  Object.assign(of, { ...blank(), text: of.text, sort: of.sort })
}

/** Each condition in words, with how to take it away. */
export function narrowings(of: Filters): Narrowing[] {
  const each = (key: 'tags' | 'tiers' | 'horizons', words: (value: string) => string): Narrowing[] =>
    of[key].map(value => ({ text: words(value), drop: () => { of[key] = of[key].filter(v => v !== value) } }))
  return [
    ...(of.overdueOnly ? [{ text: t('accounts.overdueOnly'), drop: () => { of.overdueOnly = false } }] : []),
    ...(of.unreadOnly ? [{ text: t('accounts.unreadOnly'), drop: () => { of.unreadOnly = false } }] : []),
    ...each('tiers', v => word('tier', v)),
    ...each('horizons', v => t('accounts.horizon', word('horizonShort', v))),
    ...each('tags', v => v),
  ]
}

export const tierOptions = () => options('tier')
export const horizonOptions = () => options('horizonShort')
