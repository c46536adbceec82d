// What a change of a plan would do: one day fuller, one contact on another day, one without room.

import type { PlanEffectInput, PlanEffectQuery } from '../../../src/engine/graphql'
import { addDays } from '../../../src/rules/civil'
import { person, type Facts, type ReadsOf } from './area'
import { repOf } from './people'

type Effect = PlanEffectQuery['planEffect']
type Change = NonNullable<Effect['contact']>

export function effect(facts: Facts): ReadsOf<'PlanEffect'> {
  return { PlanEffect: ({ input, lang }) => ({ planEffect: effectOf(facts, input, lang === 'ZH') }) }
}

function effectOf({ rows, today }: Facts, { move, add, leave }: PlanEffectInput, zh: boolean): Effect {
  const day = move?.day ?? add?.day ?? leave?.from ?? today
  const at = move?.at ?? add?.at ?? 600
  const change = (n: number, more: Partial<Change>): Change => {
    const account = rows.cards[n % rows.cards.length]?.account
    return { account: { id: account?.id ?? '', name: account?.name ?? '' }, kind: 'HOME_VISIT', from: null, to: null, at: null, dueOn: day, asked: false, words: '', ...more }
  }
  const list = (...rows: Change[]) => ({ total: rows.length, rows })
  const measures = { accounts: 90, contactMinutes: 5200, travelMinutes: 1200, capacity: 9600, late: 4, shed: 0, regularity: 0.88 }
  const hours = { contacts: 5, contactMinutes: 240, travelMinutes: 60, capacity: 480 }
  return {
    rep: person(repOf(0)), to: addDays(today, 27), before: measures, after: { ...measures, travelMinutes: 1215, shed: 1 },
    days: [
      { day, before: hours, after: leave ? { contacts: 0, contactMinutes: 0, travelMinutes: 0, capacity: 0 } : { ...hours, contacts: 6, contactMinutes: 290 } },
      { day: addDays(day, 1), before: hours, after: { ...hours, contacts: 6, travelMinutes: 70 } },
    ],
    contact: leave ? null : change(0, { from: move ? today : null, to: day, at, asked: true }),
    moved: list(change(1, { from: day, to: addDays(day, 1), at: 660 })),
    leftOut: list(change(2, { from: day, words: zh ? '允许的日子都排满了' : 'every allowed day is full' })),
    late: list(), comingIn: list(), gone: list(),
    conflicts: at < 480 ? list(change(0, { to: day, at, asked: true, words: zh ? '不在工作时间内' : 'outside working hours' })) : list(),
  }
}
