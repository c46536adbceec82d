// The server's rows come while the work that made them is not settled yet: the facts on the screens stay as they are.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CommandName, Commands } from '../../src/engine/contract'
import { overlay } from '../../src/read/overlay'
import { queries } from '../../src/read/queries'
import { aCard, aCase, anItem, aWorld, REP } from '../sample/make'
import { bookOf, type Rows } from '../sample/rows'
import { aPhone, MORNING, type Phone } from './phone'

const TODAY = '2026-07-06'
const DAYS = [TODAY, '2026-07-07', '2026-07-15']
const ITEMS = ['i1', 'i2', 'i3']
const ACCOUNTS = ['a', 'b']

const order = {
  purchase: { id: 'o1', number: 'D1', accountId: 'a', repId: REP, day: '2026-06-20', amount: 26800, supplyDays: 30, channel: '' },
  lines: [{ productId: 'p1', quantity: 1, amount: 26800, supplyDays: 30 }], returns: [],
}

const start = (): Phone => aPhone({
  world: aWorld({ calendar: [], products: [{ id: 'p1', number: '', name: '鱼油', category: '', price: 1, supplyDays: 30 }] }),
  cards: [
    aCard({ id: 'a', purchases: 1, spent: 26800, lastPurchaseOn: '2026-06-20', nextDueOn: '2026-07-05' }, { purchases: [order], tags: ['重点'] }),
    aCard({ id: 'b', service: 'STOPPED', stopCause: 'SERVICE', nextDueOn: TODAY }),
  ],
  items: [
    anItem({ id: 'i1', accountId: 'a', day: TODAY, dueOn: '2026-07-05' }), anItem({ id: 'i2', accountId: 'a', day: TODAY, kind: 'HOME_VISIT', orKind: 'CALL' }),
    anItem({ id: 'i3', accountId: 'b', day: TODAY, kind: 'HOME_VISIT', caseId: 'c' }),
  ],
  cases: [aCase({ id: 'c', accountId: 'b', cause: 'SERVICE' }, {
    steps: [{ id: 's1', seq: 1, kind: 'VISIT', dueOn: TODAY, doneOn: null, doneBy: null, logId: null }],
  })],
})

type Sent = { [K in CommandName]: { name: K; input: Commands[K]; accountId: string } }[CommandName]

const account = fc.constantFrom(...ACCOUNTS)
const day = fc.constantFrom(...DAYS)
const item = fc.constantFrom(...ITEMS)
const ofItem = (id: string): string => (id === 'i3' ? 'b' : 'a')

const log = fc.record({
  itemId: fc.option(item), kind: fc.constantFrom('HOME_VISIT', 'CALL', 'MESSAGE'), outcome: fc.constantFrom('MET', 'TALKED', 'NO_ANSWER', 'SENT'),
  reaction: fc.boolean(), nextOn: fc.option(day), accountId: account, startedAt: fc.constantFrom('2026-07-06T00:30:00Z', '2026-07-04T03:00:00Z'),
} as const).map(({ itemId, accountId, nextOn, ...rest }): Sent => {
  const of = itemId ? ofItem(itemId) : accountId
  return { name: 'LogContact', accountId: of, input: { input: { ...rest, itemId, accountId: of, nextOn, nextKind: nextOn ? 'CALL' : null } } }
})
const cancel = fc.record({ itemId: item, nextOn: fc.option(day) }).map(({ itemId, nextOn }): Sent =>
  ({ name: 'CancelItem', accountId: ofItem(itemId), input: { input: { itemId, reason: '住院', nextOn } } }))
const move = fc.record({ itemId: item, day, at: fc.option(fc.constant(600)) }).map((input): Sent =>
  ({ name: 'RescheduleItem', accountId: ofItem(input.itemId), input: { input } }))
const begin = item.map((i): Sent => ({ name: 'StartItem', accountId: ofItem(i), input: { item: i, at: '2026-07-06T00:20:00Z' } }))
const plan = fc.record({ accountId: account, day }).map(({ accountId, day }): Sent =>
  ({ name: 'PlanContact', accountId, input: { input: { accountId, day, kind: 'CALL', reason: '送资料' } } }))
const buy = account.map((accountId): Sent =>
  ({ name: 'RecordPurchase', accountId, input: { input: { accountId, day: TODAY, amount: 100, lines: [{ productId: 'p1', quantity: 2, amount: 100 }] } } }))
const giveBack = fc.boolean().map((whole): Sent =>
  ({ name: 'RecordReturn', accountId: 'a', input: { input: { purchaseId: 'o1', day: TODAY, amount: whole ? 0 : 100, whole, reason: '破了' } } }))
const stop = account.map((accountId): Sent => ({ name: 'StopAccount', accountId, input: { input: { accountId, cause: 'COMPETITOR' } } }))
const edit = fc.record({ accountId: account, version: fc.constantFrom(1, 2), taboos: fc.constantFrom('', '一') }).map((input): Sent =>
  ({ name: 'EditAccount', accountId: input.accountId, input: { input } }))
