// Sits down at a desk of the sample: what screens use outside of their templates, without a page.
import { createApp, effectScope, nextTick } from 'vue'
import { vi } from 'vitest'
import type { ActName, Acts, Engine } from '@/engine/contract'
import { loadDeskWords, setLanguage } from '@/lang'
import { provideEngine } from '@/screens/engine'
import { memoryEngine, type Switch } from '../memory'

export const NOW = Date.parse('2026-07-06T01:00:00Z')

export type Seat = {
  engine: Engine
  /** What was sent to the server, in order. */
  acted: { name: ActName; args: unknown }[]
  /** Runs a composable as a screen would. Calling `leave` is going away from the screen. */
  sit: <T>(use: () => T) => { here: T; leave: () => void }
}

const page = { hidden: false, visibilityState: 'visible', addEventListener: () => undefined, removeEventListener: () => undefined, querySelector: () => null }

export async function seated(...switches: Switch[]): Promise<Seat> {
  vi.stubGlobal('document', page)
  vi.stubGlobal('window', { ...page, location: { search: '' } })
  await setLanguage('zh')
  await loadDeskWords()
  const engine = memoryEngine({ switches: ['supervisor', ...switches], now: () => NOW })
  const acted: Seat['acted'] = []
  const act = engine.act.bind(engine)
  engine.act = <K extends ActName>(name: K, args: Acts[K]['args']) => {
    acted.push({ name, args: JSON.parse(JSON.stringify(args)) as unknown })
    return act(name, args)
  }
  const app = createApp({})
  provideEngine(app, engine)
  return {
    engine, acted,
    sit: use => {
      const scope = effectScope()
      const here = app.runWithContext(() => scope.run(use)) as ReturnType<typeof use>
      return { here, leave: () => scope.stop() }
    },
  }
}

/** Until everything asked for is here. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 30; i++) {
    await nextTick()
    await new Promise(done => setTimeout(done, 1))
  }
}
