import { onScopeDispose, readonly, ref, type Ref } from 'vue'

/** Whether the window is as wide as a desk's. Style sheets use the same border. */
export function useDesk(): Readonly<Ref<boolean>> {
  const wide = window.matchMedia('(min-width: 900px)')
  const desk = ref(wide.matches)
  const heard = (event: MediaQueryListEvent) => { desk.value = event.matches }
  wide.addEventListener('change', heard)
  onScopeDispose(() => wide.removeEventListener('change', heard))
  return readonly(desk)
}
