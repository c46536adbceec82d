package cadence

import (
	"slices"
	"strings"

	"huifang/civil"
)

const (
	// month is what Effort is reckoned for, in days.
	month = 30
	// season is how long a steady rhythm is watched: festivals come once a year, visits every two months at the rarest.
	season = 12 * month
)

// Effort is what the care of an account takes of its rep in 30 days: a measure of load, not a plan.
type Effort struct {
	Visits  float64 // at the home
	Calls   float64 // every other contact
	Minutes float64
}

func (e Effort) times(share float64) Effort {
	return Effort{e.Visits * share, e.Calls * share, e.Minutes * share}
}

// Meter reckons efforts by one policy on one day. It remembers what accounts of one kind take, so it is not safe for many
// goroutines.
type Meter struct {
	policy Policy
	today  civil.Date
	steady map[kindOfAccount]Effort
}

// kindOfAccount is all a steady rhythm follows from.
type kindOfAccount struct {
	service   Service
	horizon   Horizon
	lifecycle Lifecycle
	activity  Activity
	frail     bool
	optOuts   string
}

// NewMeter returns a Meter; the policy must be valid.
func NewMeter(p Policy, today civil.Date) *Meter {
	return &Meter{policy: p, today: today, steady: map[kindOfAccount]Effort{}}
}

// Of reckons an account by the rules in force, asking the same rules as Demands. What passes — onboarding, an open case, a plan to
// win back — counts as what is due in the next 30 days. Everything else counts as what its rhythm asks for in the mean of a year, so
// that a visit every 30 days is one visit and does not depend on whether the next comes before or after the end of the month. Days of a
// pause count nothing.
func (m *Meter) Of(f Facts) Effort {
	pl := &planner{Facts: inOrder(f, m.today), policy: m.policy, today: m.today, end: m.today}
	_, climbing := pl.ladder()
	if climbing || pl.Stop != nil || pl.held() || pl.gone() {
		return m.count(f, month)
	}
	kind := m.kind(f)
	effort, known := m.steady[kind]
	if !known {
		effort = m.count(m.typical(f), season).times(float64(month) / season)
		m.steady[kind] = effort
	}
	return effort.times(m.open(f.Pauses))
}

func (m *Meter) count(f Facts, days civil.Date) Effort {
	var e Effort
	for _, d := range Demands(f, m.policy, m.today, m.today+days-1) {
		if d.By != Rep && d.By != "" {
			continue
		}
		if d.Kind == HomeVisit {
			e.Visits++
		} else {
			e.Calls++
		}
		e.Minutes += float64(d.Minutes)
	}
	return e
}

func (m *Meter) kind(f Facts) kindOfAccount {
	return kindOfAccount{f.Service, f.Horizon, f.Lifecycle, f.Activity, f.Frail, m.optOutsOf(f)}
}

func (m *Meter) optOutsOf(f Facts) string {
	var all strings.Builder
	for _, kind := range m.optedOut(f.OptOuts) {
		all.WriteString("no " + kind + "; ")
	}
	return all.String()
}

// optedOut are the kinds not wanted today; an empty one is all of them.
func (m *Meter) optedOut(all []OptOut) []string {
	var out []string
	for _, o := range all {
		if o.Holds(m.today) {
			out = append(out, string(o.Kind))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// typical is an account of the kind that was visited today, without anything that is its own.
func (m *Meter) typical(f Facts) Facts {
	out := Facts{Since: m.today, Service: f.Service, Horizon: f.Horizon, Lifecycle: f.Lifecycle, Activity: f.Activity, Frail: f.Frail,
		Contacts: []Contact{{ID: "typical", Day: m.today, Kind: HomeVisit, Outcome: Met, By: Rep}}}
	for _, kind := range m.optedOut(f.OptOuts) {
		out.OptOuts = append(out.OptOuts, OptOut{Kind: Kind(kind), Span: civil.Span{From: m.today}})
	}
	return out
}

// open is the share of the next 30 days that no pause holds.
func (m *Meter) open(pauses []Pause) float64 {
	days := 0
	for day := m.today; day < m.today+month; day++ {
		if !slices.ContainsFunc(pauses, func(p Pause) bool { return p.Holds(day) }) {
			days++
		}
	}
	return float64(days) / month
}
