package cadence

import (
	"slices"

	"huifang/civil"
)

// AllKinds returns every kind of contact, the closest first.
func AllKinds() []Kind { return []Kind{HomeVisit, StoreVisit, Event, Call, Message} }

// AllHorizons returns the horizons, nearest first.
func AllHorizons() []Horizon {
	return []Horizon{ThisMonth, WithinTwo, WithinThree, Later, HorizonUnknown}
}

// AllStopCauses returns the causes of D7.
func AllStopCauses() []StopCause { return []StopCause{EffectOrQuality, BadService, Competitor} }

// AllOutcomes returns every outcome, those that reached the customer first.
func AllOutcomes() []Outcome {
	return []Outcome{Met, Talked, Sent, Attended, NotHome, NoAnswer, Refused, WrongNumber, Moved, ComeBack}
}

// AllLifecycles returns the lifecycle of D13 in its order.
func AllLifecycles() []Lifecycle { return []Lifecycle{Potential, New, Established, Churned} }

// AllActivities returns the activity levels of D14, the liveliest first.
func AllActivities() []Activity {
	return []Activity{HighActivity, NormalActivity, LowActivity, Dormant, Lapsed}
}

// Reached tells whether the customer was met, spoken with or written to: only then it was a contact (story 10).
func (o Outcome) Reached() bool {
	return o == Met || o == Talked || o == Sent || o == Attended
}

// For tells whether a contact of that kind can end so.
func (o Outcome) For(kind Kind) bool { return slices.Contains(outcomesFor(kind), o) }

func outcomesFor(kind Kind) []Outcome {
	switch kind {
	case HomeVisit:
		return []Outcome{Met, NotHome, Refused, Moved, ComeBack}
	case Call:
		return []Outcome{Talked, NoAnswer, Refused, WrongNumber, Moved, ComeBack}
	case Message:
		return []Outcome{Sent, Refused, WrongNumber}
	case Event:
		return []Outcome{Attended, Refused}
	case StoreVisit:
		return []Outcome{Met, Refused, ComeBack}
	}
	return nil
}

// touch ranks how close a kind brings the customer: a closer one answers a looser rhythm, never the other way round.
func (k Kind) touch() int {
	switch k {
	case HomeVisit:
		return 4
	case StoreVisit, Event:
		return 3
	case Call:
		return 2
	case Message:
		return 1
	}
	return 0
}

// answers tells whether a contact of kind k answers a demand for kind asked: visits must be visits at home,
// anything at least as close as a call answers a call.
func (k Kind) answers(asked Kind) bool { return k.touch() > 0 && k.touch() >= asked.touch() }

// Overdue is the one definition, on every screen and in every report: due before today (story 2).
// Which day it is today only the store's zone says, see civil.In.
func Overdue(due, today civil.Date) bool { return due < today }

// ActivityOf reads the activity (D14) from the days of purchase. Who never bought has none to speak of: NORMAL.
func (p Policy) ActivityOf(purchases []civil.Date, today civil.Date) Activity {
	last, bought := lastDay(purchases, today)
	a := p.Activity
	switch {
	case !bought:
		return NormalActivity
	case last <= today.AddMonths(-a.LapsedMonths):
		return Lapsed
	case last <= today.AddMonths(-a.DormantMonths):
		return Dormant
	case last <= today.AddMonths(-a.LowMonths):
		return LowActivity
	case boughtEveryMonth(purchases, today, a.HighMonths):
		return HighActivity
	}
	return NormalActivity
}

func boughtEveryMonth(purchases []civil.Date, today civil.Date, months int) bool {
	for i := range months {
		from, to := today.AddMonths(-i-1), today.AddMonths(-i)
		if !slices.ContainsFunc(purchases, func(d civil.Date) bool { return from < d && d <= to }) {
			return false
		}
	}
	return true
}

// LifecycleOf reads the lifecycle (D13) from the days of purchase: never bought POTENTIAL, none for a year CHURNED,
// in onboarding or with one purchase NEW, else ESTABLISHED.
func (p Policy) LifecycleOf(purchases []civil.Date, today civil.Date) Lifecycle {
	last, bought := lastDay(purchases, today)
	if !bought {
		return Potential
	}
	if last <= today.AddMonths(-p.Activity.ChurnedMonths) {
		return Churned
	}
	days := distinctDays(purchases, today)
	if len(days) == 1 || today <= p.ladderStart(days)+p.ladderDays()+civil.Date(p.OnboardingGraceDays) {
		return New
	}
	return Established
}

func lastDay(days []civil.Date, today civil.Date) (last civil.Date, found bool) {
	for _, d := range days {
		if d <= today && (!found || d > last) {
			last, found = d, true
		}
	}
	return last, found
}

func distinctDays(days []civil.Date, today civil.Date) []civil.Date {
	past := slices.DeleteFunc(slices.Clone(days), func(d civil.Date) bool { return d > today })
	slices.Sort(past)
	return slices.Compact(past)
}
