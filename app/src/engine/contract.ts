// What the screens may ask of the engine. The engine runs in a worker: it owns the rows on the phone, the outbox and the
// sync; screens never touch the database or the network themselves. Everything here crosses postMessage: plain data only.

import type * as Api from './graphql'

export type ID = string
/** A day in the company's zone, YYYY-MM-DD. */
export type Day = string
/** An instant, RFC 3339 UTC. */
export type Instant = string
/** A place, WGS-84 degrees; accuracy in metres. */
export type Place = { lat: number; lng: number; accuracy?: number }

// Rows as they came from the server.
export type Card = Api.CardFactsFragment
export type Account = Card['account']
export type Item = Api.SyncedItemFragment
export type Log = NonNullable<Api.ChangesQuery['changes']['logs'][number]>
export type Case = NonNullable<Api.ChangesQuery['changes']['cases'][number]>
export type World = Api.WorldFactsFragment
export type Kind = Api.ContactKind

/** What the server notes of an order of a day that it could not follow in full: nobody needs to look at it. */
export const NOT_ALL_ORDERED: Api.ReviewFlag = 'NOT_ALL_ORDERED'

/** Where a piece of work of this phone is. `review`: on the server, and a supervisor will look at it. */
export type WorkState = 'waiting' | 'sending' | 'accepted' | 'review' | 'conflict' | 'refused'

/** One piece of work: a command made on this phone. Accepted ones stay listed for 14 days. */
export type Work = {
  id: ID
  counter: number
  /** The operation of mobile-schema, such as LogContact. */
  name: CommandName
  /** What it is about, when it is about one account. */
  accountId?: ID
  accountName?: string
  itemId?: ID
  writtenAt: Instant
  state: WorkState
  /** Of a refusal or a conflict: the server's code, field and rule; the screen has the words. */
  code?: string
  field?: string
  rule?: string
  words?: string
  /** Review flags of an accepted contact. */
  review: string[]
  /** Accepted, but the customer has gone to another rep. */
  reassigned: boolean
  /** It waits behind a refused piece of work about the same thing. */
  heldBy?: ID
  photos: { total: number; sent: number; refused: RefusedPhoto[] }
  /** The variables it was made with, so that a refused one can be mended. */
  input: unknown
}

/** A photo of accepted work that the server will not take, as the rule or the code of its answer says. */
export type RefusedPhoto = { id: ID; why: string }

export type SyncState = {
  online: boolean
  /** Something is on its way right now. */
  busy: boolean
  waiting: number
  /** Refused, in conflict, or with photos that were refused: the user must look. */
  needsYou: number
  review: number
  photosWaiting: number
  /** When the server was last heard, by the phone's clock; null before the first time. */
  lastContact: Instant | null
  /** Why the last attempt failed. */
  trouble: null | 'offline' | 'server' | 'gateway' | 'signedOut' | 'storage'
  /** The first pull is still running: part of the rows are here. */
  filling: boolean
}

export type Session =
  | { state: 'none'; logins: string[] } // nobody; logins that were used on this phone
  | { state: 'locked'; login: string; userName: string; why: 'lease' | 'signedOut'; waiting: number } // must sign in to read
  | { state: 'open'; user: World['user']; company: string; zone: string; deviceId: ID }

export type Badge =
  | { kind: 'birthday' | 'date'; inDays: number; label: string; occasion: string; memberName?: string }
  | { kind: 'case'; caseKind: string; cause?: string | null }
  | { kind: 'expert'; name: string }
  | { kind: 'with'; role: string }
  | { kind: 'standIn'; until: Day }
  | { kind: 'frail' | 'urgent' | 'pinned' | 'appointment' | 'newHere' | 'briefUnread' }

