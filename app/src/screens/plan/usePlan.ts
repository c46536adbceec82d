// The stretch of the plan on the screen, and what can be changed in it.

import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Day } from '@/engine/contract'
import { t } from '@/lang'
import { dayText } from '@/lang/format'
import { addDays, addMonths, isDay, monthStart } from '@/rules/civil'
import { useAsk, useEngine } from '../engine'
import { useKept } from '../today/useKept'
import type { Wish } from './AddForm.vue'
import { monthOf, weeksFrom } from './grid'

const VIEWS = ['weeks', 'month', 'shed', 'leave'] as const
export type PlanView = (typeof VIEWS)[number]

export function usePlan() {
  const route = useRoute()
  const router = useRouter()
  const world = useAsk('world', () => undefined).data
  const today = computed(() => world.value?.today ?? null)

  const view = computed<PlanView>({
    get: () => VIEWS.find(v => v === route.query.view) ?? 'weeks',
    set: next => void router.replace({ query: { ...route.query, view: next } }),
  })
  const at = computed<Day | null>(() => {
    const asked = String(route.query.at ?? '')
    return isDay(asked) ? asked : today.value
  })
  const goTo = (day: Day) => router.replace({ query: { ...route.query, at: day === today.value ? undefined : day } })
  const stretch = computed(() => {
    if (!at.value) return null
    return view.value === 'month' ? monthOf(at.value) : weeksFrom(at.value)
  })
  const step = (by: number) => {
    if (!at.value) return
    void goTo(view.value === 'month' ? addMonths(monthStart(at.value), by) : addDays(at.value, 14 * by))
  }
  const weeks = useAsk('weeks', () => stretch.value ?? { from: '1970-01-01', to: '1970-01-01' }).data
  const days = computed(() => (stretch.value && weeks.value?.days[0]?.day === stretch.value.from ? weeks.value.days : null))
  return { world, today, view, at, goTo, stretch, step, days, shed: computed(() => weeks.value?.shed ?? []) }
}

/** Asking for contacts and for leave; each answers whether this phone has it. */
export function usePlanning() {
  const engine = useEngine()
  const { busy, kept } = useKept()
  const add = ({ at, withId, ...wish }: Wish, name: string) =>
    kept(() => engine.send('PlanContact', {
      input: { ...wish, ...(at !== null && { at }), ...(withId !== null && { withId }) },
    }, { accountId: wish.accountId }), t('plan.added', name, dayText(wish.day)))
  const askLeave = (from: Day, to: Day, reason: string) =>
    kept(() => engine.send('AskLeave', { input: { from, to, reason } }, {}), t('plan.leaveAsked'))
  return { busy, add, askLeave }
}
