package schedule

import (
	"slices"

	"huifang/schedule/search"
)

// roads are the routes of a plan as search changes them: search.Routes and, by the days of the stops, search.Coupling.
type roads struct {
	*solver // of its own: at, contacts and weeks follow the search
	routes  []*route
	seqs    [][]int32
	bounds  []map[int]visit // the visits of each route that do not move
	costs   []int64
	sum     int64
	stale   []int32 // routes whose cost is to be worked out, when it is asked for
	kept    []kept
}

type kept struct {
	route route
	seq   []int32
	cost  int64 // unpriced when it was to be worked out
}

const unpriced = -1

// searcher makes roads that share nothing that changes.
func (s *solver) searcher() search.Searcher {
	return func() (search.Routes, search.Coupling) {
		n := len(s.workers) * s.days
		r := &roads{solver: s.aside(), routes: make([]*route, n), costs: make([]int64, n), kept: make([]kept, n), bounds: make([]map[int]visit, n), seqs: make([][]int32, n)}
		for _, crew := range s.plans {
			for on, d := range crew {
				for _, of := range d.routes {
					k := s.road(of.worker, on)
					r.bounds[k] = s.bound(of)
					r.routes[k] = of.clone()
					r.costs[k] = unpriced
					r.stale = append(r.stale, k)
				}
			}
		}
		return r, r
	}
}

// aside is a solver with the held stops alone on their days, for counting.
func (s *solver) aside() *solver {
	out := &solver{model: s.model, ctx: s.ctx, at: slices.Clone(s.at), contacts: cloneAll(s.contacts), weeks: cloneAll(s.weeks)}
	for i := range s.stops {
		if !s.held(i) && s.at[i] >= 0 {
			out.note(i, s.at[i], -1)
		}
	}
	return out
}

func (r *roads) Seq(k int32) []int32 { return r.seqs[k] }

func (r *roads) Probe(u, k int32, but int16) search.Probe {
	s, way := &r.stops[u], r.routes[k]
	out := search.Probe{Cost: search.Never}
	spans := r.starts(s, way.day)
	if len(spans) == 0 {
		return out
	}
	first, last := spans[0].from, spans[len(spans)-1].to
	target := r.workers[s.worker].target[way.day]
	load := r.weights.balance * int64(distance(way.load+s.minutes, target)-distance(way.load, target))
	for p := 0; p <= len(way.seq) && way.ahead[p].free <= last; p++ {
		if p == int(but) || way.behind[p].free < max(first, way.ahead[p].free)+s.minutes {
			continue
		}
		at, ok := r.fit(way, p, s, spans)
		if !ok {
			continue
		}
		if cost := at.cost + load; cost < out.Cost {
			out.Cost, out.At = cost, int16(p)
		}
	}
	return out
}

func (r *roads) Extra(_, _ int32, _ int64) int64 { return 0 }

func (r *roads) Insert(u, k, at int32) bool {
	way := r.routes[k]
	way.seq = slices.Insert(way.seq, int(at), visit{stop: int(u), at: floating})
	if !r.refresh(way) {
		way.seq = slices.Delete(way.seq, int(at), int(at)+1)
		r.refresh(way)
		return false
	}
	r.seqs[k] = slices.Insert(r.seqs[k], int(at), u)
	r.reprice(k)
	return true
}

func (r *roads) Remove(u, k int32) bool {
	way := r.routes[k]
	at := slices.Index(r.seqs[k], u)
	v := way.seq[at]
	way.seq = slices.Delete(way.seq, at, at+1)
	if !r.refresh(way) {
		way.seq = slices.Insert(way.seq, at, v)
		r.refresh(way)
		return false
	}
	r.seqs[k] = slices.Delete(r.seqs[k], at, at+1)
	r.reprice(k)
	return true
}

// reprice lets the cost of a route be worked out when it is asked for.
func (r *roads) reprice(k int32) {
	if r.costs[k] != unpriced {
		r.sum -= r.costs[k]
		r.costs[k] = unpriced
		r.stale = append(r.stale, k)
	}
}

func (r *roads) Cost() int64 {
	for _, k := range r.stale {
		if r.costs[k] == unpriced { // not brought back meanwhile
			r.costs[k] = r.model.cost(r.routes[k])
			r.sum += r.costs[k]
		}
	}
	r.stale = r.stale[:0]
	return r.sum
}

func (r *roads) Load(k int32, seq []int32) {
	way := r.sequence(r.routes[k], seq, r.bounds[k])
	r.refresh(way)
	r.routes[k] = way
	r.seqs[k] = append(r.seqs[k][:0], seq...)
	r.reprice(k)
}

func (r *roads) Save(k int32) {
	save, way := &r.kept[k], r.routes[k]
	save.route.assign(way)
	save.cost = r.costs[k]
	save.seq = append(save.seq[:0], r.seqs[k]...)
}

func (r *roads) Restore(k int32) {
	save := &r.kept[k]
	r.routes[k].assign(&save.route)
	r.reprice(k)
	if save.cost != unpriced {
		r.costs[k] = save.cost
		r.sum += save.cost
	}
	r.seqs[k] = append(r.seqs[k][:0], save.seq...)
}

// assign copies a route, keeping the room of the old one.
func (r *route) assign(from *route) {
	seq, ahead, behind := append(r.seq[:0], from.seq...), append(r.ahead[:0], from.ahead...), append(r.behind[:0], from.behind...)
	*r = *from
	r.seq, r.ahead, r.behind = seq, ahead, behind
}

func (r *roads) Broken() bool    { return false }
func (r *roads) Weigh(bool) bool { return false }

// Price is what a day does to the even distances of a stop's series; false when the customer's other contacts leave no
// room for it there.
func (r *roads) Price(u, option int32) (int64, bool) {
	i := int(u)
	if r.held(i) {
		return 0, true
	}
	on := r.dayOf(i, option)
	return r.spacing(i, on), r.free(i, on)
}

// Choose notes the day of a stop.
func (r *roads) Choose(u, option int32) {
	i := int(u)
	if r.held(i) {
		return
	}
	if at := r.at[i]; at >= 0 {
		r.note(i, at, -1)
	}
	if option >= 0 {
		r.note(i, r.dayOf(i, option), 1)
	}
}

// dayOf is the day an option stands for.
func (r *roads) dayOf(i int, option int32) int {
	for on := max(0, r.stops[i].first); ; on++ {
		if r.works(i, on) {
			if option == 0 {
				return on
			}
			option--
		}
	}
}
