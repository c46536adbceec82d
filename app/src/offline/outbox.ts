// The work of this phone: written down once, sent until the server has answered, kept until nobody needs it any more.

import type { About, CommandName, Commands, DraftPhoto, ID, WorkState } from '../engine/contract'
import { EngineError, NOT_ALL_ORDERED } from '../engine/contract'
import type { Queued } from '../read/book'
import { uuid7, type Bytes } from './bytes'
import type { Clock } from './clock'
import type { Deps } from './deps'
import { sameBox } from './keys'
import { holders, thingsOf, turn } from './line'
import { attemptOf, type OutboxRow, type Payload, type PhotoRow, type Verdict } from './schema'
import type { UserStore, UserTx } from './store'

const DAY = 86_400_000
/** Accepted work is kept that long, to be offered again when the server had to go back to a backup. */
export const KEPT = 14 * DAY

export type Outgoing = { row: OutboxRow; payload: Payload }
export type Settled = { row: OutboxRow; payload: Payload; state: OutboxRow['state']; sequence: number; epoch: string; verdict: Verdict }

const place = (id: ID) => `outbox/${id}`
const verdictPlace = (id: ID) => `verdict/${id}`

export class Outbox {
  private readonly opened = new Map<ID, { box: Bytes; payload: Payload }>()

  constructor(private readonly deps: Deps, private readonly clock: Clock, private readonly store: UserStore) {}

  /** Writes a command down with what becomes of its draft and photos, in one transaction. */
  async send<K extends CommandName>(name: K, variables: Commands[K], about: About & { accountName?: string }): Promise<ID> {
    const id = uuid7(this.clock.now(), (b) => this.deps.crypto.getRandomValues(b))
    const fresh = await this.compose(id, name, variables, about)
    await this.store.write(['outbox', 'meta', 'drafts', 'photos'], async (tx) => {
      const counter = await this.count(tx)
      await tx.objectStore('outbox').add({ ...fresh, counter, place: counter })
      if (about.draft !== undefined) await this.takeDraft(tx, about.draft, name === 'LogContact' ? id : '')
    })
    return id
  }

  /** Puts a mended command into the place of one that was turned down. What waits behind it and names it names the new one. */
  async mend<K extends CommandName>(work: ID, variables: Commands[K]): Promise<ID> {
    const line = await this.line()
    const old = line.find((row) => row.id === work)
    if (!old || !turnedDown(old)) throw new EngineError('NOT_FOUND')
    const { name, accountName } = await this.payload(old)
    const id = uuid7(this.clock.now(), (b) => this.deps.crypto.getRandomValues(b))
    const about = { accountId: old.accountId, itemId: old.itemId, accountName }
    const fresh = await this.compose(id, name as K, variables, about)
    const behind = await Promise.all(line
      .filter((row) => row.state === 'waiting' && row.id !== work && row.things.includes(work))
      .map((row) => this.renamed(row, work, id)))
    await this.store.write(['outbox', 'meta', 'photos'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      if (!turnedDown(await outbox.get(work))) throw new EngineError('CONFLICT')
      await outbox.delete(work)
      await outbox.add({ ...fresh, counter: await this.count(tx), place: old.place })
      for (const row of behind) await outbox.put(row)
      await this.movePhotos(tx, work, id)
    })
    return id
  }

  /** Drops a command that was turned down, with its photos. */
  async discard(work: ID): Promise<void> {
    await this.store.write(['outbox', 'photos'], async (tx) => {
      if (!turnedDown(await tx.objectStore('outbox').get(work))) throw new EngineError('NOT_FOUND')
      await tx.objectStore('outbox').delete(work)
      const photos = tx.objectStore('photos')
      for (const key of await photos.index('log').getAllKeys(work)) await photos.delete(key)
    })
  }

  /** Stands a command that was turned down, and photos that were, in line again. */
  async retry(work: ID): Promise<void> {
    await this.store.write(['outbox', 'photos'], async (tx) => {
      const photos = tx.objectStore('photos')
      for (const photo of await refusedOf(tx, work)) await photos.put({ ...photo, state: 'waiting', why: undefined })
      const row = await tx.objectStore('outbox').get(work)
      if (!turnedDown(row)) return
      await tx.objectStore('outbox').put({ ...row, attempt: attemptOf(row) + 1, state: 'waiting', verdict: null })
    })
  }

  /** All rows, in the order they take effect. */
  line(): Promise<OutboxRow[]> {
    return this.store.db.getAllFromIndex('outbox', 'place')
  }

