// What the engine needs of the world around it, so that a test can be that world.

export type Channel = {
  post(message: unknown): void
  listen(heard: (message: unknown) => void): void
  close(): void
}

export type LockOptions = { ifAvailable?: boolean; signal?: AbortSignal }

export type Deps = {
  fetch(url: string, init?: RequestInit): Promise<Response>
  indexedDB: IDBFactory
  crypto: Crypto
  /** Runs the work holding the lock; `held` is false when it was wanted at once and somebody else has it. */
  lock<T>(name: string, options: LockOptions, work: (held: boolean) => Promise<T>): Promise<T>
  channel(name: string): Channel
  /** Milliseconds since 1970 by the clock of the phone. */
  now(): number
  /** From 0 up to 1. */
  random(): number
  after(ms: number, work: () => void): () => void
  online(): boolean
  /** Asks the browser not to throw the store away. */
  persist(): Promise<boolean>
  /** The version of the app. */
  app: string
  /** The document id of each operation as this app knows it. */
  documents: Record<string, string>
}
