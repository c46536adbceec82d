package search

import "math"

// logs are −ln of the middles of equal parts of 0…1, rounded so that every machine has the same.
var logs = func() (out [1 << 12]float64) {
	for i := range out {
		out[i] = math.Round(-math.Log((float64(i)+0.5)/float64(len(out)))*(1<<16)) / (1 << 16)
	}
	return out
}()

const (
	coolEvery  = 64  // steps
	weighEvery = 200 // steps: how often soft limits are weighed anew
)

// anneal takes steps from the state as it is while temperatures fall from hot to cold, in costs, as far as the round has
// come. It keeps the best solution within the soft limits in best, when it is better than that, and tells how many
// steps it took.
func (s *state) anneal(hot, cold float64, best *Solution, come pace) int {
	now, warm, within := s.cost(), hot, 0
	s.record(best)
	for n := 1; ; n++ {
		limit := now + int64(warm*logs[s.dice.Uint64()%uint64(len(logs))])
		s.begin()
		if s.recreate(s.ruin(), limit) {
			now = s.cost()
			s.record(best)
		} else {
			s.rollback()
		}
		if !s.on.Broken() {
			within++
		}
		if n%weighEvery == 0 {
			now, within = s.weigh(within), 0
		}
		if n%coolEvery == 0 {
			far := come(n)
			if far >= 1 {
				return n
			}
			warm = math.Round(hot*math.Pow(cold/hot, far)*(1<<20)) / (1 << 20)
		}
	}
}

// weigh aims at two to three solutions of five within the soft limits; when none was, it takes larger strides.
func (s *state) weigh(within int) int64 {
	times := 1
	if within == 0 {
		times = 4
	}
	anew := false
	if dearer := within < weighEvery*2/5; dearer || within > weighEvery*3/5 {
		for range times {
			anew = s.on.Weigh(dearer)
		}
	}
	if anew {
		for r := range s.version {
			s.bump(int32(r))
		}
	}
	return s.cost()
}

// record keeps the state when it is within the soft limits and better than the best.
func (s *state) record(best *Solution) {
	if !s.on.Broken() && (best.Seqs == nil || s.cost() < best.Cost) {
		s.copyTo(best)
	}
}
