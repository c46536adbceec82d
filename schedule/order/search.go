package order

import "slices"

const (
	// mostLabels is how many beginnings of one length are followed before the search keeps only the best of them.
	mostLabels = 40_000
	// beamWidth is how many it then keeps.
	beamWidth = 500
	// diveWidth is how many are kept in a first dive for a good day: the better it is, the less is left to look at.
	diveWidth = 50
)

// search looks for the best order by the sets of stops done and the place of the last (Held and Karp). Of beginnings
// with the same set and place it keeps those that none other beats, and drops those that cannot become the best day.
type search struct {
	day   *Day
	tasks []task
	total int // weight of all stops
	until int
	dawn  label
	short [][]int // the shortest ways, over other places too
	last  int     // the shortest way to the end from any stop
	rest  *rest   // nil where there are too many visits

	quick, close []int // the tasks by class: by what they need, by how near they are
	room         []int // by class: how many have room

	best   *label // the last of the best day so far
	score  score
	fronts *fronts
	pool   []label
}

func newSearch(d *Day) *search {
	s := &search{day: d, tasks: tasksOf(d), until: never, short: shortest(d.Travel), rest: newRest(d)}
	if d.Until > 0 {
		s.until = d.Until
	}
	s.last = never
	for _, t := range s.tasks {
		s.total += t.weight
		if t.place >= 0 {
			s.last = min(s.last, d.way(t.place, d.To))
		}
	}
	s.quick = ranked(s.tasks, func(t *task) int { return t.need })
	s.close = ranked(s.tasks, func(t *task) int { return t.nearest })
	s.room = make([]int, len(s.tasks))
	s.dawn = label{place: d.From, free: d.Now, left: d.dawn(), stop: -1, visit: -1}
	s.best = &s.dawn
	s.score, _ = s.finish(&s.dawn)
	return s
}

// dawn is when the rep may set out: with the first shift, unless an appointment comes before it.
func (d *Day) dawn() int {
	if len(d.Shifts) == 0 {
		return d.Now
	}
	first := int(d.Shifts[0].From)
	for _, s := range d.Stops {
		if s.At != nil && *s.At < first {
			return d.Now
		}
	}
	return max(d.Now, first)
}

// shortest are the ways from everywhere to everywhere when they may lead over other places.
func shortest(travel [][]int) [][]int {
	out := make([][]int, len(travel))
	for i, row := range travel {
		out[i] = slices.Clone(row)
		out[i][i] = 0
	}
	for over := range out {
		for i := range out {
			for j := range out {
				out[i][j] = min(out[i][j], out[i][over]+out[over][j])
			}
		}
	}
	return out
}

// settle takes a day over when it is better than the best so far.
func (s *search) settle(last *label) {
	if result, ok := s.finish(last); ok && result.less(s.score) {
		s.best, s.score = last, result
	}
}

// run follows all beginnings, the shortest first, but no more of one length than a width. It tells whether none was
// dropped that could have become better.
func (s *search) run(width int) bool {
	s.fronts = newFronts(len(s.tasks), len(s.short))
	whole := true
	layer := []*label{&s.dawn}
	for range s.tasks {
		hopes := s.hopes(layer)
		if len(hopes) > width {
			slices.SortStableFunc(hopes, hope.compare)
			hopes, whole = hopes[:min(width, beamWidth)], false
		}
		layer = s.grow(hopes)
	}
	s.hopes(layer)
	return whole
}

// hope is a beginning with the best that can still become of it.
type hope struct {
	*label
	bound score
}

func (a hope) compare(b hope) int {
	switch {
	case a.bound.less(b.bound):
		return -1
	case b.bound.less(a.bound):
		return 1
	}
	return a.free - b.free
}

// hopes are the beginnings that can still become a better day than the best so far.
func (s *search) hopes(layer []*label) []hope {
	var out []hope
	for _, l := range layer {
		if !l.beaten {
			s.settle(l)
		}
	}
	for _, l := range layer {
		if l.beaten {
			continue
		}
		if b := s.bound(l); b.less(s.score) {
			out = append(out, hope{l, b})
		}
	}
	return out
}

