// One user's database with the keys it is read by.

import type { IDBPDatabase, StoreNames } from 'idb'
import { EngineError, type ID } from '../engine/contract'
import { deleteDatabase, openDatabase, read, write, type Fate, type Step, type Tx } from './database'
import type { Deps } from './deps'
import type { Device, Known } from './device'
import type { Seal } from './keys'
import { USER_STEPS, userDatabase, type SyncRow, type Under, type UserSchema } from './schema'

export type UserTx = Tx<UserSchema, 'readwrite'>
export type Stores = StoreNames<UserSchema>[]

export const purposeOfStore = (user: ID) => `store/${user}`
export const purposeOfWork = (user: ID) => `work/${user}`

export class UserStore {
  private constructor(
    readonly user: ID,
    readonly db: IDBPDatabase<UserSchema>,
    readonly receiptKey: CryptoKey,
    private readonly work: Seal | null,
    private readonly rows: Seal | null,
  ) {}

  /** Opens it with what keys there are. */
  static async open(deps: Deps, device: Device, known: Known, fate: Fate, steps: Step[] = USER_STEPS): Promise<UserStore> {
    const { vault } = device
    const work = known.workKey && await vault.unwrap(purposeOfWork(known.id), known.workKey)
    const rows = known.storeKey && await vault.unwrap(purposeOfStore(known.id), known.storeKey)
    const db = await openDatabase<UserSchema>(deps.indexedDB, userDatabase(known.id), steps, fate)
    return new UserStore(known.id, db, known.receiptKey, work, rows)
  }

  static wipe(deps: Deps, user: ID): Promise<unknown> {
    return deleteDatabase(deps.indexedDB, userDatabase(user))
  }

  get readable(): boolean {
    return this.rows !== null
  }

  /** What rows of the server are sealed under. Throws EngineError 'locked' when the user must sign in first. */
  get seal(): Seal {
    if (!this.rows) throw new EngineError('locked')
    return this.rows
  }

  /** What work of this phone is sealed under until it is sent. */
  get workSeal(): Seal {
    if (!this.work) throw new EngineError('locked')
    return this.work
  }

  /** The key of a box, when it is here. */
  under(key: Under): Seal | null {
    return key === 'work' ? this.work : this.rows
  }

  write<T>(stores: Stores, work: (tx: UserTx) => Promise<T>): Promise<T> {
    return write(this.db, stores, work)
  }

  read<T>(stores: Stores, work: (tx: Tx<UserSchema, 'readonly'>) => Promise<T>): Promise<T> {
    return read(this.db, stores, work)
  }

  async sync(): Promise<SyncRow> {
    return ((await this.db.get('meta', 'sync')) as SyncRow | undefined) ?? UNSYNCED
  }

  close() {
    this.db.close()
  }
}

export const UNSYNCED: SyncRow = { epoch: '', cursor: '', read: 1, write: 1, filled: false, version: 0 }

/** The state of the pull as a transaction sees it. */
export async function syncOf(tx: { objectStore(name: 'meta'): { get(key: string): Promise<unknown> } }): Promise<SyncRow> {
  return ((await tx.objectStore('meta').get('sync')) as SyncRow | undefined) ?? UNSYNCED
}