  /** The next batch that can be opened: at most `limit`, and first those that failed least, so that one the server chokes on
   *  does not keep the others from going. */
  async batch(limit: number, skip: (id: ID) => boolean, failures: (id: ID) => number): Promise<Outgoing[]> {
    const rows = turn(await this.line(), Infinity, (row) => skip(row.id) || !this.store.under(row.under))
    const first = rows.sort((a, b) => failures(a.id) - failures(b.id)).slice(0, limit)
    return Promise.all(first.map(async (row) => ({ row, payload: await this.payload(row) })))
  }

  /** Writes down what the server said. Work that changed meanwhile is left as it is. Work of an older epoch than the answers'
   *  is offered again. */
  async settle(answers: Settled[], epoch: string): Promise<void> {
    const prepared = await Promise.all(answers.map((answer) => this.settled(answer)))
    await this.store.write(['outbox', 'photos'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const { before, after } of prepared) {
        const now = await outbox.get(after.id)
        if (now?.state === 'waiting' && sameBox(now.box, before.box)) await outbox.put(after)
      }
      if (prepared.length > 0) await offerAgain(tx, epoch, Infinity)
    })
  }

  /** Numbers of the device for its report. */
  async report(): Promise<{ issued: number; waiting: number[] }> {
    const rows = await this.store.db.getAllFromIndex('outbox', 'state', 'waiting')
    const waiting = rows.map((row) => row.counter).sort((a, b) => a - b).slice(0, 500)
    return { issued: await this.issued(), waiting }
  }

  /** What the screens and the readers see of it. */
  async work(sending: (id: ID) => boolean): Promise<Queued[]> {
    const line = await this.line()
    const photos = (await this.store.db.getAll('photos')).filter((photo) => photo.log !== '')
    const held = holders(line)
    const shown = await Promise.all(line.map((row) => this.shown(row, held.get(row.id), photos, sending)))
    return shown.filter((work) => work !== null)
  }

  /** Drops the photos of a command that were turned down. */
  async dropPhotos(work: ID): Promise<void> {
    await this.store.write(['photos'], async (tx) => {
      for (const photo of await refusedOf(tx, work)) await tx.objectStore('photos').delete(photo.id)
    })
  }

  /** Drops accepted work that nobody will ask for any more. */
  async forget(): Promise<void> {
    const before = this.clock.now() - KEPT
    await this.store.write(['outbox', 'photos'], async (tx) => {
      const outbox = tx.objectStore('outbox')
      for (const row of await outbox.index('state').getAll('accepted')) {
        if (row.acceptedAt < before && (await refusedOf(tx, row.id)).length === 0) await outbox.delete(row.id)
      }
    })
  }

  /** The server knows of so many commands of this device: numbers go on from there. */
  async startAt(issued: number): Promise<void> {
    await this.store.write(['meta'], async (tx) => {
      const meta = tx.objectStore('meta')
      const own = ((await meta.get('issued')) as number | undefined) ?? 0
      await meta.put(Math.max(own, issued), 'issued')
    })
  }

  private async issued(): Promise<number> {
    return ((await this.store.db.get('meta', 'issued')) as number | undefined) ?? 0
  }

  private async compose<K extends CommandName>(
    id: ID, name: K, given: Commands[K], about: About & { accountName?: string },
  ): Promise<Omit<OutboxRow, 'counter' | 'place'>> {
    const variables = withId(given as Record<string, unknown>, id)
    const payload: Payload = {
      name, document: this.deps.documents[name]!, variables: JSON.stringify(variables),
      writtenAt: this.clock.iso(), accountName: about.accountName,
    }
    const box = await this.store.workSeal.seal(place(id), payload)
    this.opened.set(id, { box, payload })
    const { accountId, itemId } = about
    return {
      id, state: 'waiting', things: thingsOf(id, variables, about), accountId, itemId, sequence: 0, epoch: '',
      acceptedAt: 0, settled: false, under: 'work', box, verdict: null, reviewed: false,
    }
  }

  /** The next number of the device. */
  private async count(tx: UserTx): Promise<number> {
    const meta = tx.objectStore('meta')
    const next = (((await meta.get('issued')) as number | undefined) ?? 0) + 1
    await meta.put(next, 'issued')
    return next
  }

  private async takeDraft(tx: UserTx, key: string, log: ID) {
    await tx.objectStore('drafts').delete(key)
    const photos = tx.objectStore('photos')
    for (const photo of await photos.index('draft').getAll(key)) {
      if (photo.state !== 'draft') continue
      if (log === '') await photos.delete(photo.id)
      else await photos.put({ ...photo, log, draft: '', state: 'waiting' })
    }
  }

  private async movePhotos(tx: UserTx, from: ID, to: ID) {
    const photos = tx.objectStore('photos')
    for (const photo of await photos.index('log').getAll(from)) await photos.put({ ...photo, log: to })
  }

  private async renamed(row: OutboxRow, from: ID, to: ID): Promise<OutboxRow> {
    const payload = await this.payload(row)
    const variables = payload.variables.replaceAll(from, to)
    const box = await this.store.workSeal.seal(place(row.id), { ...payload, variables })
    return { ...row, things: row.things.map((thing) => (thing === from ? to : thing)), box, under: 'work' }
  }

  private async payload(row: OutboxRow): Promise<Payload> {
    const known = this.opened.get(row.id)
    if (known && sameBox(known.box, row.box)) return known.payload
    const seal = this.store.under(row.under)
    if (!seal) throw new EngineError('locked')
    const payload = await seal.open<Payload>(place(row.id), row.box)
    this.opened.set(row.id, { box: row.box, payload })
    return payload
  }

  /** Accepted work goes under the key of the rows: after the session it is as unreadable as they are. */
  private async settled(answer: Settled): Promise<{ before: OutboxRow; after: OutboxRow }> {
    const { row, payload, state, sequence, epoch, verdict } = answer
    const accepted = state === 'accepted'
    const moves = accepted && row.under === 'work' && this.store.readable
    const under = moves ? 'store' : row.under
    const box = moves ? await this.store.seal.seal(place(row.id), payload) : row.box
    const sealed = await this.store.under(under)!.seal(verdictPlace(row.id), verdict)
    if (moves) this.opened.set(row.id, { box, payload })
    return {
      before: row,
      after: {
        ...row, state, under, box, verdict: sealed, sequence, epoch: accepted ? epoch : '', settled: false,
        acceptedAt: accepted ? this.clock.now() : 0, reviewed: accepted && verdict.review.some((flag) => flag !== NOT_ALL_ORDERED),
      },
    }
  }

  private async shown(row: OutboxRow, heldBy: ID | undefined, photos: PhotoRow[], sending: (id: ID) => boolean): Promise<Queued | null> {
    const seal = this.store.under(row.under)
    if (!seal) return null
    const { name, variables, writtenAt, accountName } = await this.payload(row)
    const verdict = row.verdict && await seal.open<Verdict>(verdictPlace(row.id), row.verdict)
    const mine = photos.filter((photo) => photo.log === row.id).sort((a, b) => a.order - b.order)
    return {
      id: row.id, counter: row.counter, name, accountId: row.accountId, accountName, itemId: row.itemId, writtenAt,
      state: stateOf(row, sending(row.id)), ...complaint(row, verdict), review: verdict?.review ?? [],
      reassigned: verdict?.reassigned ?? false, heldBy,
      photos: photosOf(mine),
      input: JSON.parse(variables), settled: row.state === 'accepted' && row.settled, pictures: mine.map(picture),
    }
  }
}

