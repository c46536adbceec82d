import type { Engine } from './contract'

type Maker = { [name: string]: () => Engine | Promise<Engine> }

/** The engine of the app: the worker; with ?memory in development a sample that lives only in this window. */
export async function chooseEngine(): Promise<Engine> {
  const memory = import.meta.env.DEV && new URLSearchParams(window.location.search).has('memory')
  const found = memory
    ? import.meta.glob<Maker>('../../test/memory.ts')
    : import.meta.glob<Maker>('./client.ts')
  const [load] = Object.values(found)
  const [make] = Object.values((await load?.()) ?? {})
  if (!make) throw new Error('there is no engine')
  return make()
}
