// Commands about a planned contact, each said back in words.

import { ref } from 'vue'
import type { CommandName, Commands, Day, ItemCard } from '@/engine/contract'
import { toast } from '@/kit/feedback'
import { t, word } from '@/lang'
import { dayText } from '@/lang/format'
import { asEngineError, useEngine } from '../engine'

export function useItemActions(now: () => Date = () => new Date()) {
  const engine = useEngine()
  const busy = ref(false)

  /** Answers whether the phone has it. */
  const send = async <K extends CommandName>(name: K, variables: Commands[K], card: ItemCard, words: string) => {
    busy.value = true
    try {
      await engine.send(name, variables, { accountId: card.item.accountId, itemId: card.item.id })
      toast(words)
      return true
    } catch (e) {
      toast(t('today.failed', word('error', asEngineError(e).code)), { tone: 'danger' })
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    start: (card: ItemCard) => send('StartItem', { item: card.item.id, at: now().toISOString() }, card, t('today.started')),
    move: (card: ItemCard, day: Day, at: number | null) =>
      send('RescheduleItem', { input: { itemId: card.item.id, day, ...(at !== null && { at }) } }, card, t('today.moved', dayText(day))),
    cancel: (card: ItemCard, reason: string, next: { day: Day; at: number | null } | null) =>
      send('CancelItem', { input: {
        itemId: card.item.id, reason, ...(next && { nextOn: next.day }), ...(next && next.at !== null && { nextAt: next.at }),
      } }, card, t('today.cancelled')),
    pin: (card: ItemCard, pinned: boolean) =>
      send('PinItem', { item: card.item.id, pinned }, card, pinned ? t('today.pinned', dayText(card.item.day)) : t('today.unpinned')),
  }
}

export type ItemActions = ReturnType<typeof useItemActions>

/** Minutes after midnight of a time field; null when it is empty. */
export function minuteOf(text: string): number | null {
  const found = /^(\d{1,2}):(\d{2})/.exec(text)
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}