/** Offers accepted work again that the server does not have: of another epoch, or with numbers beyond its last. */
export async function offerAgain(tx: UserTx, epoch: string, sequence: number): Promise<number> {
  const outbox = tx.objectStore('outbox')
  let count = 0
  for (const row of await outbox.index('state').getAll('accepted')) {
    if (row.epoch === epoch && row.sequence <= sequence) continue
    await outbox.put({ ...row, state: 'waiting', settled: false })
    count++
  }
  const photos = tx.objectStore('photos')
  for (const photo of await photos.index('state').getAll('sent')) {
    if (photo.epoch !== epoch) await photos.put({ ...photo, state: 'waiting' })
  }
  return count
}

const turnedDown = (row: OutboxRow | undefined): row is OutboxRow => row?.state === 'refused' || row?.state === 'conflict'

/** Commands with an input carry their id in it. */
function withId(variables: Record<string, unknown>, id: ID): Record<string, unknown> {
  const input = variables.input as Record<string, unknown> | undefined
  return input ? { ...variables, input: { ...input, id } } : variables
}

function stateOf(row: OutboxRow, sending: boolean): WorkState {
  if (row.state === 'accepted' && row.reviewed) return 'review'
  return row.state === 'waiting' && sending ? 'sending' : row.state
}

function complaint(row: OutboxRow, verdict: Verdict | null) {
  if (!verdict || !turnedDown(row)) return {}
  const { code, field, rule, words } = verdict
  return { code, field: field || undefined, rule: rule || undefined, words: words || undefined }
}

const refusedOf = async (tx: UserTx, work: ID): Promise<PhotoRow[]> =>
  (await tx.objectStore('photos').index('log').getAll(work)).filter((photo) => photo.state === 'refused')

const photosOf = (photos: PhotoRow[]): Queued['photos'] => ({
  total: photos.length, sent: photos.filter(({ state }) => state === 'sent').length,
  refused: photos.filter(({ state }) => state === 'refused').map(({ id, why }) => ({ id, why: why ?? '' })),
})

const picture = ({ id, takenAt, width, height, bytes }: PhotoRow): DraftPhoto => ({ id, takenAt, width, height, bytes })
