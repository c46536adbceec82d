import { startEngine } from './client'
import type { Engine } from './contract'

/** The engine of the app: the one in the worker; with ?memory in development a sample that lives only in this window.
 *  `outdated` is called when a newer app of this phone has taken over the store. */
export async function chooseEngine(outdated: () => void): Promise<Engine> {
  const memory = import.meta.env.DEV && new URLSearchParams(window.location.search).has('memory')
  return memory ? (await import('../../test/memory')).memoryEngine() : startEngine(outdated)
}
