// Planned contacts (care/item.go, care/item_plan.go).

import type { Account, Card, Day, ID, Item } from '../../engine/contract'
import type { ContactKind } from '../../engine/graphql'
import { isOpen } from '../../rules/overdue'
import type { Layer } from '../layer'
import { provisional, type Effects, type Made } from './made'
import { minutesOf } from './policy'

/** Whether a person may plan a contact on a day: not against an opt-out, nor into a pause (D19). */
export function bookable(card: Card, kind: ContactKind, day: Day): boolean {
  const out = card.account.optOuts.some(o => (o.kind === null || o.kind === kind) && holds(o.from, o.to, day))
  return !out && !card.pauses.some(p => p.endedAt === null && holds(p.fromDay, p.toDay, day))
}

const holds = (from: Day, to: Day | null, day: Day): boolean => from <= day && (to === null || day <= to)

/** Put on exactly that day, where nothing moves it; with a minute it is an appointment. */
const onDay = (day: Day, at: number | null) => ({
  day, earliestOn: day, dueOn: day, latestOn: day, pinned: true, seq: 0, startMin: at ?? 0, atFixed: at !== null,
})

/** A contact made by a person, for whoever holds the account. An expert names themselves. */
export function personItem(id: ID, a: Account, kind: ContactKind, day: Day, at: number | null, made: Made): Item {
  const expert = made.me.role === 'EXPERT'
  return {
    id, accountId: a.id, repId: a.repId, kind, orKind: null, status: 'OPEN', source: 'PERSON', ...onDay(day, at),
    minutes: minutesOf(kind, a.frail), travel: 0, overdue: false, priority: 90, urgent: false, by: 'REP',
    with: expert ? ['EXPERT'] : [], expertId: expert ? made.me.id : null, objectives: [], script: 'ROUTINE',
    reasons: [], note: '', caseId: null, startedAt: null, closedAt: null, closedWhy: '', movedTo: null,
  }
}

/** An open item; null when it is gone or closed, by the server's rows or by earlier work. */
async function openItem(rows: Layer, id: ID): Promise<Item | null> {
  const item = await rows.item(id)
  return item && isOpen(item) ? item : null
}

type Names = 'StartItem' | 'CancelItem' | 'RescheduleItem' | 'PinItem' | 'PlanContact' | 'OrderDay'

export const itemEffects: Effects<Names> = {
  async StartItem(rows, { item, at }) {
    const i = await openItem(rows, item)
    if (i?.status === 'OPEN') await rows.changeItem(item, { status: 'STARTED', startedAt: at })
  },

  // Story 4: with a day chosen, the same contact comes on exactly that day; without, the rules decide.
  async CancelItem(rows, { input }, made) {
    const i = await openItem(rows, input.itemId)
    if (!i) return
    const movedTo = input.nextOn ? provisional(made.id, 'next') : null
    await rows.changeItem(i.id, { status: 'CANCELLED', closedAt: made.at, closedWhy: input.reason, movedTo })
    if (!input.nextOn || !movedTo) return
    const moved = onDay(input.nextOn, input.nextAt ?? null)
    await rows.putItem({ ...i, id: movedTo, status: 'OPEN', source: 'PERSON', startedAt: null, ...moved })
  },

  // The due day stays: moving a contact makes it neither late nor early.
  async RescheduleItem(rows, { input }) {
    const i = await openItem(rows, input.itemId)
    if (!i) return
    const at = input.at ?? null
    await rows.changeItem(i.id, {
      day: input.day, pinned: true, seq: 0, atFixed: at !== null, startMin: at ?? i.startMin,
    })
  },

  // What went elsewhere meanwhile, or was agreed on for another minute, stays as it is.
  async OrderDay(rows, { input }, made) {
    for (const [n, { itemId, startMin, travel }] of input.items.entries()) {
      const i = await openItem(rows, itemId)
      const fits = i?.status === 'OPEN' && i.day === input.day && i.repId === made.me.id && (!i.atFixed || i.startMin === startMin)
      if (fits) await rows.changeItem(itemId, { startMin, travel: travel ?? 0, seq: startMin > 0 ? n + 1 : 0 })
    }
  },

  async PinItem(rows, { item, pinned }) {
    if (await openItem(rows, item)) await rows.changeItem(item, { pinned })
  },

  async PlanContact(rows, { input }, made) {
    const card = await rows.card(input.accountId)
    if (!card || (await rows.item(made.id))) return
    const base = personItem(made.id, card.account, input.kind, input.day, input.at ?? null, made)
    await rows.putItem({
      ...base,
      note: input.note ?? '',
      caseId: input.caseId ?? null,
      minutes: input.minutes || base.minutes,
      reasons: [input.caseId
        ? { rule: 'D7', code: 'FOR_CASE', zh: `D7：为个案安排：${input.reason}`, en: `D7: planned for the case: ${input.reason}` }
        : { rule: 'D10', code: 'BY_HAND', zh: `D10：人工安排：${input.reason}`, en: `D10: planned by hand: ${input.reason}` }],
      ...alongOf(rows, input.withId ?? null, base),
    })
  },
}

/** Who comes along: an expert or somebody who leads. */
function alongOf(rows: Layer, user: ID | null, base: Item): Pick<Item, 'with' | 'expertId'> {
  const who = rows.world?.people.find(p => p.id === user)
  if (!who || who.role === 'ADMIN' || who.role === 'REP') return { with: base.with, expertId: base.expertId }
  return { with: [who.role], expertId: who.id }
}
