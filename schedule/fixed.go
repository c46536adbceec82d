package schedule

import (
	"cmp"
	"slices"

	"huifang/civil"
)

// defaultStart is when the day of a pinned stop begins on a day without hours.
const defaultStart = 9 * 60

// base is a crew's day with its fixed stops only: appointments first, then what is pinned to the day.
func (m *model) base(crew, on int, fixed []int) *day {
	d := &day{}
	for _, w := range m.crews[crew] {
		r := &route{worker: w, day: on}
		for _, i := range fixed {
			if s := &m.stops[i]; s.worker == w && s.fixed.At != nil {
				r.seq = append(r.seq, visit{stop: i, at: int(*s.fixed.At)})
			}
		}
		m.anchor(r)
		d.routes = append(d.routes, r)
	}
	d = m.hold(d, slices.DeleteFunc(slices.Clone(fixed), func(i int) bool { return m.stops[i].fixed.At != nil }))
	d.set = nil
	m.price(d)
	return d
}

// anchor orders a route of bound stops by the clock and marks those that come too close.
func (m *model) anchor(r *route) {
	slices.SortFunc(r.seq, func(a, b visit) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(m.stops[a.stop].id, m.stops[b.stop].id))
	})
	a := m.dawn(r)
	for i := range r.seq {
		v := &r.seq[i]
		v.late = m.tooLate(r, &a, v)
		a = a.after(&m.stops[v.stop], v.at)
	}
	r.homeLate = true // so that refresh does not mind yet
	m.refresh(r)
	r.homeLate = !m.home(r)
	m.refresh(r)
}

// pin finds a place on its day for a stop that must lie there: by every rule, else without companions, else outside the
// customer's hours, else across breaks, else after everything else. It is the one in conflict: wherever there is room
// that takes no other stop's time or way, it goes there.
func (m *model) pin(d *day, i int) {
	if m.push(d, i) {
		return
	}
	s := &m.stops[i]
	seat := m.workers[s.worker].seat
	r := d.routes[seat]
	shift := m.workers[s.worker].shifts[r.day]
	whole := outer(shift)
	for _, spans := range [][]span{
		m.starts(s, r.day), meet(s.minutes, shift, nil), meet(s.minutes, whole, s.windows), meet(s.minutes, whole, nil),
	} {
		if at, ok := m.cheapest(r, i, spans); ok {
			out := r.clone()
			out.seq = slices.Insert(out.seq, at.index, visit{stop: i, at: at.start, forced: true})
			if m.refresh(out) {
				d.routes[seat] = out
				return
			}
		}
	}
	d.routes[seat] = m.forced(r, i)
}

// outer is a shift without its breaks.
func outer(shift []civil.Window) []civil.Window {
	if len(shift) == 0 {
		return nil
	}
	return []civil.Window{{From: shift[0].From, To: shift[len(shift)-1].To}}
}

// forced binds everything to its minute and the stop after the last one.
func (m *model) forced(r *route, i int) *route {
	s := &m.stops[i]
	out := r.clone()
	for k, at := range m.times(r) {
		out.seq[k].at = at
	}
	from, _, ok := m.hours(r.worker, r.day)
	if !ok {
		from = defaultStart
	}
	start := max(from, m.arrival(&r.ahead[len(r.seq)], s.place))
	if at, ok := earliest(meet(s.minutes, allDay, s.windows), start); ok {
		start = at
	}
	out.seq = append(out.seq, visit{stop: i, at: min(start, dayEnd-s.minutes), forced: true})
	m.anchor(out)
	if out.homeLate && !r.homeLate && s.place < 0 {
		m.callFromHome(out)
	}
	return out
}

// callFromHome puts a call that is last after hours, so that it does not keep the worker from getting home in time.
func (m *model) callFromHome(r *route) {
	last := &r.seq[len(r.seq)-1]
	if _, to, ok := m.hours(r.worker, r.day); ok && to <= dayEnd-m.stops[last.stop].minutes {
		last.at = max(last.at, to)
		m.anchor(r)
	}
}

// conflicts are the rules the fixed stops of a day break, by rank.
func (m *model) conflicts(d *day) []Conflict {
	var out []Conflict
	for _, r := range d.routes {
		for k, v := range r.seq {
			for _, rule := range m.broken(d, r, k) {
				out = append(out, Conflict{Stop: m.stops[v.stop].number, Rule: rule})
			}
		}
	}
	return out
}

func (m *model) broken(d *day, r *route, k int) []Rule {
	v := r.seq[k]
	s := &m.stops[v.stop]
	if s.fixed == nil {
		return nil
	}
	in := &m.problem.Stops[s.number]
	var out []Rule
	for _, c := range []struct {
		rule   Rule
		breaks bool
	}{
		{RulePeriod, s.fixed.Day < in.Earliest || s.fixed.Day > in.Latest || len(in.Days) > 0 && !slices.Contains(in.Days, s.fixed.Day)},
		{RuleHours, v.at != floating && !m.within(s, v.at, m.workers[r.worker].shifts[r.day])},
		{RuleCustomer, v.at != floating && len(s.windows) > 0 && !m.within(s, v.at, s.windows)},
		{RuleTravel, v.late || r.homeLate && k == len(r.seq)-1},
		{RuleCompanion, m.missed(d, r, v)},
		{RuleSameDay, m.repeats(v.stop)},
		{RuleCap, m.over[v.stop]},
	} {
		if c.breaks {
			out = append(out, c.rule)
		}
	}
	return out
}

func (m *model) within(s *stop, at int, windows []civil.Window) bool {
	return slices.ContainsFunc(meet(s.minutes, windows, nil), func(sp span) bool { return sp.from <= at && at <= sp.to })
}

// missed tells whether a companion of a bound visit is away or with another that comes before it.
func (m *model) missed(d *day, r *route, v visit) bool {
	s := &m.stops[v.stop]
	for _, c := range s.companions {
		if !m.within(s, v.at, m.companions[c][r.day]) {
			return true
		}
		for _, other := range d.routes {
			for _, u := range other.seq {
				if m.before(u, v) && m.collide(u, v, c) {
					return true
				}
			}
		}
	}
	return false
}

// before tells which of two keeps its companions: not the one that was forced in, else the earlier.
func (m *model) before(u, v visit) bool {
	return cmp.Or(compareBool(u.forced, v.forced), cmp.Compare(u.at, v.at), cmp.Compare(m.stops[u.stop].id, m.stops[v.stop].id)) < 0
}

// collide tells whether a companion cannot be at both.
func (m *model) collide(u, v visit, companion int) bool {
	a, b := &m.stops[u.stop], &m.stops[v.stop]
	return slices.Contains(a.companions, companion) && v.at < u.at+a.minutes+m.atlas.minutes(a.place, b.place)
}

// repeats tells whether a more important fixed stop of the same customer lies on the same day.
func (m *model) repeats(i int) bool {
	s := &m.stops[i]
	first, ok := m.firstFixed[contact{s.customer, s.fixedDay}]
	return ok && first != i
}

// contact is a customer on a day.
type contact struct{ customer, day int }
