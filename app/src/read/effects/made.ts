import type { CommandName, Commands, Day, ID, Instant, Log, World } from '../../engine/contract'
import type { Layer } from '../layer'

/** By whom and when a piece of work was made. */
export type Made = {
  id: ID
  account: ID | undefined
  at: Instant
  /** The day it was made, in the company's zone. */
  on: Day
  zone: string
  me: World['user']
  pictures: Log['photos']
}

/** Lays one command over the rows. When the rows of the server have its outcome already, it leaves them as they are. */
export type Effect<K extends CommandName> = (rows: Layer, variables: Commands[K], made: Made) => Promise<void>
export type Effects<K extends CommandName> = { [N in K]: Effect<N> }

/** Keys of rows that the server makes in the course of a command: nobody can act on them before the server's rows come. */
export const provisional = (made: ID, what: string): ID => `${made}:${what}`

/** Whether a row is the phone's guess at one that the server will make: it can be shown, but not be acted on. */
export const isProvisional = (id: ID): boolean => id.includes(':')
