// The rows of the server with the work of this phone laid over them: what is waiting, on its way, or accepted without
// the server's rows being here yet. Refused and conflicting work shows its state and changes no facts.

import type { CommandName, Commands, World, WorkState } from '../engine/contract'
import { dayIn } from '../rules/civil'
import { isOpen } from '../rules/overdue'
import type { Book, Queued } from './book'
import { arrivedOf } from './arrived'
import { effects } from './effects'
import type { Made } from './effects/made'
import { Layer, type Pending } from './layer'

/** A book whose rows have the work of this phone in them. */
export interface Overlaid extends Book {
  pending: Pending
  layer: Layer
}

export async function overlay(under: Book): Promise<Overlaid> {
  const layer = new Layer(under)
  layer.world = await under.world()
  const unsettled = (await under.work()).filter(work => !work.settled)
  const arrived = await arrivedOf(under, unsettled)
  for (const work of unsettled) {
    if (layer.world && changesFacts(work) && !arrived.has(work.id)) await lay(layer, work, layer.world)
    else showState(layer, work)
  }
  return over(under, layer)
}

/** Whether the server took it, or may still take it. */
export const changesFacts = (work: Queued): boolean =>
  !work.settled && work.state !== 'refused' && work.state !== 'conflict'

async function lay(layer: Layer, work: Queued, world: World): Promise<void> {
  const before = new Map(layer.items)
  await apply(layer, work.name, work, {
    id: work.id, account: work.accountId, at: work.writtenAt, on: dayIn(work.writtenAt, world.zone),
    zone: world.zone, me: world.user, pictures: work.pictures.map(({ bytes: _, ...photo }) => photo),
  })
  for (const [id, item] of layer.items) {
    if (before.get(id) !== item) mark(layer.pending.items, id, work.state)
  }
  showState(layer, work)
}

const apply = <K extends CommandName>(layer: Layer, name: K, work: Queued, made: Made): Promise<void> =>
  effects[name](layer, work.input as Commands[K], made)

function showState({ pending }: Layer, work: Queued): void {
  if (work.name === 'LogContact') mark(pending.logs, work.id, work.state)
  if (work.itemId !== undefined) mark(pending.items, work.itemId, work.state)
  if (work.accountId !== undefined) mark(pending.accounts, work.accountId, work.state)
}

const NEED: readonly WorkState[] = ['accepted', 'review', 'sending', 'waiting', 'conflict', 'refused']

function mark(states: Map<string, WorkState>, id: string, state: WorkState): void {
  const there = states.get(id)
  if (there === undefined || NEED.indexOf(state) > NEED.indexOf(there)) states.set(id, state)
}

function over(under: Book, layer: Layer): Overlaid {
  return {
    pending: layer.pending,
    layer,
    now: () => under.now(),
    zone: () => under.zone(),
    today: () => under.today(),
    world: async () => layer.world,
    card: id => layer.card(id),
    async cardsOf(ids) {
      const cards = new Map(await under.cardsOf(ids.filter(id => !layer.cards.has(id))))
      for (const id of ids) {
        const laid = layer.cards.get(id)
        if (laid) cards.set(id, laid)
      }
      return cards
    },
    cards: async () => (await under.cards()).map(c => layer.cards.get(c.account.id) ?? c),
    cardsAtHand: () => under.cardsAtHand?.() ?? false,
    item: id => layer.item(id),
    itemsOn: async (from, to) => layer.overItems(await under.itemsOn(from, to), i => from <= i.day && i.day <= to),
    openBefore: async day => layer.overItems(await under.openBefore(day), i => i.day < day && isOpen(i)),
    openItemsOf: account => layer.openItemsOf(account),
    itemsOf: async account => layer.overItems(await under.itemsOf(account), i => i.accountId === account),
    log: id => layer.log(id),
    logsOf: async account => layer.overLogs(await under.logsOf(account), l => l.log.accountId === account),
    logsSince: async day => layer.overLogs(await under.logsSince(day), l => l.log.day >= day),
    casesOf: account => layer.casesOf(account),
    openCases: async () => layer.overCases(await under.openCases(), c => c.case.status === 'OPEN'),
    work: () => under.work(),
  }
}
