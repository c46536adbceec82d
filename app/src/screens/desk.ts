// What desks read of the server and change there. They need a connection; reps' screens do not come here.
import { computed, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { ActName, Acts, Engine, EngineError, ReadName, Reads, Topic } from '@/engine/contract'
import { currentLanguage } from '@/lang'
import { asEngineError, useEngine, type Live } from './engine'

/** The language the server is to speak. */
export const apiLang = (): 'ZH' | 'EN' => (currentLanguage() === 'zh' ? 'ZH' : 'EN')

export type Desk<T> = Live<T> & {
  /** An answer is on its way; the one before still stands. */
  asking: Ref<boolean>
  /** There is no connection to the server. What was read last may be out of date. */
  offline: Ref<boolean>
}

type Options = {
  topics?: Topic[]
  /** Milliseconds after which it is read again unasked: for what the server tells nobody of. */
  every?: number
}

/**
 * Reads from the server: at once, again when the arguments change, and again when one of the topics moved. Arguments of null
 * ask nothing, and forget the answer before. One question at a time: what moves meanwhile is asked for after it. While nobody
 * looks at the window nothing is asked, and all at once when somebody does.
 */
export function useRead<K extends ReadName>(name: K, args: () => Reads[K]['args'] | null, options?: Options): Desk<Reads[K]['result']> {
  const engine = useEngine()
  return useLive(args, wanted => engine.read(name, wanted), options)
}

/** Some pages of a list, the first of them at first; all of them live. `get` reads one page, which begins after a cursor. */
export function usePages<A, P extends Page>(
  args: () => A | null, get: (engine: Engine, args: A, after: string) => Promise<P>, options?: Options,
): Desk<P[]> & { more: () => void; hasMore: Ref<boolean> } {
  const engine = useEngine()
  const pages = ref(1)
  watch(() => JSON.stringify(args()), () => { pages.value = 1 }, { flush: 'sync' })
  const live = useLive(() => {
    const now = args()
    return now === null ? null : { now, pages: pages.value }
  }, async ({ now, pages }) => {
    const read: P[] = []
    for (let after: string | null = ''; read.length < pages && after !== null; after = nextOf(read.at(-1))) read.push(await get(engine, now, after))
    return read
  }, options)
  return { ...live, more: () => { pages.value++ }, hasMore: computed(() => nextOf(live.data.value?.at(-1)) !== null) }
}

type Page = { pageInfo: { hasNextPage: boolean; endCursor: string | null } }
const nextOf = (page: Page | undefined): string | null => (page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null)

function useLive<A, T>(args: () => A | null, read: (args: A) => Promise<T>, { topics = ['desk'], every = 0 }: Options = {}): Desk<T> {
  const engine = useEngine()
  const data = shallowRef<T>()
  const failure = shallowRef<EngineError | null>(null)
  const asking = ref(false)
  const offline = ref(false)
  let turn = 0
  let running: Promise<void> | null = null
  let stale = false

  const once = async (mine: number) => {
    const wanted = args()
    stale = false
    if (wanted === null) return void (data.value = undefined)
    try {
      const answer = await read(wanted)
      if (mine !== turn) return
      data.value = answer
      failure.value = null
      offline.value = false
    } catch (e) {
      if (mine !== turn) return
      failure.value = asEngineError(e)
      offline.value = failure.value.code === 'offline'
    }
  }
  const loop = async () => {
    const mine = ++turn
    asking.value = true
    do await once(mine)
    while (mine === turn && stale && !document.hidden)
    if (mine !== turn) return
    asking.value = false
    running = null
  }
  const again = (): Promise<void> => {
    stale = true
    return (running ??= loop())
  }
  const moved = () => {
    stale = true
    if (!document.hidden) void again()
  }
  const seen = () => {
    if (stale && !document.hidden) void again()
  }

  // An answer to other arguments is not waited for any more.
  watch(() => JSON.stringify(args()), () => { running = loop() }, { immediate: true })
  document.addEventListener('visibilitychange', seen)
  window.addEventListener('online', again)
  const timer = every > 0 ? setInterval(moved, every) : undefined
  const stop = engine.on(heard => { if (heard.some(topic => topics.includes(topic))) moved() })
  onScopeDispose(() => {
    stop()
    clearInterval(timer)
    document.removeEventListener('visibilitychange', seen)
    window.removeEventListener('online', again)
  })
  return { data, failure, asking, offline, again }
}

export type Doing = {
  /** Changes something on the server. Answers null when it failed: `failure` says why, and nothing was kept. */
  act<K extends ActName>(name: K, args: Acts[K]['args']): Promise<Acts[K]['result'] | null>
  busy: Ref<boolean>
  failure: Ref<EngineError | null>
}

/** One change at a time: while it is under way, another is not begun. */
export function useAct(): Doing {
  const engine = useEngine()
  const busy = ref(false)
  const failure = shallowRef<EngineError | null>(null)
  return {
    busy, failure,
    async act(name, args) {
      if (busy.value) return null
      busy.value = true
      failure.value = null
      try {
        return await engine.act(name, args)
      } catch (e) {
        failure.value = asEngineError(e)
        return null
      } finally {
        busy.value = false
      }
    },
  }
}

/** Fetches a file of the server and hands it to the browser to keep. Rejects with EngineError as the engine does. */
export function useDownload(): (path: string) => Promise<void> {
  const engine = useEngine()
  return async path => {
    const { name, type, bytes } = await engine.download(path)
    const url = URL.createObjectURL(new Blob([bytes], { type }))
    const link = Object.assign(document.createElement('a'), { href: url, download: name })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  }
}
