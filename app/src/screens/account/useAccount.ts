import { computed } from 'vue'
import { currentLanguage, t } from '@/lang'
import { useAsk } from '@/screens/engine'
import { signedIn } from '@/screens/session'
import { dayIn } from '@/rules/civil'

/** An account with what its screen needs of the world: today, products, people. */
export function useAccount(id: () => string) {
  const view = useAsk('account', () => ({ id: id() }))
  const world = useAsk('world', () => undefined)
  const today = computed(() => dayIn(Date.now(), world.data.value?.zone ?? signedIn().zone))
  const products = computed(() => world.data.value?.products ?? [])
  const people = computed(() => new Map((world.data.value?.people ?? []).map(p => [p.id, p.name])))
  const personName = (person: string | null | undefined) => people.value.get(person ?? '') ?? t('account.someone')
  const productName = (product: string) => products.value.find(p => p.id === product)?.name ?? t('account.unknownProduct')
  return { view, world, today, products, personName, productName }
}
export type Names = Pick<ReturnType<typeof useAccount>, 'personName' | 'productName'>

/** One of two texts that the server told in both languages, without the number of its rule. */
export const told = (both: { zh: string; en: string }): string =>
  (currentLanguage() === 'zh' ? both.zh : both.en).replace(/^D\d+(?:：|: )/, '').replace(/^[a-z]/, c => c.toUpperCase())
