// What cards say, from codes to words.

import type { Badge, ItemCard, Kind } from '@/engine/contract'
import type { Tone } from '@/kit/KTag.vue'
import type { IconName } from '@/kit/icons'
import { clock, dayText, distance } from '@/lang/format'
import { currentLanguage, t, word } from '@/lang'
import { occasionText } from '../occasion'

type Said = { zh: string; en: string }

export const said = (both: Said): string => both[currentLanguage()]

/** A reason without the number of its rule, which the sheet "why" shows. */
export const plainReason = (reason: Said): string => capital(said(reason).replace(/^D\d+\s*[：:]\s*/, ''))

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const kindText = (card: ItemCard): string => {
  const { kind, orKind } = card.item
  return orKind ? `${word('kind', kind)}${t('today.or', word('kind', orKind))}` : word('kind', kind)
}

const ICONS: Record<Kind, IconName> = { HOME_VISIT: 'home', CALL: 'phone', MESSAGE: 'message', EVENT: 'event', STORE: 'store' }

export const kindIcon = (kind: Kind): IconName => ICONS[kind]

/** What the metres of a card are measured from: the rep, the stop before, or the nearest stop of the day. */
export type Measure = 'here' | 'before' | 'near'

export function awayText(card: ItemCard, measure: Measure): string {
  if (card.metres === null) return ''
  const far = distance(card.metres)
  if (measure === 'here') return t('today.away', far)
  return measure === 'near' ? t('today.apart', far) : t('today.fromBefore', far)
}

/** When it begins: an appointment, or the planner's guess; empty where nobody set a minute. */
export const timeText = (card: ItemCard): string =>
  card.item.atFixed || card.item.startMin > 0 ? clock(card.item.startMin) : ''

export const whenText = (inDays: number): string => {
  if (inDays === 0) return t('kit.today')
  return inDays === 1 ? t('kit.tomorrow') : t('today.inDays', inDays)
}

export type BadgeLook = { tone: Tone; icon: IconName }

const LOOKS: Record<Badge['kind'], BadgeLook> = {
  birthday: { tone: 'joy', icon: 'cake' },
  date: { tone: 'joy', icon: 'heart' },
  case: { tone: 'danger', icon: 'warning' },
  urgent: { tone: 'danger', icon: 'flag' },
  expert: { tone: 'info', icon: 'people' },
  with: { tone: 'info', icon: 'people' },
  frail: { tone: 'warn', icon: 'heart' },
  appointment: { tone: 'brand', icon: 'clock' },
  pinned: { tone: 'plain', icon: 'tack' },
  newHere: { tone: 'plain', icon: 'star' },
  briefUnread: { tone: 'info', icon: 'note' },
  standIn: { tone: 'info', icon: 'people' },
}

export const badgeLook = (badge: Badge): BadgeLook => LOOKS[badge.kind]

export function badgeText(badge: Badge): string {
  switch (badge.kind) {
    case 'birthday':
    case 'date':
      return dateText(badge)
    case 'case':
      return t('today.badgeCase', word('caseKind', badge.caseKind), word('stopCause', badge.cause))
    case 'expert':
      return t('today.badgeExpert', badge.name)
    case 'with':
      return t('today.badgeWith', word('role', badge.role))
    case 'standIn':
      return t('today.standInUntil', dayText(badge.until))
    default:
      return plainBadge(badge.kind)
  }
}

function dateText(badge: Extract<Badge, { label: string }>): string {
  const label = occasionText(badge, badge.memberName)
  const when = whenText(badge.inDays)
  return badge.memberName ? t('today.badgeDateOf', badge.memberName, label, when) : t('today.badgeDate', label, when)
}

function plainBadge(kind: 'frail' | 'urgent' | 'pinned' | 'appointment' | 'newHere' | 'briefUnread'): string {
  switch (kind) {
    case 'frail': return t('today.badgeFrail')
    case 'urgent': return t('today.badgeUrgent')
    case 'pinned': return t('today.badgePinned')
    case 'appointment': return t('today.badgeAppointment')
    case 'newHere': return t('today.badgeNewHere')
    case 'briefUnread': return t('today.badgeBriefUnread')
  }
}
