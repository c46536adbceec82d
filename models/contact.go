package models

import (
	"slices"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// ItemStatus is where a plan item stands.
type ItemStatus string

// The states of a plan item. Open and started ones are "open" for every list and number.
const (
	ItemOpen      ItemStatus = "OPEN"
	ItemStarted   ItemStatus = "STARTED"
	ItemDone      ItemStatus = "DONE"
	ItemCancelled ItemStatus = "CANCELLED" // by a person, with a reason
	ItemDropped   ItemStatus = "DROPPED"   // by the planner: no longer due
)

// ItemSource is who put an item into the plan.
type ItemSource string

// Planner items follow the rules and may move; manual ones and appointments stay where a person put them.
const (
	FromPlanner ItemSource = "PLANNER"
	FromPerson  ItemSource = "PERSON"
)

// PlanItem is one contact that should happen (计划项): account, rep, kind, day, order in the day, reasons.
type PlanItem struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	RepID     id.ID
	// DemandKey names the demand of cadence it answers; one open item per account and key. Empty for ad-hoc items.
	DemandKey string
	Kind      cadence.Kind
	OrKind    cadence.Kind
	Status    ItemStatus
	Source    ItemSource
	// Day and StartMin are when it is planned; Seq is the order in the rep's day.
	Day      civil.Date
	StartMin int
	Seq      int
	Minutes  int
	Travel   int // minutes from the place before
	// AtFixed: the minute is an appointment with the customer. Pinned: the day stays.
	AtFixed bool
	Pinned  bool

	EarliestOn civil.Date
	DueOn      civil.Date
	LatestOn   civil.Date
	Priority   int
	Urgent     bool
	By         cadence.Role
	With       []cadence.Role      `gorm:"column:with_roles;serializer:json"`
	ExpertID   *id.ID              // the expert or manager named to come along
	Objectives []cadence.Objective `gorm:"serializer:json"`
	Script     string
	// AlsoScripts are the scripts of what joined this contact.
	AlsoScripts []string         `gorm:"serializer:json"`
	Reasons     []cadence.Reason `gorm:"serializer:json"`
	// Joined are demands of the rules that an item a person fixed takes up beside its own reason.
	Joined []Joined `gorm:"serializer:json"`
	Note   string
	CaseID *id.ID

	StartedAt *time.Time
	ClosedAt  *time.Time
	// DoneBy made the contact that closed the item, on the day DoneOn: it counts for them, whoever holds the account.
	DoneBy *id.ID
	DoneOn *civil.Date
	// ClosedWhy is the reason of a cancellation.
	ClosedWhy string
	// MovedTo is the item that replaces a cancelled one with a chosen next date.
	MovedTo   *id.ID
	CreatedBy *id.ID
	CreatedAt time.Time
	UpdatedAt time.Time
}

// Joined is a demand of the rules that an item somebody fixed takes up.
type Joined struct {
	Key        string              `json:"key"`
	Script     string              `json:"script,omitempty"`
	Objectives []cadence.Objective `json:"objectives,omitempty"`
	Reasons    []cadence.Reason    `json:"reasons"`
}

// AllReasons are the item's own reasons and those of what joined it.
func (i PlanItem) AllReasons() []cadence.Reason {
	all := slices.Clone(i.Reasons)
	for _, j := range i.Joined {
		all = append(all, j.Reasons...)
	}
	return all
}

// AllObjectives are the item's own objectives and those of what joined it, each once.
func (i PlanItem) AllObjectives() []cadence.Objective {
	all := slices.Clone(i.Objectives)
	for _, j := range i.Joined {
		for _, o := range j.Objectives {
			if !slices.Contains(all, o) {
				all = append(all, o)
			}
		}
	}
	return all
}

// ShedItem is a demand the plan of a rep has no room for, ranked, with the reason (design §5.3).
type ShedItem struct {
	ID        id.ID `gorm:"primaryKey"`
	RepID     id.ID
	AccountID id.ID
	DemandKey string
	Rank      int
	Kind      cadence.Kind
	DueOn     civil.Date
	Priority  int
	Why       string           // a schedule.ShedReason
	Reasons   []cadence.Reason `gorm:"serializer:json"`
	Room      []Room           `gorm:"serializer:json"`
}

// Room is a way to make room for a demand that found none.
type Room struct {
	Way       string     `json:"way"` // a schedule.Way
	Day       civil.Date `json:"day"`
	AccountID *id.ID     `json:"account,omitempty"` // whose contact could be let go
}

