package schedule

// ways are the ways of a route, kept so that what a change of its order saves is told in constant time. Place 0 is where the
// day starts, place k+1 that of visit k, the last where the day ends; calls have none and are passed over.
type ways struct {
	atlas       *atlas
	place       []int
	prev, next  []int // the nearest place at or before, at or after
	there, back []int // minutes from the start to a place along the route, and from the place to the start against it
}

func (w *ways) read(m *model, r *route) {
	n := len(r.seq) + 2
	w.atlas = &m.atlas
	for _, list := range []*[]int{&w.place, &w.prev, &w.next, &w.there, &w.back} {
		*list = append((*list)[:0], make([]int, n)...)
	}
	w.place[0], w.place[n-1] = m.workers[r.worker].start, m.workers[r.worker].end
	for k, v := range r.seq {
		w.place[k+1] = m.stops[v.stop].place
	}
	for k := 1; k < n; k++ {
		p := w.prev[k-1]
		w.prev[k], w.there[k], w.back[k] = p, w.there[p], w.back[p]
		if w.place[k] >= 0 || k == n-1 {
			w.prev[k], w.there[k], w.back[k] = k, w.there[p]+w.minutes(p, k), w.back[p]+w.minutes(k, p)
		}
	}
	w.next[n-1] = n - 1
	for k := n - 2; k >= 0; k-- {
		if w.next[k] = w.next[k+1]; w.place[k] >= 0 || k == 0 {
			w.next[k] = k
		}
	}
}

func (w *ways) minutes(a, b int) int { return w.atlas.minutes(w.place[a], w.place[b]) }

// shorter tells whether rearrange makes the ways of the route shorter.
func (w *ways) shorter(i, j int) bool {
	if i < j {
		return w.turned(i, j) < 0
	}
	return w.moved(i, j) < 0
}

// turned is what turning visits i … j round adds.
func (w *ways) turned(i, j int) int {
	from, to := w.next[i+1], w.prev[j+1]
	if from >= to {
		return 0
	}
	a, b := w.prev[i], w.next[j+2]
	return w.minutes(a, to) + w.back[to] - w.back[from] + w.minutes(from, b) -
		w.minutes(a, from) - (w.there[to] - w.there[from]) - w.minutes(to, b)
}

// moved is what visit i put before the earlier visit j adds.
func (w *ways) moved(i, j int) int {
	k, y := i+1, w.next[j+1]
	if w.place[k] < 0 || y == k {
		return 0
	}
	a, b, x := w.prev[k-1], w.next[k+1], w.prev[j]
	return w.minutes(a, b) - w.minutes(a, k) - w.minutes(k, b) + w.minutes(x, k) + w.minutes(k, y) - w.minutes(x, y)
}