// bound is a score that no day with this beginning can beat: what cannot be reached any more is lost, all others lie on
// the shortest road there is. When even that takes too long, some of them are lost too.
func (s *search) bound(l *label) score {
	ahead := s.ahead(l)
	road := s.road(l, ahead)
	if l.left+road+ahead.work > s.until && ahead.weight > 0 {
		return s.crowded(l, ahead)
	}
	return score{s.total - l.kept - ahead.weight, l.cost + road, max(l.free, l.left+road+ahead.work)}
}

// crowded is the bound when not all that is ahead has room: of each class, the most important first, as many as there is
// time for, were the quickest of them chosen and each the next to its neighbour; their road is that of the nearest.
func (s *search) crowded(l *label, a ahead) score {
	end := min(s.last, s.back(l))
	spare, kept := s.until-l.left-end, 0
	clear(s.room)
	for _, i := range s.quick {
		if t := &s.tasks[i]; a.tasks>>i&1 == 1 && t.need <= spare {
			spare -= t.need
			kept += t.weight
			s.room[t.class]++
		}
	}
	lost := s.total - l.kept - kept
	if kept == a.weight {
		return score{lost + a.least, l.cost, l.free}
	}
	road := end
	for _, i := range s.close {
		if t := &s.tasks[i]; a.tasks>>i&1 == 1 && s.room[t.class] > 0 {
			road += t.nearest
			s.room[t.class]--
		}
	}
	return score{lost, l.cost + road, l.free}
}

// ahead is what can still be reached after a beginning.
type ahead struct {
	tasks         uint64
	visits        int // a choice of them, where the rest is known
	anyVisit      bool
	way           int // to each visit the shortest way there is
	work          int // minutes, but for appointments, which may be calls after hours
	weight, least int // of all, and of the least important
}

func (s *search) ahead(l *label) ahead {
	var a ahead
	for i := range s.tasks {
		t := &s.tasks[i]
		if l.has(i) || first(t.starts, s.soonest(l, t)) == never {
			continue
		}
		if a.weight == 0 || t.weight < a.least {
			a.least = t.weight
		}
		a.tasks |= 1 << i
		a.weight += t.weight
		a.work += t.work
		if t.place >= 0 {
			a.anyVisit = true
			a.way += t.nearest
			if s.rest != nil {
				a.visits |= 1 << s.rest.bit[i]
			}
		}
	}
	return a
}

// road is the least there is still to go.
func (s *search) road(l *label, a ahead) int {
	switch {
	case !a.anyVisit:
		return s.back(l)
	case s.rest == nil:
		return a.way + s.last
	case l.visit < 0:
		return int(s.rest.start[a.visits])
	}
	return int(s.rest.table[a.visits*s.rest.n+s.rest.bit[l.visit]])
}

// soonest is the earliest minute a stop could begin, be it after others.
func (s *search) soonest(l *label, t *task) int {
	if t.place < 0 || l.place < 0 {
		return l.free
	}
	return max(l.free, l.left+s.short[l.place][t.place])
}

// grow makes all beginnings that are one stop longer.
func (s *search) grow(hopes []hope) []*label {
	var next []*label
	clear(s.fronts.held) // a set is of one length
	var room [2]label
	for _, h := range hopes {
		for i := range s.tasks {
			if h.has(i) || s.tasks[i].twin >= 0 && !h.has(s.tasks[i].twin) {
				continue
			}
			for _, n := range s.follow(h.label, i, room[:0]) {
				if kept := s.enter(n); kept != nil {
					next = append(next, kept)
				}
			}
		}
	}
	return next
}

// enter puts a beginning among those it competes with; nil when one of them beats it.
func (s *search) enter(n label) *label {
	head := s.fronts.of(n.set, n.place)
	for l := *head; l != nil; l = l.next {
		if l.beats(&n) {
			return nil
		}
	}
	for at := head; *at != nil; {
		if n.beats(*at) {
			(*at).beaten = true
			*at = (*at).next
			continue
		}
		at = &(*at).next
	}
	kept := s.keep(n)
	kept.next, *head = *head, kept
	return kept
}

// keep stores labels in slabs: there are many.
func (s *search) keep(n label) *label {
	if len(s.pool) == cap(s.pool) {
		s.pool = make([]label, 0, 4096)
	}
	s.pool = append(s.pool, n)
	return &s.pool[len(s.pool)-1]
}