/** A planned contact with what its card shows, work of this phone already applied. */
export type ItemCard = {
  item: Item
  name: string
  district: string
  city: string
  address: string
  phone: string
  place: Place | null
  overdue: boolean
  badges: Badge[]
  /** Metres from `here` when it was given, else from the stop before. */
  metres: number | null
  /** What this phone has done about it and the server does not know yet. */
  pending: WorkState | null
}

export type DayView = {
  day: Day
  today: Day
  /** Open from earlier days, longest overdue first; only for today. */
  leftOver: ItemCard[]
  /** In the order of the route; done ones too. */
  items: ItemCard[]
  done: number
  total: number
  minutes: number
  /** Of the order the rep chose, part was no longer open on the day when the server heard of it. */
  notAllOrdered: boolean
  /** Not planned for the day, near and due within a week; for a free half hour. Nearest first, at most 5. */
  nearby: ItemCard[]
}

/** The rest of a day in the order that is best from now on, and what it is like now. */
export type DayOrder = {
  day: Day
  /** Where it begins: the visit under way, the rep's position, the visit made last, the place of the morning, or nobody knows. */
  from: 'started' | 'here' | 'last' | 'start' | 'nowhere'
  /** The new order; `was` counts the old one from 0. */
  visits: { card: ItemCard; start: number; travel: number; was: number }[]
  /** What does not fit into the rest of the day. */
  left: { card: ItemCard; why: 'HOURS_OVER' | 'TOO_FAR' | 'NO_ROOM' }[]
  /** Minutes on the road from now on, in the order of now and in the new one. */
  roadBefore: number
  road: number
  /** When the last thing is over, the way home included. */
  done: number
  /** Contacts outside the hours their customers prefer. */
  missed: number
  /** No order is better. */
  best: boolean
}

/** One row of an account's history, newest first. */
export type Event = { id: ID; at: Instant; day: Day } & (
  | { type: 'log'; log: Log; pending: WorkState | null }
  | { type: 'purchase'; purchase: Card['purchases'][number] }
  | { type: 'return'; return: Card['purchases'][number]['returns'][number] }
  | { type: 'case'; case: Case }
  | { type: 'handover'; handover: Card['handovers'][number]; repName: string }
  | { type: 'cancelled'; item: Item }
  | { type: 'pause'; pause: Card['pauses'][number] }
  | { type: 'override'; override: NonNullable<Card['override']> }
)

/** Ten seconds before the door. */
export type Brief = {
  lastTalk: { day: Day; kind: Kind; by: string; note: string; feeling: string; effect?: string | null } | null
  /** What was agreed and not done yet: next steps of logs. */
  promises: { text: string; on: Day | null; made: Day }[]
  taboos: string
  /** The nearest special dates, within 30 days. */
  dates: { day: Day; inDays: number; label: string; occasion: string; memberName?: string; lunar: boolean }[]
  /** What was bought last, and until when it lasts. */
  supply: { names: string[]; boughtOn: Day; until: Day | null } | null
}

export type AccountView = {
  card: Card
  brief: Brief
  items: ItemCard[]
  cases: Case[]
  events: Event[]
  /** What the customer said against the change of rep, by this phone: the account goes back. Null else. */
  goingBack: string | null
  /** Work of this phone about the account that is not accepted yet. */
  work: Work[]
}

export type AccountSort = 'due' | 'distance' | 'name' | 'lastContact' | 'expected'
export type AccountFilter = {
  /** Name, pinyin (zhangwei, zw), member number, or four to eleven digits of the phone. */
  text?: string
  tags?: string[]
  tiers?: string[]
  horizons?: string[]
  overdueOnly?: boolean
  /** Only those that came from another rep and whose brief is not read. */
  unreadOnly?: boolean
  sort: AccountSort
  here?: Place
  offset: number
  limit: number
}
export type AccountRow = {
  id: ID
  name: string
  number: string
  district: string
  tier: string | null
  horizon: string | null
  tags: string[]
  nextDueOn: Day | null
  overdue: boolean
  lastContactOn: Day | null
  metres: number | null
  pending: boolean
  /** It came from another rep, and the brief is not read. */
  unread: boolean
  /** Until when I stand in for who cares; null for my own. */
  standInUntil: Day | null
}
export type AccountList = {
  rows: AccountRow[]
  total: number
  all: number
  /** How many briefs are not read, whatever the filter. */
  unread: number
  tags: { tag: string; count: number }[]
}

