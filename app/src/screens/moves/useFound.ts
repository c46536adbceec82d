import { reactive, ref, shallowRef, watch } from 'vue'
import type { ID } from '@/engine/contract'
import type { Horizon, SearchAccountsQuery, SearchInput, ValueTier } from '@/engine/graphql'
import type { EngineError } from '@/engine/contract'
import { asEngineError, useEngine } from '../engine'
import { MOST, type Picked } from './pick'

export type FoundAccount = SearchAccountsQuery['accounts']['edges'][number]['node']
export type Narrow = { text: string; tag: string; rep: ID | null; tiers: ValueTier[]; horizons: Horizon[]; overdue: boolean }

export const noNarrow = (): Narrow => ({ text: '', tag: '', rep: null, tiers: [], horizons: [], overdue: false })

const PAGE = 100

export const searchOf = (n: Narrow): SearchInput => ({
  text: n.text.trim(), tag: n.tag.trim(), overdue: n.overdue,
  ...(n.rep ? { repId: n.rep } : {}), ...(n.tiers.length > 0 ? { tiers: [...n.tiers] } : {}), ...(n.horizons.length > 0 ? { horizons: [...n.horizons] } : {}),
})

export const pickedOf = (a: FoundAccount): Picked => ({ id: a.id, name: a.name, tier: a.tier ?? '', repId: a.repId, district: a.district })

/** Accounts of the server by a search, page by page, and all of a search at once. */
export function useFound(wait = 250) {
  const engine = useEngine()
  const narrow = reactive<Narrow>(noNarrow())
  const rows = shallowRef<FoundAccount[]>([])
  const failure = shallowRef<EngineError | null>(null)
  const asking = ref(true)
  let next = ''
  const more = ref(false)
  let turn = 0

  const page = async (search: SearchInput, after: string) => (await engine.read('SearchAccounts', { search, first: PAGE, after })).accounts
  const load = async (again: boolean) => {
    const mine = ++turn
    asking.value = true
    try {
      const got = await page(searchOf(narrow), again ? '' : next)
      if (mine !== turn) return
      rows.value = [...(again ? [] : rows.value), ...got.edges.map(edge => edge.node)]
      more.value = got.pageInfo.hasNextPage
      next = got.pageInfo.endCursor ?? ''
      failure.value = null
    } catch (e) {
      if (mine === turn) failure.value = asEngineError(e)
    } finally {
      if (mine === turn) asking.value = false
    }
  }
  /** Everything a search finds, as far as one command can move it. */
  const all = async (search: SearchInput): Promise<Picked[]> => {
    const found: Picked[] = []
    for (let after = ''; ;) {
      const got = await page(search, after)
      found.push(...got.edges.map(edge => pickedOf(edge.node)))
      if (!got.pageInfo.hasNextPage || found.length > MOST || !got.pageInfo.endCursor) return found
      after = got.pageInfo.endCursor
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(() => JSON.stringify(searchOf(narrow)), () => {
    clearTimeout(timer)
    timer = setTimeout(() => void load(true), wait)
  })
  return { narrow, rows, failure, asking, more, all, again: () => load(true), next: () => load(false) }
}
