// Calls between the screens and the worker, over postMessage. Errors come across as what they are.

import { EngineError, type Fault, type Topic } from '../engine/contract'

export type Call = { call: number; method: string; args: unknown[] }
export type Reply =
  | { call: number; ok: true; value: unknown }
  | { call: number; ok: false; error: { code: string; field?: string; rule?: string; message: string; faults?: readonly Fault[] } }
export type Notice = { topics: Topic[] } | { outdated: true } | { wake: true }

/** What can be called from the other side. */
export const METHODS = [
  'ask', 'send', 'mend', 'discard', 'dropPhotos', 'retry', 'putDraft', 'dropDraft', 'addDraftPhoto', 'dropDraftPhoto', 'signIn', 'signOut',
  'changePassword', 'revokeDevice', 'refresh', 'read', 'act', 'download',
] as const
export type Method = (typeof METHODS)[number]

export const isMethod = (name: string): name is Method => (METHODS as readonly string[]).includes(name)

export const failure = (call: number, e: unknown): Reply => {
  const { code = 'INTERNAL', field, rule, faults } = e instanceof EngineError ? e : {}
  return { call, ok: false, error: { code, field, rule, faults, message: e instanceof Error ? e.message : String(e) } }
}

export const thrown = ({ code, field, rule, message, faults }: Extract<Reply, { ok: false }>['error']): EngineError =>
  new EngineError(code, field, rule, message, faults)

/** Bytes, of a picture or of a file, change hands instead of being copied. */
export const handedOver = (value: unknown): Transferable[] => {
  const bytes = (value as { bytes?: unknown } | null | undefined)?.bytes ?? value
  return bytes instanceof ArrayBuffer ? [bytes] : []
}
