import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { CaseBoardQuery, CaseKind, StepKind, StopCause } from '@/engine/graphql'
import { usePages } from '../desk'

export type BoardRow = CaseBoardQuery['caseBoard']['edges'][number]['node']
export const STEPS: readonly StepKind[] = ['SELF_REVIEW', 'AGREE', 'VISIT', 'DECIDE']

const PAGE = 100

/** The board as the address of the page asks for it, live. */
export function useBoard() {
  const route = useRoute()
  const router = useRouter()
  const query = <V extends string>(name: string) => computed<V | null>({
    get: () => (typeof route.query[name] === 'string' ? route.query[name] as V : null),
    set: value => void router.replace({ query: { ...route.query, [name]: value ?? undefined } }),
  })
  const filters = {
    kind: query<CaseKind>('kind'), cause: query<StopCause>('cause'), step: query<StepKind>('step'), owner: query('owner'), team: query('team'),
    /** Only those that are late. */
    late: query<'1'>('late'), closed: query<'1'>('closed'),
  }
  const { kind, cause, step, owner, team, late, closed } = filters
  const read = usePages(() => ({
    ...(kind.value && { kinds: [kind.value] }), ...(cause.value && { causes: [cause.value] }), ...(step.value && { steps: [step.value] }),
    ...(owner.value && { owner: owner.value }), ...(team.value && { team: team.value }), closed: closed.value === '1',
  }), async (engine, filter, after) => (await engine.read('CaseBoard', { filter, first: PAGE, after })).caseBoard)
  const all = computed(() => (read.data.value ?? []).flatMap(({ edges }) => edges.map(({ node }) => node)))
  return { ...read, ...filters, all, rows: computed(() => all.value.filter(row => !late.value || isLate(row))) }
}

export const isLate = (row: BoardRow): boolean => row.case.status === 'OPEN' && (row.daysLeft ?? 0) < 0
