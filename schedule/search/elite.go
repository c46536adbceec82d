package search

import (
	"cmp"
	"math/rand/v2"
	"slices"
)

// elite is a small number of good solutions that differ. It is sorted by cost.
type elite struct {
	*layout
	all []Solution
}

const (
	eliteSize  = 8
	eliteRoom  = 16 // so many are taken in before the least fit are dropped
	closeBy    = 3  // solutions nearest to one tell how much it adds
	firstborn  = 4  // solutions made from nothing
	likeliness = 5  // draws for a partner that is another
)

// add takes a solution in, unless one of that cost is there.
func (e *elite) add(s Solution) {
	k, found := slices.BinarySearchFunc(e.all, s.Cost, func(a Solution, cost int64) int { return cmp.Compare(a.Cost, cost) })
	if found {
		return
	}
	e.all = slices.Insert(e.all, k, s)
	if len(e.all) >= eliteRoom {
		for len(e.all) > eliteSize {
			e.dropWorst()
		}
	}
}

// dropWorst drops what is worst by cost and by how little it differs from others; never the best.
func (e *elite) dropWorst() {
	n := len(e.all)
	apart := make([]int, n)
	for i := range e.all {
		apart[i] = e.apart(i)
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(apart[b], apart[a]) })
	worst, most := 0, -1
	for rank, i := range order {
		if fit := 2*n*i + (2*n-eliteSize)*rank; i > 0 && fit > most {
			worst, most = i, fit
		}
	}
	e.all = slices.Delete(e.all, worst, worst+1)
}

// apart is how far a solution lies from the ones nearest to it.
func (e *elite) apart(i int) int {
	var all []int
	for j := range e.all {
		if j != i {
			all = append(all, e.distance(&e.all[i], &e.all[j]))
		}
	}
	slices.Sort(all)
	sum := 0
	for _, d := range all[:min(closeBy, len(all))] {
		sum += d
	}
	return sum
}

// distance counts units with other options, twice, and neighbours in routes that are none in the other.
func (e *elite) distance(a, b *Solution) int {
	n := 0
	for u := range a.Option {
		if a.Option[u] != b.Option[u] {
			n += 2
		}
	}
	pairs := map[[2]int32]bool{}
	for _, seq := range b.Seqs {
		neighbours(seq, func(pair [2]int32) { pairs[pair] = true })
	}
	for _, seq := range a.Seqs {
		neighbours(seq, func(pair [2]int32) {
			if !pairs[pair] {
				n++
			}
		})
	}
	return n
}

func neighbours(seq []int32, each func([2]int32)) {
	for k := 1; k < len(seq); k++ {
		each([2]int32{min(seq[k-1], seq[k]), max(seq[k-1], seq[k])})
	}
}

// parents draws two solutions, each the better of two.
func (e *elite) parents(dice *rand.Rand) (a, b *Solution) {
	draw := func() int { return min(dice.IntN(len(e.all)), dice.IntN(len(e.all))) }
	i, j := draw(), draw()
	for k := 0; k < likeliness && i == j; k++ {
		j = draw()
	}
	return &e.all[i], &e.all[j]
}

// inherit makes the state a child: some days as in a, some as in b, and some with a's routes of one neighbourhood and
// b's for the rest. What fits neither is put in where it costs least. State must be empty.
func (s *state) inherit(a, b *Solution) {
	days := s.dice.Perm(s.Days)
	i, j := s.dice.IntN(s.Days+1), s.dice.IntN(s.Days+1)
	i, j = min(i, j), max(i, j)
	h := heir{state: s, chosen: make([]uint64, len(s.Units)), seqs: make([][]int32, len(s.DayOf))}
	for _, day := range days[:i] {
		h.whole(a, int32(day))
	}
	for _, day := range days[i:j] {
		h.part(a, int32(day))
	}
	for _, day := range days[i:] {
		h.rest(b, int32(day))
	}
	h.complete()
}

// heir is a child in the making.
type heir struct {
	*state
	chosen []uint64 // by unit: the days it has
	seqs   [][]int32
}

// whole takes over a day of a solution.
func (h *heir) whole(of *Solution, day int32) {
	for _, r := range h.routes[day] {
		h.extend(r, of.Seqs[r])
	}
}

// part takes over the routes of a solution that pass near a unit, on one day. A day of one route gives a part of it.
func (h *heir) part(of *Solution, day int32) {
	routes := h.routes[day]
	if len(routes) == 1 {
		seq := of.Seqs[routes[0]]
		i, j := h.dice.IntN(len(seq)+1), h.dice.IntN(len(seq)+1)
		h.extend(routes[0], seq[min(i, j):max(i, j)])
		return
	}
	near := h.nearest(of, day)
	for _, r := range near[:h.dice.IntN(len(near)+1)] {
		h.extend(r, of.Seqs[r])
	}
}

// nearest orders the routes of a day by how near they come to some unit.
func (h *heir) nearest(of *Solution, day int32) []int32 {
	route := make(map[int32]int32, len(h.Units))
	for _, r := range h.routes[day] {
		for _, u := range of.Seqs[r] {
			route[u] = r
		}
	}
	var out []int32
	for _, u := range h.Near[h.moving[h.dice.IntN(len(h.moving))]] {
		if r, ok := route[u]; ok && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// rest takes over what still fits of a day of a solution, the fullest routes first, into routes that are empty.
func (h *heir) rest(of *Solution, day int32) {
	var seqs [][]int32
	var empty []int32
	for _, r := range h.routes[day] {
		if len(h.seqs[r]) == 0 {
			empty = append(empty, r)
		}
		var seq []int32
		for _, u := range of.Seqs[r] {
			if h.may(u, day) {
				seq = append(seq, u)
			}
		}
		seqs = append(seqs, seq)
	}
	slices.SortStableFunc(seqs, func(a, b []int32) int { return len(b) - len(a) })
	for k, r := range empty {
		h.extend(r, seqs[k])
	}
}

func (h *heir) extend(r int32, seq []int32) {
	h.seqs[r] = append(h.seqs[r], seq...)
	for _, u := range seq {
		h.chosen[u] |= 1 << h.DayOf[r]
	}
}

// may tells whether a unit has an option with the days it has and one more.
func (h *heir) may(u, day int32) bool {
	days := h.chosen[u] | 1<<day
	return days != h.chosen[u] && slices.ContainsFunc(h.Units[u].Options, func(o Option) bool { return o.Days&days == days })
}

// complete fills the state's routes and gives each unit an option with the days it has.
func (h *heir) complete() {
	for r, seq := range h.seqs {
		h.fill(int32(r), seq)
	}
	for _, k := range h.dice.Perm(len(h.moving)) {
		u := h.moving[k]
		if o := h.cheapestWith(u, h.chosen[u]); o >= 0 {
			h.settle(u, o, func(day int32) offer { return h.sure(u, day) })
		}
	}
	h.begin()
}

// cheapestWith finds the option with those days whose other days cost least.
func (h *heir) cheapestWith(u int32, days uint64) int32 {
	best, least := int32(-1), int64(Never)
	for i := range h.offers {
		h.offers[i].asked = false
	}
	for o, option := range h.Units[u].Options {
		if option.Days&days != days {
			continue
		}
		cost := option.Cost
		for _, day := range h.days[u][o] {
			if days>>day&1 == 1 {
				continue
			}
			if !h.offers[day].asked {
				h.offers[day] = h.look(u, day)
			}
			cost = min(cost+h.offers[day].cost, Never-1)
		}
		if cost < least {
			best, least = int32(o), cost
		}
	}
	return best
}
