package schedule

import "slices"

// shorter is the route's stops in a cheaper order, found by turning parts round (2-opt) and by moving single stops.
// It is remembered: a route that is seen by others does not change.
func (m *model) shorter(r *route) *route {
	if r.better == nil {
		r.better = m.polish(r)
	}
	return r.better
}

// sweeps bounds the improvement of one day; two are nearly always enough.
const sweeps = 6

func (m *model) polish(r *route) *route {
	best := r.clone()
	best.better = best
	if r.closed() {
		return best
	}
	var w ways
	for range sweeps {
		next := m.sweep(best, &w)
		if next == best {
			break
		}
		best = next
	}
	best.better = best
	return best
}

// sweep tries every turn and every move once and keeps what is cheaper.
func (m *model) sweep(best *route, w *ways) *route {
	cost, try := m.roughness(best), best.clone()
	w.read(m, best)
	for i := range best.seq {
		for j := range best.seq {
			if i == j || !w.shorter(i, j) {
				continue
			}
			try.seq = append(try.seq[:0], best.seq...)
			rearrange(try.seq, i, j)
			if !m.refresh(try) {
				continue
			}
			if c := m.roughness(try); c < cost {
				best, try = try, best.clone()
				cost = c
				w.read(m, best)
			}
		}
	}
	return best
}

// rearrange turns i … j round when i < j, else moves i to j.
func rearrange(seq []visit, i, j int) {
	if i < j {
		slices.Reverse(seq[i : j+1])
		return
	}
	v := seq[i]
	copy(seq[j+1:i+1], seq[j:i])
	seq[j] = v
}