export type DayLoad = {
  day: Day
  /** Minutes of work the day has, 0 on days off. */
  capacity: number
  /** Minutes its contacts and ways take. */
  minutes: number
  visits: number
  calls: number
  holiday: boolean
  onLeave: boolean
  items: ItemCard[]
}
export type WeeksView = { today: Day; days: DayLoad[]; shed: { accountId: ID; name: string; kind: Kind; dueOn: Day; zh: string; en: string }[] }

/** The server's numbers with the accepted and waiting work of this phone counted in. */
export type NumbersView = {
  month: Day
  /** Working days of the month that have passed, as a share from 0 to 1. */
  elapsed: number
  rows: { kind: Kind; planned: number; scheduled: number; done: number; remaining: number; reached: number; attempts: number }[]
}

/** A form that is not finished, kept at each key stroke. */
export type Draft = { key: string; body: unknown; savedAt: Instant; photos: DraftPhoto[] }
export type DraftPhoto = { id: ID; takenAt: Instant; width: number; height: number; bytes: number }

/** What screens can read. Each answer comes from the phone alone. */
export type Queries = {
  session: { args: void; result: Session }
  sync: { args: void; result: SyncState }
  world: { args: void; result: World | null }
  day: { args: { day?: Day; here?: Place }; result: DayView }
  /** The rest of today in the best order; null before the server said what it takes. */
  order: { args: { here?: Place }; result: DayOrder | null }
  item: { args: { id: ID }; result: { card: ItemCard; account: Card } | null }
  account: { args: { id: ID }; result: AccountView | null }
  accounts: { args: AccountFilter; result: AccountList }
  weeks: { args: { from: Day; to: Day }; result: WeeksView }
  numbers: { args: void; result: NumbersView[] }
  work: { args: void; result: Work[] }
  draft: { args: { key: string }; result: Draft | null }
  drafts: { args: void; result: Draft[] }
  draftPhoto: { args: { key: string; id: ID }; result: ArrayBuffer | null }
  /** A photo of a log: from the phone when it is still there, else from the server; null when neither has it now. */
  photo: { args: { id: ID; size: 'thumb' | 'full' }; result: ArrayBuffer | null }
  /** Health facts: asked of the server (the look is written down there). `offline` when there is no connection. */
  health: { args: { account: ID }; result: Api.HealthQuery['health'] | 'offline' | 'refused' }
  /** Devices of the people I lead, and mine; from the server. */
  devices: { args: void; result: Api.DevicesQuery['devices'] | 'offline' | 'refused' }
  /** Staff I lead; from the server. */
  staff: { args: void; result: Api.StaffQuery['staff'] | 'offline' | 'refused' }
}

/** What screens can do offline: mutations of mobile-schema, by name, with their variables but without the ids the engine
 *  makes. Each returns as soon as it is safe on this phone. */
