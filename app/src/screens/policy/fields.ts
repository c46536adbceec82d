// The numbers of the form: where they stand in the document, and between which bounds the server takes them for sure.
import type { Key } from '@/lang'
import type { Path } from './document'

export type NumberField = { path: Path; name: Key & `policy.${string}`; min: number; max: number; /** It is a share, shown as a percentage. */ percent?: boolean; step?: number }
export type Section = { name: Key & `policy.${string}`; fields: NumberField[] }

const days = (name: NumberField['name'], path: Path, min = 0, max = 365): NumberField => ({ path, name, min, max })
const cadence = (name: NumberField['name'], ...path: string[]): NumberField => days(name, ['cadence', ...path])

/** The rows of the table of rhythms, by where they stand. */
export const RHYTHMS: { path: Path; name: Key & `policy.${string}` }[] = [
  { path: ['cadence', 'rhythms', 'THIS_MONTH'], name: 'policy.thisMonth' },
  { path: ['cadence', 'rhythms', 'WITHIN_2_MONTHS'], name: 'policy.twoMonths' },
  { path: ['cadence', 'rhythms', 'WITHIN_3_MONTHS'], name: 'policy.threeMonths' },
  { path: ['cadence', 'rhythms', 'LATER'], name: 'policy.later' },
  { path: ['cadence', 'rhythms', 'UNKNOWN'], name: 'policy.unknown' },
  { path: ['cadence', 'potential'], name: 'policy.potential' },
  { path: ['cadence', 'dormant'], name: 'policy.dormant' },
  { path: ['cadence', 'winBack'], name: 'policy.winBack' },
]

/** What a loyalty grade needs on record. */
export const NEEDS: { part: string; name: Key & `policy.${string}` }[] = [
  { part: 'repurchases', name: 'policy.needsRepurchases' }, { part: 'events', name: 'policy.needsEvents' }, { part: 'friends', name: 'policy.needsFriends' },
  { part: 'referrals', name: 'policy.needsReferrals' }, { part: 'closed', name: 'policy.needsClosed' },
]

export const SECTIONS: Section[] = [
  { name: 'policy.caps', fields: [
    days('policy.weeklyCap', ['cadence', 'weeklyCap'], 1, 7), cadence('policy.failedCalls', 'failedCalls'), cadence('policy.failedCallsVisitDays', 'failedCallsVisitDays'),
    days('policy.tolerance', ['cadence', 'tolerancePercent'], 0, 50), cadence('policy.graceDays', 'graceDays'),
    days('policy.minutesVisit', ['cadence', 'minutes', 'HOME_VISIT'], 1, 480), days('policy.minutesCall', ['cadence', 'minutes', 'CALL'], 1, 480),
    days('policy.frailMinutes', ['cadence', 'frailMinutes'], 0, 240),
  ] },
  { name: 'policy.caseDays', fields: [
    cadence('policy.stopEffect', 'stops', 'EFFECT_OR_QUALITY', 'dueDays'), cadence('policy.stopService', 'stops', 'SERVICE', 'dueDays'),
    cadence('policy.stopCompetitor', 'stops', 'COMPETITOR', 'dueDays'), cadence('policy.return', 'return', 'dueDays'), cadence('policy.reaction', 'reaction', 'dueDays'),
    cadence('policy.complaint', 'complaint', 'dueDays'), days('policy.decideDays', ['cases', 'decideDays'], 1, 365),
  ] },
  { name: 'policy.datesTitle', fields: [
    cadence('policy.dateLead', 'dates', 'leadDays'), cadence('policy.dateJoin', 'dates', 'joinDays'), cadence('policy.dateLate', 'dates', 'lateDays'),
    cadence('policy.festivalLead', 'festivalGreeting', 'leadDays'), cadence('policy.festivalJoin', 'festivalGreeting', 'joinDays'), cadence('policy.festivalLate', 'festivalGreeting', 'lateDays'),
  ] },
  { name: 'policy.activityTitle', fields: [
    days('policy.highMonths', ['cadence', 'activity', 'highMonths'], 1, 60), days('policy.lowMonths', ['cadence', 'activity', 'lowMonths'], 1, 60),
    days('policy.dormantMonths', ['cadence', 'activity', 'dormantMonths'], 1, 60), days('policy.churnedMonths', ['cadence', 'activity', 'churnedMonths'], 1, 60),
    days('policy.lapsedMonths', ['cadence', 'activity', 'lapsedMonths'], 1, 60),
  ] },
  { name: 'policy.tiersTitle', fields: [
    days('policy.tierMonths', ['standing', 'tiers', 'months'], 1, 60), days('policy.tierA', ['standing', 'tiers', 'a'], 4, 15),
    days('policy.tierB', ['standing', 'tiers', 'b'], 4, 15), days('policy.tierC', ['standing', 'tiers', 'c'], 4, 15),
  ] },
  { name: 'policy.distancesTitle', fields: [
    ...(['A', 'B', 'C', 'D'] as const).map(tier => days(`policy.distance${tier}`, ['cadence', 'distances', 'tiers', tier], 25, 400)),
    ...([0, 20, 40, 60, 80, 100] as const).map(grade => days(`policy.distance${grade}`, ['cadence', 'distances', 'grades', String(grade)], 25, 400)),
  ] },
  { name: 'policy.thresholds', fields: [
    { path: ['inbox', 'neglectFactor'], name: 'policy.neglectFactor', min: 1, max: 10, step: 0.1 }, days('policy.missedDays', ['inbox', 'missedDays']),
    days('policy.inboxCaseDays', ['inbox', 'caseDays']), days('policy.silentHours', ['inbox', 'silentHours'], 1, 720), days('policy.leaveDays', ['inbox', 'leaveDays']),
    days('policy.farMetres', ['review', 'farMetres'], 50, 100_000), days('policy.shortMinutes', ['review', 'shortMinutes'], 0, 60),
    days('policy.visitsAnHour', ['review', 'visitsPerHour'], 1, 60), days('policy.lateDays', ['review', 'lateDays'], 1),
    days('policy.undoDays', ['moves', 'undoDays']), days('policy.objectionDays', ['moves', 'objectionDays']),
    { path: ['balance', 'low'], name: 'policy.bandLow', min: 0, max: 200, percent: true }, { path: ['balance', 'high'], name: 'policy.bandHigh', min: 1, max: 300, percent: true },
    { path: ['workload', 'paceTolerance'], name: 'policy.paceTolerance', min: 0, max: 100, percent: true }, days('policy.creditDays', ['workload', 'creditDays'], 1),
    days('policy.leaseHours', ['field', 'leaseHours'], 1, 720),
  ] },
]
