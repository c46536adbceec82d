import { t } from '@/lang'
import type { Change } from './effect'

/** A measure as people write it. */
export function valueWords({ name }: Pick<Change, 'name'>, value: number): string {
  if (name === 'hours' || name === 'travel') return t('moves.hoursOf', (Math.max(0, value) / 60).toFixed(1))
  return name === 'regularity' ? `${value}%` : String(value)
}

/** By how much, and whether that is good. */
export function changeWords(change: Change): string {
  const by = Math.abs(change.after - change.before)
  if (by === 0) return t('moves.same')
  const amount = change.name === 'regularity' ? t('moves.points', by) : valueWords(change, by)
  const words = change.after > change.before ? t('moves.more_', amount) : t('moves.less_', amount)
  if (change.verdict === 'better') return t('moves.better', words)
  return change.verdict === 'worse' ? t('moves.worse', words) : words
}
