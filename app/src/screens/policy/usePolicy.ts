// One edit of the rules: the document on the screen, what is written of it, and where the server says no.
import { computed, ref, shallowRef, type InjectionKey } from 'vue'
import type { EngineError, Fault } from '@/engine/contract'
import { at, named, parse, put, same, write, type Json, type Path } from './document'
import { faultsOf, faultWords, hasInput, touches } from './faults'

export type Edit = ReturnType<typeof makeEdit>
export const editKey: InjectionKey<Edit> = Symbol('edit')

/** `complete` is the policy in force with its defaults; `body` what its version wrote. */
export function makeEdit(complete: string, body: string) {
  const before = parse(complete)
  const shown = shallowRef<Json>(before)
  const written = shallowRef<Json>(parse(body))
  const faults = shallowRef<Fault[]>([])
  const wrong = ref(new Set<string>())
  return {
    get: (path: Path): Json | undefined => at(shown.value, path),
    set(path: Path, value: Json) {
      shown.value = put(shown.value, path, value)
      written.value = write(written.value, shown.value, path)
      faults.value = faults.value.filter(fault => !touches(fault.field, named(path)))
    },
    changed: (path: Path): boolean => !same(at(before, path), at(shown.value, path)),
    dirty: computed(() => !same(before, shown.value)),
    body: computed(() => JSON.stringify(written.value)),
    /** What the server says no to, until it is changed. */
    faults,
    /** Keeps what the server says no to; false when it says no to something else than the document. */
    refuse(why: EngineError | null): boolean {
      faults.value = why ? faultsOf(why) : []
      return faults.value.length > 0
    },
    /** Why the server says no to what stands at a path, in words. */
    refused: (path: Path): string | null => {
      const fault = faults.value.find(({ field }) => field === named(path))
      return fault ? faultWords(fault) : null
    },
    /** Whether the server says no to anything at or below a path. */
    within: (path: Path): boolean => faults.value.some(({ field }) => field.length >= named(path).length && touches(field, named(path))),
    /** What no input of the form shows. */
    elsewhere: computed(() => faults.value.filter(({ field }) => !hasInput(field))),
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
