package schedule

import (
	"cmp"
	"math"
	"slices"
)

// put places the rest by rank and returns it: these stops may be moved freely, nobody has seen their days yet.
func (s *solver) put() []int {
	var fresh []int
	for i := range s.stops {
		if s.at[i] < 0 && s.stops[i].fixed == nil {
			fresh = append(fresh, i)
			s.place(i)
		}
	}
	return fresh
}

// enter puts a stop on a day if all find a place there.
func (s *solver) enter(i, on int) bool {
	crew := s.workers[s.stops[i].worker].crew
	d := s.with(s.plans[crew][on], i)
	if d == nil {
		return false
	}
	s.replace(crew, on, d)
	s.assign(i, on)
	return true
}

// leave takes a stop off its day; false when the others could not follow each other any more.
func (s *solver) leave(i int) bool {
	crew, on := s.workers[s.stops[i].worker].crew, s.at[i]
	d := s.model.without(s.plans[crew][on], i)
	if d == nil {
		return false
	}
	s.replace(crew, on, d)
	s.assign(i, -1)
	return true
}

// place finds a shed stop a day: the cheapest with room, or, rather than late or none, one where less important
// stops give way. It tells whether it found one.
func (s *solver) place(i int) bool {
	mark := len(s.log)
	direct := s.direct(i)
	if direct && !s.late(i) {
		return true
	}
	grave, on := s.grave, s.at[i]
	s.rollback(mark)
	return s.displace(i, grave) || direct && s.enter(i, on)
}

// stays tells whether a stop lies on a settled day where it was.
func (s *solver) stays(i int) bool { return s.stops[i].frozen && s.at[i] == s.stops[i].was }

// late tells whether a stop lies after its due day.
func (s *solver) late(i int) bool { return s.at[i] > max(s.stops[i].due, -1) }

// direct puts a stop on the cheapest day with room.
func (s *solver) direct(i int) bool {
	for _, o := range s.options(i) {
		if s.enter(i, o.day) {
			return true
		}
	}
	return false
}

// option is a day and what a stop would cost there.
type option struct {
	day  int
	cost int64
}

// options are the days a stop seems to fit on, the cheapest first.
func (s *solver) options(i int) []option {
	var out []option
	for d := s.stops[i].first; d <= s.stops[i].last; d++ {
		if cost, ok := s.estimate(i, d); ok {
			out = append(out, option{d, cost})
		}
	}
	slices.SortStableFunc(out, func(a, b option) int { return cmp.Compare(a.cost, b.cost) })
	return out
}

// estimate prices a stop on a day without putting it there.
func (s *solver) estimate(i, on int) (int64, bool) {
	if !s.open(i, on) {
		return 0, false
	}
	w := &s.workers[s.stops[i].worker]
	d := s.plans[w.crew][on]
	r := d.routes[w.seat]
	spans := s.allowed(d, i)
	at, ok := s.cheapest(r, i, spans)
	if !ok && len(spans) > 0 {
		at, ok = s.cheapest(s.shorter(r), i, spans)
	}
	if !ok {
		return 0, false
	}
	load := distance(r.load+s.stops[i].minutes, w.target[on]) - distance(r.load, w.target[on])
	return at.cost + s.weights.balance*int64(load) + s.dayCost(i, on) + s.spacing(i, on), true
}

// displace puts a stop where less important ones must then go elsewhere or be shed, if that makes the grave part of
// the cost less than the given one.
func (s *solver) displace(i int, than int64) bool {
	grave, cost, on := than, int64(math.MaxInt64), -1
	mark := len(s.log)
	for d := s.stops[i].first; d <= s.stops[i].last && s.ctx.Err() == nil; d++ {
		if s.force(i, d) && cmp.Or(cmp.Compare(s.grave, grave), cmp.Compare(s.cost, cost)) < 0 && s.grave < than {
			grave, cost, on = s.grave, s.cost, d
		}
		s.rollback(mark)
	}
	return on >= 0 && s.force(i, on)
}

// force puts a stop on a day by rank and finds other days for those that give way: contacts with the same customer that
// leave no room for it, and whoever falls out of the day. When it fails it leaves the undoing to the caller.
func (s *solver) force(i, on int) bool {
	if !s.works(i, on) {
		return false
	}
	gone, ok := s.yield(i, on)
	crew := s.workers[s.stops[i].worker].crew
	if !ok || len(gone) == 0 && s.least(s.plans[crew][on], i) < 0 {
		return false
	}
	next, out := s.squeeze(s.plans[crew][on], i)
	if next == nil || len(gone)+len(out) == 0 {
		return false
	}
	s.replace(crew, on, next)
	for _, j := range out {
		s.assign(j, -1)
	}
	s.assign(i, on)
	for _, j := range slices.Sorted(slices.Values(append(gone, out...))) {
		s.direct(j)
	}
	return true
}
