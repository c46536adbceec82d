// The rules of the company, and what others would change.

import { refused, type ActsOf, type Facts, type ReadsOf } from './area'

type Acts = 'StartDryRun' | 'AddPolicy' | 'RollBackPolicy'

const times = { from: 540, to: 720 }
const RULES = {
  cadence: {
    rhythms: {
      THIS_MONTH: { callEvery: 2, visitEvery: 5, priority: 65 }, WITHIN_2_MONTHS: { callEvery: 3, visitEvery: 7, priority: 58 },
      WITHIN_3_MONTHS: { callEvery: 7, visitEvery: 15, priority: 52 }, LATER: { callEvery: 15, visitEvery: 30, priority: 45 }, UNKNOWN: { callEvery: 10, visitEvery: 15, priority: 45 },
    },
    potential: { callEvery: 30, visitEvery: 0, priority: 20 }, dormant: { callEvery: 30, visitEvery: 60, priority: 25 }, winBack: { callEvery: 14, visitEvery: 30, priority: 60 },
    onboarding: [3, 7, 14, 21, 28].map(day => ({ day, kind: 'HOME_VISIT', orKind: 'CALL', by: 'REP', objectives: ['CHECK_USE', 'DEEPEN_BOND'] })),
    festivals: [{ code: 'SPRING_FESTIVAL', zh: '春节', en: 'Spring Festival', calendar: 'LUNAR', month: 1, day: 1 }],
    weeklyCap: 5, failedCalls: 3, failedCallsVisitDays: 2, tolerancePercent: 25, graceDays: 3, minutes: { HOME_VISIT: 40, CALL: 10 }, frailMinutes: 15,
    stops: { EFFECT_OR_QUALITY: { dueDays: 1 }, SERVICE: { dueDays: 2 }, COMPETITOR: { dueDays: 3 } }, return: { dueDays: 1 }, reaction: { dueDays: 1 }, complaint: { dueDays: 1 },
    dates: { leadDays: 3, joinDays: 3, lateDays: 3 }, festivalGreeting: { leadDays: 3, joinDays: 3, lateDays: 3 },
    activity: { highMonths: 3, lowMonths: 3, dormantMonths: 6, lapsedMonths: 12, churnedMonths: 12 },
  },
  planning: { visitHours: [{ from: 510, to: 1200 }], callHours: [times, { from: 810, to: 1230 }], hours: { 1: [times], 2: [times], 3: [times], 4: [times], 5: [times] } },
  cases: { decideDays: 30 }, review: { farMetres: 1000, shortMinutes: 2, visitsPerHour: 5, lateDays: 30 }, field: { leaseHours: 72 }, scripts: {},
  inbox: { neglectFactor: 1.5, missedDays: 3, caseDays: 1, silentHours: 72, leaveDays: 7 }, moves: { undoDays: 7, objectionDays: 30 },
  balance: { low: 0.75, high: 0.95 }, workload: { paceTolerance: 0.1, creditDays: 30 },
}

function runOf(id: string, fromDay: string, asked: number) {
  const plan = { accounts: 612, contactMinutes: 52_000, travelMinutes: 11_200, capacity: 61_000, late: 14, shed: 22, regularity: 0.86 }
  const after = { ...plan, contactMinutes: 57_400, travelMinutes: 12_900, late: 31, shed: 48, regularity: 0.83 }
  const done = Math.min(6, asked * 3)
  const result = done < 6 ? null : {
    plans: 6, added: 84, removed: 12, moved: 131, before: plan, after, neglectedBefore: 9, neglectedAfter: 5,
    reps: [{ rep: { id: 'rep-wangfang', name: '王芳' }, before: { ...plan, accounts: 102, contactMinutes: 9000, travelMinutes: 2000 }, after: { ...after, accounts: 102, contactMinutes: 10_100, travelMinutes: 2300 } }],
  }
  return { id, status: result ? 'DONE' as const : 'RUNNING' as const, fromDay, done, total: 6, problem: '', cause: null, result }
}

export function policy({ today }: Facts): { reads: ReadsOf<'PolicyDesk' | 'DryRun'>; acts: ActsOf<Acts> } {
  const versions = [{ version: 1, fromDay: today, body: '{}', createdBy: 'mgr-wu' }]
  const complete = (body: string) => JSON.stringify({ ...RULES, ...(JSON.parse(body) as object) })
  const runs = new Map<string, { fromDay: string; asked: number }>()
  const add = (fromDay: string, body: string) => {
    const made = { version: versions.length + 1, fromDay, body, createdBy: 'mgr-wu' }
    versions.unshift(made)
    return { version: made.version, fromDay }
  }
  return {
    reads: {
      PolicyDesk: () => {
        const now = versions[0] as (typeof versions)[number]
        return { policy: { ...now, body: complete(now.body) }, policies: versions }
      },
      DryRun: ({ run }) => {
        const of = runs.get(run)
        if (!of) throw refused('NOT_FOUND', 'run')
        return { dryRun: runOf(run, of.fromDay, ++of.asked) }
      },
    },
    acts: {
      StartDryRun: ({ id, fromDay }) => {
        runs.set(id, { fromDay, asked: 0 })
        return { startDryRun: runOf(id, fromDay, 0) }
      },
      AddPolicy: ({ fromDay, body }) => ({ addPolicy: add(fromDay, body) }),
      RollBackPolicy: ({ version }) => {
        const old = versions.find(v => v.version === version)
        if (!old) throw refused('NOT_FOUND', 'version')
        return { rollBackPolicy: add(today, old.body) }
      },
    },
  }
}
