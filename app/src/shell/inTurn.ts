let last: Promise<void> = Promise.resolve()

/** A task of its own for every caller, one after the other: between them a slow phone answers to a finger. */
export function inTurn(): Promise<void> {
  last = last.then(() => new Promise(done => setTimeout(done)))
  return last
}
