// What goes wrong in the sample's teams, and what repairs it.

import type { Exception } from './shapes'
import type { ExceptionKind, NextAction } from '../../../src/engine/graphql'
import { addDays, instantAt } from '../../../src/rules/civil'
import { anItem, ZONE } from '../make'
import { page, refused, type ActsOf, type Facts, type ReadsOf } from './area'
import { repOf, STAFF } from './people'

export const KINDS: readonly ExceptionKind[] =
  ['NEGLECTED', 'MISSED', 'NO_ROOM', 'CASE', 'COMPLAINT', 'REVIEW', 'SILENT_PHONE', 'OVERRIDE', 'LEAVE', 'FORECAST']
const ACTION: Record<ExceptionKind, NextAction> = {
  NEGLECTED: 'PLAN_CONTACT', MISSED: 'RESCHEDULE', NO_ROOM: 'REASSIGN', CASE: 'WORK_CASE', COMPLAINT: 'WORK_CASE', REVIEW: 'LOOK',
  SILENT_PHONE: 'CALL_REP', OVERRIDE: 'ASK_REASON', LEAVE: 'COVER', FORECAST: 'SEE_FORECAST',
}

type Said = [zh: string, en: string]
type Row = Omit<Exception, 'words'> & { said: Said }

type Acts = 'Snooze' | 'SettleReview' | 'PlanContact' | 'RescheduleItem' | 'CancelItem' | 'EndOverride'

export function inbox(facts: Facts): { reads: ReadsOf<'Inbox' | 'Review' | 'LogNote'>; acts: ActsOf<Acts> } {
  let rows = rowsOf(facts)
  const reviews = new Map(rows.filter(r => r.log).map(r => [r.id, reviewOf(r)]))
  const gone = (fits: (row: Row) => boolean) => { rows = rows.filter(row => !fits(row)) }
  const item = (accountId: string, day: string, kind: Row['kind'] | string) => anItem({ id: `made-${accountId}`, accountId, day, kind: kind as 'CALL' })
  return {
    reads: {
      Inbox: ({ filter, first, after, lang }) => {
        const led = rows.filter(r => (!filter.rep || r.repId === filter.rep) && (!filter.team || teamOf(r.repId) === filter.team))
        const shown = filter.kinds ? led.filter(r => filter.kinds?.includes(r.kind)) : led
        const sorted = shown.sort((a, b) => Number(b.urgent) - Number(a.urgent) || b.days - a.days)
        return {
          inbox: {
            counts: KINDS.map(kind => ({
              kind, n: led.filter(r => r.kind === kind).length, urgent: led.filter(r => r.kind === kind && r.urgent).length,
            })),
            ...page(sorted.map(({ said: [zh, en], ...row }) => ({ ...row, words: lang === 'ZH' ? zh : en })), first, after),
          },
        }
      },
      Review: ({ log }) => ({ review: reviews.get(log) ?? null }),
      LogNote: () => ({ logNote: '在活动中心见的面' }),
    },
    acts: {
      Snooze: ({ input }) => {
        if (input.why.trim() === '') throw refused('INVALID', 'why', 'required')
        gone(r => r.kind === input.kind && r.id === input.subject)
        return { snooze: true }
      },
      SettleReview: ({ input }) => {
        const review = reviews.get(input.logId)
        if (!review?.open) throw refused('CONFLICT', 'logId')
        const settled = { ...review, open: false, verdict: input.verdict, why: input.why ?? '', settledAt: new Date(facts.now()).toISOString() }
        reviews.set(input.logId, settled)
        gone(r => r.id === input.logId)
        return { settleReview: settled }
      },
      PlanContact: ({ input }) => {
        gone(r => r.kind === 'NEGLECTED' && r.accountId === input.accountId)
        return { planContact: item(input.accountId, input.day, input.kind) }
      },
      RescheduleItem: ({ input }) => {
        gone(r => r.item?.id === input.itemId)
        return { rescheduleItem: item(input.itemId, input.day, 'CALL') }
      },
      CancelItem: ({ input }) => {
        gone(r => r.item?.id === input.itemId)
        return { cancelItem: item(input.itemId, facts.today, 'CALL') }
      },
      EndOverride: ({ account }) => {
        gone(r => r.kind === 'OVERRIDE' && r.accountId === account)
        return { endOverride: { id: account, version: 2, horizon: 'UNKNOWN', expectedOn: null } }
      },
    },
  }
}

const teamOf = (rep: string) => STAFF.find(s => s.id === rep)?.teamId

