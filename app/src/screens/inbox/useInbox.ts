import { computed, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ExceptionKind } from '@/engine/graphql'
import { apiLang, usePages } from '../desk'
import { tellUrgent } from '../urgent'
import { isKind } from './exception'

const PAGE = 50

/** The inbox as the address of the page asks for it, live. */
export function useInbox() {
  const route = useRoute()
  const router = useRouter()
  const text = (name: string) => computed<string | null>({
    get: () => (typeof route.query[name] === 'string' ? route.query[name] : null),
    set: value => void router.replace({ query: { ...route.query, [name]: value ?? undefined } }),
  })
  const [team, rep, named] = [text('team'), text('rep'), text('kind')]
  const kind = computed<ExceptionKind | null>({
    get: () => (isKind(named.value) ? named.value : null),
    set: value => { named.value = value },
  })
  const read = usePages(() => ({
    filter: { ...(kind.value && { kinds: [kind.value] }), ...(team.value && { team: team.value }), ...(rep.value && { rep: rep.value }) }, lang: apiLang(),
  }), async (engine, args, after) => (await engine.read('Inbox', { ...args, first: PAGE, after })).inbox)

  const counts = computed(() => read.data.value?.[0]?.counts ?? [])
  watch(counts, now => { if (!team.value && !rep.value) tellUrgent(now) })
  return {
    ...read, team, rep, kind, counts,
    rows: computed(() => (read.data.value ?? []).flatMap(({ edges }) => edges.map(({ node }) => node))),
  }
}
