import { computed, shallowRef, watchEffect } from 'vue'
import { currentLanguage } from '@/lang'
import { fullDay } from '@/lang/format'
import { signedIn } from '@/screens/session'
import { useAsk } from '@/screens/engine'
import { dayIn } from '@/rules/civil'
import type { AccountView, Brief, Item } from '@/engine/contract'
import { occasionText } from '../occasion'
import { factsOf, fillWhole, inOwnWords, scriptAtHand, scriptsOf, type Script, type ScriptCode, type ScriptTexts } from './script'

const packs = { zh: () => import('@/lang/zh/scripts'), en: () => import('@/lang/en/scripts') }

export type Told = { code: ScriptCode; script: Script }

/** The scripts of the contact at hand, with the account's own facts in them. Empty until the texts are loaded. */
export function useScript(view: () => AccountView, item: () => Item | null) {
  const world = useAsk('world', () => undefined)
  const texts = shallowRef<ScriptTexts>()
  watchEffect(async () => { texts.value = (await packs[currentLanguage()]()).default })

  const occasionName = (date: Brief['dates'][number]) => occasionText(date, date.memberName)
  const codes = computed(() => {
    const found = item() ? scriptsOf(item() as Item, view().brief.dates) : []
    return found.length > 0 ? found : [scriptAtHand(view())]
  })
  const scripts = computed<Told[]>(() => {
    const words = texts.value
    if (!words) return []
    const { card, brief } = view()
    const who = signedIn()
    const today = dayIn(Date.now(), world.data.value?.zone ?? who.zone)
    const facts = factsOf({
      card, brief, item: item(), today, lang: currentLanguage(), rep: who.user.name, company: who.company, texts: words,
      showDay: fullDay, occasionName,
    })
    const own = world.data.value?.scripts ?? []
    return codes.value.map(code => ({ code, script: fillWhole(inOwnWords(words.scripts[code], code, own, currentLanguage()), facts, words.unknown) }))
  })
  return { scripts }
}
