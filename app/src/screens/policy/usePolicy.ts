// One edit of the rules: the document on the screen, what is written of it, and where the server says no.
import { computed, ref, shallowRef, type InjectionKey } from 'vue'
import type { EngineError } from '@/engine/contract'
import { at, named, parse, put, same, write, type Json, type Path } from './document'

export type Edit = ReturnType<typeof makeEdit>
export const editKey: InjectionKey<Edit> = Symbol('edit')

/** `complete` is the policy in force with its defaults; `body` what its version wrote. */
export function makeEdit(complete: string, body: string) {
  const before = parse(complete)
  const shown = shallowRef<Json>(before)
  const written = shallowRef<Json>(parse(body))
  const failure = shallowRef<EngineError | null>(null)
  const wrong = ref(new Set<string>())
  return {
    get: (path: Path): Json | undefined => at(shown.value, path),
    set(path: Path, value: Json) {
      shown.value = put(shown.value, path, value)
      written.value = write(written.value, shown.value, path)
      if (failure.value?.field === named(path)) failure.value = null
    },
    changed: (path: Path): boolean => !same(at(before, path), at(shown.value, path)),
    dirty: computed(() => !same(before, shown.value)),
    body: computed(() => JSON.stringify(written.value)),
    failure,
    /** Whether the server says no to what stands at a path. */
    refused: (path: Path): boolean => failure.value?.field === named(path),
    /** Inputs that hold no number now; nothing is sent until there are none. */
    wrong,
    mark: (path: Path, isWrong: boolean) => {
      const next = new Set(wrong.value)
      if (isWrong) next.add(named(path))
      else next.delete(named(path))
      wrong.value = next
    },
  }
}
