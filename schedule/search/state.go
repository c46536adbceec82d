package search

import (
	"math/rand/v2"
	"slices"
)

// state is one solution under change. A step begins with begin and is taken back by rollback.
type state struct {
	*layout
	on       Routes
	coupling Coupling
	dice     *rand.Rand
	option   []int32 // by unit, -1 for one left out
	at       []int32 // by unit and day: the route, -1 for none
	left     set     // the units left out
	fixed    int64   // what options, shed units and the coupling cost

	count   []int32  // units by route
	version []uint32 // changes whenever a route does: what was probed in it is good as long
	clock   uint32
	cache   []Probe
	blink   int

	touched []int32
	saved   []saved // by route
	moved   []moved
	marks   []bool // units in moved
	before  int64  // fixed when the step began

	removed []int32
	forced  []int32 // by removed unit: the option it shall have, -1 for any
	offers  []offer // by day
	ruined  []int32
}

type saved struct {
	touched bool
	count   int32
	version uint32
}

// moved is a unit as it was before the step.
type moved struct {
	unit, option int32
	at           []int32
}

func newState(l *layout, with Searcher, dice *rand.Rand) *state {
	s := &state{
		layout: l, dice: dice,
		option: slices.Repeat([]int32{-1}, len(l.Units)), at: slices.Repeat([]int32{-1}, len(l.Units)*l.Days),
		count: make([]int32, len(l.DayOf)), version: make([]uint32, len(l.DayOf)), saved: make([]saved, len(l.DayOf)),
		cache: make([]Probe, l.slots[len(l.slots)-1]), marks: make([]bool, len(l.Units)), offers: make([]offer, l.Days),
	}
	s.on, s.coupling = with()
	s.left = newSet(len(l.Units))
	for u := range l.Units {
		s.left.add(int32(u))
		s.fixed += l.Units[u].Shed
	}
	for r := range s.version {
		s.bump(int32(r))
	}
	s.blink = s.nextBlink()
	return s
}

func (s *state) cost() int64 { return s.fixed + s.on.Cost() }

func (s *state) bump(r int32) {
	s.clock++
	s.version[r] = s.clock
}

// begin makes what has changed so far final.
func (s *state) begin() {
	for _, r := range s.touched {
		s.saved[r].touched = false
	}
	for _, m := range s.moved {
		s.marks[m.unit] = false
	}
	s.touched, s.moved, s.before = s.touched[:0], s.moved[:0], s.fixed
}

// rollback brings back what was when the step began.
func (s *state) rollback() {
	for _, r := range s.touched {
		s.on.Restore(r)
		s.count[r], s.version[r] = s.saved[r].count, s.saved[r].version
	}
	for _, m := range s.moved {
		s.note(m.unit, -1)
	}
	for _, m := range s.moved {
		s.note(m.unit, m.option)
		copy(s.of(m.unit), m.at)
	}
	s.fixed = s.before
}

// of is the routes of a unit by day.
func (s *state) of(u int32) []int32 { return s.at[int(u)*s.Days : int(u+1)*s.Days] }

func (s *state) touch(r int32) {
	if s.saved[r].touched {
		return
	}
	s.saved[r] = saved{true, s.count[r], s.version[r]}
	s.touched = append(s.touched, r)
	s.on.Save(r)
}

// keep remembers a unit as it is, once in a step.
func (s *state) keep(u int32) {
	if s.marks[u] {
		return
	}
	s.marks[u] = true
	n := len(s.moved)
	if n < cap(s.moved) {
		s.moved = s.moved[:n+1]
	} else {
		s.moved = append(s.moved, moved{})
	}
	m := &s.moved[n]
	m.unit, m.option, m.at = u, s.option[u], append(m.at[:0], s.of(u)...)
}

// note gives a unit an option without pricing it.
func (s *state) note(u, option int32) {
	if s.option[u] == option {
		return
	}
	s.option[u] = option
	if option < 0 {
		s.left.add(u)
	} else {
		s.left.drop(u)
	}
	if s.coupling != nil {
		s.coupling.Choose(u, option)
	}
}

// choose gives an absent unit an option and pays for it.
func (s *state) choose(u, option int32) {
	price, _ := s.price(u, option)
	s.fixed += price
	s.note(u, option)
}

// price is what an option of an absent unit costs beside its routes, against leaving the unit out.
func (s *state) price(u, option int32) (int64, bool) {
	price, ok := s.Units[u].Options[option].Cost-s.Units[u].Shed, true
	if s.coupling != nil {
		var add int64
		add, ok = s.coupling.Price(u, option)
		price += add
	}
	return price, ok
}

// take takes a visit off its route; false when the rest would not fit.
func (s *state) take(u, day int32) bool {
	r := s.of(u)[day]
	s.touch(r)
	s.keep(u)
	if !s.on.Remove(u, r) {
		return false
	}
	s.of(u)[day] = -1
	s.count[r]--
	s.bump(r)
	return true
}

// drop takes all visits of a unit off their routes and leaves it out; false when the rest would not fit.
func (s *state) drop(u int32) bool {
	option := s.option[u]
	s.keep(u)
	for _, day := range s.days[u][option] {
		if s.of(u)[day] >= 0 && !s.take(u, day) {
			return false
		}
	}
	s.note(u, -1)
	price, _ := s.price(u, option)
	s.fixed -= price
	return true
}

// put puts a visit where an offer says; false when it does not fit after all.
func (s *state) put(u, day int32, o offer) bool {
	s.touch(o.route)
	s.keep(u)
	if !s.on.Insert(u, o.route, int32(o.at)) {
		return false
	}
	s.of(u)[day] = o.route
	s.count[o.route]++
	s.bump(o.route)
	return true
}

// load makes the state a solution.
func (s *state) load(sol *Solution) {
	s.begin()
	for u := range s.option {
		s.note(int32(u), -1)
	}
	for i := range s.at {
		s.at[i] = -1
	}
	s.fixed = 0
	for u := range s.Units {
		s.fixed += s.Units[u].Shed
	}
	for r := range s.DayOf {
		if r < len(sol.Seqs) {
			s.fill(int32(r), sol.Seqs[r])
		} else {
			s.fill(int32(r), nil)
		}
	}
	for u, option := range sol.Option {
		if option >= 0 {
			s.choose(int32(u), option)
		}
	}
	s.begin()
}

// fill makes a route of units.
func (s *state) fill(r int32, seq []int32) {
	s.on.Load(r, seq)
	s.count[r] = int32(len(seq))
	s.bump(r)
	for _, u := range seq {
		s.of(u)[s.DayOf[r]] = r
	}
}

// copyTo writes the state into a solution, reusing its room.
func (s *state) copyTo(out *Solution) {
	if out.Seqs == nil {
		out.Seqs = make([][]int32, len(s.DayOf))
	}
	for r := range out.Seqs {
		out.Seqs[r] = append(out.Seqs[r][:0], s.on.Seq(int32(r))...)
	}
	out.Option = append(out.Option[:0], s.option...)
	out.Cost = s.cost()
}

// set is a set of units from which one can be drawn.
type set struct{ all, index []int32 }

func newSet(n int) set { return set{index: slices.Repeat([]int32{-1}, n)} }

func (s *set) add(u int32) {
	if s.index[u] < 0 {
		s.index[u] = int32(len(s.all))
		s.all = append(s.all, u)
	}
}

func (s *set) drop(u int32) {
	k := s.index[u]
	if k < 0 {
		return
	}
	last := s.all[len(s.all)-1]
	s.all[k], s.index[last], s.index[u] = last, k, -1
	s.all = s.all[:len(s.all)-1]
}
