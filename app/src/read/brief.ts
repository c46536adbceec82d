// Ten seconds before the door.

import type { Brief, Card, Day, Log, World } from '../engine/contract'
import { addDays } from '../rules/civil'
import { datesAhead } from './cards'

const DATES_WITHIN = 30

/** `logs` are the account's, newest first. */
export function briefOf(card: Card, logs: Log[], world: World, today: Day): Brief {
  return {
    lastTalk: lastTalk(logs),
    promises: promises(logs),
    taboos: card.account.taboos,
    dates: datesAhead(card, today, DATES_WITHIN).map(({ date, day, inDays, memberName }) => ({
      day, inDays, label: date.label, occasion: date.occasion, lunar: date.calendar === 'LUNAR',
      ...(memberName === undefined ? {} : { memberName }),
    })),
    supply: supplyOf(card, world),
  }
}

function lastTalk(logs: Log[]): Brief['lastTalk'] {
  const last = logs.find(l => l.log.reached)
  if (!last) return null
  const { day, kind, feeling, effect } = last.log
  return { day, kind, by: last.userName, note: last.note, feeling, effect }
}

/** What was agreed is open until the customer is reached again: on the day agreed or later, or at all when no day was
 *  named. The latest first. */
function promises(logs: Log[]): Brief['promises'] {
  const newest = logs.find(l => l.log.reached)?.log
  return logs.flatMap(({ log }) => {
    if (log.nextStep === '' || !log.reached) return []
    const kept = newest !== undefined && newest.startedAt > log.startedAt && newest.day >= (log.nextOn ?? newest.day)
    return kept ? [] : [{ text: log.nextStep, on: log.nextOn, made: log.day }]
  })
}

/** The latest order that was not given back whole. */
function supplyOf(card: Card, world: World): Brief['supply'] {
  const last = card.purchases.find(p => !p.returns.some(r => r.whole))
  if (!last) return null
  const { day, supplyDays } = last.purchase
  const names = last.lines.flatMap(l => world.products.find(p => p.id === l.productId)?.name ?? [])
  return { names, boughtOn: day, until: supplyDays > 0 ? addDays(day, supplyDays) : null }
}
