// Follows how far a list is scrolled, in the window or in a pane of its own.

import { nextTick, onMounted, onScopeDispose, ref, type Ref } from 'vue'
import { rowsInView, type Rows } from './window'

const GUESS = 69

export function useScrolled(list: Ref<HTMLElement | null>, total: () => number, moved: (rows: Rows) => void) {
  const row = ref(GUESS)
  const rows = ref<Rows>({ first: 0, end: 20 })
  let asked = 0

  const pane = () => {
    const box = list.value?.closest<HTMLElement>('.k-two.desk > .k-two-list')
    return box ? { top: box.getBoundingClientRect().top, height: box.clientHeight } : { top: 0, height: window.innerHeight }
  }
  const measure = () => {
    asked = 0
    if (!list.value) return
    row.value = list.value.querySelector<HTMLElement>('li')?.offsetHeight || row.value
    const { top, height } = pane()
    const next = rowsInView(top - list.value.getBoundingClientRect().top, height, row.value, total())
    if (next.first === rows.value.first && next.end === rows.value.end) return
    rows.value = next
    moved(next)
  }
  const later = () => { asked ||= requestAnimationFrame(measure) }

  onMounted(() => nextTick(measure))
  document.addEventListener('scroll', later, { capture: true, passive: true })
  window.addEventListener('resize', later)
  onScopeDispose(() => {
    document.removeEventListener('scroll', later, { capture: true })
    window.removeEventListener('resize', later)
    cancelAnimationFrame(asked)
  })
  return { row, rows, measure: later }
}
