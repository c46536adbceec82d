package forecast

import "math"

// DefaultRule is the product's own policy: a horizon counts as projected from an even chance on.
func DefaultRule() Rule { return Rule{Threshold: 0.5, Hysteresis: 0.05} }

// sound replaces what cannot be a probability by the default and keeps the band inside (0, 1).
func (r Rule) sound() Rule {
	if !(r.Threshold > 0 && r.Threshold < 1) {
		r.Threshold = DefaultRule().Threshold
	}
	if !(r.Hysteresis >= 0) {
		r.Hysteresis = 0
	}
	room := min(r.Threshold, 1-r.Threshold) / 2
	r.Hysteresis = min(r.Hysteresis, room)
	return r
}

// reach is a horizon with the days it looks ahead.
type reach struct {
	horizon Horizon
	from    int // first day ahead
	to      int // last day ahead
}

// reaches lists D4's horizons, nearest first.
func reaches() []reach {
	return []reach{
		{ThisMonth, 0, 30},
		{WithinTwo, 31, 60},
		{WithinThree, 61, 90},
		{Later, 91, math.MaxInt32},
	}
}

// Known tells whether the horizon is one that D4 has a rhythm for.
func (h Horizon) Known() bool { return h.rank() >= 0 }

// rank counts from 0, nearest first; -1 when the horizon is unknown.
func (h Horizon) rank() int {
	for i, r := range reaches() {
		if r.horizon == h {
			return i
		}
	}
	return -1
}

// ahead returns the horizon of a purchase so many days ahead; an overdue one belongs to this month.
func ahead(days int64) Horizon {
	for _, r := range reaches() {
		if days <= int64(r.to) {
			return r.horizon
		}
	}
	return Later
}

// horizon picks the first horizon that is likely enough (D4). A nearer one than the previous must clear the
// threshold by the hysteresis, the previous one may fall short by it: so a plan does not flap from day to day.
func (r Rule) horizon(p [3]float64, previous Horizon) Horizon {
	before := previous.rank()
	for i, reach := range reaches()[:3] {
		if p[i] >= r.bar(i, before) {
			return reach.horizon
		}
	}
	return Later
}

// bar is the probability horizon i needs when the account stood at horizon before (-1: nowhere).
func (r Rule) bar(i, before int) float64 {
	switch {
	case before < 0 || i > before:
		return r.Threshold
	case i == before:
		return r.Threshold - r.Hysteresis
	default:
		return r.Threshold + r.Hysteresis
	}
}
