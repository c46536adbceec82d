package schedule

import "slices"

// day is what a crew does on one day. A day that others can see is never changed: moves make a new one.
type day struct {
	set    []int // the stops that may move, by rank; the fixed ones are in every day
	routes []*route
	cost   int64
}

func (d *day) clone() *day {
	c := &day{set: slices.Clone(d.set), cost: d.cost, routes: make([]*route, len(d.routes))}
	copy(c.routes, d.routes)
	return c
}

// with is the day with one more stop, nil when it finds no place.
func (m *model) with(d *day, i int) *day {
	out := d.clone()
	if !m.push(out, i) {
		return nil
	}
	m.price(out)
	return out
}

// without is the day with one stop less, nil when the others could not follow each other any more.
func (m *model) without(d *day, i int) *day {
	out := d.clone()
	if !m.pull(out, i) {
		return nil
	}
	m.price(out)
	return out
}

// pull takes a stop off a day; when it fails, the day is of no more use.
func (m *model) pull(d *day, i int) bool {
	seat := m.workers[m.stops[i].worker].seat
	r := d.routes[seat].own()
	r.seq = slices.DeleteFunc(r.seq, func(v visit) bool { return v.stop == i })
	if !m.refresh(r) {
		return false
	}
	d.routes[seat] = r
	d.set = slices.DeleteFunc(d.set, func(j int) bool { return j == i })
	return true
}

// yields tells whether a stop gives way to another: the less important does, and from a settled day only to an urgent one.
func (m *model) yields(i, to int) bool {
	return i > to && (!m.stops[i].frozen || m.stops[to].urgent)
}

// least is the place of the least important stop of a day that yields to another, -1 when none does.
func (m *model) least(d *day, to int) int {
	k := len(d.set) - 1
	for k >= 0 && !m.yields(d.set[k], to) {
		k--
	}
	return k
}

// squeeze is the day with one more stop for which less important ones give way, the least important first; those that
// still find a place come back. It returns the others, and nil when the stop finds no place even so.
func (m *model) squeeze(d *day, i int) (*day, []int) {
	out := d.clone()
	var gone []int
	for fits := m.push(out, i); !fits; fits = m.slip(out, i) {
		k := m.least(out, i)
		if k < 0 {
			return nil, nil
		}
		if len(gone) == 0 { // from here on the order is short already
			seat := m.workers[m.stops[i].worker].seat
			out.routes[seat] = m.shorter(out.routes[seat])
		}
		gone = append(gone, out.set[k])
		if !m.pull(out, out.set[k]) {
			return nil, nil
		}
	}
	slices.Reverse(gone)
	gone = slices.DeleteFunc(gone, func(j int) bool { return m.slip(out, j) })
	m.price(out)
	return out, gone
}

// push puts a stop at its cheapest place; where there is none, it tries the shorter order of the same stops.
func (m *model) push(d *day, i int) bool {
	if m.slip(d, i) {
		return true
	}
	seat := m.workers[m.stops[i].worker].seat
	r := d.routes[seat]
	if len(m.allowed(d, i)) == 0 {
		return false
	}
	d.routes[seat] = m.shorter(r)
	if m.slip(d, i) {
		return true
	}
	d.routes[seat] = r
	return false
}

// slip puts a stop at its cheapest place, the others in the order they have.
func (m *model) slip(d *day, i int) bool {
	seat := m.workers[m.stops[i].worker].seat
	r := d.routes[seat]
	found, ok := m.cheapest(r, i, m.allowed(d, i))
	if !ok {
		return false
	}
	next := m.inserted(r, i, found)
	if next == nil {
		return false
	}
	d.routes[seat] = next
	at, _ := slices.BinarySearch(d.set, i)
	d.set = slices.Insert(d.set, at, i)
	return true
}

// inserted is the route with a stop put in; nil should it turn out not to fit after all.
func (m *model) inserted(r *route, i int, s spot) *route {
	out := r.own()
	v := visit{stop: i, at: floating}
	if len(m.stops[i].companions) > 0 {
		v.at = s.start // others rely on the minute
	}
	out.seq = slices.Insert(out.seq, s.index, v)
	if !m.refresh(out) {
		out.seq = slices.Delete(out.seq, s.index, s.index+1)
		m.refresh(out)
		return nil
	}
	return out
}

