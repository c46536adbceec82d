package search

import (
	"cmp"
	"slices"
)

// offer is the best place for a visit on a day.
type offer struct {
	route int32
	at    int16
	asked bool
	cost  int64
}

// How a recreation differs from taking the cheapest place each time.
const (
	blinkEvery = 100 // places, on average
	anyOption  = 30  // percent of recreations begin with one unit on any of its options
	retried    = 4   // units left out before that are tried again
)

// recreate puts in again what ruin tore out, and tries some of the units left out before. It is false when that costs the
// limit or more, which is often known before all are in.
func (s *state) recreate(whole bool, limit int64) bool {
	if len(s.forced) == 0 {
		if whole {
			s.retry()
		}
		s.sort()
	}
	owed := int64(0) // what putting all in may save
	for _, u := range s.removed {
		owed += s.owed(u)
	}
	anyOption := whole && s.dice.IntN(100) < anyOption
	for k, u := range s.removed {
		if s.Rising && whole && s.cost()-owed >= limit {
			return false
		}
		owed -= s.owed(u)
		switch {
		case len(s.forced) > 0:
			s.putOption(u, s.forced[k])
		case !whole:
			s.putBack(u)
		case k > 0 || !anyOption || !s.putAny(u):
			s.putCheapest(u)
		}
	}
	return s.cost() < limit
}

// owed is what is paid for a unit because it is left out.
func (s *state) owed(u int32) int64 {
	if s.option[u] >= 0 {
		return 0
	}
	return s.Units[u].Shed
}

// putAny gives a unit one of its options by chance; false when there is no choice or no place.
func (s *state) putAny(u int32) bool {
	n := len(s.Units[u].Options)
	return n > 1 && s.putOption(u, int32(s.dice.IntN(n)))
}

// retry adds units that were left out before.
func (s *state) retry() {
	torn := len(s.removed)
	for range min(retried, len(s.left.all)-torn) {
		if u := s.left.all[s.dice.IntN(len(s.left.all))]; !s.Units[u].Held && !slices.Contains(s.removed, u) {
			s.removed = append(s.removed, u)
		}
	}
}

// sort orders what is put in again: by chance, the largest, farthest or nearest first.
func (s *state) sort() {
	units, removed := s.Units, s.removed
	p := s.dice.IntN(11)
	s.dice.Shuffle(len(removed), func(i, j int) { removed[i], removed[j] = removed[j], removed[i] })
	switch {
	case p < 3:
	case p < 8:
		slices.SortStableFunc(removed, func(a, b int32) int { return cmp.Compare(units[b].Size, units[a].Size) })
	case p < 10:
		slices.SortStableFunc(removed, func(a, b int32) int { return cmp.Compare(units[b].Far, units[a].Far) })
	default:
		slices.SortStableFunc(removed, func(a, b int32) int { return cmp.Compare(units[a].Far, units[b].Far) })
	}
}

// look finds the best place of a visit on a day, now and then the second best: a blink keeps the search from repeating
// itself.
func (s *state) look(u, day int32) offer {
	best := offer{cost: Never, asked: true}
	slot := int(u)*s.Days + int(day)
	set := s.sets[slot]
	cache := s.cache[s.slots[slot]:]
	empty := false
	for k, r := range set {
		if s.count[r] == 0 && s.Alike {
			if empty {
				continue
			}
			empty = true
		}
		p := &cache[k]
		if v := s.version[r]; p.version != v {
			*p = s.on.Probe(u, r, -1)
			p.version = v
		}
		cost, at := p.Cost, p.At
		if s.blink--; s.blink <= 0 {
			s.blink = s.nextBlink()
			next := s.on.Probe(u, r, at)
			cost, at = next.Cost, next.At
		}
		if cost >= best.cost {
			continue
		}
		if cost += s.on.Extra(u, r, cost); cost < best.cost {
			best.route, best.at, best.cost = r, at, cost
		}
	}
	return best
}

// nextBlink is how many places are looked at until the next blink.
func (s *state) nextBlink() int { return 1 + int(blinkEvery*logs[s.dice.Uint64()%uint64(len(logs))]) }

// sure looks again without blinking when there was no place.
func (s *state) sure(u, day int32) offer {
	o := s.look(u, day)
	if o.cost >= Never {
		blink := s.blink
		s.blink = 1 << 30
		o = s.look(u, day)
		s.blink = blink
	}
	return o
}

// putCheapest gives a unit the option that costs least, or leaves it out when that costs less.
func (s *state) putCheapest(u int32) bool {
	unit := &s.Units[u]
	for i := range s.offers {
		s.offers[i].asked = false
	}
	best, least := int32(-1), int64(0)
	for o := range unit.Options {
		cost, ok := s.price(u, int32(o))
		if !ok {
			continue
		}
		for _, day := range s.days[u][o] {
			offer := &s.offers[day]
			if !offer.asked {
				*offer = s.look(u, day)
			}
			if cost += offer.cost; offer.cost >= Never {
				cost = Never
				break
			}
		}
		if cost < least || cost == least && best >= 0 && s.dice.IntN(2) == 0 {
			best, least = int32(o), cost
		}
	}
	return best >= 0 && s.settle(u, best, func(day int32) offer { return s.offers[day] })
}

// putOption gives a unit an option, whatever it costs, if there is a place.
func (s *state) putOption(u, option int32) bool {
	if _, ok := s.price(u, option); !ok {
		return false
	}
	return s.settle(u, option, func(day int32) offer { return s.sure(u, day) })
}

// settle puts all visits of an option in; when one does not fit after all, none.
func (s *state) settle(u, option int32, on func(day int32) offer) bool {
	s.keep(u)
	for _, day := range s.days[u][option] {
		if s.of(u)[day] >= 0 {
			continue
		}
		if o := on(day); o.cost >= Never || !s.put(u, day, o) {
			s.unsettle(u, option)
			return false
		}
	}
	s.choose(u, option)
	return true
}

func (s *state) unsettle(u, option int32) {
	for _, day := range s.days[u][option] {
		if s.of(u)[day] >= 0 {
			s.take(u, day)
		}
	}
}

// putBack puts the missing visits of a unit in again; without a place for all the unit is left out.
func (s *state) putBack(u int32) {
	for _, day := range s.days[u][s.option[u]] {
		if s.of(u)[day] >= 0 {
			continue
		}
		if o := s.sure(u, day); o.cost >= Never || !s.put(u, day, o) {
			s.drop(u)
			return
		}
	}
}
