// Forms that are not finished. Each is kept at every key stroke: of several waiting to be written, only the last counts.

import type { Draft, DraftPhoto, ID } from '../engine/contract'
import { sha256, type Bytes } from './bytes'
import type { Clock } from './clock'
import type { PhotoRow } from './schema'
import type { UserStore } from './store'

type Kept = { body: unknown; savedAt: string }

const place = (key: string) => `drafts/${key}`
const photoPlace = (id: ID) => `photos/${id}`

export class Drafts {
  constructor(private readonly crypto: Crypto, private readonly clock: Clock, private readonly store: UserStore) {}

  async put(key: string, body: unknown): Promise<void> {
    const box = await this.store.workSeal.seal(place(key), { body, savedAt: this.clock.iso() } satisfies Kept)
    await this.store.write(['drafts'], (tx) => tx.objectStore('drafts').put({ key, box }))
  }

  async drop(key: string): Promise<void> {
    await this.store.write(['drafts', 'photos'], async (tx) => {
      await tx.objectStore('drafts').delete(key)
      const photos = tx.objectStore('photos')
      for (const id of await photos.index('draft').getAllKeys(key)) await photos.delete(id)
    })
  }

  async addPhoto(key: string, photo: DraftPhoto, bytes: ArrayBuffer): Promise<void> {
    const [box, hash] = await Promise.all([
      this.store.workSeal.sealBytes(photoPlace(photo.id), bytes), sha256(this.crypto, bytes),
    ])
    await this.store.write(['photos'], async (tx) => {
      const photos = tx.objectStore('photos')
      const others = await photos.index('draft').getAll(key)
      const order = Math.max(0, ...others.map((other) => other.order + 1))
      await photos.put(fresh(key, photo, order, bytes.byteLength, hash, box))
    })
  }

  async dropPhoto(key: string, id: ID): Promise<void> {
    await this.store.write(['photos'], async (tx) => {
      const photo = await tx.objectStore('photos').get(id)
      if (photo?.draft === key && photo.state === 'draft') await tx.objectStore('photos').delete(id)
    })
  }

  async get(key: string): Promise<Draft | null> {
    const row = await this.store.db.get('drafts', key)
    const photos = await this.photos(key)
    if (!row) return photos.length > 0 ? { key, body: null, savedAt: this.clock.iso(), photos } : null
    return { key, ...(await this.store.workSeal.open<Kept>(place(key), row.box)), photos }
  }

  async all(): Promise<Draft[]> {
    const keys = await this.store.db.getAllKeys('drafts')
    return (await Promise.all(keys.map((key) => this.get(key)))).filter((draft) => draft !== null)
  }

  private async photos(key: string): Promise<DraftPhoto[]> {
    const rows = await this.store.db.getAllFromIndex('photos', 'draft', key)
    return rows.sort((a, b) => a.order - b.order)
      .map(({ id, takenAt, width, height, bytes }) => ({ id, takenAt, width, height, bytes }))
  }
}

const fresh = (draft: string, photo: DraftPhoto, order: number, bytes: number, hash: string, box: Bytes): PhotoRow => ({
  id: photo.id, draft, log: '', order, state: 'draft', takenAt: photo.takenAt, width: photo.width, height: photo.height,
  bytes, sha256: hash, epoch: '', sentAt: 0, under: 'work', box,
})
