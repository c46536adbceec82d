// Which rows of a long list are drawn, and which page of them is asked for.

export type Rows = { first: number; end: number }

/** Rows drawn beyond both edges, so that a flick shows no gap. */
const SPARE = 8
/** Pages begin at multiples of this, so that scrolling a little asks nothing. */
export const STEP = 40

/** `top`: how far the list is scrolled above the view, negative while it lies below. */
export function rowsInView(top: number, view: number, row: number, total: number): Rows {
  const first = Math.floor(top / row) - SPARE
  const end = Math.ceil((top + view) / row) + SPARE
  const within = (n: number) => Math.min(total, Math.max(0, n))
  return { first: within(first), end: within(end) }
}

/** A page that holds the rows and some around them. */
export function pageOf(rows: Rows): { offset: number; limit: number } {
  const offset = Math.max(0, Math.floor(rows.first / STEP) * STEP)
  const end = Math.ceil(Math.max(rows.end, offset + 1) / STEP) * STEP
  return { offset, limit: end - offset }
}
