// A phone for tests: rows as the server sent them, a clock, and work in the order it was made.

import type { CommandName, Commands, WorkState } from '../../src/engine/contract'
import type { Queued } from '../../src/read/book'
import { aWorld } from '../sample/make'
import { bookOf, noRows, type RowBook, type Rows } from '../sample/rows'

export type Phone = { rows: Rows; book: RowBook; do: <K extends CommandName>(name: K, input: Commands[K], made?: Partial<Queued>) => string }

export const MORNING = '2026-07-06T01:00:00Z' // nine o'clock in Jinan

export function aPhone(rows: Partial<Rows>, at = MORNING): Phone {
  const all: Rows = { ...noRows(), world: aWorld(), ...rows }
  const book = bookOf(all, () => Date.parse(at))
  return {
    rows: all,
    book,
    do(name, input, made = {}) {
      const counter = all.work.length + 1
      const id = `w${counter}`
      all.work.push({
        id, counter, name, writtenAt: at, state: 'waiting', review: [], reassigned: false, photos: { total: 0, sent: 0, refused: [] }, input,
        settled: false, pictures: [], ...made,
      })
      return id
    },
  }
}

export const STATES: readonly WorkState[] = ['waiting', 'sending', 'accepted', 'review', 'conflict', 'refused']
