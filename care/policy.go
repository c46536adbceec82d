package care

import (
	"errors"
	"fmt"
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/models"
	"huifang/schedule"
)

// Policy is everything an organisation may change about the care of its accounts: one versioned document with a day
// from which it is in force. What a version leaves out keeps the default, field by field; a list replaces the default list.
type Policy struct {
	Cadence  cadence.Policy `json:"cadence"`
	Forecast forecast.Rule  `json:"forecast"`
	Planning Planning       `json:"planning"`
	Cases    Cases          `json:"cases"`
	Review   Review         `json:"review"`
	Field    Field          `json:"field"`
	Scripts  Scripts        `json:"scripts"`
	Inbox    InboxRules     `json:"inbox"`
	Moves    Moves          `json:"moves"`
	Balance  BalanceRules   `json:"balance"`
	Workload WorkloadRule   `json:"workload"`
	Standing StandingRules  `json:"standing"`
}

// Field is how the app works out of the house.
type Field struct {
	// LeaseHours is for how many hours without contact with the server the rows on a device stay readable (D23).
	LeaseHours int `json:"leaseHours"`
}

// Cases is how cases are worked.
type Cases struct {
	// DecideDays is how long a case may stay undecided (D15).
	DecideDays int `json:"decideDays"`
}

// Planning is how plans are made.
type Planning struct {
	// Days is how many days are planned, the first one included.
	Days int `json:"days"`
	// FrozenDays are how many of them, from today on, are settled: contacts on them stay, unless an urgent one needs the place.
	FrozenDays int `json:"frozenDays"`
	// Hours are worked by a rep without hours of their own.
	Hours models.Hours `json:"hours"`
	// Visits happen within VisitHours, calls and messages within CallHours (quiet hours, D19).
	VisitHours []civil.Window `json:"visitHours"`
	CallHours  []civil.Window `json:"callHours"`
	// Detour is road distance by straight distance; Speeds are km/h by mode.
	Detour  float64                 `json:"detour"`
	Speeds  map[models.Mode]float64 `json:"speeds"`
	Weights schedule.Weights        `json:"weights"`
	// PromisePriority is that of a contact a person planned: before every rhythm, after urgent cases.
	PromisePriority int `json:"promisePriority"`
}

// DefaultPolicy is the policy of a company that has set none.
func DefaultPolicy() Policy {
	return Policy{Cadence: cadence.DefaultPolicy(), Forecast: forecast.DefaultRule(), Planning: defaultPlanning(), Cases: Cases{DecideDays: 30}, Review: defaultReview(),
		Field: Field{LeaseHours: 72}, Scripts: Scripts{}, Inbox: defaultInbox(), Moves: defaultMoves(), Balance: defaultBalance(), Workload: defaultWorkload(), Standing: defaultStanding()}
}

func defaultPlanning() Planning {
	day := []civil.Window{{From: 9 * 60, To: 12 * 60}, {From: 13 * 60, To: 18 * 60}}
	hours := models.Hours{}
	for d := time.Monday; d <= time.Saturday; d++ {
		hours[int(d)] = day
	}
	return Planning{
		Days:       28,
		FrozenDays: 2,
		Hours:      hours,
		VisitHours: []civil.Window{{From: 8*60 + 30, To: 20 * 60}},
		CallHours:  []civil.Window{{From: 9 * 60, To: 12 * 60}, {From: 13*60 + 30, To: 20*60 + 30}},
		Detour:     1.3,
		Speeds:     map[models.Mode]float64{models.Walk: 5, models.EBike: 18, models.Car: 28, models.Bus: 15},
		Weights:    schedule.DefaultWeights(),

		PromisePriority: 90,
	}
}

// policy returns the policy in force today.
func (s *Service) policy(tx *models.Tx) (Policy, error) {
	row, err := tx.PolicyOn(tx.Today)
	if errors.Is(err, models.ErrNotFound) {
		return DefaultPolicy(), nil
	}
	if err != nil {
		return Policy{}, err
	}
	p, err := ParsePolicy(row.Body)
	if err != nil {
		return Policy{}, fmt.Errorf("policy version %d: %v", row.Version, err) // not the fault of who asks: %v hides the code
	}
	return p, nil
}

// lookBack is how many days of contacts a plan follows from: longer than any interval of the policy, so that the last
// contact of a rhythm is never out of sight.
func (p Policy) lookBack() civil.Date {
	longest := 150
	for _, r := range p.Cadence.Rhythms {
		longest = max(longest, r.CallEvery, r.VisitEvery)
	}
	for _, r := range []cadence.Rhythm{p.Cadence.Potential, p.Cadence.Dormant, p.Cadence.WinBack} {
		longest = max(longest, r.CallEvery, r.VisitEvery)
	}
	longest = max(longest, longest*p.Cadence.Distances.Most()/100)
	for _, phase := range p.Cadence.Onboarding {
		longest = max(longest, phase.Day+p.Cadence.OnboardingGraceDays)
	}
	return civil.Date(longest + 30)
}
