// Orders and what came back (care/purchase.go, care/return.go).

import type { Account, Card } from '../../engine/contract'
import { daysBetween } from '../../rules/civil'
import type { Layer } from '../layer'
import { openCase, winBack } from './cases'
import { provisional, type Effects } from './made'

type Order = Card['purchases'][number]

/** As many orders as the server sends. */
const LATEST = 24

export const purchaseEffects: Effects<'RecordPurchase' | 'RecordReturn'> = {
  // The account is on product, its stop and win-back cases are won, the rep's word has come true and ends. An order from
  // before the account stopped, written down late, wins nothing back.
  async RecordPurchase(rows, { input }, made) {
    const card = await rows.card(input.accountId)
    if (!card || card.purchases.some(p => p.purchase.id === made.id)) return
    const order = orderOf(rows, card, input, made.id)
    const stop = (await rows.openCasesOf(input.accountId)).find(c => c.case.kind === 'STOP')
    const back = !stop || input.day >= stop.case.openedOn
    if (back) await winBack(rows, input.accountId, made, 'bought again')
    await rows.changeCard(input.accountId, c => ({
      purchases: [...c.purchases, order].sort(latestFirst).slice(0, LATEST),
      override: c.override && input.day >= c.override.givenOn ? null : c.override,
      account: bought(c.account, input.day, input.amount, back),
    }))
  },

  // Opens its case, or joins the one that is open (D2, D7).
  async RecordReturn(rows, { input }, made) {
    const card = await rows.cardWhere(made.account, c => c.purchases.some(p => p.purchase.id === input.purchaseId))
    const order = card?.purchases.find(p => p.purchase.id === input.purchaseId)
    if (!card || !order || order.returns.some(r => r.id === made.id)) return
    const left = order.purchase.amount - order.returns.reduce((sum, r) => sum + r.amount, 0)
    const amount = input.whole && input.amount === 0 ? left : input.amount
    const caseId = await openCase(rows, made, {
      id: provisional(made.id, 'case'), account: card.account.id, kind: 'RETURN', purchase: input.purchaseId,
      note: input.reason,
    })
    const row = {
      id: made.id, purchaseId: input.purchaseId, accountId: card.account.id, day: input.day, amount,
      whole: input.whole, reason: input.reason, caseId,
    }
    await rows.changeCard(card.account.id, c => {
      const purchases = c.purchases.map(p =>
        p.purchase.id === input.purchaseId ? { ...p, returns: [...p.returns, row] } : p)
      return { purchases, account: returned(c.account, purchases, amount, input.whole) }
    })
  },
}

type Recorded = Parameters<(typeof purchaseEffects)['RecordPurchase']>[1]['input']

function orderOf(rows: Layer, card: Card, input: Recorded, id: string): Order {
  const lasts = (product: string) => rows.world?.products.find(p => p.id === product)?.supplyDays ?? 0
  const lines = input.lines.map(l => ({
    productId: l.productId, quantity: l.quantity, amount: l.amount,
    supplyDays: l.supplyDays ?? l.quantity * lasts(l.productId),
  }))
  return {
    purchase: {
      id, number: input.number || id, accountId: input.accountId, repId: card.account.repId, day: input.day,
      amount: input.amount, supplyDays: Math.max(0, ...lines.map(l => l.supplyDays)), channel: input.channel ?? '',
    },
    lines,
    returns: [],
  }
}

const latestFirst = (a: Order, b: Order): number => daysBetween(a.purchase.day, b.purchase.day)

const bought = (a: Account, day: string, amount: number, back: boolean): Account => ({
  ...a,
  version: a.version + 1,
  purchases: a.purchases + 1,
  spent: a.spent + amount,
  lastPurchaseOn: a.lastPurchaseOn !== null && a.lastPurchaseOn > day ? a.lastPurchaseOn : day,
  ...(back ? { service: 'ON_PRODUCT', stopCause: null } : {}),
})

/** An order given back whole no longer counts; who has nothing left has not bought yet. */
function returned(a: Account, orders: Order[], amount: number, whole: boolean): Account {
  const purchases = whole ? Math.max(0, a.purchases - 1) : a.purchases
  const last = orders.find(p => !p.returns.some(r => r.whole))
  return {
    ...a,
    version: a.version + 1,
    purchases,
    spent: Math.max(0, a.spent - amount),
    lastPurchaseOn: last?.purchase.day ?? null,
    service: purchases === 0 && a.service === 'ON_PRODUCT' ? 'NOT_YET' : a.service,
  }
}
