package auth

// Action is one thing a user may do. Every use case asks for exactly one before it touches the store.
type Action string

// The actions. Which accounts they reach is not said here but by Viewer.Scope.
const (
	OwnLogin Action = "OWN_LOGIN" // read oneself, change the own password, end own sessions and devices
	PushWork Action = "PUSH_WORK" // deliver what was done on a device; each command asks for its own action

	ReadAccounts    Action = "READ_ACCOUNTS"    // accounts, their plan, timeline and reasons, within scope
	ReadHealth      Action = "READ_HEALTH"      // sealed health data of accounts in scope; every look is audited (D23)
	EditFile        Action = "EDIT_FILE"        // the four-part file of D10
	LogContact      Action = "LOG_CONTACT"      // start and log a contact, late or in time
	PlanContact     Action = "PLAN_CONTACT"     // ad-hoc contact, reschedule, cancel, pin
	PauseAccount    Action = "PAUSE_ACCOUNT"    // pause and resume one account
	PauseArea       Action = "PAUSE_AREA"       // pause and resume every account of an area
	StopAccount     Action = "STOP_ACCOUNT"     // stop with a cause, which opens a case (D7)
	RecordPurchase  Action = "RECORD_PURCHASE"  // an order of an account
	RecordReturn    Action = "RECORD_RETURN"    // goods that came back
	OverrideHorizon Action = "OVERRIDE_HORIZON" // the rep's own word against the forecast, with reason and expiry
	ProposeGrade    Action = "PROPOSE_GRADE"    // another loyalty grade (D1)
	ConfirmGrade    Action = "CONFIRM_GRADE"    // or refuse it

	WorkCase   Action = "WORK_CASE"   // do steps of a case
	DecideCase Action = "DECIDE_CASE" // the supervisor's or manager's step: agree a way, swap the rep, give up (D7, D15)
	Reassign   Action = "REASSIGN"    // move accounts to another rep (D9)
	AnswerMove Action = "ANSWER_MOVE" // read the brief of a handover, say that a customer objects (D9)
	AskLeave   Action = "ASK_LEAVE"   // ask for days off
	GrantLeave Action = "GRANT_LEAVE" // grant or refuse them
	PlanReps   Action = "PLAN_REPS"   // plan other people's weeks anew

	ReadTeam    Action = "READ_TEAM"    // workload and results of a team (D30)
	ReadCompany Action = "READ_COMPANY" // figures of all stores (D29)

	Import       Action = "IMPORT"        // load members, reps and orders from files
	Export       Action = "EXPORT"        // take them out
	ManageUsers  Action = "MANAGE_USERS"  // add, reset, disable users; stores and teams
	ReadPolicy   Action = "READ_POLICY"   // the rules that made the plan
	ChangePolicy Action = "CHANGE_POLICY" // a new version of them
	ReadAudit    Action = "READ_AUDIT"    // who did and saw what; entries about accounts only within scope
)

// Actions lists every action, in the order of the constants. The caller owns the slice.
func Actions() []Action {
	return []Action{
		OwnLogin, PushWork,
		ReadAccounts, ReadHealth, EditFile, LogContact, PlanContact, PauseAccount, PauseArea, StopAccount,
		RecordPurchase, RecordReturn, OverrideHorizon, ProposeGrade, ConfirmGrade,
		WorkCase, DecideCase, Reassign, AnswerMove, AskLeave, GrantLeave, PlanReps,
		ReadTeam, ReadCompany,
		Import, Export, ManageUsers, ReadPolicy, ChangePolicy, ReadAudit,
	}
}
