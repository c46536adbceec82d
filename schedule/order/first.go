package order

import "slices"

// Orders to begin with: the better they are, the less the search has to look at.

// mostRounds is how often an order is gone through for a better place of each stop.
const mostRounds = 6

// given is the order the day has now.
func (s *search) given() []int {
	out := make([]int, len(s.tasks))
	for i := range out {
		out[i] = i
	}
	return out
}

// likeGiven takes the order the day has now for what is done, where that is as good.
func (s *search) likeGiven() {
	kept := slices.DeleteFunc(s.given(), func(i int) bool { return !s.best.has(i) })
	last := s.inOrder(kept)
	if result, ok := s.finish(last); ok && result == s.score {
		s.best = last
	}
}

// inOrder does stops in an order, leaves out those that cannot be done in their turn, and answers the best end.
func (s *search) inOrder(seq []int) *label {
	labels := []*label{&s.dawn}
	for _, i := range seq {
		if next := s.after(labels, i); len(next) > 0 {
			labels = next
		}
	}
	return s.bestOf(labels)
}

// after is what comes of doing a stop next, without what another beats.
func (s *search) after(labels []*label, i int) []*label {
	var out []*label
	for _, l := range labels {
		for _, n := range s.follow(l, i, nil) {
			if slices.ContainsFunc(out, func(o *label) bool { return o.beats(&n) }) {
				continue
			}
			out = slices.DeleteFunc(out, func(o *label) bool { return n.beats(o) })
			out = append(out, &n)
		}
	}
	return out
}

// bestOf is the one with the best end; the first when none reaches it in time.
func (s *search) bestOf(labels []*label) *label {
	best, found := labels[0], worst
	for _, l := range labels {
		if result, ok := s.finish(l); ok && result.less(found) {
			best, found = l, result
		}
	}
	return best
}

// inserted puts in stop after stop, the important first, each at its cheapest place.
func (s *search) inserted() []int {
	order := s.given()
	slices.SortStableFunc(order, func(a, b int) int { return s.tasks[b].weight - s.tasks[a].weight })
	var seq []int
	for _, i := range order {
		seq = s.cheapest(seq, i)
	}
	return seq
}

// cheapest is an order with one more stop, the same order when it finds no place.
func (s *search) cheapest(seq []int, i int) []int {
	best := seq
	found := s.worth(seq)
	for p := 0; p <= len(seq); p++ {
		with := slices.Insert(slices.Clone(seq), p, i)
		if result := s.worth(with); result.less(found) {
			best, found = with, result
		}
	}
	return best
}

// improved moves single stops for as long as that helps.
func (s *search) improved(seq []int) *label {
	for range mostRounds {
		before := s.worth(seq)
		for i := range s.tasks {
			seq = s.moved(seq, i)
		}
		if !s.worth(seq).less(before) {
			break
		}
	}
	return s.inOrder(seq)
}

func (s *search) moved(seq []int, i int) []int {
	others := slices.DeleteFunc(slices.Clone(seq), func(j int) bool { return i == j })
	if next := s.cheapest(others, i); s.worth(next).less(s.worth(seq)) {
		return next
	}
	return seq
}

// worth is the score of an order; one that ends too late is worth nothing.
func (s *search) worth(seq []int) score {
	result, ok := s.finish(s.inOrder(seq))
	if !ok {
		return worst
	}
	return result
}
