// One row of each kind with the values most tests do not care about.

import type { Card, Case, Item, Log, World } from '../../src/engine/contract'

type Account = Card['account']

export const REP = 'rep-lijing'
export const BEFORE = 'rep-zhaolei'
export const EXPERT = 'expert-sunmin'
export const ZONE = 'Asia/Shanghai'

export const anAccount = (facts: Partial<Account> & { id: string }): Account => ({
  number: `JN${facts.id}`, storeId: 'store-1', repId: REP, version: 1, name: '张秀英', sex: 'FEMALE', birthYear: 1951,
  phone: '', address: '', district: '历下区', city: '济南', lat: null, lng: null, frail: false, employer: '', job: '',
  budget: null, wishes: '', manner: '', looks: '', habits: '', hobbies: [], interests: [], brings: '',
  expectedNextOn: null, taboos: '', preferred: [], quiet: [], optOuts: [], service: 'ON_PRODUCT', stopCause: null,
  lifecycle: 'ESTABLISHED', activity: 'NORMAL', grade: 40, tier: 'B', source: '', referredBy: null,
  since: '2025-01-01', lastContactOn: null, lastVisitOn: null, lastPurchaseOn: null, purchases: 0, spent: 0,
  horizon: 'WITHIN_2_MONTHS', expectedOn: null, nextDueOn: null, ...facts,
})

export const aCard = (account: Partial<Account> & { id: string }, facts: Partial<Omit<Card, 'account'>> = {}): Card => ({
  account: anAccount(account), pinyin: 'zhangxiuying zxy', repName: '李静', projection: null, evidence: [], override: null,
  members: [], dates: [], nextDates: [], tags: [], pauses: [], purchases: [], handovers: [], brief: null, standIn: null, ...facts,
})

export const anItem = (facts: Partial<Item> & { id: string; accountId: string; day: string }): Item => ({
  repId: REP, kind: 'CALL', orKind: null, status: 'OPEN', source: 'PLANNER', startMin: 540, minutes: 10, atFixed: false,
  pinned: false, earliestOn: facts.day, dueOn: facts.day, latestOn: facts.day, overdue: false, urgent: false, by: 'REP',
  with: [], script: 'ROUTINE', note: '', caseId: null, startedAt: null, closedAt: null, closedWhy: '', movedTo: null,
  seq: 1, travel: 0, priority: 50, expertId: null, reasons: [], objectives: [], ...facts,
})

type LogFacts = Partial<Log['log']> & { id: string; accountId: string; day: string; startedAt: string }

export const aLog = (facts: LogFacts, around: Partial<Omit<Log, 'log'>> = {}): Log => ({
  log: {
    userId: REP, byRole: 'REP', itemId: null, kind: 'CALL', outcome: 'TALKED', reached: true, endedAt: null, usage: null,
    effect: null, reaction: false, objectives: [], feeling: '', present: [], nextStep: '', nextOn: null, nextKind: null,
    late: false, review: [], took: [], ...facts,
  },
  userName: '李静', note: '', photos: [], odd: null, ...around,
})

/** The review of a contact that looked odd, as nobody has looked at it yet. */
export const anOdd = ({ log }: Log, facts: Partial<NonNullable<Log['odd']>> = {}): NonNullable<Log['odd']> => ({
  logId: log.id, flags: log.review, open: true, answer: '', answeredAt: null, verdict: null, why: '', settledAt: null, ...facts,
})

export const aCase = (facts: Partial<Case['case']> & { id: string; accountId: string }, around: Partial<Case> = {}): Case => ({
  case: {
    kind: 'STOP', cause: null, status: 'OPEN', ownerId: REP, openedOn: '2026-07-01', dueOn: '2026-07-03', purchaseId: null,
    closedOn: null, closeWhy: '', ...facts,
  },
  steps: [], note: '', ...around,
})

export const aWorld = (facts: Partial<World> = {}): World => ({
  user: { id: REP, name: '李静', role: 'REP', lang: 'ZH', mode: 'EBIKE', storeId: 'store-1', teamId: 'team-1' },
  company: '济南康健', zone: ZONE, today: '2026-07-06', people: [], products: [], leaves: [], numbers: [], calendar: [],
  shed: [], scripts: [], ...facts,
  routing: {
    startLat: 36.651, startLng: 117.12, detour: 1.3, kmPerHour: 18, wish: 15, visitHours: [{ from: 510, to: 1200 }],
    callHours: [{ from: 540, to: 720 }, { from: 810, to: 1230 }], ...facts.routing,
  },
})
