import { defineComponent, h, nextTick, onScopeDispose, ref, shallowRef, type Component } from 'vue'
import KSkeleton from '@/kit/KSkeleton.vue'
import { loadDeskWords } from '@/lang'
import DeskAway from './DeskAway.vue'

/**
 * A screen of desks. It is not kept on phones: it comes with the words of desks from the server, and where there is no
 * connection a page says so.
 */
export function deskScreen(load: () => Promise<{ default: Component }>): Component {
  return defineComponent({
    name: 'DeskScreen',
    inheritAttrs: false,
    setup(_, { attrs }) {
      const screen = shallowRef<Component>()
      const away = ref(false)
      const get = async () => {
        if (screen.value) return
        try {
          const [part] = await Promise.all([load(), loadDeskWords()])
          screen.value = part.default
          await nextTick()
          if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
        } catch {
          away.value = true
        }
      }
      void get()
      window.addEventListener('online', get)
      onScopeDispose(() => window.removeEventListener('online', get))
      return () => {
        if (screen.value) return h(screen.value, attrs)
        return away.value ? h(DeskAway, { onAgain: get }) : h(KSkeleton)
      }
    },
  })
}
