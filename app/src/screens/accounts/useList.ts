// The rows of the list around what is in view, asked for page by page.

import { computed, onScopeDispose, reactive, shallowRef, watch, type ShallowRef } from 'vue'
import type { AccountList, EngineError, Place } from '@/engine/contract'
import { asEngineError, useEngine } from '../engine'
import { last, type Filters } from './filters'
import { pageOf, STEP, type Rows } from './window'

export function useList(filters: Filters, here: ShallowRef<Place | null>) {
  const engine = useEngine()
  const answer = shallowRef<{ offset: number; list: AccountList } | null>(null)
  const failure = shallowRef<EngineError | null>(null)
  const page = reactive({ offset: 0, limit: STEP })
  let turn = 0

  /** Without a position, what is due comes first. */
  const wanted = computed(() => ({
    ...filters, sort: filters.sort === 'distance' && !here.value ? 'due' as const : filters.sort,
    ...(here.value && { here: here.value }),
  }))
  const ask = async () => {
    const mine = ++turn
    const offset = page.offset
    try {
      const list = await engine.ask('accounts', { ...JSON.parse(JSON.stringify(wanted.value)), offset, limit: page.limit })
      if (mine !== turn) return
      answer.value = { offset, list }
      failure.value = null
      last.total = list.total
    } catch (e) {
      if (mine === turn) failure.value = asEngineError(e)
    }
  }
  watch([() => JSON.stringify(wanted.value), () => page.offset, () => page.limit], ask, { immediate: true })
  onScopeDispose(engine.on(topics => {
    if (topics.includes('rows') || topics.includes('work')) void ask()
  }))

  const total = computed(() => answer.value?.list.total ?? last.total)
  const look = (rows: Rows) => Object.assign(page, pageOf(rows))
  return { answer, failure, total, look, all: computed(() => answer.value?.list.all ?? 0), unread: computed(() => answer.value?.list.unread ?? 0), tags: computed(() => answer.value?.list.tags ?? []) }
}
