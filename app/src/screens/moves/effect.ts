import type { MoveEffectQuery } from '@/engine/graphql'

export type Side = MoveEffectQuery['moveEffect']['sides'][number]
export type Measures = Side['before']

/** Whether a change is for the better; load is neither, unless it crosses what there is. */
export type Verdict = 'better' | 'worse' | 'same' | 'plain'
export type Change = { name: 'accounts' | 'hours' | 'travel' | 'late' | 'shed' | 'regularity'; before: number; after: number; verdict: Verdict }

export const load = (m: Measures): number => m.contactMinutes + m.travelMinutes
export const tooMuch = (m: Measures): boolean => load(m) > m.capacity

const lessIsBetter = (before: number, after: number): Verdict => (after === before ? 'same' : after < before ? 'better' : 'worse')

function ofHours({ before, after }: Pick<Side, 'before' | 'after'>): Verdict {
  if (load(before) === load(after)) return 'same'
  if (tooMuch(before) === tooMuch(after) && !tooMuch(after)) return 'plain'
  return lessIsBetter(Math.max(load(before), before.capacity), Math.max(load(after), after.capacity))
}

/** What a move changes for one rep, or for all of them together. */
export function changesOf(side: Pick<Side, 'before' | 'after'>): Change[] {
  const { before, after } = side
  const share = (n: number) => Math.round(n * 100)
  return [
    { name: 'accounts', before: before.accounts, after: after.accounts, verdict: before.accounts === after.accounts ? 'same' : 'plain' },
    { name: 'hours', before: load(before), after: load(after), verdict: ofHours(side) },
    { name: 'travel', before: before.travelMinutes, after: after.travelMinutes, verdict: lessIsBetter(before.travelMinutes, after.travelMinutes) },
    { name: 'late', before: before.late, after: after.late, verdict: lessIsBetter(before.late, after.late) },
    { name: 'shed', before: before.shed, after: after.shed, verdict: lessIsBetter(before.shed, after.shed) },
    { name: 'regularity', before: share(before.regularity), after: share(after.regularity), verdict: lessIsBetter(share(after.regularity), share(before.regularity)) },
  ]
}

/** All sides as one; regularity weighs by contacts' time. */
export function together(sides: Side[]): Pick<Side, 'before' | 'after'> {
  const sum = (of: (s: Side) => Measures): Measures => {
    const all = sides.map(of)
    const total = (key: keyof Measures) => all.reduce((n, m) => n + m[key], 0)
    const minutes = total('contactMinutes')
    return {
      accounts: total('accounts'), contactMinutes: minutes, travelMinutes: total('travelMinutes'), capacity: total('capacity'), late: total('late'),
      shed: total('shed'), regularity: minutes > 0 ? all.reduce((n, m) => n + m.regularity * m.contactMinutes, 0) / minutes : 1,
    }
  }
  return { before: sum(s => s.before), after: sum(s => s.after) }
}
