import type { Card, Case, Log } from '../../src/engine/contract'
import { addDays, instantAt } from '../../src/rules/civil'
import type { Dice } from './dice'
import { aCase, aLog, anOdd, ZONE } from './make'
import { NEXT_STEPS, NOTES } from './names'

/** Half a year of contacts, and the cases that are open. */
export function historyOf(cards: Card[], today: string, d: Dice): { logs: Log[]; cases: Case[] } {
  const logs = cards.flatMap(card => contactsOf(card, today, d))
  return { logs, cases: casesOf(cards, today) }
}

function contactsOf(card: Card, today: string, d: Dice): Log[] {
  const { account } = card
  const logs: Log[] = []
  for (let back = 2 + d.upTo(8); back < 180; back += 4 + d.upTo(14)) {
    const log = contact(account.id, `${account.id}-log${back}`, addDays(today, -back), d)
    logs.push(log)
    if (log.log.reached) account.lastContactOn = later(account.lastContactOn, log.log.day)
    if (log.log.outcome === 'MET') account.lastVisitOn = later(account.lastVisitOn, log.log.day)
  }
  return logs
}

const later = (a: string | null, b: string): string => (a !== null && a > b ? a : b)

function contact(accountId: string, id: string, day: string, d: Dice): Log {
  const visit = d.chance(0.4)
  const reached = d.chance(0.85)
  const minute = 540 + d.upTo(480)
  const startedAt = instantAt(day, minute, ZONE)
  const photos = visit && reached && d.chance(0.5)
    ? Array.from({ length: 1 + d.upTo(3) }, (_, n) => ({ id: `${id}-photo${n}`, takenAt: startedAt, width: 1280, height: 960 }))
    : []
  const log = aLog({
    id, accountId, day, startedAt, endedAt: instantAt(day, minute + (visit ? 35 : 8), ZONE),
    kind: visit ? 'HOME_VISIT' : 'CALL', reached,
    outcome: reached ? (visit ? 'MET' : 'TALKED') : visit ? 'NOT_HOME' : 'NO_ANSWER',
    usage: reached ? d.of(['REGULAR', 'REGULAR', 'IRREGULAR']) : null,
    effect: reached ? d.of(['GOOD', 'SOME', 'SOME', 'NONE', null]) : null,
    feeling: reached ? d.of(['高兴', '平静', '有点着急', '']) : '', present: visit && reached ? ['老伴'] : [],
    nextStep: reached && d.chance(0.3) ? d.of(NEXT_STEPS) : '',
    took: reached && d.chance(0.08) ? ['REPURCHASE'] : [],
    review: d.chance(0.03) ? ['FAR_FROM_HOME'] : [],
  }, { note: reached ? d.of(NOTES) : '', photos })
  return log.log.review.length > 0 ? { ...log, odd: anOdd(log) } : log
}

function casesOf(cards: Card[], today: string): Case[] {
  const cases = [
    aCase({ id: 'case-stop', accountId: 'a05', cause: 'EFFECT_OR_QUALITY', openedOn: addDays(today, -1), dueOn: today }, {
      note: '说吃了两个月血压没有变化，想退。', steps: [step('s1', 1, 'VISIT', today), step('s2', 2, 'DECIDE', addDays(today, 29))],
    }),
    aCase({ id: 'case-competitor', accountId: 'a22', cause: 'COMPETITOR', openedOn: addDays(today, -2), dueOn: addDays(today, 1) }, {
      note: '邻居推荐了另一家的产品。',
      steps: [
        { ...step('s3', 1, 'SELF_REVIEW', addDays(today, -1)), doneOn: addDays(today, -1), doneBy: 'rep-lijing' },
        step('s4', 2, 'AGREE', today), step('s5', 3, 'VISIT', addDays(today, 1)), step('s6', 4, 'DECIDE', addDays(today, 28)),
      ],
    }),
    aCase({ id: 'case-reaction', accountId: 'a09', kind: 'REACTION', openedOn: addDays(today, -3), dueOn: addDays(today, -2) }, {
      note: '空腹服用后胃胀。', steps: [step('s7', 1, 'VISIT', addDays(today, -2)), step('s8', 2, 'DECIDE', addDays(today, 27))],
    }),
  ]
  return cases.filter(c => cards.some(card => card.account.id === c.case.accountId))
}

const step = (id: string, seq: number, kind: Case['steps'][number]['kind'], dueOn: string): Case['steps'][number] =>
  ({ id, seq, kind, dueOn, doneOn: null, doneBy: null, logId: null })
