// Opening databases and running transactions.

import { wrap, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import { EngineError } from '../engine/contract'

/** One step of the schema, from one version to the next. Steps are never changed once published: add another. */
export type Step = (db: IDBDatabase, tx: IDBTransaction) => void

/** What the owner of a connection is told. */
export type Fate = {
  /** A newer app is at the door, or was here: this one must reload. */
  outdated(): void
  /** The connection is gone: the database was deleted, or the browser closed it. */
  gone(): void
}

/** Opens a database, taking it through the steps it lacks. Rejects with EngineError 'reload' when it is newer than this app. */
export async function openDatabase<S extends DBSchema>(
  factory: IDBFactory, name: string, steps: Step[], fate: Fate,
): Promise<IDBPDatabase<S>> {
  const request = factory.open(name, steps.length)
  request.onupgradeneeded = (e) => {
    const { result, transaction } = request
    for (const step of steps.slice(e.oldVersion)) step(result, transaction!)
  }
  const db = await (wrap(request) as unknown as Promise<IDBPDatabase<S>>).catch((e: unknown) => {
    if (nameOf(e) !== 'VersionError') throw shown(e)
    fate.outdated()
    throw new EngineError('reload')
  })
  db.onversionchange = (e) => {
    db.close()
    fate.gone()
    if (e.newVersion !== null) fate.outdated()
  }
  db.onclose = () => fate.gone()
  return db
}

export const deleteDatabase = (factory: IDBFactory, name: string): Promise<unknown> =>
  wrap(factory.deleteDatabase(name)) as Promise<unknown>

export type Tx<S extends DBSchema, M extends IDBTransactionMode> = IDBPTransaction<S, StoreNames<S>[], M>

/** Runs a transaction that is on the disk when it returns, or leaves no trace. `work` may wait for nothing but the database.
 *  Rejects with EngineError 'storage' when the phone has no room. */
export async function write<S extends DBSchema, T>(
  db: IDBPDatabase<S>, stores: StoreNames<S>[], work: (tx: Tx<S, 'readwrite'>) => Promise<T>,
): Promise<T> {
  const tx = db.transaction(stores, 'readwrite', { durability: 'strict' })
  const done = tx.done.then(() => null, (e: unknown) => e ?? new Error('the transaction was aborted'))
  try {
    const result = await work(tx)
    const failure = await done
    if (failure) throw failure
    return result
  } catch (e) {
    stop(tx)
    const failure = await done
    throw shown(nameOf(failure) === 'QuotaExceededError' ? failure : e)
  }
}

export async function read<S extends DBSchema, T>(
  db: IDBPDatabase<S>, stores: StoreNames<S>[], work: (tx: Tx<S, 'readonly'>) => Promise<T>,
): Promise<T> {
  return work(db.transaction(stores, 'readonly'))
}

function stop(tx: { abort(): void }) {
  try {
    tx.abort()
  } catch {
    // It ended by itself.
  }
}

const nameOf = (e: unknown): string => (e as { name?: string } | null)?.name ?? ''

const shown = (e: unknown): unknown => (nameOf(e) === 'QuotaExceededError' ? new EngineError('storage') : e)
