package cadence

import (
	"strconv"

	"huifang/civil"
)

// Policy is every number an organisation can change; DefaultPolicy holds the domain's and our defaults. All spans are days
// unless their name says otherwise.
type Policy struct {
	// Rhythms are the distances between contacts by horizon (D4); UNKNOWN is routine care (D3).
	Rhythms map[Horizon]Rhythm `json:"rhythms"`
	// Potential is the rhythm of members who have not bought (D13).
	Potential Rhythm `json:"potential"`
	// Dormant replaces the rhythm of a dormant account with no sale in sight (D14).
	Dormant Rhythm `json:"dormant"`
	// WinBack is the rhythm until the deadline of a plan to win back (D15).
	WinBack Rhythm `json:"winBack"`
	// Distances stretch or shorten the rhythms but that of winning back by who the customer is.
	Distances Distances `json:"distances"`

	// Onboarding are the phases of D2 in the order of their days.
	Onboarding         []Phase `json:"onboarding"`
	OnboardingPriority int     `json:"onboardingPriority"`
	// OnboardingGapDays is the least distance of a phase from the one before when that was late.
	OnboardingGapDays int `json:"onboardingGapDays"`
	// OnboardingGraceDays after its day an unmet last phase is given up and routine care begins.
	OnboardingGraceDays int `json:"onboardingGraceDays"`

	// Stops tell what a stopped account needs by cause (D7); Return and Reaction what holds the ladder needs (D2); Complaint
	// what a complaint needs (D18).
	Stops     map[StopCause]CaseRule `json:"stops"`
	Return    CaseRule               `json:"return"`
	Reaction  CaseRule               `json:"reaction"`
	Complaint CaseRule               `json:"complaint"`

	// Dates greet special dates, Festivals are greeted by FestivalGreeting (D6 b, c).
	Dates            Greeting   `json:"dates"`
	FestivalGreeting Greeting   `json:"festivalGreeting"`
	Festivals        []Festival `json:"festivals"`
	// Activation wakes accounts of low activity beside their rhythm (D14).
	Activation map[Activity]Activation `json:"activation"`
	Activity   ActivityRule            `json:"activity"`

	// Minutes a contact takes by kind; FrailMinutes are added to a home visit of a frail account (D5).
	Minutes      map[Kind]int `json:"minutes"`
	FrailMinutes int          `json:"frailMinutes"`
	// TolerancePercent is how far earliest and latest lie from due, as a share of the interval; never under one day.
	TolerancePercent int `json:"tolerancePercent"`
	// GraceDays is how long overdue work may still be placed, counted from today.
	GraceDays int `json:"graceDays"`
	// WeeklyCap is the most contact days in any seven days (D19). It always holds, for urgent contacts too: they come
	// first under it.
	WeeklyCap int `json:"weeklyCap"`
	// FailedCalls in a row on so many days make a visit due within FailedCallsVisitDays.
	FailedCalls          int `json:"failedCalls"`
	FailedCallsVisitDays int `json:"failedCallsVisitDays"`
}

// Rhythm is the distance between contacts of a kind; 0 means none of that kind.
type Rhythm struct {
	CallEvery  int `json:"callEvery"`
	VisitEvery int `json:"visitEvery"`
	Priority   int `json:"priority"`
}

// Distances are in percent of what a rhythm says, by value tier (D12) and by loyalty grade (D1); both multiply, and what is not named
// is 100.
type Distances struct {
	Tiers  map[string]int `json:"tiers"`
	Grades map[string]int `json:"grades"`
}

// of is the percentage for an account.
func (d Distances) of(tier string, grade int) int {
	percent := func(of map[string]int, key string) int {
		if p, found := of[key]; found {
			return p
		}
		return 100
	}
	return (percent(d.Tiers, tier)*percent(d.Grades, strconv.Itoa(grade)) + 50) / 100
}

// Most is the largest percentage any account can have.
func (d Distances) Most() int {
	most := func(of map[string]int) int {
		out := 100
		for _, p := range of {
			out = max(out, p)
		}
		return out
	}
	return most(d.Tiers) * most(d.Grades) / 100
}

