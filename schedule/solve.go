package schedule

import (
	"context"
	"slices"

	"huifang/civil"
)

// Budget bounds the search by work, not by time, so that the answer is the same everywhere. A larger budget never gives a
// worse plan.
type Budget struct {
	// Steps are the steps of each of the two searchers: 0 means StepsPerStop for every new stop with a day, less none.
	Steps int
}

// StepsPerStop is how many steps are taken for every new stop that has found a day when a Budget does not say.
const StepsPerStop = 6

func (b Budget) steps(fresh int) int {
	if b.Steps == 0 {
		return StepsPerStop * fresh
	}
	return max(b.Steps, 0)
}

// Solve plans a problem. The same problem, budget and seed give the same plan, whatever the order of the input; a
// problem whose stops all lie (Was) where an earlier answer put them gets that answer again, whatever the seed.
// It returns ErrProblem for a problem that makes no sense. When ctx ends it returns the best plan so far.
func Solve(ctx context.Context, p Problem, budget Budget, seed uint64) (Plan, error) {
	if err := p.Validate(); err != nil {
		return Plan{}, err
	}
	return p.join(p.split(), func(part *Problem) Plan {
		s := newSolver(ctx, newModel(part))
		s.solve(budget, seed)
		return s.plan()
	}), nil
}

// solver holds the plan as it grows. Every change goes through move and is undone by rollback.
type solver struct {
	*model
	ctx      context.Context
	bases    [][]*day // by crew and day: the fixed stops alone
	plans    [][]*day // by crew and day
	at       []int    // the day of each stop, -1 for none
	contacts [][]int  // by customer and day
	weeks    [][]int  // the same with prior contacts, and margin days more on either side
	cost     int64    // less that of having every stop shed
	grave    int64    // the part of it for shed and late stops: only that is worth moving what others have seen
	log      []change
}

// change is what undoes a step: the day of a stop, or what a crew does on a day.
type change struct {
	stop, was int
	crew, on  int
	old       *day // nil for a stop's change
}

func newSolver(ctx context.Context, m *model) *solver {
	s := &solver{model: m, ctx: ctx, at: slices.Repeat([]int{-1}, len(m.stops)), contacts: make([][]int, m.customers)}
	for c := range s.contacts {
		s.contacts[c] = make([]int, m.days)
	}
	s.weeks = cloneAll(m.prior)
	fixed := s.fixed()
	for crew := range m.crews {
		days := make([]*day, m.days)
		for d := range days {
			days[d] = m.base(crew, d, fixed[contact{crew, d}])
			s.cost += days[d].cost
		}
		s.bases = append(s.bases, days)
		s.plans = append(s.plans, slices.Clone(days))
	}
	return s
}

// fixed lists the fixed stops by crew and day; those outside the planned days are only written out (plan).
func (s *solver) fixed() map[contact][]int {
	out := map[contact][]int{}
	s.firstFixed = map[contact]int{}
	for i := range s.stops {
		st := &s.stops[i]
		if st.fixed == nil || !s.planned(st.fixedDay) {
			continue
		}
		s.note(i, st.fixedDay, 1)
		crew := s.workers[st.worker].crew
		out[contact{crew, st.fixedDay}] = append(out[contact{crew, st.fixedDay}], i)
		key := contact{st.customer, st.fixedDay}
		if _, taken := s.firstFixed[key]; !taken && st.customer >= 0 {
			s.firstFixed[key] = i
		}
	}
	return out
}

func (m *model) planned(day int) bool { return day >= 0 && day < m.days }

// note counts a stop in or out of a day.
func (s *solver) note(i, day, by int) {
	if c := s.stops[i].customer; c >= 0 {
		s.contacts[c][day] += by
		count(s.weeks[c], day, by)
	}
	s.at[i] = day
	if by < 0 {
		s.at[i] = -1
	}
}

// open tells whether a stop may lie on a day as far as its own days, the shift and the customer's other contacts go.
func (s *solver) open(i, day int) bool { return s.works(i, day) && s.free(i, day) }

// works tells whether a stop may lie on a day as far as its own days and the shift go.
func (s *solver) works(i, day int) bool {
	st := &s.stops[i]
	return st.may(day) && len(s.starts(st, day)) > 0
}

// may tells whether a day is one of the stop's own.
func (s *stop) may(day int) bool {
	return day >= s.first && day <= s.last && (s.days == nil || slices.Contains(s.days, day))
}

// assign puts a stop on a day, or on none with -1, and keeps the cost.
func (s *solver) assign(i, day int) {
	s.log = append(s.log, change{stop: i, was: s.at[i]})
	s.shift(i, day)
}

