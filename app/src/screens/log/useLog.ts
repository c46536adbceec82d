import { computed, onScopeDispose, reactive, ref, shallowRef, watch } from 'vue'
import { useAsk, useEngine, asEngineError } from '@/screens/engine'
import { dayIn } from '@/rules/civil'
import { t, word } from '@/lang'
import { problemsOf, type Problem, type Problems } from './check'
import { worthKeeping } from './draft'
import { outcomesFor, partsOf, type LogForm, type Part } from './form'
import { makeKeeper, onLeaving } from './keep'
import type { Opening } from './open'
import { refusalWords } from './refusal'
import { discardLog, saveLog } from './save'
import { usePhotos } from './usePhotos'

export type Ended = { saved: true; followed: number } | { saved: false; why: 'problems' | 'storage' | 'failed'; text: string }

/** The state of a form that is open: what is written, what is wrong with it, and keeping it. */
export function useLog(opening: Opening) {
  const engine = useEngine()
  const world = useAsk('world', () => undefined)
  const form = ref<LogForm>(opening.form)
  const problems = shallowRef<Problems>({})
  const draftFailed = ref(false)
  const draftKept = ref(opening.resumed)
  const saving = ref(false)

  const put = () => engine.putDraft(opening.key, JSON.parse(JSON.stringify(form.value)))
  const keeper = makeKeeper(put, failure => {
    draftFailed.value = failure !== null
    if (failure === null) draftKept.value = true
  })
  const photos = usePhotos(opening.key, opening.photos, put)

  const zone = computed(() => world.data.value?.zone ?? 'Asia/Shanghai')
  const today = computed(() => dayIn(Date.now(), zone.value))
  const objectives = computed(() => opening.item?.item.objectives ?? [])
  const has = computed(() => ({ products: opening.view.card.account.purchases > 0, objectives: objectives.value.length > 0 }))
  const parts = computed<Part[]>(() => partsOf(form.value, has.value).filter(part => !opening.work || part !== 'photos'))

  watch(form, () => {
    if (!saving.value && worthKeeping(form.value, photos.photos.length)) keeper.touch()
    if (Object.keys(problems.value).length > 0) look()
  }, { deep: true })
  watch(() => form.value.kind, kind => {
    if (form.value.outcome && !outcomesFor(kind).includes(form.value.outcome)) form.value.outcome = null
  })
  onScopeDispose(onLeaving(() => void keeper.flush()))
  onScopeDispose(() => void keeper.flush())

  const look = () => { problems.value = problemsOf(form.value, parts.value, new Date().toISOString(), zone.value) }
  const says = (field: string): string | null => {
    const own: Problem | undefined = problems.value[field]
    if (own) return t(`log.problem_${own}`)
    return opening.work?.field === field ? refusalWords(opening.work) : null
  }

  const save = async (): Promise<Ended> => {
    look()
    const wrong = Object.keys(problems.value).length
    if (wrong > 0) return { saved: false, why: 'problems', text: t('log.pleaseLook', wrong) }
    saving.value = true
    try {
      await keeper.flush()
      const how = { now: new Date().toISOString(), zone: zone.value, comma: t('log.comma') }
      const followed = await saveLog(engine, { ...opening, form: JSON.parse(JSON.stringify(form.value)) }, how)
      await keeper.stop()
      return { saved: true, followed }
    } catch (failure) {
      const { code } = asEngineError(failure)
      return { saved: false, why: code === 'storage' ? 'storage' : 'failed', text: word('error', code) }
    } finally {
      saving.value = false
    }
  }
  const discard = async () => {
    await keeper.stop()
    await discardLog(engine, opening.key)
  }

  return reactive({ form, parts, objectives, photos, zone, today, world: world.data, problems, draftFailed, draftKept, saving, says, save, discard })
}
export type OpenLog = ReturnType<typeof useLog>
