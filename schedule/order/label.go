package order

// label is a beginning of the day: some stops in some order, and where and when it leaves the rep.
type label struct {
	set    uint64 // the stops done
	place  int    // where the rep was last, Nowhere before the first
	free   int    // the minute the last stop ends
	left   int    // when the rep left that place, calls since then added: calls and ways share the time
	cost   int    // minutes on the road and missed wishes
	missed int
	kept   int // weight of the stops done
	// How it came to be.
	before      *label
	stop, start int
	visit       int // the last stop with a place, -1 before the first
	travel      int
	next        *label // of the same stops at the same place
	beaten      bool   // another is at least as good in everything
}

// score is how good a whole day is, the smaller the better.
type score struct{ lost, cost, done int }

// worst is no day at all.
var worst = score{lost: 1 << 60}

func (a score) less(b score) bool {
	if a.lost != b.lost {
		return a.lost < b.lost
	}
	if a.cost != b.cost {
		return a.cost < b.cost
	}
	return a.done < b.done
}

func (l *label) has(i int) bool { return l.set>>i&1 == 1 }

// beats tells whether whatever follows b can follow l as well, at no higher cost.
func (l *label) beats(b *label) bool {
	return l.free <= b.free && l.left <= b.left && l.cost <= b.cost
}

// arrival is the earliest minute at which a stop could begin by the way there alone.
func (s *search) arrival(l *label, t *task) int {
	if t.place < 0 || l.place < 0 {
		return l.free
	}
	return max(l.free, l.left+s.day.way(l.place, t.place))
}

// follow lists what comes of doing stop i next: at the first minute, and where that misses a wish, at the first that does
// not. It is empty when the stop cannot be done in time, or the end not be reached after it.
func (s *search) follow(l *label, i int, to []label) []label {
	t := &s.tasks[i]
	from := s.arrival(l, t)
	soon := first(t.starts, from)
	if soon == never {
		return to
	}
	if t.pleased {
		return s.add(l, i, soon, false, to)
	}
	wished := first(t.liked, from)
	to = s.add(l, i, soon, wished != soon, to)
	if wished != soon && wished != never {
		to = s.add(l, i, wished, false, to)
	}
	return to
}

func (s *search) add(l *label, i, start int, missed bool, to []label) []label {
	t := &s.tasks[i]
	n := label{set: l.set | 1<<i, place: l.place, free: start + t.minutes, left: l.left, cost: l.cost, missed: l.missed,
		kept: l.kept + t.weight, before: l, stop: i, start: start, visit: l.visit}
	if missed {
		n.missed++
		n.cost += s.day.Wish
	}
	switch {
	case t.place >= 0:
		n.travel = s.day.way(l.place, t.place)
		n.cost += n.travel
		n.place, n.left, n.visit = t.place, n.free, i
	case start < s.until: // a call fixed after hours is made from home
		n.left += t.minutes
	}
	if n.left+s.home(n.place) > s.until {
		return to
	}
	return append(to, n)
}

// home is the shortest time to the end from a place, be it over others.
func (s *search) home(place int) int {
	if place < 0 || s.day.To < 0 {
		return 0
	}
	return s.short[place][s.day.To]
}

// finish is the score of a day that ends with a label; ok is false when the end is not reached in time.
func (s *search) finish(l *label) (score, bool) {
	back := s.back(l)
	return score{s.total - l.kept, l.cost + back, max(l.free, l.left+back)}, l.left+back <= s.until
}

// back is the way to the end. Who visits nobody any more, and was nowhere to begin with, has none.
func (s *search) back(l *label) int { return s.day.way(l.place, s.day.To) }
