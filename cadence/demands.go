package cadence

import (
	"cmp"
	"slices"
	"strings"

	"huifang/civil"
)

// lookahead is how many days past the last asked one are reckoned, so that contacts there can take up what lies near them.
const lookahead = 31

// Demands returns the contacts the account needs with a due day up to until, overdue ones included, by due day and key.
//
// Hold, opt-out and pause go before a stop case, that before onboarding, that before the horizon, that before routine.
// A due day before today is the honest one: the contact is expected today and may still be placed for the policy's grace.
// A demand that rules hold back today (a pause, the weekly cap) is due on the first day they allow. The policy must be valid.
func Demands(f Facts, p Policy, today, until civil.Date) []Demand {
	demands, _ := Reckon(f, p, today, until)
	return demands
}

// Join is a demand that a contact somebody fixed answers along with its own reason.
type Join struct {
	Planned string // ID of the Planned
	Demand  Demand
}

// Joins returns the onboarding phases, cases, dates and festivals that Facts.Planned take up: Demands leaves them out, and
// the planned contact should carry their reasons, objectives and scripts. A rhythm a planned contact fills adds nothing.
func Joins(f Facts, p Policy, today, until civil.Date) []Join {
	_, joins := Reckon(f, p, today, until)
	return joins
}

// Reckon returns Demands and Joins of the same facts at once, for the price of one.
func Reckon(f Facts, p Policy, today, until civil.Date) ([]Demand, []Join) {
	pl := plan(f, p, today, until)
	return pl.demands(until), pl.joinsUpTo(until)
}

func (pl *planner) demands(until civil.Date) []Demand {
	demands := make([]Demand, 0, len(pl.drafts))
	for _, d := range pl.drafts {
		if d.Due <= until {
			demands = append(demands, d.Demand)
		}
	}
	slices.SortFunc(demands, func(a, b Demand) int { return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Key, b.Key)) })
	return demands
}

func (pl *planner) joinsUpTo(until civil.Date) []Join {
	joins := slices.DeleteFunc(pl.joins, func(j Join) bool { return j.Demand.Due > until })
	slices.SortFunc(joins, func(a, b Join) int {
		return cmp.Or(cmp.Compare(a.Planned, b.Planned), cmp.Compare(a.Demand.Key, b.Demand.Key))
	})
	return joins
}

// planner collects the demands of one account.
type planner struct {
	Facts
	policy     Policy
	today, end civil.Date
	drafts     []draft
	joins      []Join
}

// draft is a demand in the making.
type draft struct {
	Demand
	// cause is the day of what it follows from: it is never due on or before it.
	cause civil.Date
	// flexible drafts may be moved to a date nearby: those of a rhythm, not those of a phase or case.
	flexible bool
}

// expected is the day a demand's contact will be made at the earliest: its due day, or today when that is over.
func (pl *planner) expected(d Demand) civil.Date { return max(d.Due, pl.today) }

func plan(f Facts, p Policy, today, until civil.Date) *planner {
	pl := &planner{Facts: inOrder(f, today), policy: p, today: today, end: until + lookahead}
	pl.collect()
	pl.mergeDays()
	pl.holdCap()
	return pl
}

// collect follows the precedence of the rules.
func (pl *planner) collect() {
	switch {
	case pl.Stop != nil:
		pl.stopCase(*pl.Stop)
	case pl.held():
		pl.holdingCases()
	case pl.gone():
		pl.winBack()
	default:
		pl.care()
	}
}

// care is the plan of an account without trouble: onboarding, then its rhythm, dates and festivals, activation.
func (pl *planner) care() {
	anchor := pl.onboarding()
	pl.rhythm(pl.rhythmOf(anchor))
	pl.specialDates()
	pl.festivals()
	pl.activation()
}

// gone tells whether the account is cared for no more: churned or lapsed (D14), or stopped with its case closed (D7).
// Only a plan to win it back asks for contacts then (D15).
func (pl *planner) gone() bool {
	return pl.Lifecycle == Churned || pl.Activity == Lapsed || pl.Service == Stopped
}

// add takes a demand in, unless it was answered or a planned contact takes it up, and returns the day its contact is
// expected; false when no day allows it.
func (pl *planner) add(d draft) (civil.Date, bool) {
	if day, skipped := pl.skipped(d.Demand); skipped {
		return day, true
	}
	d, ok := pl.fit(d)
	if !ok {
		return 0, false
	}
	if p, found := pl.plannedFor(d.Demand); found {
		pl.joins = append(pl.joins, Join{Planned: p.ID, Demand: d.Demand})
		return max(p.Day, pl.today), true
	}
	d.Minutes = pl.policy.minutes(d.Kind, pl.Frail)
	pl.drafts = append(pl.drafts, d)
	return pl.expected(d.Demand), true
}

