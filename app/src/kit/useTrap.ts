import { nextTick, onScopeDispose, watch, type Ref } from 'vue'

const reachable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]'

/** What is open, the topmost last: only that one has the keyboard. */
const traps: { close: () => void }[] = []

/** Closes what is open on top; tells whether anything was. */
export function closeTopmost(): boolean {
  const top = traps.at(-1)
  top?.close()
  return top !== undefined
}

/** While `open`, keeps the keyboard inside `box`, closes on Escape, and gives the focus back at the end. */
export function useTrap(open: () => boolean, box: Ref<HTMLElement | null>, close: () => void): void {
  const own = { close }
  let before: HTMLElement | null = null

  const inside = () => [...(box.value?.querySelectorAll<HTMLElement>(reachable) ?? [])].filter(e => e.offsetParent !== null)

  const onTab = (event: KeyboardEvent) => {
    const all = inside()
    const edge = event.shiftKey ? all[0] : all.at(-1)
    const at = document.activeElement
    if (!edge || (at !== edge && box.value?.contains(at) && at !== box.value)) return
    event.preventDefault()
    ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
  }
  /** On the document: what had the focus may be gone from the box. */
  const onKey = (event: KeyboardEvent) => {
    if (traps.at(-1) !== own) return
    if (event.key === 'Tab') return onTab(event)
    if (event.key !== 'Escape') return
    event.stopImmediatePropagation()
    close()
  }

  const start = async () => {
    before = document.activeElement instanceof HTMLElement ? document.activeElement : null
    traps.push(own)
    document.addEventListener('keydown', onKey)
    await nextTick()
    const wanted = box.value?.querySelector<HTMLElement>('[data-focus]')
    ;(wanted ?? box.value)?.focus({ preventScroll: true })
  }
  const end = () => {
    if (!traps.includes(own)) return
    traps.splice(traps.indexOf(own), 1)
    document.removeEventListener('keydown', onKey)
    // What opened it may be gone by now: then the keyboard goes on from the heading.
    const back = before?.isConnected ? before : document.querySelector<HTMLElement>('main h1')
    back?.focus({ preventScroll: true })
    before = null
  }

  watch(open, (now, then) => {
    if (now) void start()
    else if (then) end()
  }, { immediate: true, flush: 'post' })
  onScopeDispose(end)
}
