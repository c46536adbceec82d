package order_test

import (
	"huifang/civil"
	"huifang/schedule/order"
)

// outcome is what counts of a day, the smaller the better: what is left out by class of importance, then the rest.
type outcome struct {
	left []int // appointments first, then from the highest priority down
	cost int
	done int
}

func (a outcome) less(b outcome) bool {
	for c := range a.left {
		if a.left[c] != b.left[c] {
			return a.left[c] < b.left[c]
		}
	}
	if a.cost != b.cost {
		return a.cost < b.cost
	}
	return a.done < b.done
}

// brute tries every order of every choice of stops, with every choice of wishes that are kept, and shares no reasoning
// with the search. Priorities are 0 to 2.
type brute struct {
	day  order.Day
	best outcome
	seen bool
}

func bruteForce(d order.Day) outcome {
	b := &brute{day: d}
	b.try(nil, state{place: d.From, free: d.Now, left: setOut(d)}, 0)
	return b.best
}

type state struct{ place, free, left, cost int }

func setOut(d order.Day) int {
	if len(d.Shifts) == 0 {
		return d.Now
	}
	dawn := int(d.Shifts[0].From)
	for _, s := range d.Stops {
		if s.At != nil && *s.At < dawn {
			return d.Now
		}
	}
	return max(dawn, d.Now)
}

func (b *brute) way(from, to int) int {
	if from == order.Nowhere || to == order.Nowhere || from == to {
		return 0
	}
	return b.day.Travel[from][to]
}

func (b *brute) try(done []int, s state, mask int) {
	b.end(s, mask)
	for i := range b.day.Stops {
		if mask>>i&1 == 1 {
			continue
		}
		for _, keep := range []bool{true, false} {
			if next, ok := b.do(s, i, keep); ok {
				b.try(append(done, i), next, mask|1<<i)
			}
		}
	}
}

func (b *brute) end(s state, mask int) {
	home := s.left + b.way(s.place, b.day.To)
	if mask != 0 && b.day.Until > 0 && home > b.day.Until {
		return
	}
	out := outcome{left: make([]int, 6), cost: s.cost + b.way(s.place, b.day.To), done: max(s.free, home)}
	for i, stop := range b.day.Stops {
		if mask>>i&1 == 0 {
			out.left[class(stop)]++
		}
	}
	if !b.seen || out.less(b.best) {
		b.best, b.seen = out, true
	}
}

func class(s order.Stop) int {
	if s.At != nil {
		return 2 - s.Priority
	}
	return 5 - s.Priority
}

// do does a stop at the first minute that is allowed, looking at one minute after the other.
func (b *brute) do(s state, i int, wish bool) (state, bool) {
	stop := b.day.Stops[i]
	arrival := s.free
	if stop.Place != order.Nowhere && s.place != order.Nowhere {
		arrival = max(s.free, s.left+b.way(s.place, stop.Place))
	}
	for at := arrival; at < 24*60; at++ {
		if !allowed(b.day, stop, at) || wish && !wished(stop, at) {
			continue
		}
		return b.after(s, stop, at), true
	}
	return s, false
}

func (b *brute) after(s state, stop order.Stop, at int) state {
	if !wished(stop, at) {
		s.cost += b.day.Wish
	}
	s.free = at + stop.Minutes
	switch {
	case stop.Place != order.Nowhere:
		s.cost += b.way(s.place, stop.Place)
		s.place, s.left = stop.Place, s.free
	case b.day.Until == 0 || at < b.day.Until:
		s.left += stop.Minutes
	}
	return s
}

func allowed(d order.Day, s order.Stop, at int) bool {
	if s.At != nil {
		return at == *s.At
	}
	return at >= d.Now && within(d.Shifts, at, s.Minutes) && (len(s.Windows) == 0 || within(s.Windows, at, s.Minutes))
}

func wished(s order.Stop, at int) bool {
	return s.At != nil || len(s.Preferred) == 0 || within(s.Preferred, at, s.Minutes)
}

func within(windows []civil.Window, at, minutes int) bool {
	for _, w := range windows {
		if int(w.From) <= at && at+minutes <= int(w.To) {
			return true
		}
	}
	return false
}

// judged is the outcome of a plan, and what is wrong with it: every rule is looked at anew.
func judged(d order.Day, p order.Plan) (outcome, string) {
	b := &brute{day: d}
	s, mask, travel, missed := state{place: d.From, free: d.Now, left: setOut(d)}, 0, 0, 0
	for _, v := range p.Visits {
		stop := d.Stops[v.Stop]
		if mask>>v.Stop&1 == 1 {
			return outcome{}, "a stop is visited twice"
		}
		if v.Start < s.free || stop.Place != order.Nowhere && v.Start < s.left+b.way(s.place, stop.Place) {
			return outcome{}, "a stop begins before the rep is there"
		}
		if !allowed(d, stop, v.Start) {
			return outcome{}, "a stop lies outside the hours"
		}
		if stop.Place != order.Nowhere {
			travel += b.way(s.place, stop.Place)
			if v.Travel != b.way(s.place, stop.Place) {
				return outcome{}, "the way to a stop is told wrong"
			}
		}
		if !wished(stop, v.Start) {
			missed++
		}
		s, mask = b.after(s, stop, v.Start), mask|1<<v.Stop
	}
	for _, l := range p.Left {
		if mask>>l.Stop&1 == 1 {
			return outcome{}, "a stop is both visited and left out"
		}
	}
	if len(p.Visits)+len(p.Left) != len(d.Stops) {
		return outcome{}, "a stop is forgotten"
	}
	if travel+b.way(s.place, d.To) != p.Travel || missed != p.Missed {
		return outcome{}, "the sums are wrong"
	}
	if len(p.Visits) > 0 && d.Until > 0 && s.left+b.way(s.place, d.To) > d.Until {
		return outcome{}, "the end is reached too late"
	}
	b.end(s, mask)
	return b.best, ""
}
