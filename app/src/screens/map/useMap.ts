import { computed, reactive, type Ref } from 'vue'
import type { ID } from '@/engine/contract'
import type { ValueTier } from '@/engine/graphql'
import { useAsk } from '../engine'
import { useRead } from '../desk'
import { ageOf, AGES, areasOf, type Age, type Point } from './places'

export type Placed = Point & { age: Age; repName: string }
export type MapFilter = { team: ID | null; rep: ID | null; tiers: ValueTier[] }

/** The accounts I lead with their places; team and rep are asked of the server, tiers are sifted here. */
export function useMap(on: Ref<boolean> | null = null) {
  const filter = reactive<MapFilter>({ team: null, rep: null, tiers: [] })
  const world = useAsk('world', () => undefined)
  const today = computed(() => world.data.value?.today ?? null)
  const read = useRead('MapPoints', () => (on && !on.value ? null : { team: filter.team, rep: filter.rep, store: null }))
  const names = computed(() => new Map((read.data.value?.mapPoints.reps ?? []).map(r => [r.id, r.name])))
  const points = computed<Placed[]>(() => {
    const day = today.value
    if (!day || !read.data.value) return []
    const wanted = new Set<string>(filter.tiers)
    return read.data.value.mapPoints.points.filter(p => wanted.size === 0 || wanted.has(p.tier))
      .map(p => ({ ...p, age: ageOf(p, day), repName: names.value.get(p.repId) ?? '' }))
  })
  const ages = computed(() => AGES.map(age => ({ age, count: points.value.filter(p => p.age === age).length })))
  const areas = computed(() => areasOf(points.value))
  const placeless = computed(() => read.data.value?.mapPoints.placeless ?? 0)
  return { filter, today, read, points, ages, areas, placeless, names }
}
