// Keeps a form as a draft while it is filled: soon after every change, and at once when the page is about to go.

export type Keeper = {
  /** Something changed. */
  touch: () => void
  /** Writes now what was not written yet. */
  flush: () => Promise<void>
  /** Writes no more; resolves when the last writing is over. */
  stop: () => Promise<void>
}

export function makeKeeper(put: () => Promise<void>, said: (failure: unknown) => void, wait = 250): Keeper {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last: Promise<void> = Promise.resolve()
  let stopped = false

  const write = () => {
    timer = undefined
    last = last.then(async () => {
      try {
        await put()
        said(null)
      } catch (failure) {
        said(failure)
      }
    })
    return last
  }
  return {
    touch: () => {
      if (!stopped && timer === undefined) timer = setTimeout(write, wait)
    },
    flush: () => {
      if (timer === undefined) return last
      clearTimeout(timer)
      return write()
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
      timer = undefined
      return last
    },
  }
}

/** Calls back when the page may not come back: it is hidden, or goes. Returns how to stop. */
export function onLeaving(act: () => void): () => void {
  const hidden = () => { if (document.visibilityState === 'hidden') act() }
  window.addEventListener('pagehide', act)
  document.addEventListener('visibilitychange', hidden)
  return () => {
    window.removeEventListener('pagehide', act)
    document.removeEventListener('visibilitychange', hidden)
  }
}
