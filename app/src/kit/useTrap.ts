import { nextTick, onScopeDispose, watch, type Ref } from 'vue'

const reachable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]'

/** While `open`, keeps the keyboard inside `box`, closes on Escape, and gives the focus back at the end. */
export function useTrap(open: () => boolean, box: Ref<HTMLElement | null>, close: () => void): void {
  let before: HTMLElement | null = null

  const inside = () => [...(box.value?.querySelectorAll<HTMLElement>(reachable) ?? [])].filter(e => e.offsetParent !== null)

  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation()
      return close()
    }
    if (event.key !== 'Tab') return
    const all = inside()
    const edge = event.shiftKey ? all[0] : all.at(-1)
    const at = document.activeElement
    if (!edge || (at !== edge && box.value?.contains(at) && at !== box.value)) return
    event.preventDefault()
    ;(event.shiftKey ? all.at(-1) : all[0])?.focus()
  }

  const start = async () => {
    before = document.activeElement instanceof HTMLElement ? document.activeElement : null
    await nextTick()
    const wanted = box.value?.querySelector<HTMLElement>('[data-focus]')
    ;(wanted ?? box.value)?.focus({ preventScroll: true })
    box.value?.addEventListener('keydown', onKey)
  }
  const end = () => {
    box.value?.removeEventListener('keydown', onKey)
    before?.focus({ preventScroll: true })
    before = null
  }

  watch(open, (now, then) => {
    if (now) void start()
    else if (then) end()
  }, { immediate: true, flush: 'post' })
  onScopeDispose(() => before?.focus({ preventScroll: true }))
}