func (s *solver) shift(i, day int) {
	if old := s.at[i]; old >= 0 {
		s.cost -= s.dayCost(i, old) + s.spacing(i, old) - s.stops[i].shed
		s.grave -= s.lateCost(i, old) - s.stops[i].shed
		s.note(i, old, -1)
	}
	if day >= 0 {
		s.cost += s.dayCost(i, day) + s.spacing(i, day) - s.stops[i].shed
		s.grave += s.lateCost(i, day) - s.stops[i].shed
		s.note(i, day, 1)
	}
}

// replace gives a crew another day.
func (s *solver) replace(crew, on int, d *day) {
	s.log = append(s.log, change{crew: crew, on: on, old: s.plans[crew][on]})
	s.swap(crew, on, d)
}

func (s *solver) swap(crew, on int, d *day) {
	s.cost += d.cost - s.plans[crew][on].cost
	s.plans[crew][on] = d
}

// rollback undoes everything since the log was that long.
func (s *solver) rollback(mark int) {
	for len(s.log) > mark {
		c := s.log[len(s.log)-1]
		s.log = s.log[:len(s.log)-1]
		if c.old != nil {
			s.swap(c.crew, c.on, c.old)
		} else {
			s.shift(c.stop, c.was)
		}
	}
}

// dayCost is what a day costs a stop: late, early, or moved.
func (s *solver) dayCost(i, day int) int64 {
	st := &s.stops[i]
	cost := s.lateCost(i, day) + s.weights.early*int64(max(0, st.due-day))
	if st.was >= 0 && st.was != day {
		cost += s.weights.move
	}
	return cost
}

func (s *solver) lateCost(i, day int) int64 {
	st := &s.stops[i]
	return s.weights.late * max(st.priority, 1) * st.pressure() * int64(max(0, day-max(st.due, -1)))
}

// spacing is what a stop on a day does to the even distances of its series.
func (s *solver) spacing(i, day int) int64 {
	st := &s.stops[i]
	if st.series < 0 {
		return 0
	}
	of := s.series[st.series]
	k := slices.Index(of, i)
	before, after := -1, -1
	for j := k - 1; j >= 0 && before < 0; j-- {
		before = s.visited(of[j])
	}
	for j := k + 1; j < len(of) && after < 0; j++ {
		after = s.visited(of[j])
	}
	uneven := 0
	if before >= 0 {
		uneven += s.uneven(before, s.at[before], i, day)
	}
	if after >= 0 {
		uneven += s.uneven(i, day, after, s.at[after])
	}
	if before >= 0 && after >= 0 {
		uneven -= s.uneven(before, s.at[before], after, s.at[after])
	}
	return s.weights.spacing * int64(uneven)
}

func (s *solver) visited(i int) int {
	if s.at[i] >= 0 {
		return i
	}
	return -1
}

func (s *solver) uneven(a, onA, b, onB int) int {
	return distance(onB-onA, s.stops[b].due-s.stops[a].due)
}

// plan writes the answer out.
func (s *solver) plan() Plan {
	var out Plan
	for _, crew := range s.plans {
		for _, d := range crew {
			for _, r := range d.routes {
				out.Visits = append(out.Visits, s.visits(r)...)
			}
		}
	}
	for _, crew := range s.bases {
		for _, d := range crew {
			out.Conflicts = append(out.Conflicts, s.conflicts(d)...)
		}
	}
	s.outside(&out)
	out.Shed = s.shed()
	return out
}

func (s *solver) visits(r *route) []Visit {
	var out []Visit
	at := s.dawn(r).place
	for k, start := range s.times(r) {
		st := &s.stops[r.seq[k].stop]
		v := Visit{Stop: st.number, Worker: r.worker, Day: s.problem.From + civil.Date(r.day), Start: civil.Minute(start)}
		if st.place >= 0 {
			v.Travel = s.atlas.minutes(at, st.place)
			at = st.place
		}
		out = append(out, v)
	}
	return out
}

// outside writes the stops out that are fixed to a day which is not planned.
func (s *solver) outside(out *Plan) {
	for i := range s.stops {
		st := &s.stops[i]
		if st.fixed == nil || s.planned(st.fixedDay) {
			continue
		}
		start := civil.Minute(defaultStart)
		if st.fixed.At != nil {
			start = *st.fixed.At
		}
		out.Visits = append(out.Visits, Visit{Stop: st.number, Worker: st.worker, Day: st.fixed.Day, Start: start})
		out.Conflicts = append(out.Conflicts, Conflict{Stop: st.number, Rule: RulePeriod})
	}
}
