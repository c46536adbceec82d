package order

import (
	"cmp"
	"slices"

	"huifang/civil"
)

// span is a stretch of minutes at which a stop may begin, both ends included.
type span struct{ from, to int }

// task is a stop as the search sees it.
type task struct {
	place, minutes int
	starts         []span // none: it cannot be done any more
	liked          []span // the starts that lie in preferred hours
	pleased        bool   // it wishes nothing
	bound          bool
	late           bool // it may begin after the day must be over
	weight         int  // what leaving it out loses; more than all that is less important together
	class          int  // of its weight, 0 the most important
	nearest        int  // the shortest way there from anywhere
	work           int  // minutes of the hours: none for a call that may be made after them
	need           int  // minutes of the day it takes at least, the shortest way there included
	twin           int  // a stop before it that differs in nothing, -1 for none: that one is done first
}

// ranked are the tasks from the most important on, those of one class in an order of their own; it numbers the classes.
func ranked(tasks []task, by func(*task) int) []int {
	out := make([]int, len(tasks))
	for i := range out {
		out[i] = i
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Or(cmp.Compare(tasks[b].weight, tasks[a].weight), cmp.Compare(by(&tasks[a]), by(&tasks[b])))
	})
	class := 0
	for k, i := range out {
		if k > 0 && tasks[out[k-1]].weight > tasks[i].weight {
			class++
		}
		tasks[i].class = class
	}
	return out
}

// never is after every minute.
const never = 1 << 20

func tasksOf(d *Day) []task {
	weights := weigh(d.Stops)
	out := make([]task, len(d.Stops))
	for i, s := range d.Stops {
		out[i] = task{place: s.Place, minutes: s.Minutes, weight: weights[i], bound: s.At != nil, pleased: s.At != nil || len(s.Preferred) == 0}
		out[i].starts = startsOf(d, s)
		out[i].liked = meet(out[i].starts, inside(s.Preferred, s.Minutes))
		out[i].nearest, out[i].twin = nearest(d, i), -1
		out[i].late = d.Until > 0 && first(out[i].starts, d.Until) != never
		if !out[i].late || s.Place >= 0 {
			out[i].work = s.Minutes
		}
		out[i].need = out[i].nearest + out[i].work
		for j := range i {
			if out[j].like(&out[i]) {
				out[i].twin = j
			}
		}
	}
	return out
}

// like tells whether two tasks differ in nothing.
func (t *task) like(u *task) bool {
	return t.place == u.place && t.minutes == u.minutes && t.weight == u.weight && t.bound == u.bound && t.pleased == u.pleased &&
		slices.Equal(t.starts, u.starts) && slices.Equal(t.liked, u.liked)
}

// startsOf are the minutes at which a stop may begin from now on: it lies within one window and one shift. An
// appointment begins at its minute.
func startsOf(d *Day, s Stop) []span {
	rest := []span{{d.Now, never}}
	if s.At != nil {
		return meet(rest, []span{{*s.At, *s.At}})
	}
	worked := meet(rest, inside(d.Shifts, s.Minutes))
	if len(s.Windows) == 0 {
		return worked
	}
	return meet(worked, inside(s.Windows, s.Minutes))
}

// inside are the starts of something that lies within one of the windows.
func inside(windows []civil.Window, minutes int) []span {
	var out []span
	for _, w := range windows {
		if last := int(w.To) - minutes; int(w.From) <= last {
			out = append(out, span{int(w.From), last})
		}
	}
	return out
}

func meet(a, b []span) []span {
	var out []span
	for _, x := range a {
		for _, y := range b {
			if s := (span{max(x.from, y.from), min(x.to, y.to)}); s.from <= s.to {
				out = append(out, s)
			}
		}
	}
	slices.SortFunc(out, func(a, b span) int {
		if a.from != b.from {
			return a.from - b.from
		}
		return a.to - b.to
	})
	return out
}

// first is the first start from a minute on, never when there is none.
func first(spans []span, from int) int {
	for _, s := range spans {
		if s.to >= from {
			return max(from, s.from)
		}
	}
	return never
}

// weigh gives every stop a weight such that one of a class outweighs all of the classes below: appointments, then
// priorities. The sum stays below 2^MostStops.
func weigh(stops []Stop) []int {
	order := make([]int, len(stops))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(stops[a], stops[b]) })
	out := make([]int, len(stops))
	weight, below := 1, 0
	for n, i := range order {
		if n > 0 && rank(stops[order[n-1]], stops[i]) != 0 {
			weight = below + 1
		}
		out[i] = weight
		below += weight
	}
	return out
}

// rank compares two stops by importance, the less important first.
func rank(a, b Stop) int {
	if (a.At != nil) != (b.At != nil) {
		if a.At != nil {
			return 1
		}
		return -1
	}
	return a.Priority - b.Priority
}

// nearest is the shortest way to a stop from the start or from any other stop.
func nearest(d *Day, i int) int {
	place := d.Stops[i].Place
	if place < 0 || d.From < 0 {
		return 0
	}
	best := d.Travel[d.From][place]
	for j, other := range d.Stops {
		if j != i && other.Place >= 0 {
			best = min(best, d.way(other.Place, place))
		}
	}
	return best
}

// way is the minutes from place to place, 0 from or to nowhere.
func (d *Day) way(from, to int) int {
	if from < 0 || to < 0 || from == to {
		return 0
	}
	return d.Travel[from][to]
}