function rowsOf({ rows, today }: Facts): Row[] {
  const of = (kind: ExceptionKind, at: number, said: Said, days: number, around: Partial<Row> = {}): Row => {
    const card = rows.cards[at % Math.max(1, rows.cards.length)]
    const rep = repOf(at)
    return {
      id: `${kind}-${at}`, kind, action: ACTION[kind], urgent: false, repId: rep.id, repName: rep.name, accountId: card?.account.id ?? null,
      accountName: card?.account.name ?? '', tier: card?.account.tier ?? '', since: addDays(today, -days), days, count: 1, said, flags: [], item: null,
      log: null, case: null, leave: null, answer: '', ...around,
    }
  }
  const aboutRep = { accountId: null, accountName: '', tier: '' }
  return [
    of('NEGLECTED', 0, ['已经 31 天没有联系上，应每 15 天一次', 'not reached for 31 days; due every 15'], 8, { urgent: true, tier: 'A' }),
    of('NEGLECTED', 7, ['已经 26 天没有联系上，应每 15 天一次', 'not reached for 26 days; due every 15'], 3),
    of('NEGLECTED', 14, ['从未联系过，9 天前转来', 'never contacted; came 9 days ago'], 2),
    ...missed(of, today),
    of('NO_ROOM', 1, ['计划排不下：本月有 12 次回访没有时间', 'no room: 12 contacts of this month do not fit'], 0, { ...aboutRep, count: 12, urgent: true }),
    of('CASE', 5, ['停用，效果或质量：今天必须上门', 'stopped, effect or quality: to be visited today'], 0, { urgent: true, case: rows.cases[0]?.case ?? null, id: 'case-stop' }),
    of('CASE', 22, ['停用，用了别家产品：等待与主管商定', 'stopped, another brand: the way is to be agreed'], -1, { case: rows.cases[1]?.case ?? null, id: 'case-competitor' }),
    of('COMPLAINT', 9, ['出现不适，两天没有处理', 'adverse reaction, two days without an answer'], 2, { urgent: true, case: rows.cases[2]?.case ?? null, id: 'case-reaction' }),
    ...reviews(of, today),
    of('SILENT_PHONE', 3, ['手机 4 天没有连上服务器，还有 6 条没有送达', 'the phone was not heard for 4 days; 6 pieces of work wait on it'], 4, { ...aboutRep, count: 6 }),
    of('OVERRIDE', 16, ['改为“更晚”，没有写明理由', 'set to “later” without a reason to speak of'], 1),
    of('LEAVE', 2, ['下周请假 3 天，没有人代班', '3 days off next week, and nobody stands in'], -5, {
      ...aboutRep, id: 'leave-wang', leave: { id: 'leave-wang', userId: 'rep-wangfang', fromDay: addDays(today, 5), toDay: addDays(today, 7), reason: '家里有事' },
    }),
  ]
}

type Of = (kind: ExceptionKind, at: number, said: Said, days: number, around?: Partial<Row>) => Row

const missed = (of: Of, today: string): Row[] => [12, 17, 30, 33, 35].map((at, i) => {
  const days = 6 - i
  const day = addDays(today, -days)
  return of('MISSED', at, [`应在 ${day} 前回访，已过 ${days} 天`, `was due by ${day}, ${days} days ago`], days, {
    urgent: i === 0, item: deskItem(`late-${at}`, `a${at}`, day, i % 2 === 0 ? 'HOME_VISIT' : 'CALL'),
  })
})

function deskItem(id: string, accountId: string, day: string, kind: 'HOME_VISIT' | 'CALL'): NonNullable<Exception['item']> {
  const { repId, status, startMin, minutes, dueOn, latestOn, urgent } = anItem({ id, accountId, day, kind })
  return { id, accountId, repId, kind, status, day, startMin, minutes, dueOn, latestOn, overdue: true, urgent }
}

function reviews(of: Of, today: string): Row[] {
  const day = addDays(today, -1)
  const log = (id: string, at: number, minutes: number): NonNullable<Exception['log']> => ({
    id, accountId: `a${String(at).padStart(2, '0')}`, kind: 'HOME_VISIT', outcome: 'MET', day, startedAt: instantAt(day, 600, ZONE),
    endedAt: instantAt(day, 600 + minutes, ZONE),
  })
  return [
    of('REVIEW', 4, ['昨天的家访：记录地点离家 2.4 公里', 'yesterday’s visit: logged 2.4 km from the home'], 1, {
      id: 'log-far', flags: ['FAR_FROM_HOME'], log: log('log-far', 4, 35), answer: '在社区活动中心见的面，没有去家里。',
    }),
    of('REVIEW', 10, ['昨天的家访：只有 1 分钟', 'yesterday’s visit: took 1 minute'], 1, {
      id: 'log-short', flags: ['TOO_SHORT', 'COPIED_NOTE'], log: log('log-short', 10, 1),
    }),
  ]
}

const reviewOf = (row: Row) => ({
  logId: row.id, flags: row.flags, open: true, answer: row.answer, answeredAt: row.answer ? `${row.since}T10:00:00Z` : null, verdict: null as null | 'FINE' | 'TALK',
  why: '', settledAt: null as string | null,
})
