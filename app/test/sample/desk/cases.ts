// The board of cases, and who comes along.

import type { Case } from '../../../src/engine/contract'
import { addDays, daysBetween, instantAt } from '../../../src/rules/civil'
import { aCase, ZONE } from '../make'
import { page, refused, type ActsOf, type Facts, type ReadsOf } from './area'
import { EXPERT_SUN, MANAGER, repOf, staffNamed, SUPERVISOR } from './people'
import type { BoardRow, Joint } from './shapes'

type Reads = 'CaseBoard' | 'CaseFigures' | 'Case' | 'CaseNote' | 'StepNotes' | 'FreeTimes' | 'Companions' | 'JointRequests'
type Acts = 'AskJoint' | 'AnswerJoint' | 'CancelJoint' | 'GiveCase' | 'OpenCase' | 'CompleteCaseStep' | 'CloseCase'

export function cases(facts: Facts): { reads: ReadsOf<Reads>; acts: ActsOf<Acts> } {
  const { rows, today } = facts
  const joints: Joint[] = requestsOf(facts)
  const notes = new Map<string, string>(rows.cases.flatMap(c => c.steps.filter(s => s.doneOn && s.kind === 'SELF_REVIEW').map(s => [s.id, '两个月没有上门，女儿不了解产品的用法，被同事劝去买了别家的。'] as const)))
  const file = (id: string): Case => {
    const found = rows.cases.find(c => c.case.id === id)
    if (!found) throw refused('NOT_FOUND', 'case')
    return found
  }
  const put = (next: Case) => {
    rows.cases = rows.cases.map(c => (c.case.id === next.case.id ? next : c))
    return { case: next.case, steps: next.steps }
  }
  const joint = (id: string, change: Partial<Joint>): Joint => {
    const at = joints.findIndex(j => j.id === id)
    const before = joints[at]
    if (!before) throw refused('NOT_FOUND', 'requestId')
    return (joints[at] = { ...before, ...change })
  }
  return {
    reads: {
      CaseBoard: ({ filter, first, after }) => {
        const shown = rows.cases.filter(c => (c.case.status === 'OPEN') === !filter.closed).map(c => rowOf(facts, c, joints))
          .filter(r => (!filter.kinds || filter.kinds.includes(r.case.kind)) && (!filter.owner || r.owner.id === filter.owner) &&
            (!filter.causes || (r.case.cause !== null && filter.causes.includes(r.case.cause))) &&
            (!filter.steps || (r.next !== null && filter.steps.includes(r.next.kind))))
          .sort((a, b) => (a.daysLeft ?? 99) - (b.daysLeft ?? 99))
        return { caseBoard: page(shown, first, after) }
      },
      CaseFigures: () => ({
        caseFigures: [
          { kind: 'STOP', cause: 'EFFECT_OR_QUALITY', opened: 9, open: 2, wonBack: 5, givenUp: 2, settled: 0, late: 1, hoursToContact: 9.5, wonBackRate: 5 / 7 },
          { kind: 'STOP', cause: 'SERVICE', opened: 4, open: 0, wonBack: 4, givenUp: 0, settled: 0, late: 0, hoursToContact: 6, wonBackRate: 1 },
          { kind: 'STOP', cause: 'COMPETITOR', opened: 6, open: 1, wonBack: 2, givenUp: 3, settled: 0, late: 0, hoursToContact: 30.2, wonBackRate: 0.4 },
          { kind: 'REACTION', cause: null, opened: 3, open: 1, wonBack: 0, givenUp: 0, settled: 2, late: 1, hoursToContact: 3, wonBackRate: null },
        ],
      }),
      Case: ({ case: id }) => {
        const c = file(id)
        const reached = rows.logs.filter(l => l.log.accountId === c.case.accountId && l.log.reached && l.log.day >= c.case.openedOn).map(l => l.log.startedAt).sort()[0] ?? null
        return { case: { case: { ...c.case, contactedAt: reached }, steps: c.steps.map(s => ({ ...s, written: notes.has(s.id) })) } }
      },
      CaseNote: ({ case: id }) => ({ caseNote: file(id).note }),
      StepNotes: ({ case: id }) => ({ stepNotes: file(id).steps.flatMap(s => (notes.has(s.id) ? [{ stepId: s.id, note: notes.get(s.id) ?? '' }] : [])) }),
      FreeTimes: ({ from, minutes }) => ({
        freeTimes: [0, 1, 2, 4].flatMap(n => [[540, 690], [840, 1020]].map(([fromMin, toMin]) => ({
          day: addDays(from, n), fromMin: fromMin as number, toMin: toMin as number,
        }))).filter(f => f.toMin - f.fromMin >= minutes),
      }),
      Companions: () => ({ companions: [EXPERT_SUN, SUPERVISOR, MANAGER] }),
      JointRequests: ({ case: about }) => ({
        jointRequests: joints.filter(j => (about ? j.caseId === about : [j.with.id, j.askedBy.id].includes(me(facts).id) && j.day >= today)),
      }),
    },
    acts: {
      AskJoint: ({ input }) => {
        const account = rows.cards.find(c => c.account.id === input.accountId)?.account
        const made: Joint = {
          id: input.id, accountId: input.accountId, accountName: account?.name ?? '', district: account?.district ?? '', caseId: input.caseId ?? null,
          askedBy: me(facts), with: { id: input.withId, name: staffNamed(input.withId).name }, kind: input.kind, day: input.day, at: input.at ?? null,
          minutes: input.minutes || 60, note: input.note, status: 'ASKED', answer: '', itemId: null, createdAt: new Date(facts.now()).toISOString(),
        }
        joints.push(made)
        return { askJoint: made }
      },
      AnswerJoint: ({ input }) => {
        if (!input.accept && !input.answer?.trim()) throw refused('INVALID', 'answer', 'required')
        const day = input.day ?? joints.find(j => j.id === input.requestId)?.day ?? today
        return { answerJoint: joint(input.requestId, { status: input.accept ? 'ACCEPTED' : 'DECLINED', answer: input.answer ?? '', day, ...(input.at ? { at: input.at } : {}) }) }
      },
      CancelJoint: ({ request, why }) => ({ cancelJoint: joint(request, { status: 'CANCELLED', answer: why }) }),
      GiveCase: ({ input }) => {
        const c = file(input.caseId)
        return { giveCase: put({ ...c, case: { ...c.case, ownerId: input.ownerId } }) }
      },
      OpenCase: ({ input }) => {
        if (rows.cases.some(c => c.case.accountId === input.accountId && c.case.kind === input.kind && c.case.status === 'OPEN')) throw refused('REFUSED', 'kind', 'D7')
        const made = aCase({ id: input.id, accountId: input.accountId, kind: input.kind, openedOn: today, dueOn: input.dueOn ?? addDays(today, 1) }, {
          note: input.note ?? '', steps: [
            { id: `${input.id}-1`, seq: 1, kind: 'VISIT', dueOn: addDays(today, 1), doneOn: null, doneBy: null, logId: null },
            { id: `${input.id}-2`, seq: 2, kind: 'DECIDE', dueOn: addDays(today, 30), doneOn: null, doneBy: null, logId: null },
          ],
        })
        rows.cases = [...rows.cases, made]
        return { openCase: { case: made.case, steps: made.steps } }
      },
      CompleteCaseStep: ({ input }) => {
        const c = file(input.caseId)
        if (c.steps.find(s => s.doneOn === null)?.id !== input.stepId) throw refused('REFUSED', 'stepId', 'D7')
        if (input.note) notes.set(input.stepId, input.note)
        return { completeCaseStep: put({ ...c, steps: c.steps.map(s => (s.id === input.stepId ? { ...s, doneOn: today, doneBy: me(facts).id } : s)) }) }
      },
      CloseCase: ({ input }) => {
        const c = file(input.caseId)
        if (!input.why?.trim()) throw refused('INVALID', 'why', 'required')
        return { closeCase: put({ ...c, case: { ...c.case, status: input.as, closedOn: today, closeWhy: input.why } }) }
      },
    },
  }
}

