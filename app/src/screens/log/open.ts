// What the form is opened with: a new log, a draft gone on with, or a refused log to be mended.

import type { AccountView, DraftPhoto, Engine, ID, ItemCard, Kind, Work } from '@/engine/contract'
import { formOfDraft, logKey, mendKey } from './draft'
import { blankForm, outcomesFor, type LogForm } from './form'

export type Opening = {
  key: string
  form: LogForm
  view: AccountView
  item: ItemCard | null
  photos: DraftPhoto[]
  /** It goes on where somebody left off. */
  resumed: boolean
  /** The refused log this one mends. */
  work: Work | null
}
export type Wanted = { account?: ID; item?: ID; kind?: string; draft?: string; work?: ID }

/** Null when what was asked for is not on this phone any more. */
export async function openLog(engine: Engine, wanted: Wanted, now: string): Promise<Opening | null> {
  if (wanted.work) return openMending(engine, wanted.work)
  if (wanted.draft) return openDraft(engine, wanted.draft)
  const found = wanted.item ? await engine.ask('item', { id: wanted.item }) : null
  const accountId = found?.account.account.id ?? wanted.account
  const view = accountId ? await engine.ask('account', { id: accountId }) : null
  if (!view) return null
  const item = found?.card ?? null
  const key = logKey(view.card.account.id, item?.item.id ?? null)
  const draft = await engine.ask('draft', { key })
  const kept = formOfDraft(draft)
  const kind = kindOf(wanted.kind) ?? item?.item.kind ?? 'HOME_VISIT'
  const form = kept ?? blankForm({ account: view.card.account, item: item?.item ?? null, kind, now })
  return { key, form, view, item, photos: draft?.photos ?? [], resumed: kept !== null, work: null }
}

async function openDraft(engine: Engine, key: string): Promise<Opening | null> {
  const draft = await engine.ask('draft', { key })
  const form = formOfDraft(draft)
  if (!form) return null
  const view = await engine.ask('account', { id: form.accountId })
  if (!view) return null
  return { key, form, view, item: itemOf(view, form), photos: draft?.photos ?? [], resumed: true, work: null }
}

async function openMending(engine: Engine, id: ID): Promise<Opening | null> {
  const work = (await engine.ask('work', undefined)).find(w => w.id === id)
  if (!work || work.name !== 'LogContact') return null
  const key = mendKey(id)
  const draft = await engine.ask('draft', { key })
  const form = formOfDraft(draft) ?? formOfWork(work)
  const view = form && (await engine.ask('account', { id: form.accountId }))
  if (!form || !view) return null
  return { key, form, view, item: itemOf(view, form), photos: [], resumed: draft !== null, work }
}

const itemOf = (view: AccountView, form: LogForm) => view.items.find(c => c.item.id === form.itemId) ?? null

/** The form a log was made with. */
export function formOfWork(work: Pick<Work, 'input' | 'accountName'>): LogForm | null {
  const input = (work.input as { input?: Record<string, unknown> } | null)?.input
  const kind = kindOf(input?.['kind'])
  if (!input || !kind || typeof input['accountId'] !== 'string' || typeof input['startedAt'] !== 'string') return null
  const account = { id: input['accountId'], name: work.accountName ?? '' }
  const blank = blankForm({ account, item: null, kind, now: input['startedAt'] })
  const told = Object.fromEntries(Object.entries(input).filter(([name, value]) => name in blank && value !== null))
  return { ...blank, ...told, place: placeOf(input) } as LogForm
}

function placeOf(input: Record<string, unknown>): LogForm['place'] {
  const { lat, lng, accuracy } = input
  if (typeof lat !== 'number' || typeof lng !== 'number') return null
  return typeof accuracy === 'number' ? { lat, lng, accuracy } : { lat, lng }
}

function kindOf(kind: unknown): Kind | null {
  return typeof kind === 'string' && outcomesFor(kind as Kind) ? (kind as Kind) : null
}
