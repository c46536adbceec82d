package search

import "math/bits"

// layout is a problem with what is looked up often.
type layout struct {
	Problem
	days   [][][]int32 // by unit and option: the days chosen
	sets   [][]int32   // by unit and day
	slots  []int32     // by unit and day: where the routes of its set begin in the cache; the last is the cache's size
	routes [][]int32   // by day
	moving []int32     // the units that are not held
	visits int         // of all units, in their first options
}

func newLayout(p Problem) *layout {
	l := &layout{Problem: p, routes: make([][]int32, p.Days)}
	for r, day := range p.DayOf {
		l.routes[day] = append(l.routes[day], int32(r))
	}
	size := int32(0)
	for u := range p.Units {
		unit := &p.Units[u]
		for day := range p.Days {
			l.sets = append(l.sets, unit.Sets[day])
			l.slots = append(l.slots, size)
			size += int32(len(unit.Sets[day]))
		}
		var options [][]int32
		for _, o := range unit.Options {
			options = append(options, list(o.Days))
		}
		l.days = append(l.days, options)
		if !unit.Held && len(options) > 0 {
			l.moving = append(l.moving, int32(u))
			l.visits += len(options[0])
		}
	}
	l.slots = append(l.slots, size)
	return l
}

func list(days uint64) []int32 {
	var out []int32
	for ; days != 0; days &= days - 1 {
		out = append(out, int32(bits.TrailingZeros64(days)))
	}
	return out
}
