// One event of the history in words: a heading, who, and lines.

import type { Event } from '@/engine/contract'
import type { IconName } from '@/kit/icons'
import { t, word } from '@/lang'
import { dayText, duration, fullDay, money } from '@/lang/format'
import type { Names } from './useAccount'

export type Told = { icon: IconName; title: string; by?: string; text?: string; lines: string[]; danger?: boolean }

const KIND_ICONS: Record<string, IconName> = { HOME_VISIT: 'home', CALL: 'phone', MESSAGE: 'message', EVENT: 'event', STORE: 'store' }
const labelled = (label: string, text: string) => t('account.dateIn', label, text)

export function tellEvent(event: Event, names: Names): Told {
  switch (event.type) {
    case 'log': return tellLog(event)
    case 'purchase': return tellPurchase(event, names)
    case 'return': return { icon: 'undo', title: `${event.return.whole ? t('account.returnedWhole') : t('account.returned')} ${money(event.return.amount)}`, text: event.return.reason, lines: [], danger: true }
    case 'case': return tellCase(event, names)
    case 'handover': return { icon: 'people', title: t('account.handedOver', event.repName), text: event.handover.note, lines: [event.handover.reason].filter(Boolean) }
    case 'cancelled': return { icon: 'cross', title: `${t('account.cancelled')} · ${word('kind', event.item.kind)}`, text: event.item.closedWhy, lines: [] }
    case 'pause': return { icon: 'pause', title: t('account.pauseBegan'), text: event.pause.reason, lines: [event.pause.toDay ? t('account.until', fullDay(event.pause.toDay)) : t('account.untilResumed')] }
    case 'override': return tellOverride(event)
  }
}

type Of<T extends Event['type']> = Extract<Event, { type: T }>

function tellLog({ log }: Of<'log'>): Told {
  const l = log.log
  const lines = [
    [l.usage ? word('usage', l.usage) : '', l.effect ? word('effect', l.effect) : '', l.reaction ? t('account.reaction') : ''].filter(Boolean).join(' · '),
    l.feeling ? t('account.felt', l.feeling) : '',
    l.took.length > 0 ? labelled(t('account.tookLine'), l.took.map(code => word('took', code)).join(t('account.comma'))) : '',
    l.present.length > 0 ? labelled(t('account.presentLine'), l.present.join(t('account.comma'))) : '',
    l.nextStep || l.nextOn ? labelled(t('account.nextLine'), [l.nextOn ? dayText(l.nextOn) : '', l.nextKind ? word('kind', l.nextKind) : '', l.nextStep].filter(Boolean).join(' ')) : '',
    l.endedAt ? t('account.lasted', duration(Math.max(1, Math.round((Date.parse(l.endedAt) - Date.parse(l.startedAt)) / 60_000)))) : '',
  ]
  return {
    icon: KIND_ICONS[l.kind] ?? 'note', title: `${word('kind', l.kind)} · ${word('outcome', l.outcome)}`, by: log.userName,
    text: log.note, lines: lines.filter(Boolean), danger: l.reaction,
  }
}

function tellPurchase({ purchase }: Of<'purchase'>, names: Names): Told {
  const lines = purchase.lines.map(line => `${names.productName(line.productId)} ${t('account.quantity', line.quantity)}`)
  return { icon: 'bag', title: `${t('account.bought')} ${money(purchase.purchase.amount)}`, lines }
}

function tellCase({ case: file }: Of<'case'>, names: Names): Told {
  const c = file.case
  const kind = c.cause ? `${word('caseKind', c.kind)} · ${word('stopCause', c.cause)}` : word('caseKind', c.kind)
  return {
    icon: 'flag', title: `${kind} · ${word('caseStatus', c.status)}`, by: names.personName(c.ownerId), text: c.closeWhy || file.note,
    lines: c.closedOn ? [`${word('caseStatus', c.status)} ${fullDay(c.closedOn)}`] : [], danger: c.status === 'OPEN',
  }
}

/** What a rep says of the next purchase, and until when. */
export function overrideSays(o: Pick<Of<'override'>['override'], 'onDay' | 'horizon' | 'untilDay'>): string {
  return t('account.overrideSays', o.onDay ? t('account.onDay', fullDay(o.onDay)) : word('horizon', o.horizon), fullDay(o.untilDay))
}

function tellOverride({ override: o }: Of<'override'>): Told {
  return { icon: 'star', title: t('account.overrideGiven'), text: o.reason, lines: [overrideSays(o)] }
}
