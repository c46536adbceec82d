// An answer of the planner about a change of a plan, as it is shown.

import type { PlanEffectQuery } from '@/engine/graphql'
import { t } from '@/lang'
import { clock, dayAndWeekday, dayText, duration } from '@/lang/format'

export type Effect = PlanEffectQuery['planEffect']
export type Change = Effect['moved']['rows'][number]
export type DayChange = Effect['days'][number]
export type List = { title: string; /** Something a person should look at. */ bad: boolean; rows: Change[]; /** Counted, not named. */ more: number }

/** How many contacts of a list are named. */
const ROWS = 6

const NAMES = ['leftOut', 'late', 'moved', 'comingIn', 'gone'] as const

/** The lists that say something, the worst first. */
export const listsOf = (effect: Effect): List[] =>
  NAMES.filter(name => effect[name].total > 0).map(name => {
    const { total, rows } = effect[name]
    const named = rows.slice(0, ROWS)
    return { title: t(`plan.effect_${name}`, total), bad: name === 'leftOut' || name === 'late', rows: named, more: total - named.length }
  })

/** What people fixed against a rule, with the name where it is not the contact in question. */
export function conflictsOf(effect: Effect): string[] {
  const { rows, total } = effect.conflicts
  const said = rows.map(row => (row.asked ? row.words : [row.account.name, spanOf(row), row.words].join(' · ')))
  return total > rows.length ? [...said, t('plan.effectMore', total - rows.length)] : said
}

export const nothingChanges = (effect: Effect): boolean => effect.days.length === 0 && listsOf(effect).length === 0

/** Where the contact in question would stand. */
export function placeLine({ to, at }: Change): string {
  if (to === null) return t('plan.effectElsewhere')
  return t('plan.effectAt', at === null ? dayAndWeekday(to) : `${dayAndWeekday(to)} ${clock(at)}`)
}

/** From which day to which; where it comes from or goes to no day, the day that is known. */
export function spanOf({ from, to, dueOn }: Change): string {
  if (from !== null && to !== null && from !== to) return `${dayText(from)} → ${dayText(to)}`
  const day = to ?? from
  return day === null ? t('plan.shedDue', dayText(dueOn)) : dayText(day)
}

/** Minutes of a day before and after; over, when it gets more than the time there is. */
export function dayLine({ day, before, after }: DayChange): { text: string; over: boolean } {
  const [was, is] = [before, after].map(m => m.contactMinutes + m.travelMinutes) as [number, number]
  const over = is > after.capacity && is > was
  if (after.capacity === 0) return { text: t('plan.effectOff', dayAndWeekday(day), duration(was), duration(is)), over: is > 0 }
  const text = t('today.moveJoins', dayAndWeekday(day), duration(was), duration(is), duration(after.capacity))
  return { text: over ? `${text} · ${t('plan.over', duration(is - after.capacity))}` : text, over }
}