// skipped tells whether a person called the demand off, and the day from which its rhythm goes on.
func (pl *planner) skipped(d Demand) (civil.Date, bool) {
	day, found := d.Due, false
	for _, s := range pl.Skipped {
		if s.Key == d.Key {
			day, found = max(day, s.Day), true
		}
	}
	return day, found
}

// plannedFor finds the contact somebody fixed that is this demand, or lies near it and answers it. An urgent demand is
// taken up only by its own key, or by a contact made for its case: a routine visit does not settle one.
func (pl *planner) plannedFor(d Demand) (Planned, bool) {
	for _, p := range pl.Planned {
		if p.Key == d.Key {
			return p, true
		}
	}
	for _, p := range pl.Planned {
		if p.madeFor(d) && !pl.spent(p) {
			return p, true
		}
	}
	for _, p := range pl.Planned {
		day := max(p.Day, pl.today)
		if !d.Urgent && d.suits(p.Kind) && d.Earliest <= day && day <= d.Latest {
			return p, true
		}
	}
	return Planned{}, false
}

// madeFor tells whether the demand is one of the case the contact was made for.
func (p Planned) madeFor(d Demand) bool {
	return d.suits(p.Kind) && slices.ContainsFunc(p.Case, func(prefix string) bool { return strings.HasPrefix(d.Key, prefix+":") })
}

// spent tells whether a contact made for a case has taken up what the case asked for first.
func (pl *planner) spent(p Planned) bool {
	return slices.ContainsFunc(pl.joins, func(j Join) bool { return j.Planned == p.ID && p.madeFor(j.Demand) })
}

// suits tells whether a contact of the kind answers the demand.
func (d Demand) suits(kind Kind) bool { return kind.answers(d.Kind) || kind == d.OrKind }

// nextTouch finds the first contact after a day that answers the kind: a fixed one up to one day, one asked for up to another.
func (pl *planner) nextTouch(kind Kind, after, fixedBy, askedBy civil.Date) (day civil.Date, found bool) {
	consider := func(k Kind, d, upTo civil.Date) {
		if k.answers(kind) && after < d && d <= upTo && (!found || d < day) {
			day, found = d, true
		}
	}
	for _, p := range pl.Planned {
		consider(p.Kind, max(p.Day, pl.today), fixedBy)
	}
	for _, d := range pl.drafts {
		consider(d.Kind, pl.expected(d.Demand), askedBy)
	}
	return day, found
}

// reached returns the contacts that reached the customer after a day, in order.
func (pl *planner) reached(after civil.Date) []Contact {
	var met []Contact
	for _, c := range pl.Contacts {
		if c.Day > after && c.Outcome.Reached() {
			met = append(met, c)
		}
	}
	return met
}

// fulfilled tells whether a contact that reached the customer answered the key.
func (pl *planner) fulfilled(key string) bool {
	return slices.ContainsFunc(pl.Contacts, func(c Contact) bool { return c.Fulfils == key && c.Outcome.Reached() })
}

// inOrder copies the facts with their lists in one order whatever order they arrived in, and without what lies ahead of
// today: a contact or purchase of tomorrow has not happened.
func inOrder(f Facts, today civil.Date) Facts {
	f.Purchases = arrange(f.Purchases, func(p Purchase) bool { return p.Day <= today }, func(a, b Purchase) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
	})
	f.Returns = arrange(f.Returns, func(r Return) bool { return r.Day <= today }, func(a, b Return) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.PurchaseID, b.PurchaseID), compareDays(a.Settled, b.Settled))
	})
	f.Reactions = arrange(f.Reactions, func(r Reaction) bool { return r.Day <= today }, func(a, b Reaction) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), compareDays(a.Settled, b.Settled))
	})
	f.Complaints = arrange(f.Complaints, func(c Complaint) bool { return c.Day <= today }, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID))
	})
	f.Contacts = arrange(f.Contacts, func(c Contact) bool { return c.Day <= today }, compareContacts)
	f.Dates = arrange(f.Dates, all[SpecialDate], compareDates)
	f.Planned = arrange(f.Planned, all[Planned], func(a, b Planned) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Key, b.Key), cmp.Compare(a.Kind, b.Kind))
	})
	return f
}

func all[T any](T) bool { return true }

func arrange[T any](list []T, keep func(T) bool, order func(a, b T) int) []T {
	kept := slices.DeleteFunc(slices.Clone(list), func(t T) bool { return !keep(t) })
	slices.SortFunc(kept, order)
	return kept
}

func compareContacts(a, b Contact) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Fulfils, b.Fulfils), cmp.Compare(a.By, b.By))
}

func compareDates(a, b SpecialDate) int {
	return cmp.Or(cmp.Compare(a.ID, b.ID), cmp.Compare(a.Occasion, b.Occasion), cmp.Compare(a.Who, b.Who),
		cmp.Compare(a.Calendar, b.Calendar), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

func compareDays(a, b *civil.Date) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*a, *b)
}

// happened tells whether a step was done by today.
func (pl *planner) happened(on *civil.Date) bool { return on != nil && *on <= pl.today }
