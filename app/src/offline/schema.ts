// What lies on the phone. Only what finding a row takes is plain: ids, days, states. The rest is in boxes.

import type { DBSchema } from 'idb'
import type { CommandName, Day, ID, Instant } from '../engine/contract'
import type { Bytes } from './bytes'
import type { Step } from './database'

/** Where the pull stands. Rows carry a generation: a new beginning fills another one beside that which screens read. */
export type SyncRow = {
  epoch: string
  cursor: string
  read: number
  write: number
  /** Whether a pull was ever complete. */
  filled: boolean
  /** Grows with every change of rows. */
  version: number
}

export type CardRow = { g: number; id: ID; box: Bytes }
export type ItemRow = { g: number; id: ID; accountId: ID; day: Day; open: 0 | 1; box: Bytes }
export type LogRow = { g: number; id: ID; accountId: ID; day: Day; box: Bytes }
export type CaseRow = { g: number; id: ID; accountId: ID; open: 0 | 1; box: Bytes }

export type OutboxState = 'waiting' | 'accepted' | 'conflict' | 'refused'
/** The key a box is sealed under. Unsent work must be readable after the session; sent work must not. */
export type Under = 'work' | 'store'

export type OutboxRow = {
  id: ID
  counter: number
  /** The how-many-eth try its user asked for; missing in rows older than this. */
  attempt?: number
  /** Where it stands in line; a mended one takes the place of what it mends. */
  place: number
  state: OutboxState
  /** Ids of what it is about: later work about any of them waits for it. */
  things: ID[]
  accountId?: ID
  itemId?: ID
  /** Of accepted work; 0 and empty before. */
  sequence: number
  epoch: string
  acceptedAt: number
  /** Whether the rows tell of it. */
  settled: boolean
  under: Under
  /** Payload. */
  box: Bytes
  /** Verdict of the last answer; null before one. */
  verdict: Bytes | null
  reviewed: boolean
}

/** The how-many-eth try of its user a command is. */
export const attemptOf = (row: OutboxRow): number => row.attempt ?? 1

export type Payload = {
  name: CommandName
  document: string
  /** JSON text: receipts cover it byte by byte. */
  variables: string
  writtenAt: Instant
  accountName?: string
}

export type Verdict = { code: string; field: string; rule: string; words: string; review: string[]; reassigned: boolean }

export type DraftRow = { key: string; box: Bytes }

export type PhotoState = 'draft' | 'waiting' | 'sent' | 'refused'
export type PhotoRow = {
  id: ID
  /** Of the draft it belongs to, while there is no log. */
  draft: string
  /** Of the log it belongs to; empty while it is in a draft. */
  log: ID
  order: number
  state: PhotoState
  takenAt: Instant
  width: number
  height: number
  bytes: number
  sha256: string
  epoch: string
  sentAt: number
  /** Of a refused one: the rule or the code of the server's answer. */
  why?: string
  under: Under
  box: Bytes
}

export interface UserSchema extends DBSchema {
  meta: { key: string; value: unknown }
  cards: { key: [number, ID]; value: CardRow }
  items: { key: [number, ID]; value: ItemRow; indexes: { day: [number, Day]; left: [number, 0 | 1, Day]; account: [number, ID] } }
  logs: { key: [number, ID]; value: LogRow; indexes: { day: [number, Day]; account: [number, ID] } }
  cases: { key: [number, ID]; value: CaseRow; indexes: { open: [number, 0 | 1]; account: [number, ID] } }
  outbox: { key: ID; value: OutboxRow; indexes: { place: [number, number]; state: OutboxState } }
  drafts: { key: string; value: DraftRow }
  photos: { key: ID; value: PhotoRow; indexes: { draft: string; log: ID; state: PhotoState } }
}

export const userDatabase = (user: ID): string => `huifang-${user}`

/** The schema of a user's database, step by step. */
export const USER_STEPS: Step[] = [
  (db) => {
    db.createObjectStore('meta')
    db.createObjectStore('cards', { keyPath: ['g', 'id'] })
    const items = db.createObjectStore('items', { keyPath: ['g', 'id'] })
    items.createIndex('day', ['g', 'day'])
    items.createIndex('left', ['g', 'open', 'day'])
    items.createIndex('account', ['g', 'accountId'])
    const logs = db.createObjectStore('logs', { keyPath: ['g', 'id'] })
    logs.createIndex('day', ['g', 'day'])
    logs.createIndex('account', ['g', 'accountId'])
    const cases = db.createObjectStore('cases', { keyPath: ['g', 'id'] })
    cases.createIndex('open', ['g', 'open'])
    cases.createIndex('account', ['g', 'accountId'])
    const outbox = db.createObjectStore('outbox', { keyPath: 'id' })
    outbox.createIndex('place', ['place', 'counter'])
    outbox.createIndex('state', 'state')
    db.createObjectStore('drafts', { keyPath: 'key' })
    const photos = db.createObjectStore('photos', { keyPath: 'id' })
    photos.createIndex('draft', 'draft')
    photos.createIndex('log', 'log')
    photos.createIndex('state', 'state')
  },
]
