package schedule

import (
	"cmp"
	"slices"
)

// seatLooks bounds the search for places of one day's pinned stops, in places looked at: some milliseconds. A day of
// a dozen needs a few hundred.
const seatLooks = 50_000

// hold puts the stops pinned to a day among its appointments, by rank, where every rule is kept. A stop that finds no
// place because those before it took the cheapest sends them to other ones; only what fits nowhere, whatever the
// others do, is put in last, with its conflict. So pinned stops that fitted once fit again when visits around them
// have become appointments.
func (m *model) hold(bound *day, pins []int) *day {
	d := bound.clone()
	s := &seating{m, seatLooks}
	var held, rest []int
	for _, i := range pins {
		if !m.push(d, i) {
			other := s.seat(bound, append(slices.Clone(held), i))
			if other == nil {
				rest = append(rest, i)
				continue
			}
			d = other
		}
		held = append(held, i)
	}
	for _, i := range rest {
		m.pin(d, i)
	}
	return d
}

// seating looks for places of several stops at once.
type seating struct {
	*model
	looks int // places it may still look at
}

// seat is the day with all the stops put in, nil when it finds no places for all.
func (s *seating) seat(d *day, pins []int) *day {
	if len(pins) == 0 {
		return d.clone()
	}
	k, spots := s.tightest(d, pins)
	rest := slices.Delete(slices.Clone(pins), k, k+1)
	for _, at := range spots {
		next := s.seated(d, pins[k], at)
		if next == nil {
			continue
		}
		if out := s.seat(next, rest); out != nil || s.looks <= 0 {
			return out
		}
	}
	return nil
}

// tightest finds the stop with the fewest places: when it has none, the others need not be tried.
func (s *seating) tightest(d *day, pins []int) (k int, spots []spot) {
	for n, i := range pins {
		if s.looks <= 0 {
			return 0, nil
		}
		found := s.spots(d, i)
		if n == 0 || len(found) < len(spots) {
			k, spots = n, found
		}
	}
	return k, spots
}

// spots are all places of a stop on a day, the cheapest first, the last of equals before the others. A joint one does
// not move any more once it is put in, so it may also begin as late as can be.
func (s *seating) spots(d *day, i int) []spot {
	st := &s.stops[i]
	r := d.routes[s.workers[st.worker].seat]
	spans := s.allowed(d, i)
	s.looks -= len(r.seq) + 1
	var out []spot
	for p := len(r.seq); p >= 0; p-- {
		at, ok := s.fit(r, p, st, spans)
		if !ok {
			continue
		}
		out = append(out, at)
		if end, ok := latest(spans, s.deadline(st, &r.behind[p])); ok && len(st.companions) > 0 && end > at.start {
			out = append(out, spot{p, end, at.cost + int64(end-at.start)})
		}
	}
	slices.SortStableFunc(out, func(a, b spot) int { return cmp.Compare(a.cost, b.cost) })
	return out
}

// seated is another day with a stop at a place, nil should it not fit after all.
func (s *seating) seated(d *day, i int, at spot) *day {
	seat := s.workers[s.stops[i].worker].seat
	next := s.inserted(d.routes[seat], i, at)
	if next == nil {
		return nil
	}
	next.draft = false // other branches start from it
	out := d.clone()
	out.routes[seat] = next
	return out
}
