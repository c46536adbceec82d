import { computed, ref, shallowRef, watch } from 'vue'
import type { MovesInput } from '@/engine/graphql'
import { useRead } from '../desk'
import { useEngine } from '../engine'
import type { Move } from './list'

const PAGE = 30

/** A list of moves; what is below the first page is added by hand, and read anew with it. */
export function useMoves(filter: () => MovesInput) {
  const engine = useEngine()
  const read = useRead('Moves', () => ({ filter: filter(), first: PAGE, after: '' }))
  const below = shallowRef<Move[]>([])
  const end = ref<string | null>(null)
  const adding = ref(false)
  watch(read.data, answer => {
    below.value = []
    end.value = answer?.moves.pageInfo.hasNextPage ? answer.moves.pageInfo.endCursor ?? null : null
  })
  const next = async () => {
    const from = end.value
    if (!from || adding.value) return
    adding.value = true
    try {
      const { moves } = await engine.read('Moves', { filter: filter(), first: PAGE, after: from })
      if (end.value !== from) return
      below.value = [...below.value, ...moves.edges.map(edge => edge.node)]
      end.value = moves.pageInfo.hasNextPage ? moves.pageInfo.endCursor ?? null : null
    } catch {
      await read.again() // which says why
    } finally {
      adding.value = false
    }
  }
  const rows = computed(() => [...(read.data.value?.moves.edges ?? []).map(edge => edge.node), ...below.value])
  return { read, rows, more: computed(() => end.value !== null), next, adding }
}
