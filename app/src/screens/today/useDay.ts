// The day on the screen: which one, its contacts, and how they are shown.

import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { Day, ItemCard } from '@/engine/contract'
import { isDay } from '@/rules/civil'
import { useAsk, useEngine } from '../engine'
import { nextOf, numbersOf } from './actions'
import { useHere } from './useHere'

export function useDay() {
  const route = useRoute()
  const router = useRouter()
  const engine = useEngine()
  const where = useHere()

  /** Today has no day in its address, so that it is today's also tomorrow. */
  const asked = computed(() => {
    const day = String(route.query.day ?? '')
    return isDay(day) ? day : undefined
  })
  const { data: view, failure } = useAsk('day', () => ({
    ...(asked.value && { day: asked.value }), ...(where.here.value && { here: where.here.value }),
  }))
  const sync = useAsk('sync', () => undefined, ['sync']).data
  const today = computed(() => view.value?.today ?? null)
  const day = computed(() => asked.value ?? today.value)
  const fresh = computed(() => view.value?.day === day.value)

  const isToday = computed(() => day.value === today.value)
  const next = computed(() => (isToday.value && view.value ? nextOf(view.value.items, view.value.leftOver) : null))
  const without = (cards: ItemCard[]) => cards.filter(c => c.item.id !== next.value?.item.id)
  const numbers = computed(() => numbersOf(view.value?.items ?? []))

  const go = (to: Day) => router.replace({ query: to === today.value ? {} : { day: to } })
  const refreshing = ref(false)
  const refresh = async () => {
    refreshing.value = true
    try {
      await engine.refresh()
    } finally {
      refreshing.value = false
    }
  }
  watch(today, (now, before) => {
    if (before && asked.value === now) void go(now!)
  })
  return {
    view, failure, sync, today, day, fresh, isToday, next, numbers, go, refresh, refreshing, where,
    leftOver: computed(() => without(view.value?.leftOver ?? [])),
    items: computed(() => without(view.value?.items ?? [])),
  }
}