const me = ({ rows }: Facts) => ({ id: rows.world?.user.id ?? '', name: rows.world?.user.name ?? '' })

function rowOf({ rows, today }: Facts, c: Case, joints: Joint[]): BoardRow {
  const at = rows.cards.findIndex(card => card.account.id === c.case.accountId)
  const next = c.case.status === 'OPEN' ? c.steps.find(s => s.doneOn === null) ?? null : null
  const i = rows.items.find(item => item.caseId === c.case.id && item.status === 'OPEN')
  return {
    case: c.case, accountName: rows.cards[at]?.account.name ?? '', tier: rows.cards[at]?.account.tier ?? '', owner: ownerOf(c, at), steps: c.steps,
    next, daysLeft: next && daysBetween(today, next.dueOn), contactedAt: c.case.kind === 'STOP' && c.case.cause === 'COMPETITOR' ? instantAt(c.case.openedOn, 1000, ZONE) : null,
    item: i ? { id: i.id, accountId: i.accountId, repId: i.repId, kind: i.kind, status: i.status, day: i.day, startMin: i.startMin, minutes: i.minutes,
      dueOn: i.dueOn, latestOn: i.latestOn, overdue: i.overdue, urgent: i.urgent } : null,
    joint: joints.find(j => j.caseId === c.case.id && (j.status === 'ASKED' || j.status === 'ACCEPTED')) ?? null,
  }
}

const ownerOf = (c: Case, at: number) => {
  const { id, name } = c.case.ownerId === 'rep-lijing' ? repOf(Math.max(0, at)) : staffNamed(c.case.ownerId)
  return { id, name }
}

function requestsOf({ rows, today }: Facts): Joint[] {
  const at = (n: number) => rows.cards[n]?.account
  const base = { askedBy: { id: repOf(0).id, name: repOf(0).name }, with: { id: EXPERT_SUN.id, name: EXPERT_SUN.name }, answer: '', itemId: null, createdAt: `${addDays(today, -1)}T08:20:00Z` }
  const account = (n: number) => ({ accountId: at(n)?.id ?? '', accountName: at(n)?.name ?? '', district: at(n)?.district ?? '' })
  return rows.cards.length === 0 ? [] : [
    { ...base, ...account(5), id: 'joint-1', caseId: 'case-stop', kind: 'HOME_VISIT', day: addDays(today, 1), at: 570, minutes: 60, note: '说吃了两个月血压没有变化，想请专家当面看看用法。', status: 'ASKED' },
    { ...base, ...account(9), id: 'joint-2', caseId: null, kind: 'CALL', day: today, at: null, minutes: 15, note: '空腹服用后胃胀，请打个电话。', status: 'ASKED' },
    { ...base, ...account(2), id: 'joint-3', caseId: null, kind: 'HOME_VISIT', day: addDays(today, 3), at: 900, minutes: 60, note: '老会员，想做一次家庭健康讲解。', status: 'ACCEPTED', answer: '好的，带上检测仪。' },
  ]
}