export type Commands = {
  LogContact: { input: Omit<Api.LogContactInput, 'id'> }
  StartItem: { item: ID; at: Instant }
  CancelItem: { input: Omit<Api.CancelItemInput, 'id'> }
  RescheduleItem: { input: Omit<Api.RescheduleItemInput, 'id'> }
  OrderDay: { input: Omit<Api.OrderDayInput, 'id'> }
  PinItem: { item: ID; pinned: boolean }
  PlanContact: { input: Omit<Api.PlanContactInput, 'id'> }
  EditAccount: { input: Omit<Api.EditAccountInput, 'id'> }
  AddMember: { input: Omit<Api.AddMemberInput, 'id'> }
  RemoveMember: { member: ID }
  AddDate: { input: Omit<Api.AddDateInput, 'id'> }
  RemoveDate: { date: ID }
  SetTags: { account: ID; tags: string[] }
  PauseAccount: { input: Omit<Api.PauseAccountInput, 'id'> }
  ResumeAccount: { account: ID }
  OverrideHorizon: { input: Omit<Api.OverrideHorizonInput, 'id'> }
  EndOverride: { account: ID }
  StopAccount: { input: Omit<Api.StopAccountInput, 'id'> }
  ResumeService: { account: ID; why: string }
  OpenCase: { input: Omit<Api.OpenCaseInput, 'id'> }
  CompleteCaseStep: { input: Omit<Api.CompleteCaseStepInput, 'id'> }
  CloseCase: { input: Omit<Api.CloseCaseInput, 'id'> }
  RecordPurchase: { input: Omit<Api.RecordPurchaseInput, 'id'> }
  RecordReturn: { input: Omit<Api.RecordReturnInput, 'id'> }
  AskLeave: { input: Omit<Api.AskLeaveInput, 'id'> }
  AnswerReview: { input: Omit<Api.AnswerReviewInput, 'id'> }
  ReadHandover: { account: ID }
  ObjectToMove: { input: Omit<Api.ObjectToMoveInput, 'id'> }
}
export type CommandName = keyof Commands

/** What desks read of the server, as it is at the moment: queries of mobile-schema by name. They need a connection. */
export type Reads = {
  Inbox: { args: Api.InboxQueryVariables; result: Api.InboxQuery }
  Review: { args: Api.ReviewQueryVariables; result: Api.ReviewQuery }
  Moves: { args: Api.MovesQueryVariables; result: Api.MovesQuery }
  Move: { args: Api.MoveQueryVariables; result: Api.MoveQuery }
  MoveEffect: { args: Api.MoveEffectQueryVariables; result: Api.MoveEffectQuery }
  Receivers: { args: Api.ReceiversQueryVariables; result: Api.ReceiversQuery }
  Balance: { args: Api.BalanceQueryVariables; result: Api.BalanceQuery }
  Covers: { args: Api.CoversQueryVariables; result: Api.CoversQuery }
  LeaveCovers: { args: Api.LeaveCoversQueryVariables; result: Api.LeaveCoversQuery }
  AskedLeaves: { args: Api.AskedLeavesQueryVariables; result: Api.AskedLeavesQuery }
  CaseBoard: { args: Api.CaseBoardQueryVariables; result: Api.CaseBoardQuery }
  CaseFigures: { args: Api.CaseFiguresQueryVariables; result: Api.CaseFiguresQuery }
  Case: { args: Api.CaseQueryVariables; result: Api.CaseQuery }
  LogNote: { args: Api.LogNoteQueryVariables; result: Api.LogNoteQuery }
  CaseNote: { args: Api.CaseNoteQueryVariables; result: Api.CaseNoteQuery }
  StepNotes: { args: Api.StepNotesQueryVariables; result: Api.StepNotesQuery }
  FreeTimes: { args: Api.FreeTimesQueryVariables; result: Api.FreeTimesQuery }
  Companions: { args: Api.CompanionsQueryVariables; result: Api.CompanionsQuery }
  JointRequests: { args: Api.JointRequestsQueryVariables; result: Api.JointRequestsQuery }
  AccountStanding: { args: Api.AccountStandingQueryVariables; result: Api.AccountStandingQuery }
  GradeProposals: { args: Api.GradeProposalsQueryVariables; result: Api.GradeProposalsQuery }
  Workload: { args: Api.WorkloadQueryVariables; result: Api.WorkloadQuery }
  FigureRows: { args: Api.FigureRowsQueryVariables; result: Api.FigureRowsQuery }
  LoadMap: { args: Api.LoadMapQueryVariables; result: Api.LoadMapQuery }
  Pipeline: { args: Api.PipelineQueryVariables; result: Api.PipelineQuery }
  MapPoints: { args: Api.MapPointsQueryVariables; result: Api.MapPointsQuery }
  CompanyFigures: { args: Api.CompanyFiguresQueryVariables; result: Api.CompanyFiguresQuery }
  ForecastRecord: { args: Api.ForecastRecordQueryVariables; result: Api.ForecastRecordQuery }
  Teams: { args: Api.TeamsQueryVariables; result: Api.TeamsQuery }
  Staff: { args: Api.StaffQueryVariables; result: Api.StaffQuery }
  SearchAccounts: { args: Api.SearchAccountsQueryVariables; result: Api.SearchAccountsQuery }
  AccountFile: { args: Api.AccountFileQueryVariables; result: Api.AccountFileQuery }
  Timeline: { args: Api.TimelineQueryVariables; result: Api.TimelineQuery }
  RepWeeks: { args: Api.RepWeeksQueryVariables; result: Api.RepWeeksQuery }
  PlanEffect: { args: Api.PlanEffectQueryVariables; result: Api.PlanEffectQuery }
  PolicyDesk: { args: Api.PolicyDeskQueryVariables; result: Api.PolicyDeskQuery }
  DryRun: { args: Api.DryRunQueryVariables; result: Api.DryRunQuery }
}
export type ReadName = keyof Reads

