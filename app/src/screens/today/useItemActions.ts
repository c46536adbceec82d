// Commands about a planned contact, each said back in words.

import type { CommandName, Commands, Day, ItemCard } from '@/engine/contract'
import { t } from '@/lang'
import { dayText } from '@/lang/format'
import { useEngine } from '../engine'
import { useKept } from './useKept'

export function useItemActions(now: () => Date = () => new Date()) {
  const engine = useEngine()
  const { busy, kept } = useKept()

  /** Answers whether the phone has it. */
  const send = <K extends CommandName>(name: K, variables: Commands[K], card: ItemCard, words: string) =>
    kept(() => engine.send(name, variables, { accountId: card.item.accountId, itemId: card.item.id }), words)

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
