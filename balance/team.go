package balance

import (
	"cmp"
	"math"
	"slices"
)

// team is a problem with numbers for names, in the order of the IDs: what it comes to does not depend on the order of the input.
type team struct {
	rule     Rule
	low      float64
	high     float64
	reps     []rep
	accounts []account
	perDay   float64 // visits a day, of the whole team: never below 1
	lost     float64 // minutes of travel of a visit to an unknown place
}

type rep struct {
	id       string
	capacity float64
	days     float64
	pace     float64 // metres a minute
	start    stop
	begins   bool // the start is their own
}

type account struct {
	id    string
	stop  stop
	holds int // the rep who cares now
	stays bool
	bond  float64
	known []int
}

// newTeam leaves out accounts of nobody and what is there twice.
func newTeam(p Problem) *team {
	t := &team{rule: p.Rule}
	number := map[string]int{}
	for _, r := range unique(p.Reps, func(r Rep) string { return r.ID }) {
		number[r.ID] = len(t.reps)
		t.reps = append(t.reps, rep{id: r.ID, capacity: finite(r.Capacity), days: max(1, finite(r.Days)), pace: r.MetresPerMinute})
		if last := &t.reps[len(t.reps)-1]; !(last.pace > 0) {
			last.pace = bicycle
		}
	}
	on := newPlane(places(p))
	for _, a := range unique(p.Accounts, func(a Account) string { return a.ID }) {
		if holder, ok := number[a.Rep]; ok {
			t.accounts = append(t.accounts, newAccount(a, holder, number, on))
		}
	}
	t.begin(p, number, on)
	t.average()
	t.aim()
	return t
}

// finite reads an amount: less than nothing, or no number at all, is none.
func finite(v float64) float64 {
	if v > 0 && !math.IsInf(v, 0) {
		return v
	}
	return 0
}

func unique[T any](rows []T, id func(T) string) []T {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	return slices.CompactFunc(rows, func(a, b T) bool { return id(a) == id(b) })
}

// places are sorted, so that their middle is the same in whatever order they came.
func places(p Problem) []Place {
	var out []Place
	for _, a := range p.Accounts {
		if known(a.Place) {
			out = append(out, *a.Place)
		}
	}
	for _, r := range p.Reps {
		if known(r.Start) {
			out = append(out, *r.Start)
		}
	}
	slices.SortFunc(out, func(a, b Place) int { return cmp.Or(cmp.Compare(a.Lat, b.Lat), cmp.Compare(a.Lng, b.Lng)) })
	return out
}

func known(p *Place) bool {
	return p != nil && math.Abs(p.Lat) <= 90 && math.Abs(p.Lng) <= 180
}

func newAccount(a Account, holder int, number map[string]int, on plane) account {
	out := account{id: a.ID, holds: holder, stays: a.Stays, bond: min(1, finite(a.Bond)),
		stop: stop{care: finite(a.Minutes), visits: finite(a.Visits)}}
	if known(a.Place) {
		out.stop.placed = true
		out.stop.x, out.stop.y = on.point(*a.Place)
	}
	for _, k := range a.Known {
		if r, ok := number[k]; ok && !slices.Contains(out.known, r) {
			out.known = append(out.known, r)
		}
	}
	return out
}

// begin gives everybody a start: their own, else the middle of their visits, else that of the team, which is 0, 0.
func (t *team) begin(p Problem, number map[string]int, on plane) {
	sums := make([]tally, len(t.reps))
	for _, a := range t.accounts {
		sums[a.holds] = sums[a.holds].with(a.stop, stop{}, 1)
	}
	for i, s := range sums {
		if s.visits > 0 {
			t.reps[i].start = stop{x: s.x / s.visits, y: s.y / s.visits}
		}
	}
	for _, r := range p.Reps {
		if known(r.Start) {
			own := &t.reps[number[r.ID]]
			own.start.x, own.start.y = on.point(*r.Start)
			own.begins = true
		}
	}
}

// average reckons what does not change while accounts move: visits a day, and what a visit to an unknown place costs.
func (t *team) average() {
	visits, days := 0.0, 0.0
	for _, r := range t.reps {
		if r.capacity > 0 {
			days += r.days
		}
	}
	for _, a := range t.accounts {
		if t.reps[a.holds].capacity > 0 {
			visits += a.stop.visits
		}
	}
	t.perDay = 1
	if days > 0 {
		t.perDay = max(1, visits/days)
	}
	placed, travel := 0.0, 0.0
	for i, s := range t.sums(t.holders()) {
		placed += s.visits
		travel += s.metres(t.reps[i].days, t.perDay) / t.reps[i].pace
	}
	if placed > 0 {
		t.lost = travel / placed
	}
}

// aim sets the band: see Proposal.
func (t *team) aim() {
	t.low, t.high = t.rule.Low, t.rule.High
	m := t.measures(t.sums(t.holders()))
	quarter := (t.high - t.low) / 4
	switch {
	case !slices.ContainsFunc(t.reps, func(r rep) bool { return r.capacity > 0 }):
	case m.Mean > t.high-quarter:
		t.low, t.high = m.Mean-3*quarter, m.Mean+quarter
	case m.Mean < t.low+quarter:
		t.low, t.high = m.Mean-quarter, m.Mean+3*quarter
	}
	t.low = max(0, t.low)
}

// holders are who cares now.
func (t *team) holders() []int {
	out := make([]int, len(t.accounts))
	for i, a := range t.accounts {
		out[i] = a.holds
	}
	return out
}

// sums are the tallies of the reps when the accounts are with these.
func (t *team) sums(holders []int) []tally {
	out := make([]tally, len(t.reps))
	for i, a := range t.accounts {
		r := holders[i]
		out[r] = out[r].with(a.stop, t.reps[r].start, 1)
	}
	return out
}

// travel of a rep in minutes a month.
func (t *team) travel(r int, s tally) float64 {
	return s.metres(t.reps[r].days, t.perDay)/t.reps[r].pace + max(0, s.lost)*t.lost
}

// works tells whether a rep takes part.
func (t *team) works(r int) bool { return t.reps[r].capacity > 0 }

// outside is how many minutes of a load are above the band, or missing below it.
func (t *team) outside(r int, load float64) float64 {
	c := t.reps[r].capacity
	return max(0, load-t.high*c, t.low*c-load)
}

func (t *team) measures(sums []tally) Measures {
	var m Measures
	var all moments
	load, capacity := 0.0, 0.0
	for r, s := range sums {
		travel := t.travel(r, s)
		m.Travel += travel
		if !t.works(r) {
			continue
		}
		load += s.care + travel
		capacity += t.reps[r].capacity
		m.Outside += t.outside(r, s.care+travel)
		all = all.with((s.care+travel)/t.reps[r].capacity, 1)
	}
	if capacity > 0 {
		m.Mean = load / capacity
	}
	m.Spread = 100 * all.deviation()
	return m
}

// moments are the sums a standard deviation follows from.
type moments struct{ n, sum, squares float64 }

func (m moments) with(v, sign float64) moments {
	return moments{m.n + sign, m.sum + sign*v, m.squares + sign*v*v}
}

func (m moments) deviation() float64 {
	if m.n < 1 {
		return 0
	}
	mean := m.sum / m.n
	return math.Sqrt(max(0, m.squares/m.n-mean*mean))
}
