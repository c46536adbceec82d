// One request to the server and what its answer is worth. Only an answer that is GraphQL counts as the server's: the page
// of a gateway has status 200, too.

import type { Fault } from '../engine/contract'
import type { Clock } from './clock'
import type { Deps } from './deps'

/** Why there is no answer of the server. */
export type Trouble = 'offline' | 'server' | 'gateway'

export type Answer<T> =
  | { kind: 'data'; data: T }
  /** The server answered, with an error. */
  | { kind: 'refused'; code: string; field?: string; rule?: string; words: string; faults?: Fault[] }
  | { kind: 'failed'; why: Trouble }

export const TIMEOUT = 60_000

type Problem = { message?: unknown; extensions?: { code?: unknown; field?: unknown; rule?: unknown; faults?: unknown } }

export class Api {
  constructor(private readonly deps: Deps, private readonly clock: Clock, private readonly skewed: (ms: number) => void) {}

  async call<T>(name: string, variables: unknown, token: string | null): Promise<Answer<T>> {
    const answer = await this.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', ...bearer(token) },
      body: JSON.stringify({ documentId: this.deps.documents[name], variables }),
    }, async (response) => judge<T>(response.status, await response.text()))
    if (answer.kind !== 'got') return answer
    if (answer.value.kind === 'data') this.learn(answer.response)
    return answer.value
  }

  /** A request that is not GraphQL. */
  async request<T>(
    path: string, init: RequestInit, take: (response: Response) => Promise<T>,
  ): Promise<{ kind: 'got'; value: T; response: Response } | { kind: 'failed'; why: 'offline' }> {
    const abort = new AbortController()
    const stop = this.deps.after(TIMEOUT, () => abort.abort())
    try {
      const response = await this.deps.fetch(path, { ...init, signal: abort.signal, cache: 'no-store', credentials: 'omit' })
      return { kind: 'got', value: await take(response), response }
    } catch {
      return { kind: 'failed', why: 'offline' }
    } finally {
      stop()
    }
  }

  private learn(response: Response) {
    const skew = this.clock.learn(response.headers.get('date'))
    if (skew !== null) this.skewed(skew)
  }
}

export const bearer = (token: string | null): Record<string, string> => (token ? { authorization: `Bearer ${token}` } : {})

/** What a body of JSON says. */
export function judge<T>(status: number, text: string): Answer<T> {
  const body = parse(text) as { data?: unknown; errors?: unknown } | null
  const problem = Array.isArray(body?.errors) ? (body.errors[0] as Problem) : undefined
  if (problem) return refusal(status, problem)
  if (isObject(body?.data) && status === 200) return { kind: 'data', data: body.data as T }
  return { kind: 'failed', why: status >= 500 ? 'server' : 'gateway' }
}

function refusal(status: number, problem: Problem): Answer<never> {
  const { code, field, rule, faults } = problem.extensions ?? {}
  if (typeof code !== 'string') return { kind: 'failed', why: status >= 500 ? 'server' : 'gateway' }
  return { kind: 'refused', code, field: text(field), rule: text(rule), words: text(problem.message) ?? '', faults: faultsOf(faults) }
}

function faultsOf(list: unknown): Fault[] | undefined {
  if (!Array.isArray(list)) return undefined
  return list.filter(isObject).map(({ field, rule, message }) => ({ field: text(field) ?? '', rule: text(rule), message: text(message) ?? '' }))
}

export const parse = (json: string): unknown => {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