// ContactLog is what happened (回访记录). Its ID is made by the phone: logging twice is logging once.
type ContactLog struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	UserID    id.ID        // who made the contact: fixed when written, not when sent
	ByRole    cadence.Role // as what
	ItemID    *id.ID
	// Fulfils is the demand key it answered.
	Fulfils   string
	Kind      cadence.Kind
	Outcome   cadence.Outcome
	Day       civil.Date // of StartedAt, in the store's zone
	StartedAt time.Time
	EndedAt   *time.Time
	Lat, Lng  *float64
	Accuracy  *float64 // metres
	// Usage and Effect are answers about the product: see care for their values.
	Usage      string
	Effect     string
	Reaction   bool                // an adverse reaction: opens a case
	Objectives []cadence.Objective `gorm:"serializer:json"`
	Feeling    string
	Note       Sealed   // may speak of health
	Present    []string `gorm:"serializer:json"`
	Took       []Took   `gorm:"serializer:json"` // what it brought
	NextStep   string
	NextOn     *civil.Date
	NextKind   cadence.Kind
	// Late: logged for a demand after its due day. Review: a supervisor should look, and why; never blocks.
	Late   bool
	Review string
	// SinceLast is how many days after the contact before it reached the customer; nil when it is the first, or an attempt.
	// DueEvery is how many days the rules allowed then; 0 when they asked for no rhythm.
	SinceLast *int
	DueEvery  int
	// BodyHash is of the command as sent: same id and other content is a CONFLICT.
	BodyHash  []byte
	CreatedAt time.Time // when the server took it
}

// Took is what a contact brought (D8, D22).
type Took string

// What a contact can bring.
const (
	TookRepurchase Took = "REPURCHASE"
	TookReferral   Took = "REFERRAL"
)

// CaseKind is what a case is about.
type CaseKind string

// The kinds of case.
const (
	StopCase      CaseKind = "STOP"
	ReturnCase    CaseKind = "RETURN"
	ReactionCase  CaseKind = "REACTION"
	WinBackCase   CaseKind = "WIN_BACK"
	ComplaintCase CaseKind = "COMPLAINT" // D18
)

// CaseStatus is where a case stands.
type CaseStatus string

// Open, or ended: won back, given up with a reason (D15), or settled (returns, reactions and complaints).
const (
	CaseOpen    CaseStatus = "OPEN"
	CaseWonBack CaseStatus = "WON_BACK"
	CaseGivenUp CaseStatus = "GIVEN_UP"
	CaseSettled CaseStatus = "SETTLED"
)

// Case is trouble with an account that has an owner, steps with due times, and an end (D7).
type Case struct {
	ID         id.ID `gorm:"primaryKey"`
	AccountID  id.ID
	Kind       CaseKind
	Cause      cadence.StopCause // of a STOP case
	Status     CaseStatus
	OwnerID    id.ID
	OpenedOn   civil.Date
	DueOn      civil.Date
	PurchaseID *id.ID
	Note       Sealed
	// ContactedAt is the first contact that reached the customer after the case was opened.
	ContactedAt *time.Time
	ClosedOn    *civil.Date
	CloseWhy    string
	CreatedBy   id.ID
	CreatedAt   time.Time
	UpdatedAt   time.Time
}

// StepKind is what a step of a case asks for.
type StepKind string

// The steps of D7.
const (
	StepSelfReview StepKind = "SELF_REVIEW" // rep writes what went wrong
	StepAgree      StepKind = "AGREE"       // supervisor or manager agrees a way
	StepVisit      StepKind = "VISIT"       // the visit
	StepDecide     StepKind = "DECIDE"      // won back or given up
)

// CaseStep is one step of a case, in order.
type CaseStep struct {
	ID     id.ID `gorm:"primaryKey"`
	CaseID id.ID
	Seq    int
	Kind   StepKind
	DueOn  civil.Date
	DoneOn *civil.Date
	DoneBy *id.ID
	LogID  *id.ID
	Note   Sealed
}

// Written tells whether something was written when the step was done.
func (s CaseStep) Written() bool { return len(s.Note) > 0 }

// Command is the record of an idempotent mutation that makes no row of its own name: same id and body, same answer.
type Command struct {
	ID        id.ID `gorm:"primaryKey"` // made by the client
	UserID    id.ID
	Name      string
	BodyHash  []byte
	ResultID  *id.ID
	CreatedAt time.Time
}
