// The file of an account and what stands about it (care/edit.go, household.go, pause.go, override.go, leave.go).

import type { Account, Card, Commands, Day } from '../../engine/contract'
import { addDays } from '../../rules/civil'
import { solarNext } from '../../rules/dates'
import type { Effects } from './made'

/** How long a word against the forecast holds when nobody says; the server's own. */
const WORD_DAYS = 90

type Edit = Commands['EditAccount']['input']
type Names =
  | 'EditAccount' | 'AddMember' | 'RemoveMember' | 'AddDate' | 'RemoveDate' | 'SetTags' | 'PauseAccount'
  | 'ResumeAccount' | 'OverrideHorizon' | 'EndOverride' | 'AskLeave'

export const accountEffects: Effects<Names> = {
  // An edit of an older file is a conflict on the server: the newer file is here, and the edit is not laid over it.
  async EditAccount(rows, { input }) {
    const card = await rows.card(input.accountId)
    if (card?.account.version !== input.version) return
    const account = edited(card.account, input)
    if (SEALED.some(f => input[f] !== undefined) || !same(account, card.account)) {
      await rows.changeFile(input.accountId, () => account)
    }
  },

  async AddMember(rows, { input }, made) {
    await rows.changeCard(input.accountId, card => ({
      members: added(card.members, {
        id: made.id, name: input.name, relation: input.relation ?? '', sex: input.sex ?? null,
        birthYear: input.birthYear ?? null, note: input.note ?? '',
      }),
    }))
  },

  // A person goes with their special days.
  async RemoveMember(rows, { member }, made) {
    const held = await rows.cardWhere(made.account, card => card.members.some(m => m.id === member))
    if (!held) return
    await rows.changeCard(held.account.id, card => ({
      members: card.members.filter(m => m.id !== member),
      ...withoutDates(card, d => d.memberId === member),
    }))
  },

  async AddDate(rows, { input }, made) {
    await rows.changeCard(input.accountId, card => {
      if (card.dates.some(d => d.id === made.id)) return {}
      const { occasion, calendar, month, day } = input
      const next = calendar === 'SOLAR' ? solarNext(month, day, made.on) : null
      return {
        dates: [...card.dates, {
          id: made.id, memberId: input.memberId ?? null, occasion, label: input.label ?? '', calendar,
          year: input.year ?? null, month, day, leap: input.leap ?? false,
        }],
        nextDates: [...card.nextDates, next ?? UNKNOWN_DAY],
      }
    })
  },

  async RemoveDate(rows, { date }, made) {
    const held = await rows.cardWhere(made.account, card => card.dates.some(d => d.id === date))
    if (held) await rows.changeCard(held.account.id, card => withoutDates(card, d => d.id === date))
  },

  async SetTags(rows, { account, tags }) {
    const clean = [...new Set(tags.map(t => t.trim()))].sort()
    await rows.changeCard(account, () => ({ tags: clean }))
  },

  async PauseAccount(rows, { input }, made) {
    await rows.changeCard(input.accountId, card => ({
      pauses: added(card.pauses, {
        id: made.id, accountId: input.accountId, storeId: null, district: '', fromDay: input.from,
        toDay: input.to ?? null, reason: input.reason, endedAt: null,
      }),
    }))
  },

  // Story 9: a pause of the area still holds the account.
  async ResumeAccount(rows, { account }) {
    await rows.changeCard(account, card => ({ pauses: card.pauses.filter(p => p.accountId === null) }))
  },

  // The word before ends with the new one. The horizon itself is the server's to say.
  async OverrideHorizon(rows, { input }, made) {
    await rows.changeCard(input.accountId, () => ({
      override: {
        id: made.id, horizon: input.horizon ?? null, onDay: input.day ?? null, reason: input.reason, givenOn: made.on,
        untilDay: input.until ?? addDays(made.on, WORD_DAYS), createdBy: made.me.id, endedAt: null,
      },
    }))
  },

  async EndOverride(rows, { account }) {
    await rows.changeCard(account, () => ({ override: null }))
  },

  async AskLeave(rows, { input }, made) {
    const { world } = rows
    if (!world) return
    const leave = {
      id: made.id, userId: made.me.id, fromDay: input.from, toDay: input.to, reason: input.reason ?? '', granted: false,
    }
    rows.world = { ...world, leaves: added(world.leaves, leave) }
  },
}

/** Stands in nextDates for the next day of a lunar date that only the server can tell; later than every real day. */
export const UNKNOWN_DAY: Day = '9999-12-31'

const added = <T extends { id: string }>(list: T[], one: T): T[] =>
  list.some(x => x.id === one.id) ? list : [...list, one]

function withoutDates(card: Card, gone: (d: Card['dates'][number]) => boolean): Pick<Card, 'dates' | 'nextDates'> {
  const stays = card.dates.map(d => !gone(d))
  return { dates: card.dates.filter((_, i) => stays[i]), nextDates: card.nextDates.filter((_, i) => stays[i]) }
}

/** What the server cannot compare counts as changed. */
const SEALED = ['position', 'phone', 'address', 'health', 'history', 'allergies'] as const

const same = (a: Account, b: Account): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is left out of an edit stays; null empties what can be empty. Health is not kept on the phone. */
function edited(a: Account, input: Edit & { id?: string }): Account {
  const { id: _i, accountId: _c, version: _v, health: _h, history: _p, allergies: _a, position, optOuts, ...facts } = input
  const out = { ...a }
  for (const [field, value] of Object.entries(facts)) {
    if (value !== undefined) Object.assign(out, { [field]: value })
  }
  if (position !== undefined) Object.assign(out, { lat: position?.lat ?? null, lng: position?.lng ?? null })
  if (optOuts) out.optOuts = optOuts.map(o => ({ kind: o.kind ?? null, from: o.from, to: o.to ?? null }))
  return out
}
