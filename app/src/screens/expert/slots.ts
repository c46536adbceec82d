import type { Day } from '@/engine/contract'

type Free = { day: Day; fromMin: number; toMin: number }

const STEP = 30
const A_DAY = 5

/** Beginnings of a length that fit into free times, on the half hour, spread over each day. */
export function slotsOf(free: Free[], minutes: number): { day: Day; at: number[] }[] {
  const days = new Map<Day, number[]>()
  for (const { day, fromMin, toMin } of free) {
    const all = days.get(day) ?? []
    for (let at = Math.ceil(fromMin / STEP) * STEP; at + minutes <= toMin; at += STEP) all.push(at)
    days.set(day, all)
  }
  return [...days].filter(([, at]) => at.length > 0).map(([day, at]) => ({ day, at: spread(at.sort((a, b) => a - b)) }))
}

function spread(all: number[]): number[] {
  if (all.length <= A_DAY) return all
  return Array.from({ length: A_DAY }, (_, i) => all[Math.round((i * (all.length - 1)) / (A_DAY - 1))] as number)
}
