package schedule

import (
	"slices"

	"huifang/schedule/search"
)

// search looks for a better plan by ruin and recreate. What is fixed stays, and so do joint stops, whose minute others
// rely on. What it finds is taken only when it costs less.
func (s *solver) search(steps int, seed uint64) {
	if steps == 0 {
		return
	}
	s.atlas.fill()
	found := search.Improve(s.ctx, s.searched(), s.searcher(), s.solution(), search.Budget{Steps: steps}, seed)
	before := s.cost
	s.take(found)
	if s.cost >= before {
		s.rollback(0)
	}
	s.log = s.log[:0]
}

// road numbers a worker's days as routes.
func (m *model) road(worker, on int) int32 { return int32(worker*m.days + on) }

func (m *model) workday(road int32) (worker, on int) { return int(road) / m.days, int(road) % m.days }

// searched is the problem in the search's words: a unit for each stop, by rank, and an option for each day it may lie on.
func (s *solver) searched() search.Problem {
	out := search.Problem{Days: s.days, Units: make([]search.Unit, len(s.stops))}
	for range s.workers {
		for on := range s.days {
			out.DayOf = append(out.DayOf, int32(on))
		}
	}
	for i := range s.stops {
		out.Units[i] = s.unit(i)
		out.Near = append(out.Near, s.near(i))
	}
	return out
}

func (s *solver) unit(i int) search.Unit {
	st := &s.stops[i]
	out := search.Unit{Sets: make([][]int32, s.days), Shed: st.shed, Size: int64(st.minutes), Held: s.held(i)}
	if st.place >= 0 {
		out.Far = int64(s.atlas.minutes(s.workers[st.worker].start, st.place))
	}
	if out.Held {
		if on := s.at[i]; on >= 0 {
			out.Sets[on] = []int32{s.road(st.worker, on)}
			out.Options = []search.Option{{Days: 1 << on}}
		}
		return out
	}
	for on := max(0, st.first); on <= st.last; on++ {
		if s.works(i, on) {
			out.Sets[on] = []int32{s.road(st.worker, on)}
			out.Options = append(out.Options, search.Option{Days: 1 << on, Cost: s.dayCost(i, on)})
		}
	}
	return out
}

// held stops the search does not move: others rely on where they are.
func (s *solver) held(i int) bool {
	return s.stops[i].fixed != nil || len(s.stops[i].companions) > 0 || s.stops[i].frozen
}

// neighbours is how many others a stop is torn out with.
const neighbours = 60

// near lists the stops that could lie beside one, itself first: by the way between them and by how far apart they are due.
func (s *solver) near(i int) []int32 {
	type other struct{ unit, apart int }
	var all [neighbours + 1]other // sorted; the last is who fell out
	a, n := &s.stops[i], 0
	for j := range s.stops {
		b := &s.stops[j]
		if j == i || s.held(j) || b.worker != a.worker {
			continue
		}
		k, apart := n, s.unlike(a, b)
		for ; k > 0 && all[k-1].apart > apart; k-- {
			all[k] = all[k-1]
		}
		all[k] = other{j, apart}
		n = min(n+1, neighbours)
	}
	out := append(make([]int32, 0, n+1), int32(i))
	for _, o := range all[:n] {
		out = append(out, int32(o.unit))
	}
	return out
}

// unlike counts a call as so many minutes off everything, and a day as two minutes.
func (s *solver) unlike(a, b *stop) int {
	way := 15
	if a.place >= 0 && b.place >= 0 {
		way = s.atlas.minutes(a.place, b.place)
	}
	return way + 2*distance(a.due, b.due)
}

// solution is the plan as it is.
func (s *solver) solution() search.Solution {
	out := search.Solution{Option: slices.Repeat([]int32{-1}, len(s.stops)), Seqs: make([][]int32, len(s.workers)*s.days)}
	for _, crew := range s.plans {
		for on, d := range crew {
			for _, r := range d.routes {
				seq := &out.Seqs[s.road(r.worker, on)]
				for _, v := range r.seq {
					*seq = append(*seq, int32(v.stop))
					out.Option[v.stop] = s.optionOn(v.stop, on)
				}
			}
		}
	}
	return out
}

// optionOn is the number of the option of a stop that is a day.
func (s *solver) optionOn(i, day int) int32 {
	n := int32(0)
	if s.held(i) {
		return 0
	}
	for on := max(0, s.stops[i].first); on < day; on++ {
		if s.works(i, on) {
			n++
		}
	}
	return n
}

// take makes the plan what was found.
func (s *solver) take(found search.Solution) {
	for i := range s.stops {
		if !s.held(i) && s.at[i] >= 0 {
			s.assign(i, -1)
		}
	}
	for r, seq := range found.Seqs {
		w, on := s.workday(int32(r))
		for _, u := range seq {
			if i := int(u); !s.held(i) {
				s.assign(i, on)
			}
		}
		s.reorder(w, on, seq)
	}
}

// reorder gives a worker's day another sequence.
func (s *solver) reorder(w, on int, seq []int32) {
	crew, seat := s.workers[w].crew, s.workers[w].seat
	old := s.plans[crew][on]
	if slices.EqualFunc(old.routes[seat].seq, seq, func(v visit, u int32) bool { return v.stop == int(u) }) {
		return
	}
	next := old.clone()
	r := s.sequence(old.routes[seat], seq, s.bound(old.routes[seat]))
	s.refresh(r)
	next.routes[seat] = r
	next.set = s.setOf(next)
	s.price(next)
	s.replace(crew, on, next)
}

func (s *solver) setOf(d *day) []int {
	var out []int
	for _, r := range d.routes {
		for _, v := range r.seq {
			if s.stops[v.stop].fixed == nil {
				out = append(out, v.stop)
			}
		}
	}
	slices.Sort(out)
	return out
}

// bound are the visits of a route that do not move.
func (s *solver) bound(r *route) map[int]visit {
	out := map[int]visit{}
	for _, v := range r.seq {
		if s.held(v.stop) {
			out[v.stop] = v
		}
	}
	return out
}

// sequence is a route like another with other visits.
func (m *model) sequence(like *route, seq []int32, bound map[int]visit) *route {
	out := like.clone()
	out.seq = out.seq[:0]
	for _, u := range seq {
		v, ok := bound[int(u)]
		if !ok {
			v = visit{stop: int(u), at: floating}
		}
		out.seq = append(out.seq, v)
	}
	return out
}