/** What desks change on the server at once: mutations of mobile-schema by name. Nothing is kept on this device when it fails:
 *  ids in the variables are made when the form opens, so that trying again is the same command. */
export type Acts = {
  Snooze: { args: Api.SnoozeMutationVariables; result: Api.SnoozeMutation }
  SettleReview: { args: Api.SettleReviewMutationVariables; result: Api.SettleReviewMutation }
  MoveAccounts: { args: Api.MoveAccountsMutationVariables; result: Api.MoveAccountsMutation }
  EndMove: { args: Api.EndMoveMutationVariables; result: Api.EndMoveMutation }
  CoverLeave: { args: Api.CoverLeaveMutationVariables; result: Api.CoverLeaveMutation }
  EndCovers: { args: Api.EndCoversMutationVariables; result: Api.EndCoversMutation }
  GrantLeave: { args: Api.GrantLeaveMutationVariables; result: Api.GrantLeaveMutation }
  RefuseLeave: { args: Api.RefuseLeaveMutationVariables; result: Api.RefuseLeaveMutation }
  AskJoint: { args: Api.AskJointMutationVariables; result: Api.AskJointMutation }
  AnswerJoint: { args: Api.AnswerJointMutationVariables; result: Api.AnswerJointMutation }
  CancelJoint: { args: Api.CancelJointMutationVariables; result: Api.CancelJointMutation }
  ProposeGrade: { args: Api.ProposeGradeMutationVariables; result: Api.ProposeGradeMutation }
  AnswerGrade: { args: Api.AnswerGradeMutationVariables; result: Api.AnswerGradeMutation }
  GiveCase: { args: Api.GiveCaseMutationVariables; result: Api.GiveCaseMutation }
  OpenCase: { args: Api.OpenCaseMutationVariables; result: Api.OpenCaseMutation }
  CompleteCaseStep: { args: Api.CompleteCaseStepMutationVariables; result: Api.CompleteCaseStepMutation }
  CloseCase: { args: Api.CloseCaseMutationVariables; result: Api.CloseCaseMutation }
  PlanContact: { args: Api.PlanContactMutationVariables; result: Api.PlanContactMutation }
  RescheduleItem: { args: Api.RescheduleItemMutationVariables; result: Api.RescheduleItemMutation }
  CancelItem: { args: Api.CancelItemMutationVariables; result: Api.CancelItemMutation }
  EndOverride: { args: Api.EndOverrideMutationVariables; result: Api.EndOverrideMutation }
  StartDryRun: { args: Api.StartDryRunMutationVariables; result: Api.StartDryRunMutation }
  AddPolicy: { args: Api.AddPolicyMutationVariables; result: Api.AddPolicyMutation }
  RollBackPolicy: { args: Api.RollBackPolicyMutationVariables; result: Api.RollBackPolicyMutation }
}
export type ActName = keyof Acts