const others = account.chain(accountId => fc.constantFrom<Sent>(
  { name: 'AddDate', accountId, input: { input: { accountId, occasion: 'OTHER', calendar: 'SOLAR', month: 7, day: 8 } } },
  { name: 'AddMember', accountId, input: { input: { accountId, name: '王晓燕' } } },
  { name: 'PauseAccount', accountId, input: { input: { accountId, from: '2026-07-15', reason: '旅游' } } },
  { name: 'ResumeAccount', accountId, input: { account: accountId } },
  { name: 'ResumeService', accountId, input: { account: accountId, why: '道歉' } },
  { name: 'OverrideHorizon', accountId, input: { input: { accountId, horizon: 'LATER', reason: '出远门', until: '2026-08-01' } } },
  { name: 'EndOverride', accountId, input: { account: accountId } },
  { name: 'SetTags', accountId, input: { account: accountId, tags: ['怕冷'] } },
  { name: 'OpenCase', accountId, input: { input: { accountId, kind: 'WIN_BACK', dueOn: '2026-08-01', note: '再试' } } },
  { name: 'CloseCase', accountId: 'b', input: { input: { caseId: 'c', as: 'WON_BACK', why: '和好' } } },
  { name: 'CompleteCaseStep', accountId: 'b', input: { input: { caseId: 'c', stepId: 's1' } } },
  { name: 'AskLeave', accountId, input: { input: { from: TODAY, to: TODAY } } },
))
const commands = fc.array(fc.oneof(
  { weight: 5, arbitrary: log }, cancel, move, begin, plan, buy, giveBack, stop, edit, { weight: 3, arbitrary: others },
), { minLength: 1, maxLength: 8 })

/** Sends what the server would not refuse: refused work is never laid. */
async function sendAll(p: Phone, sent: Sent[]): Promise<void> {
  for (const command of sent) {
    if (await taken(p, command)) send(p, command.name, command.input, command.accountId)
  }
}

async function taken(p: Phone, { name, input, accountId }: Sent): Promise<boolean> {
  const book = await overlay(p.book)
  const open = (await book.casesOf(accountId)).filter(c => c.case.status === 'OPEN').map(c => c.case)
  const isOpenItem = async (id: string) => ['OPEN', 'STARTED'].includes((await book.item(id))?.status ?? '')
  const card = await book.card(accountId)
  switch (name) {
    case 'StopAccount': return !open.some(c => c.kind === 'STOP')
    case 'OpenCase': return !open.some(c => c.kind === input.input.kind)
    case 'CloseCase': case 'CompleteCaseStep': return open.some(c => c.id === input.input.caseId)
    case 'StartItem': return isOpenItem(input.item)
    case 'CancelItem': case 'RescheduleItem': return isOpenItem(input.input.itemId)
    case 'EditAccount': return card?.account.version === input.input.version
    case 'RecordReturn': return !card?.purchases.find(o => o.purchase.id === 'o1')?.returns.some(r => r.whole)
    default: return true
  }
}

const send = <K extends CommandName>(p: Phone, name: K, input: Commands[K], accountId: string) => p.do(name, input, { accountId })

/** What the server has once it did all of it: the rows as laid, with keys of its own for those it made. */
async function onServer(p: Phone): Promise<Rows> {
  const book = await overlay(p.book)
  const rows: Omit<Rows, 'work'> = {
    world: await book.world(),
    cards: await book.cards(),
    items: await book.itemsOn('2020-01-01', '2030-01-01'),
    logs: await book.logsSince('2020-01-01'),
    cases: (await Promise.all(ACCOUNTS.map(a => book.casesOf(a)))).flat(),
  }
  return { ...(JSON.parse(withServerKeys(rows)) as typeof rows), work: p.rows.work.map(w => ({ ...w, state: 'accepted' })) }
}

/** Other keys that sort as the provisional ones do. */
const withServerKeys = (rows: unknown): string =>
  JSON.stringify(rows).replaceAll(/"w\d+(:\w+)+"/g, key => key.replaceAll(':', '~'))

describe('the rows of the server, come before the work is settled', () => {
  test('change no fact on any screen', async () => {
    await fc.assert(fc.asyncProperty(commands, async sent => {
      const p = start()
      await sendAll(p, sent)
      const arrived = bookOf(await onServer(p), () => Date.parse(MORNING))
      const [before, after] = await Promise.all([facts(p.book), facts(arrived)])
      expect(after).toEqual(before)
    }), { numRuns: 100 })
  }, 60_000)

  test('and once it is settled, they alone stand', async () => {
    await fc.assert(fc.asyncProperty(commands, async sent => {
      const p = start()
      await sendAll(p, sent)
      const rows = await onServer(p)
      const settled = bookOf({ ...rows, work: rows.work.map(w => ({ ...w, settled: true })) }, () => Date.parse(MORNING))
      expect(await facts(settled)).toEqual(await facts(p.book))
    }), { numRuns: 40 })
  }, 60_000)
})

/** What screens show, without keys that are the server's to make and without the state of the work. */
async function facts(book: Phone['book']): Promise<unknown> {
  const views = await Promise.all([
    ...DAYS.map(d => queries.day(book, { day: d })), queries.weeks(book, { from: '2026-07-01', to: '2026-07-20' }),
    ...ACCOUNTS.map(id => queries.account(book, { id })), queries.accounts(book, { sort: 'due', offset: 0, limit: 10 }),
  ])
  return JSON.parse(withServerKeys(views), (key, value: unknown) => (key === 'pending' || key === 'work' ? null : value))
}