// stretched is the rhythm at a percentage of its distances, each at least a day.
func (r Rhythm) stretched(percent int) Rhythm {
	stretch := func(every int) int {
		if every == 0 {
			return 0
		}
		return max(1, (every*percent+50)/100)
	}
	r.CallEvery, r.VisitEvery = stretch(r.CallEvery), stretch(r.VisitEvery)
	return r
}

// Phase is one rung of the onboarding ladder (D2).
type Phase struct {
	Day    int    `json:"day"`
	Kind   Kind   `json:"kind"`
	OrKind Kind   `json:"orKind,omitempty"`
	By     Role   `json:"by"`
	With   []Role `json:"with,omitempty"`
	// OrBy makes the contact when it is made as OrKind, empty for By.
	OrBy Role `json:"orBy,omitempty"`
	// HomeAfterCalls makes the phase a home visit when the phases before brought none.
	HomeAfterCalls bool        `json:"homeAfterCalls,omitempty"`
	Objectives     []Objective `json:"objectives"`
}

// CaseRule is what an open case asks for until it is closed (D7).
type CaseRule struct {
	DueDays int    `json:"dueDays"`
	Kind    Kind   `json:"kind"`
	OrKind  Kind   `json:"orKind,omitempty"`
	By      Role   `json:"by"`
	With    []Role `json:"with,omitempty"`
	// Instead are others who may be sent in place of By.
	Instead    []Role      `json:"instead,omitempty"`
	Objectives []Objective `json:"objectives"`
	Priority   int         `json:"priority"`
	// FollowUpEvery is the distance of the contacts after the first while the case stays open, 0 for none.
	FollowUpEvery int  `json:"followUpEvery"`
	FollowUpKind  Kind `json:"followUpKind"`
}

// Greeting is how a date or festival is greeted.
type Greeting struct {
	Kind   Kind `json:"kind"`
	OrKind Kind `json:"orKind,omitempty"`
	// LeadDays before the day the rep is reminded and may greet (D16).
	LeadDays int `json:"leadDays"`
	// JoinDays is how near a contact must lie for the greeting to join it.
	JoinDays int `json:"joinDays"`
	// LateDays after the day a missed greeting is still made.
	LateDays int `json:"lateDays"`
	Priority int `json:"priority"`
}

// Festival is a day everyone is greeted on (D6 c). Code is part of keys: never change it.
type Festival struct {
	Code     string   `json:"code"`
	ZH       string   `json:"zh"`
	EN       string   `json:"en"`
	Calendar Calendar `json:"calendar"`
	Month    int      `json:"month"`
	Day      int      `json:"day"`
	// Kind overrides the kind of FestivalGreeting, empty to keep it.
	Kind Kind `json:"kind,omitempty"`
}

// Activation is how an account of low activity is woken (D14).
type Activation struct {
	Kind     Kind   `json:"kind"`
	OrKind   Kind   `json:"orKind,omitempty"`
	Every    int    `json:"every"`
	Script   string `json:"script"`
	Priority int    `json:"priority"`
}

// ActivityRule are the thresholds of D13 and D14 in months without a purchase; HighMonths in a row with one are HIGH.
type ActivityRule struct {
	HighMonths    int `json:"highMonths"`
	LowMonths     int `json:"lowMonths"`
	DormantMonths int `json:"dormantMonths"`
	LapsedMonths  int `json:"lapsedMonths"`
	ChurnedMonths int `json:"churnedMonths"`
}

// tolerance is how far a contact may lie from its due day when it comes every so many days.
func (p Policy) tolerance(every int) civil.Date {
	if every < 2 {
		return 0
	}
	return civil.Date(max(1, every*p.TolerancePercent/100))
}

// ladderDays is the day of the last phase, counted from the purchase.
func (p Policy) ladderDays() civil.Date {
	if len(p.Onboarding) == 0 {
		return 0
	}
	return civil.Date(p.Onboarding[len(p.Onboarding)-1].Day)
}

// minutes a contact takes.
func (p Policy) minutes(kind Kind, frail bool) int {
	if frail && kind == HomeVisit {
		return p.Minutes[kind] + p.FrailMinutes
	}
	return p.Minutes[kind]
}
