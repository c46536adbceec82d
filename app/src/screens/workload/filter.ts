// What a workload is about lives in the address: it can be sent to somebody, and the way back keeps it.
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryRaw, type RouteLocationRaw } from 'vue-router'
import type { Day, ID } from '@/engine/contract'
import type { ContactKind, Figure, WorkloadBy } from '@/engine/graphql'
import { addMonths, monthStart } from '@/rules/civil'

export const VIEWS = ['numbers', 'load', 'pipeline', 'company'] as const
export type View = (typeof VIEWS)[number]
export const ROWS: WorkloadBy[] = ['REP', 'TEAM', 'STORE', 'WEEK']

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const among = <V extends string>(value: unknown, of: readonly V[], or: V): V => of.find(v => v === value) ?? or

export function useFilter(today: () => Day) {
  const route = useRoute()
  const router = useRouter()
  const put = (query: LocationQueryRaw) => void router.replace({ query: { ...route.query, ...query } })
  const field = (name: string): WritableComputedRef<ID | null> => computed({
    get: () => text(route.query[name]),
    set: value => put({ [name]: value ?? undefined }),
  })
  const month = computed<Day>({
    get: () => monthStart(text(route.query.month) ?? today()),
    set: value => put({ month: value === monthStart(today()) ? undefined : value }),
  })
  return {
    view: computed<View>({ get: () => among(route.query.view, VIEWS, 'numbers'), set: view => put({ view }) }),
    by: computed<WorkloadBy>({ get: () => among(route.query.by, ROWS, 'REP'), set: by => put({ by }) }),
    month, store: field('store'), team: field('team'), rep: field('rep'),
    turn: (months: number) => { month.value = addMonths(month.value, months) },
    isNow: computed(() => month.value === monthStart(today())),
  }
}

export type Filter = ReturnType<typeof useFilter>

/** What a number is about: its row, and the month or week; `before`: in the month before that one. */
export type About = { month: Day; week?: Day | null; store?: ID | null; team?: ID | null; rep?: ID | null; before?: boolean }

/** Where the rows behind a number are. */
export const rowsOf = (figure: Figure, { before, ...about }: About, kind?: ContactKind): RouteLocationRaw =>
  ({ path: '/workload/rows', query: compact({ figure, kind, ...about, before: before ? '1' : null }) })

export const compact = (of: Record<string, string | null | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(of).filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[1] !== ''))
