import { ref, watch, type Ref } from 'vue'
import type { InboxQuery } from '@/engine/graphql'
import { apiLang, useRead } from './desk'

type Count = InboxQuery['inbox']['counts'][number]

const urgent = ref(0)

/** Takes over what a screen has read anyhow. */
export const tellUrgent = (counts: Count[]): void => { urgent.value = counts.reduce((sum, c) => sum + c.urgent, 0) }

/** How many exceptions are urgent among those somebody leads; asks while `asks` holds. */
export function useUrgent(asks: () => boolean): Readonly<Ref<number>> {
  const { data } = useRead('Inbox', () => (asks() ? { filter: {}, first: 1, after: '', lang: apiLang() } : null))
  watch(data, now => { if (now) tellUrgent(now.inbox.counts) })
  return urgent
}
