import { computed, onScopeDispose, reactive, watch } from 'vue'
import type { Day, Engine, ID } from '@/engine/contract'
import { useEngine } from '../engine'
import { makeKeeper, onLeaving } from '../log/keep'
import { newId } from '../newId'
import { byReceiver, unplaced, without, withMore, type Picked } from './pick'

export type Step = 'accounts' | 'receivers' | 'effect'
export const STEPS: readonly Step[] = ['accounts', 'receivers', 'effect']

/** A move that is not decided yet. `id` is the command's, made when the form opened. */
type Form = {
  id: ID
  step: Step
  chosen: Picked[]
  /** All to one, or each account to somebody. */
  split: boolean
  /** Who may get some of them, when they are split. */
  among: ID[]
  to: Record<ID, ID>
  reason: string
  note: string
  on: Day | null
  joint: boolean
}

const fresh = (): Form => ({ id: newId(), step: 'accounts', chosen: [], split: false, among: [], to: {}, reason: '', note: '', on: null, joint: false })

/** Sealed with the rest of this device: names of customers do not lie open in the browser. */
export const DRAFT = 'move'

/** Lays a move ready that was chosen elsewhere: the form opens at its effect. */
export const layReady = (engine: Engine, chosen: Picked[], to: Record<ID, ID>, reason: string): Promise<void> =>
  engine.putDraft(DRAFT, { ...fresh(), step: 'effect', split: true, chosen, to, reason } satisfies Form)

export type MoveDraft = ReturnType<typeof useMoveDraft>

/** The form of a move, kept at each change, so that it survives a reload. */
export function useMoveDraft() {
  const engine = useEngine()
  const form = reactive<Form>(fresh())
  const state = reactive({ ready: false, left: 0 })
  const keeper = makeKeeper(() => engine.putDraft(DRAFT, plain(form)), () => undefined)

  const read = async () => {
    const kept = await engine.ask('draft', { key: DRAFT }).catch(() => null)
    if (kept?.body) Object.assign(form, kept.body)
    state.ready = true
  }
  watch(form, () => { if (state.ready) keeper.touch() }, { deep: true })

  const stopKeeping = onLeaving(() => void keeper.flush())
  onScopeDispose(() => {
    stopKeeping()
    void keeper.flush()
  })

  const take = (to: Record<ID, ID>) => {
    form.to = Object.fromEntries(form.chosen.flatMap(one => (to[one.id] ? [[one.id, to[one.id] as ID]] : [])))
  }
  return {
    form, state, read,
    moves: computed(() => byReceiver(form.chosen.filter(one => form.to[one.id] !== one.repId), form.to)),
    open: computed(() => unplaced(form.chosen, form.to)),
    /** Adds accounts; those for whom there is no room are counted. */
    add(more: Picked[]) {
      const next = withMore(form.chosen, more)
      form.chosen = next.chosen
      state.left = next.left
    },
    drop(gone: ID[]) {
      form.chosen = without(form.chosen, gone)
      take(form.to)
      state.left = 0
    },
    /** Everything to one rep. */
    giveAll(rep: ID) {
      form.to = Object.fromEntries(form.chosen.map(one => [one.id, rep]))
    },
    give(account: ID, rep: ID) {
      form.to = { ...form.to, [account]: rep }
    },
    take,
    keep: keeper.flush,
    /** A new form, with some accounts already chosen. */
    begin(chosen: Picked[] = []) {
      Object.assign(form, fresh(), { chosen })
    },
    async done() {
      await keeper.stop()
      await engine.dropDraft(DRAFT)
    },
  }
}

const plain = (form: Form): Form => JSON.parse(JSON.stringify(form)) as Form
