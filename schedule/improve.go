package schedule

import (
	"math/rand/v2"
	"slices"
)

// improve moves fresh stops, picked by chance, to days where they cost less.
func (s *solver) improve(fresh []int, iterations int, seed uint64) {
	if len(fresh) == 0 {
		return
	}
	dice := rand.New(rand.NewPCG(seed, uint64(len(fresh))))
	for n := range iterations {
		if n%64 == 0 && s.ctx.Err() != nil {
			return
		}
		if i := fresh[dice.IntN(len(fresh))]; s.at[i] >= 0 {
			s.relocate(i)
		}
		s.log = s.log[:0]
	}
}

// relocate moves a stop to the day that promises most, if the promise holds.
func (s *solver) relocate(i int) {
	old := s.at[i]
	here := s.dayCost(i, old) + s.spacing(i, old) + s.saving(i)
	s.forget(i)
	options := s.options(i)
	s.remember(i, old)
	options = slices.DeleteFunc(options, func(o option) bool { return o.day == old })
	if len(options) == 0 || options[0].cost >= here {
		return
	}
	before := s.cost
	if !s.leave(i) || !s.enter(i, options[0].day) || s.cost >= before {
		s.rollback(0)
	}
}

// forget and remember let a stop be priced elsewhere as if it lay nowhere.
func (s *solver) forget(i int)        { s.note(i, s.at[i], -1) }
func (s *solver) remember(i, day int) { s.note(i, day, 1) }

// saving is what its day would cost less without a stop, roughly.
func (s *solver) saving(i int) int64 {
	w, on := &s.workers[s.stops[i].worker], s.at[i]
	r := s.plans[w.crew][on].routes[w.seat]
	k := slices.IndexFunc(r.seq, func(v visit) bool { return v.stop == i })
	from, at, to := r.ahead[k].place, s.stops[i].place, r.behind[k+1].place
	travel := 0
	if at >= 0 {
		travel = s.atlas.minutes(from, at) + s.atlas.minutes(at, to) - s.atlas.minutes(from, to)
	}
	load := distance(r.load, w.target[on]) - distance(r.load-s.stops[i].minutes, w.target[on])
	return s.weights.travel*int64(travel) + s.weights.balance*int64(load)
}

// settle gives stops that were shed or are late another chance until nothing changes. Each success makes the
// grave part of the cost less, so it ends; and because it ends only then, a replan of the same facts finds nothing to change either.
func (s *solver) settle() {
	for changed := true; changed; {
		changed = false
		for i := range s.stops {
			if s.ctx.Err() != nil {
				return
			}
			s.log = s.log[:0]
			if s.stops[i].fixed == nil && s.retry(i) {
				changed = true
			}
		}
	}
	s.log = s.log[:0]
}

// retry tells whether it made the grave part of the cost less.
func (s *solver) retry(i int) bool {
	if s.at[i] < 0 {
		return s.place(i)
	}
	if !s.late(i) {
		return false
	}
	before := s.grave
	if s.leave(i) && s.place(i) && s.grave < before {
		return true
	}
	s.rollback(0)
	return false
}
