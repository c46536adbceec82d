// Package cadence says which contacts an account needs, when, and why: rules D2–D7 and D13–D16.
//
// It is pure: facts and a policy in, demands out. It knows no clock, no database, no randomness, and no rep:
// whether a day has room for a demand is the business of package schedule.
package cadence

import "huifang/civil"

// Kind is a way to be in touch (回访方式).
type Kind string

// The kinds of contact.
const (
	HomeVisit  Kind = "HOME_VISIT"
	Call       Kind = "CALL"
	Message    Kind = "MESSAGE"
	Event      Kind = "EVENT"
	StoreVisit Kind = "STORE"
)

// Role is who makes a contact or comes along.
type Role string

// The people of a contact.
const (
	Rep        Role = "REP"
	Expert     Role = "EXPERT"
	Supervisor Role = "SUPERVISOR"
	Manager    Role = "MANAGER"
)

// Horizon is how soon the next sale is projected (续购期, D4).
type Horizon string

// The horizons, nearest first. HorizonUnknown means routine care by D3.
const (
	ThisMonth      Horizon = "THIS_MONTH"
	WithinTwo      Horizon = "WITHIN_2_MONTHS"
	WithinThree    Horizon = "WITHIN_3_MONTHS"
	Later          Horizon = "LATER"
	HorizonUnknown Horizon = "UNKNOWN"
)

// Service tells whether the account still uses the product.
type Service string

// On product or stopped (在服 / 停服). None is a member who has not bought yet.
const (
	OnProduct Service = "ON_PRODUCT"
	Stopped   Service = "STOPPED"
	NotYet    Service = "NOT_YET"
)

// StopCause is why an account stopped (D7).
type StopCause string

// The causes of D7.
const (
	EffectOrQuality StopCause = "EFFECT_OR_QUALITY"
	BadService      StopCause = "SERVICE"
	Competitor      StopCause = "COMPETITOR"
)

// Lifecycle is 潜在/新/老/流失 (D13).
type Lifecycle string

// The lifecycle of D13.
const (
	Potential   Lifecycle = "POTENTIAL"
	New         Lifecycle = "NEW"
	Established Lifecycle = "ESTABLISHED"
	Churned     Lifecycle = "CHURNED"
)

// Activity is 活动量 (D14).
type Activity string

// The activity levels of D14.
const (
	HighActivity   Activity = "HIGH"
	NormalActivity Activity = "NORMAL"
	LowActivity    Activity = "LOW"
	Dormant        Activity = "DORMANT"
	Lapsed         Activity = "LAPSED"
)

// Outcome is what came of a contact.
type Outcome string

// The outcomes. Only Met, Talked, Sent and Attended reached the customer.
const (
	Met         Outcome = "MET"      // home or store visit: the customer was there
	Talked      Outcome = "TALKED"   // call: spoke with the customer
	Sent        Outcome = "SENT"     // message delivered
	Attended    Outcome = "ATTENDED" // event: the customer came
	NotHome     Outcome = "NOT_HOME"
	NoAnswer    Outcome = "NO_ANSWER"
	Refused     Outcome = "REFUSED"
	WrongNumber Outcome = "WRONG_NUMBER"
	Moved       Outcome = "MOVED_AWAY"
	ComeBack    Outcome = "ASKED_TO_COME_BACK"
)

// Occasion is what a special date celebrates (D6 b).
type Occasion string

// The occasions.
const (
	Birthday       Occasion = "BIRTHDAY"
	SpouseBirthday Occasion = "SPOUSE_BIRTHDAY"
	Anniversary    Occasion = "ANNIVERSARY"
	OtherOccasion  Occasion = "OTHER"
)

// Calendar is the calendar a special date follows.
type Calendar string

// Solar or lunar.
const (
	Solar Calendar = "SOLAR"
	Lunar Calendar = "LUNAR"
)

// Objective is one line of the checklist of an onboarding phase or a case, ticked in the log (D2).
type Objective string

// The objectives of D2 by phase. CheckUse belongs to phases 2 and 3.
const (
	Thank            Objective = "THANK"
	PreventReturn    Objective = "PREVENT_RETURN"
	GuideUse         Objective = "GUIDE_USE"
	AgreeCheckup     Objective = "AGREE_CHECKUP"
	CheckUse         Objective = "CHECK_USE"
	RecordEffect     Objective = "RECORD_EFFECT"
	GuideNoEffect    Objective = "GUIDE_NO_EFFECT"
	FurtherPlan      Objective = "FURTHER_PLAN"
	SpotCore         Objective = "SPOT_CORE"
	DeepenBond       Objective = "DEEPEN_BOND"
	PrepareReferral  Objective = "PREPARE_REFERRAL"
	InviteEvent      Objective = "INVITE_EVENT"
	CompareEffect    Objective = "COMPARE_EFFECT"
	DispelDoubts     Objective = "DISPEL_DOUBTS"
	RecordFile       Objective = "RECORD_FILE"
	GrowDevoted      Objective = "GROW_DEVOTED"
	MonthEffect      Objective = "MONTH_EFFECT"
	Encourage        Objective = "ENCOURAGE"
	AgreeTestimonial Objective = "AGREE_TESTIMONIAL"
	GroundReferral   Objective = "GROUND_REFERRAL"
)

// The objectives of cases: stops, returns, reactions (D7).
const (
	HearReason     Objective = "HEAR_REASON"
	Apologise      Objective = "APOLOGISE"
	AgreeRemedy    Objective = "AGREE_REMEDY"
	RecordSymptoms Objective = "RECORD_SYMPTOMS"
	ExpertAdvice   Objective = "EXPERT_ADVICE"
)

// Demand is one contact an account needs: between Earliest and Latest, best on Due.
type Demand struct {
	// Key is stable while the facts it follows from stand: replanning meets the same demand under the same key.
	Key  string
	Kind Kind
	// OrKind is another kind that answers the demand as well, empty when only Kind does ("home or call", D2).
	OrKind                Kind
	Earliest, Due, Latest civil.Date
	Minutes               int
	// By makes the contact; With come along (D2 phases 4 and 5, D7).
	By   Role
	With []Role
	// OrBy makes it when it is made as OrKind, empty for By: phase 4 is a home visit by the rep or a call by an expert.
	OrBy Role
	// Instead are others who may be sent in place of By (D7).
	Instead    []Role
	Objectives []Objective
	// Script is the talk script's reason: ONBOARDING_1 … ONBOARDING_5, BIRTHDAY, FESTIVAL, STOP_EFFECT, ROUTINE … (D20).
	Script string
	// AlsoScripts are the scripts of what joined this contact.
	AlsoScripts []string
	// Priority orders what is shed first; higher is more important. Urgent demands come before all others (D7).
	Priority int
	Urgent   bool
	// Reasons say why, each with its rule; the first is the main one.
	Reasons []Reason
}

// Reason is why a contact is due: a rule of the domain, a code, and the facts its words need.
type Reason struct {
	Rule string            `json:"rule"` // "D4"
	Code string            `json:"code"` // "HORIZON_VISIT"
	Args map[string]string `json:"args,omitempty"`
}
