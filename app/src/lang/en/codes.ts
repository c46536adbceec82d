import type { Same } from '../types'
import type zh from '../zh/codes'

export default {
  kind: { HOME_VISIT: 'Home visit', CALL: 'Call', MESSAGE: 'Message', EVENT: 'Event', STORE: 'At the store' },
  outcome: {
    MET: 'Met', TALKED: 'Talked', SENT: 'Sent', ATTENDED: 'Attended', NOT_HOME: 'Not at home', NO_ANSWER: 'No answer',
    REFUSED: 'Refused', WRONG_NUMBER: 'Wrong number', MOVED_AWAY: 'Moved away', ASKED_TO_COME_BACK: 'Asked to come back',
  },
  review: {
    FAR_FROM_HOME: 'Logged far from the home', TOO_SHORT: 'Very short', MANY_IN_SHORT: 'Many logs in a short time',
    IMPOSSIBLE_TRAVEL: 'No time to travel between the places', COPIED_NOTE: 'The note equals another one',
    CLOCK_AHEAD: 'The phone’s clock is ahead', VERY_LATE: 'Logged very late', AFTER_HANDOVER: 'The account had been handed over',
    AFTER_REVOCATION: 'Delivered after the device was revoked', ITEM_CLOSED: 'The plan item was closed before', OPTED_OUT: 'The customer does not want this channel',
    NEXT_NOT_PLANNED: 'The next step could not be planned',
    NOT_ALL_ORDERED: 'Some contacts were no longer on that day; the others are in the new order',
  },
  horizon: {
    THIS_MONTH: 'Buys this month', WITHIN_2_MONTHS: 'Buys within two months', WITHIN_3_MONTHS: 'Buys within three months',
    LATER: 'Later', UNKNOWN: 'Not known yet',
  },
  horizonShort: {
    THIS_MONTH: 'This month', WITHIN_2_MONTHS: '2 months', WITHIN_3_MONTHS: '3 months', LATER: 'Later', UNKNOWN: 'Unknown',
  },
  status: { OPEN: 'Open', STARTED: 'Started', DONE: 'Done', CANCELLED: 'Cancelled', DROPPED: 'Taken off' },
  source: { PLANNER: 'Planned for you', PERSON: 'Planned by a person' },
  role: { REP: 'Rep', EXPERT: 'Expert', SUPERVISOR: 'Supervisor', MANAGER: 'Manager', ADMIN: 'Administrator' },
  usage: { REGULAR: 'Regularly', IRREGULAR: 'Now and then', NOT_STARTED: 'Not started', STOPPED: 'Stopped' },
  effect: { GOOD: 'Good effect', SOME: 'Some effect', NONE: 'No effect', DISCOMFORT: 'Discomfort' },
  took: { REPURCHASE: 'Will buy again', REFERRAL: 'Named a friend' },
  caseKind: { STOP: 'Stopped', RETURN: 'Return', REACTION: 'Reaction', WIN_BACK: 'Win back', COMPLAINT: 'Complaint' },
  caseStatus: { OPEN: 'Open', WON_BACK: 'Won back', GIVEN_UP: 'Given up', SETTLED: 'Settled' },
  stopCause: { EFFECT_OR_QUALITY: 'Effect or quality', SERVICE: 'Service', COMPETITOR: 'Another brand' },
  step: { SELF_REVIEW: 'Review by yourself', AGREE: 'Agree with the supervisor', VISIT: 'Visit', DECIDE: 'Decide' },
  occasion: { BIRTHDAY: 'Birthday', SPOUSE_BIRTHDAY: 'Spouse’s birthday', ANNIVERSARY: 'Anniversary', OTHER: 'Other day' },
  calendar: { SOLAR: 'Solar', LUNAR: 'Lunar' },
  sex: { FEMALE: 'Female', MALE: 'Male' },
  service: { ON_PRODUCT: 'Uses it', STOPPED: 'Stopped', NOT_YET: 'Not yet' },
  lifecycle: { POTENTIAL: 'Potential', NEW: 'New', ESTABLISHED: 'Established', CHURNED: 'Lost' },
  standingAxis: { GRADE: 'Loyalty grade', TIER: 'Value tier', LIFECYCLE: 'Lifecycle', ACTIVITY: 'Activity' },
  activity: {
    HIGH: 'Buys every month', NORMAL: 'Buys now and then', LOW: 'Nothing for 3 months', DORMANT: 'Nothing for 6 months',
    LAPSED: 'Nothing for a year',
  },
  tier: { A: 'Tier A', B: 'Tier B', C: 'Tier C', D: 'Tier D' },
  forecast: {
    SUPPLY: 'From what was bought', RHYTHM: 'From their own rhythm', POPULATION: 'From similar customers', REP: 'From the rep’s word',
  },
  shed: {
    NO_WORKING_DAY: 'No working day', CUSTOMER_HOURS: 'The customer’s hours do not fit', COMPANION_AWAY: 'The companion is away',
    SAME_DAY_CONTACT: 'Another contact that day', WEEKLY_CAP: 'Enough contacts this week', TOO_LONG: 'Too long for a day',
    NO_CAPACITY: 'No time left', OUTSIDE_PERIOD: 'Outside of the period',
  },
  travel: { WALK: 'On foot', EBIKE: 'Electric bicycle', CAR: 'Car', BUS: 'Bus' },
  error: {
    UNAUTHENTICATED: 'Please sign in again', NOT_FOUND: 'Not there, or not yours any more', INVALID: 'Something is not right, please check',
    CONFLICT: 'Somebody changed the same thing first', REFUSED: 'A rule does not allow this',
    LIMITED: 'Too often, please try again later', INTERNAL: 'The server had a problem, please try again later',
    offline: 'There is no connection now', storage: 'The phone has no room left', locked: 'Please sign in first',
    gateway: 'The network wants you to sign in to it first', server: 'The server cannot be reached now', signedOut: 'Signed out',
  },
  work: {
    waiting: 'Saved on this phone', sending: 'Sending', accepted: 'Delivered', review: 'Delivered, a supervisor will look',
    conflict: 'Conflicts with another change', refused: 'Not accepted',
  },
  command: {
    LogContact: 'Contact log', StartItem: 'Start', CancelItem: 'Cancel a contact', RescheduleItem: 'Move a contact',
    OrderDay: 'Order of the day', PinItem: 'Pin a day', PlanContact: 'Plan a contact', EditAccount: 'Edit an account’s file', AddMember: 'Add a person',
    RemoveMember: 'Remove a person', AddDate: 'Add a day', RemoveDate: 'Remove a day', SetTags: 'Change tags',
    PauseAccount: 'Pause contacts', ResumeAccount: 'Resume contacts', OverrideHorizon: 'Change the expectation',
    EndOverride: 'End the changed expectation', StopAccount: 'Record a stop', ResumeService: 'Resume the product', OpenCase: 'Open a case',
    CompleteCaseStep: 'Complete a step', CloseCase: 'Close a case', RecordPurchase: 'Record a purchase',
    RecordReturn: 'Record a return', AskLeave: 'Ask for leave', AnswerReview: 'Explain a contact',
    ReadHandover: 'Read a handover', ObjectToMove: 'Customer wants their former rep',
  },
} satisfies { [T in keyof typeof zh]: Same<(typeof zh)[T]> }
