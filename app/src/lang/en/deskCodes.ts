import type { Codes } from '../types'

export default {
  exception: {
    NEGLECTED: 'Neglected', MISSED: 'Missed', NO_ROOM: 'No room', CASE: 'Cases', COMPLAINT: 'Complaints, reactions', REVIEW: 'To look at',
    SILENT_PHONE: 'Silent phones', OVERRIDE: 'Unreasoned forecast', LEAVE: 'Uncovered leave', FORECAST: 'Forecast not renewed',
  },
  next: {
    PLAN_CONTACT: 'Plan a contact', RESCHEDULE: 'Another day', REASSIGN: 'Move accounts', COVER: 'Find cover', WORK_CASE: 'Work on it',
    LOOK: 'Look', CALL_REP: 'Call the rep', ASK_REASON: 'Ask why', SEE_FORECAST: 'See record',
  },
  modelState: { STANDING: 'In use', RETIRED: 'Replaced', KEPT_BACK: 'Kept back' },
  standingCause: {
    BOUGHT: 'an order', RETURNED: 'goods given back', TIME: 'days without an order', RANKS: 'compared with the others', RULES: 'the rules changed', IMPORTED: 'a file was read', CONFIRMED: 'confirmed by a supervisor',
  },
  verdict: { FINE: 'As logged', TALK: 'Talked over' },
  joint: { ASKED: 'Waiting', ACCEPTED: 'Accepted', DECLINED: 'Declined', CANCELLED: 'Taken back' },
  policyFault: {
    range: 'Out of the range allowed', enum: 'No such choice: take another', required: 'Must be filled in', order: 'Must begin before it ends, without overlap',
    text: 'Only text and line breaks', place: 'Braces hold only the words below; brackets come in pairs', length: 'Too long: write less', utf8: 'Holds characters nobody can read',
    type: 'Not the right kind of value', unknown: 'No such rule: take it out', rhythm: 'A sale further off must not bring contacts more often; at most 365 days',
    phaseDay: 'Must come after the phase before and within a year', objectives: 'Choose at least one', festivalDay: 'No day of this calendar', name: 'Needs a name, not too long',
    months: 'Out of the range allowed; low, dormant and off the list must follow one another', tiers: '4 to 15 points; a better tier asks for more', rungs: 'Not less than the grade below, and more in something',
    band: 'The upper end must be at least 2 points above the lower',
  },
  dryRunProblem: { REPLACED: 'you began another one', LOST: 'the server stopped meanwhile: reckon again', BROKEN: 'a fault of the server; its log says more' },
  figure: {
    ACCOUNTS: 'Accounts', LOAD: 'Contacts that take the hours', COVERING: 'Accounts covered', PLANNED: 'Contacts planned', SCHEDULED: 'Contacts to come', DONE: 'Contacts done',
    REMAINING: 'Contacts remaining', REACHED: 'Contacts that reached', ATTEMPTS: 'Attempts', IN_TOUCH: 'Accounts in touch',
    OUT_OF_TOUCH: 'Accounts past their interval', REGULAR: 'Contacts in time', IRREGULAR: 'Contacts past the interval', OVERDUE: 'Overdue contacts',
    NEGLECTED: 'Neglected accounts', REPURCHASES: 'Repurchases after a contact', REFERRALS: 'Accounts referred',
  },
} satisfies Pick<Codes, 'exception' | 'next' | 'verdict' | 'joint' | 'figure' | 'dryRunProblem' | 'policyFault' | 'modelState' | 'standingCause'>
