// Photos on their way: each by itself, in pieces, after its log; kept some days after the server has it.

import type { ID } from '../engine/contract'
import { bearer, isObject, judge, parse, type Answer, type Api } from './api'
import type { Clock } from './clock'
import type { Deps } from './deps'
import { sameBox } from './keys'
import { genuine } from './receipts'
import type { OutboxRow, PhotoRow } from './schema'
import type { UserStore } from './store'

/** Bytes of one request. */
export const PIECE = 64 * 1024
/** Sent photos are kept that long, to be offered again when the server had to go back to a backup. */
export const PHOTOS_KEPT = 3 * 86_400_000

const place = (id: ID) => `photos/${id}`

type Progress = { next: number; done: boolean; receipt: string }
export type PutPiece = (path: string, body: BufferSource) => Promise<Answer<{ progress: Progress }>>

export class Photos {
  /** How far each has come, as the server said last. It knows better: what it has is not sent again. */
  private readonly come = new Map<ID, number>()

  constructor(private readonly deps: Deps, private readonly clock: Clock, private readonly store: UserStore) {}

  waiting(): Promise<number> {
    return this.store.db.countFromIndex('photos', 'state', 'waiting')
  }

  /** The bytes of a photo that is still on the phone. */
  async bytes(id: ID, draft?: string): Promise<ArrayBuffer | null> {
    const row = await this.store.db.get('photos', id)
    if (!row || (draft !== undefined && row.draft !== draft)) return null
    return (await this.store.under(row.under)?.openBytes(place(id), row.box)) ?? null
  }

  /** Photos whose log is on the server, in the order they were taken. */
  async ready(): Promise<PhotoRow[]> {
    const rows = await this.store.db.getAllFromIndex('photos', 'state', 'waiting')
    const logs = new Map((await this.store.db.getAll('outbox')).map((row) => [row.id, row]))
    return rows.filter((row) => this.store.under(row.under) && here(logs.get(row.log)))
      .sort((a, b) => a.takenAt.localeCompare(b.takenAt) || a.order - b.order)
  }

  /** The work whose photos, or some of them, were refused. */
  async refused(): Promise<Set<ID>> {
    return new Set((await this.store.db.getAllFromIndex('photos', 'state', 'refused')).map((row) => row.log))
  }

  /** Sends one photo, piece by piece, from where the server has it. Answers null when it is there, or will never be. */
  async upload(row: PhotoRow, put: PutPiece): Promise<Exclude<Answer<never>, { kind: 'data' }> | null> {
    const bytes = await this.bytes(row.id)
    if (!bytes) return null
    let offset = this.come.get(row.id) ?? 0
    this.come.delete(row.id)
    for (let pieces = 0; pieces <= 2 * Math.ceil(bytes.byteLength / PIECE) + 1; pieces++) {
      const answer = await put(path(row, offset, bytes.byteLength), bytes.slice(offset, offset + PIECE))
      if (answer.kind === 'failed') this.come.set(row.id, offset)
      if (answer.kind === 'refused' && forGood(answer)) return this.refuse(row, answer)
      if (answer.kind !== 'data') return answer
      const { progress } = answer.data
      if (progress.done) return await this.sent(row, progress, bytes) ? null : { kind: 'failed', why: 'gateway' }
      if (progress.next < 0 || progress.next >= bytes.byteLength) break
      offset = progress.next
    }
    return { kind: 'failed', why: 'gateway' }
  }

  /** Drops photos that nobody will ask for any more. */
  async forget(): Promise<void> {
    const before = this.clock.now() - PHOTOS_KEPT
    await this.store.write(['photos'], async (tx) => {
      const photos = tx.objectStore('photos')
      for (const row of await photos.index('state').getAll('sent')) {
        if (row.sentAt < before) await photos.delete(row.id)
      }
    })
  }

  private async refuse(row: PhotoRow, { code, rule }: { code: string; rule?: string }): Promise<null> {
    await this.store.write(['photos'], async (tx) => {
      const now = await tx.objectStore('photos').get(row.id)
      if (now?.state === 'waiting') await tx.objectStore('photos').put({ ...now, state: 'refused', why: rule || code })
    })
    return null
  }

  /** Notes that the server has it, if the receipt says so. Its bytes go under the key of the rows. */
  private async sent(row: PhotoRow, { receipt }: Progress, bytes: ArrayBuffer): Promise<boolean> {
    const epoch = await this.epochOf(row, receipt)
    if (epoch === undefined) return false
    const moves = row.under === 'work' && this.store.readable
    const box = moves ? await this.store.seal.sealBytes(place(row.id), bytes) : row.box
    await this.store.write(['photos'], async (tx) => {
      const now = await tx.objectStore('photos').get(row.id)
      if (now?.state !== 'waiting' || !sameBox(now.box, row.box)) return
      const under = moves ? 'store' : row.under
      await tx.objectStore('photos').put({ ...now, state: 'sent', epoch, sentAt: this.clock.now(), under, box })
    })
    return true
  }

  /** The epoch a receipt was given in: that of the rows, or that of the log; none when it is not genuine. */
  private async epochOf(row: PhotoRow, receipt: string): Promise<string | undefined> {
    const log = await this.store.db.get('outbox', row.log)
    const proof = { id: row.id, hash: row.sha256, status: 'APPLIED', sequence: 0, receipt }
    for (const epoch of new Set([(await this.store.sync()).epoch, log?.epoch ?? ''])) {
      if (await genuine(this.deps.crypto, this.store.receiptKey, { ...proof, epoch })) return epoch
    }
    return undefined
  }
}

/** Sends a piece with a token. */
export const putPiece = (api: Api, token: string): PutPiece => async (url, body) => {
  const answer = await api.request(url, {
    method: 'PUT', headers: { 'content-type': 'application/octet-stream', ...bearer(token) }, body,
  }, async (response) => progressOf(response.status, await response.text()))
  return answer.kind === 'got' ? answer.value : answer
}

/** Reads the answer to a piece: how far the photo has come, or an error in the form of GraphQL's. */
function progressOf(status: number, text: string): Answer<{ progress: Progress }> {
  const body = parse(text)
  if (status !== 200 || !isObject(body) || typeof body.next !== 'number') return judge(status, text)
  const { next, done, receipt } = body
  return { kind: 'data', data: { progress: { next, done: done === true, receipt: String(receipt ?? '') } } }
}

/** Whether the server will never take the photo. A contact that is not there yet may come; a photo that was spoilt on the way
 *  is sent again. */
function forGood({ code, rule, field }: { code: string; rule?: string; field?: string }): boolean {
  switch (code) {
    case 'REFUSED': case 'NOT_FOUND': return true
    case 'INVALID': return rule !== 'hash' && rule !== 'length'
    case 'CONFLICT': return rule === 'content'
    case 'LIMITED': return field === 'body'
  }
  return false
}

const here = (log: OutboxRow | undefined) => log === undefined || log.state === 'accepted'

function path(row: PhotoRow, offset: number, total: number): string {
  const query = new URLSearchParams({
    log: row.log, offset: String(offset), total: String(total), sha256: row.sha256, takenAt: row.takenAt,
  })
  return `/photos/${row.id}?${query}`
}
