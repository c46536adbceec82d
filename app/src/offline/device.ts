// The small database of the device: its id and key, and who has used it.

import type { DBSchema, IDBPDatabase } from 'idb'
import type { ID } from '../engine/contract'
import type { Lang, Role } from '../engine/graphql'
import { uuid7, type Bytes } from './bytes'
import { openDatabase, write, type Fate, type Step } from './database'
import type { Deps } from './deps'
import { makeDeviceKey, Vault } from './keys'
import type { Lease } from './lease'

export type Known = {
  id: ID
  login: string
  /** As the answer to signing in told. */
  user: Person
  /** What the server knows this device by, for this user: after a revocation it is another one. */
  deviceId: ID
  deviceName: string
  /** Wrapped; null while the user must sign in to read. */
  storeKey: Bytes | null
  /** Wrapped; null when nothing is sealed under it. */
  workKey: Bytes | null
  receiptKey: CryptoKey
  /** Sealed Tokens; null when the session has ended. */
  session: Bytes | null
  /** Sealed token that can only push. */
  delivery: Bytes
  lease: Lease
  /** When the server was last heard, by the phone's clock; null before. */
  heardAt: number | null
  /** When this device last told the server how it is, with a push, by the phone's clock; null before. */
  toldAt: number | null
  /** Why the rows are locked, when they are. */
  why: 'lease' | 'signedOut'
  /** `ordered`: wipe when the work is out. `wiped`: done, and to be reported. */
  wipe: 'no' | 'ordered' | 'wiped'
  /** How many commands were made, told with the report that all is wiped. */
  issued: number
}

export type Person = { id: ID; name: string; role: Role; lang: Lang }

export type Tokens = { access: string; refresh: string }

interface DeviceSchema extends DBSchema {
  meta: { key: string; value: unknown }
  users: { key: ID; value: Known }
}

export const DEVICE_STEPS: Step[] = [
  (db) => {
    db.createObjectStore('meta')
    db.createObjectStore('users', { keyPath: 'id' })
  },
]

export class Device {
  private constructor(private readonly db: IDBPDatabase<DeviceSchema>, private readonly deps: Deps, readonly vault: Vault) {}

  static async open(deps: Deps, fate: Fate): Promise<Device> {
    const db = await openDatabase<DeviceSchema>(deps.indexedDB, 'huifang-device', DEVICE_STEPS, fate)
    const known = (await db.get('meta', 'key')) as CryptoKey | undefined
    const key = known ?? await keepFirst(db, 'key', await makeDeviceKey(deps.crypto))
    return new Device(db, deps, new Vault(deps.crypto, key))
  }

  /** The id of this device for users who are new on it. */
  async id(): Promise<ID> {
    return ((await this.db.get('meta', 'id')) as ID | undefined) ?? keepFirst(this.db, 'id', this.newId())
  }

  /** The id was revoked for a user: whoever comes next is on a new device. */
  async renewId(revoked: ID): Promise<void> {
    if ((await this.id()) === revoked) await this.putNote('id', this.newId())
  }

  private newId(): ID {
    return uuid7(this.deps.now(), (b) => this.deps.crypto.getRandomValues(b))
  }

  async current(): Promise<Known | undefined> {
    const id = (await this.db.get('meta', 'current')) as ID | undefined
    return id ? this.db.get('users', id) : undefined
  }

  known(id: ID): Promise<Known | undefined> {
    return this.db.get('users', id)
  }

  all(): Promise<Known[]> {
    return this.db.getAll('users')
  }

  /** Changes what is known of a user, in one transaction; null forgets them. Does nothing when nobody knows them. */
  change(id: ID, to: (known: Known) => Known | null): Promise<Known | null> {
    return write(this.db, ['users', 'meta'], async (tx) => {
      const users = tx.objectStore('users')
      const before = await users.get(id)
      const after = before ? to(before) : null
      if (after) await users.put(after)
      else await this.forget(tx.objectStore('meta'), users, id)
      return after
    })
  }

  /** Somebody signed in. Whoever was open before must sign in again to read. */
  enter(known: Known): Promise<void> {
    return write(this.db, ['users', 'meta'], async (tx) => {
      const users = tx.objectStore('users')
      for (const other of await users.getAll()) {
        if (other.id !== known.id && other.storeKey) await users.put(locked(other, 'signedOut'))
      }
      await users.put(known)
      await tx.objectStore('meta').put(known.id, 'current')
    })
  }

  note(key: string): Promise<unknown> {
    return this.db.get('meta', key)
  }

  async putNote(key: string, value: unknown): Promise<void> {
    await write(this.db, ['meta'], (tx) => tx.objectStore('meta').put(value, key))
  }

  close() {
    this.db.close()
  }

  private async forget(
    meta: { get(k: string): Promise<unknown>; delete(k: string): Promise<void> },
    users: { delete(k: ID): Promise<void> }, id: ID,
  ) {
    await users.delete(id)
    if ((await meta.get('current')) === id) await meta.delete('current')
  }
}

/** Keeps what the first of several tabs made. */
function keepFirst<T>(db: IDBPDatabase<DeviceSchema>, key: string, made: T): Promise<T> {
  return write(db, ['meta'], async (tx) => {
    const meta = tx.objectStore('meta')
    const known = (await meta.get(key)) as T | undefined
    if (known === undefined) await meta.put(made, key)
    return known ?? made
  })
}

/** Without the key of the rows. Tokens stay after the end of a lease, for photos that wait; not after signing out. */
export const locked = (known: Known, why: Known['why']): Known =>
  ({ ...known, storeKey: null, why, session: why === 'lease' ? known.session : null })
