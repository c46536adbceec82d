import { inject, onScopeDispose, ref, shallowRef, watch, type App, type InjectionKey, type ShallowRef } from 'vue'
import { EngineError, type Engine, type Queries, type Topic } from '@/engine/contract'

const key: InjectionKey<Engine> = Symbol('engine')

export const provideEngine = (app: App, engine: Engine) => app.provide(key, engine)

export function useEngine(): Engine {
  const engine = inject(key)
  if (!engine) throw new Error('no engine was provided')
  return engine
}

/** A live answer: asked at once, again when its arguments change, and again when one of the topics moved. */
export type Live<T> = {
  /** The last answer; undefined until the first one is here. */
  data: ShallowRef<T | undefined>
  failure: ShallowRef<EngineError | null>
  /** Asks again now. */
  again: () => Promise<void>
}

export function useAsk<K extends keyof Queries>(
  name: K,
  args: () => Queries[K]['args'],
  topics: Topic[] = ['rows', 'work'],
): Live<Queries[K]['result']> {
  const engine = useEngine()
  const data = shallowRef<Queries[K]['result']>()
  const failure = shallowRef<EngineError | null>(null)
  const turn = ref(0)

  const again = async () => {
    const mine = ++turn.value
    try {
      const answer = await engine.ask(name, args())
      if (mine !== turn.value) return
      data.value = answer
      failure.value = null
    } catch (e) {
      if (mine === turn.value) failure.value = asEngineError(e)
    }
  }

  watch(() => JSON.stringify(args() ?? null), again, { immediate: true })
  onScopeDispose(engine.on(moved => {
    if (moved.some(topic => topics.includes(topic))) void again()
  }))
  return { data, failure, again }
}

export const asEngineError = (e: unknown): EngineError =>
  e instanceof EngineError ? e : new EngineError('INTERNAL', undefined, undefined, String(e))
