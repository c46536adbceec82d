package schedule

import (
	"fmt"

	"huifang/civil"
)

// Way is what would make room for a stop that found none.
type Way string

// The ways, in the order in which they are named.
const (
	WayJoin  Way = "JOIN"  // add it to another contact with the customer
	WaySwap  Way = "SWAP"  // let a less important stop go
	WayLater Way = "LATER" // do it after its latest day
)

// Room is one way to make room for a shed stop, tried on the plan as it is.
type Room struct {
	Way  Way        `json:"way"`
	Day  civil.Date `json:"day"`
	Stop int        `json:"stop"` // in Problem.Stops: which to join, or which to let go; -1 for none
}

// rooms finds room for stops that were shed, in a plan that does not change any more.
type rooms struct {
	*solver
	without map[int]*day // by stop: its day without it, once asked for; nil where the others could not follow each other
}

// ways are how room could be made for a stop.
func (s *rooms) ways(i int) []Room {
	var out []Room
	for _, find := range []func(int) (Room, bool){s.join, s.swapped, s.later} {
		if r, ok := find(i); ok {
			out = append(out, r)
		}
	}
	return out
}

// join finds the contact with the customer nearest to the stop's due day.
func (s *solver) join(i int) (Room, bool) {
	st := &s.stops[i]
	best := -1
	if st.customer < 0 {
		return Room{}, false
	}
	for _, j := range s.of[st.customer] {
		if on := s.at[j]; on < 0 || !st.may(on) || s.stops[j].worker != st.worker {
			continue
		}
		if best < 0 || distance(s.at[j], st.due) < distance(s.at[best], st.due) {
			best = j
		}
	}
	if best < 0 {
		return Room{}, false
	}
	return s.room(WayJoin, s.at[best], best), true
}

// swapped finds the least important stop on one of the stop's days without which there is room.
func (s *rooms) swapped(i int) (Room, bool) {
	least, day := -1, -1
	for on := max(0, s.stops[i].first); on <= s.stops[i].last; on++ {
		if !s.works(i, on) || !s.free(i, on) {
			continue
		}
		d := s.plans[s.workers[s.stops[i].worker].crew][on]
		for k := len(d.set) - 1; k >= 0 && d.set[k] > max(i, least); k-- {
			if s.fitsWithout(d, i, d.set[k]) {
				least, day = d.set[k], on
				break
			}
		}
	}
	if least < 0 {
		return Room{}, false
	}
	return s.room(WaySwap, day, least), true
}

// fitsWithout tells whether a stop finds a place on a day that another leaves, the others in the order they have.
func (s *rooms) fitsWithout(d *day, i, other int) bool {
	w := &s.workers[s.stops[i].worker]
	if s.stops[other].worker != s.stops[i].worker {
		return false
	}
	rest, asked := s.without[other]
	if !asked {
		rest = s.model.without(d, other)
		s.without[other] = rest
	}
	if rest == nil {
		return false
	}
	_, fits := s.cheapest(rest.routes[w.seat], i, s.allowed(rest, i))
	return fits
}

// later finds the first day after the stop's last on which there is room.
func (s *solver) later(i int) (Room, bool) {
	st := &s.stops[i]
	for on := max(0, st.last+1); on < s.days; on++ {
		if len(s.starts(st, on)) == 0 || !s.free(i, on) {
			continue
		}
		if d := s.plans[s.workers[st.worker].crew][on].clone(); s.push(d, i) {
			return s.room(WayLater, on, -1), true
		}
	}
	return Room{}, false
}

// room names a way by the problem's numbers.
func (s *solver) room(way Way, on, stop int) Room {
	r := Room{Way: way, Day: s.problem.From + civil.Date(on), Stop: -1}
	if stop >= 0 {
		r.Stop = s.stops[stop].number
	}
	return r
}

// In says what could be done, in "en" or else in Chinese, without a name.
func (r Room) In(lang string) string {
	_, month, day := r.Day.YMD()
	zh := fmt.Sprintf("%d月%d日", month, day)
	switch r.Way {
	case WayJoin:
		return words{"可并入" + zh + "的回访", fmt.Sprintf("it can be joined to the contact of %s", r.Day)}.in(lang)
	case WaySwap:
		return words{zh + "让出一次较不要紧的回访就有位置", fmt.Sprintf("letting a less important contact of %s go makes room", r.Day)}.in(lang)
	}
	return words{zh + "有位置", fmt.Sprintf("there is room on %s", r.Day)}.in(lang)
}