// price sums the day's cost up; from then on others may see it.
func (m *model) price(d *day) {
	d.cost = 0
	for _, r := range d.routes {
		r.draft = false
		d.cost += m.cost(r)
	}
}

// spot is a place in a route and what it costs there.
type spot struct {
	index, start int
	cost         int64
}

// cheapest finds the best place of a stop in a route, the last of equals: who is more important stays in front.
func (m *model) cheapest(r *route, i int, spans []span) (spot, bool) {
	s := &m.stops[i]
	var best spot
	found := false
	if len(spans) == 0 {
		return best, false
	}
	first, last := spans[0].from, spans[len(spans)-1].to
	for p := 0; p <= len(r.seq) && r.ahead[p].free <= last; p++ {
		if r.behind[p].free < max(first, r.ahead[p].free)+s.minutes {
			continue
		}
		at, ok := m.fit(r, p, s, spans)
		if ok && (!found || at.cost <= best.cost) {
			best, found = at, true
		}
	}
	return best, found
}

// fit prices a stop at one place of a route, in constant time; false when it does not fit there.
func (m *model) fit(r *route, p int, s *stop, spans []span) (spot, bool) {
	a, b := &r.ahead[p], &r.behind[p]
	start, ok := earliest(spans, m.arrival(a, s.place))
	deadline := m.deadline(s, b)
	if !ok || start > deadline {
		return spot{}, false
	}
	rest := a.after(s, start)
	if rest.place >= 0 && b.place >= 0 && rest.left+m.atlas.minutes(rest.place, b.place) > b.bound {
		return spot{}, false
	}
	start = m.wished(s, spans, span{start, deadline})
	cost := m.weights.travel*int64(m.detour(r, p, s)) + m.pushed(r, p, start+s.minutes)
	if !s.pleases(start) {
		cost += m.weights.wish
	}
	return spot{p, start, cost}, true
}

// detour is the travel a stop adds at a place of a route.
func (m *model) detour(r *route, p int, s *stop) int {
	from, to := r.ahead[p].place, r.behind[p].place
	direct := m.atlas.minutes(from, to)
	if len(r.seq) == 0 {
		direct = 0
	}
	if s.place < 0 {
		return m.atlas.minutes(from, to) - direct
	}
	return m.atlas.minutes(from, s.place) + m.atlas.minutes(s.place, to) - direct
}

// pushed is how many minutes later the day goes on, the least of all costs: it sends calls into gaps.
func (m *model) pushed(r *route, p, end int) int64 {
	next := r.ahead[p].free
	if p < len(r.seq) {
		next = r.ahead[p+1].free - m.stops[r.seq[p].stop].minutes
	}
	return int64(max(0, end-next))
}

// allowed are the starts of a stop on a day, companions included.
func (m *model) allowed(d *day, i int) []span {
	s := &m.stops[i]
	on := d.routes[m.workers[s.worker].seat].day
	spans := m.starts(s, on)
	for _, c := range s.companions {
		spans = overlap(spans, meet(s.minutes, m.companions[c][on], nil))
		spans = m.apart(spans, d, s, c)
	}
	return spans
}

func overlap(a, b []span) []span {
	var out []span
	for _, x := range a {
		for _, y := range b {
			if s := (span{max(x.from, y.from), min(x.to, y.to)}); s.from <= s.to {
				out = append(out, s)
			}
		}
	}
	return out
}

// apart takes off the starts at which a companion is elsewhere or on the way.
func (m *model) apart(spans []span, d *day, s *stop, companion int) []span {
	for _, r := range d.routes {
		for _, v := range r.seq {
			other := &m.stops[v.stop]
			if slices.Contains(other.companions, companion) {
				from := v.at - s.minutes - m.atlas.minutes(s.place, other.place)
				to := v.at + other.minutes + m.atlas.minutes(other.place, s.place)
				spans = cut(spans, from, to)
			}
		}
	}
	return spans
}

// cut takes the minutes between from and to, both excluded, off the spans.
func cut(spans []span, from, to int) []span {
	var out []span
	for _, s := range spans {
		for _, part := range []span{{s.from, min(s.to, from)}, {max(s.from, to), s.to}} {
			if part.from <= part.to {
				out = append(out, part)
			}
		}
	}
	return out
}
