// Asking what changed, page by page, until nothing is left.

import type * as Gql from '../engine/graphql'
import type { Answer } from './api'
import { isPage, type Rows } from './rows'
import type { UserStore } from './store'

const PAGE = 3000
const SMALL_PAGE = 200

/** How many rows to ask for: a large book in two answers, less of it at a time over a line on which those do not arrive. */
export class PageSize {
  rows = PAGE

  arrived() {
    this.rows = Math.min(PAGE, this.rows * 2)
  }

  lost() {
    this.rows = Math.max(SMALL_PAGE, Math.floor(this.rows / 4))
  }
}

export type Ask = (variables: Gql.ChangesQueryVariables) => Promise<Answer<{ changes: unknown }> | { kind: 'ended' }>

export type PullResult = {
  trouble: null | 'offline' | 'server' | 'gateway' | 'signedOut'
  /** How much work stands in line again. */
  offered: number
}

export class Puller {
  constructor(
    private readonly store: UserStore, private readonly rows: Rows, private readonly size: PageSize, private readonly moved: () => void,
  ) {}

  async run(ask: Ask): Promise<PullResult> {
    const settles = await this.accepted()
    let offered = 0
    for (;;) {
      const sync = await this.store.sync()
      const answer = await ask({ after: sync.cursor, first: this.size.rows })
      if (answer.kind === 'failed' && answer.why === 'offline') this.size.lost()
      if (answer.kind !== 'data') return { trouble: troubleOf(answer), offered }
      this.size.arrived()
      if (!isPage(answer.data.changes)) return { trouble: 'gateway', offered }
      const page = answer.data.changes
      const taken = await this.rows.take(page, sync, settles)
      if (!taken) continue
      offered += taken.offered
      if (taken.sync.version !== sync.version || taken.offered > 0) this.moved()
      if (!page.more) return { trouble: null, offered }
    }
  }

  /** Accepted work that rows do not tell of yet: a pull that begins now will. */
  private async accepted(): Promise<string[]> {
    const rows = await this.store.db.getAllFromIndex('outbox', 'state', 'accepted')
    return rows.filter((row) => !row.settled).map((row) => row.id)
  }
}

function troubleOf(answer: Exclude<Answer<unknown>, { kind: 'data' }> | { kind: 'ended' }): PullResult['trouble'] {
  if (answer.kind === 'ended') return 'signedOut'
  if (answer.kind === 'failed') return answer.why
  return answer.code === 'UNAUTHENTICATED' ? 'signedOut' : 'server'
}