/** Where a command belongs: for holding back later work about the same thing, and for showing it. */
export type About = { accountId?: ID; itemId?: ID; /** A draft to drop and whose photos to take, in the same transaction. */ draft?: string }

export type Failure = { code: string; field?: string; rule?: string; words?: string }

export interface Engine {
  ask<K extends keyof Queries>(name: K, args: Queries[K]['args']): Promise<Queries[K]['result']>

  /** Writes read model, command and photos in one transaction with strict durability, and answers with the command's id.
   *  Rejects with EngineError 'storage' when the phone has no room: nothing was kept then and the draft still is. */
  send<K extends CommandName>(name: K, variables: Commands[K], about: About): Promise<ID>
  /** Replaces a refused or conflicting piece of work by a mended one (new id), at its place. */
  mend<K extends CommandName>(work: ID, variables: Commands[K]): Promise<ID>
  /** Drops a refused or conflicting piece of work for good; its effect on the screens goes too. */
  discard(work: ID): Promise<void>
  /** Drops the photos of a piece of work that the server refused. */
  dropPhotos(work: ID): Promise<void>
  /** Tries a refused or waiting piece of work, and photos of it that were refused, again now. */
  retry(work?: ID): Promise<void>

  putDraft(key: string, body: unknown): Promise<void>
  dropDraft(key: string): Promise<void>
  addDraftPhoto(key: string, photo: DraftPhoto, bytes: ArrayBuffer): Promise<void>
  dropDraftPhoto(key: string, id: ID): Promise<void>

  signIn(login: string, password: string, deviceName: string): Promise<void>
  /** Sends what waits when it can, then seals: work that is left goes up when there is a connection. */
  signOut(): Promise<{ left: number }>
  changePassword(old: string, next: string): Promise<void>
  revokeDevice(user: ID, device: ID, why: string): Promise<void>
  /** Pull and push now; resolves when done or failed. */
  refresh(): Promise<SyncState>

  /** Reads from the server. Rejects with the code `offline` without a connection, else with the server's. */
  read<K extends ReadName>(name: K, args: Reads[K]['args']): Promise<Reads[K]['result']>
  /** Changes something on the server and waits for its answer. Rejects as `read` does. */
  act<K extends ActName>(name: K, args: Acts[K]['args']): Promise<Acts[K]['result']>
  /** Fetches a file of the server, such as an export: a path that begins with a slash. Rejects as `read` does. */
  download(path: string): Promise<{ name: string; type: string; bytes: ArrayBuffer }>

  /** Hears of changes of any tab: which parts of the rows moved. Returns how to stop. */
  on(heard: (topics: Topic[]) => void): () => void
}

/** `rows`: anything of the server's that is kept here; `desk`: something of the people I lead, kept on the server only; `work`: the
 *  outbox; `sync`: SyncState; `session`: who is signed in. */
export type Topic = 'rows' | 'desk' | 'work' | 'sync' | 'session' | 'drafts'

/** One of several things that are wrong with an input: the path of the value, and why in the server's words. */
export type Fault = { field: string; rule?: string; message: string }

/** What a call of the engine rejects with. Codes: those of the API, and `offline`, `storage`, `locked`. Of an input with several
 *  values `faults` are all that is wrong, of which `field` is the first. */
export class EngineError extends Error {
  constructor(readonly code: string, readonly field?: string, readonly rule?: string, message?: string, readonly faults: readonly Fault[] = []) {
    super(message ?? code)
    this.name = 'EngineError'
  }
}
