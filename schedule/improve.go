package schedule

import "slices"

// solve keeps what others have seen, puts the rest in, and looks for a better plan when there is something new in it:
// what was new is free to move, what others have seen moves only for more than Weights.Move. Without anything new nothing
// changes, so that the same facts always give the same plan.
func (s *solver) solve(budget Budget, seed uint64) {
	s.keep()
	seen := s.shots()
	if fresh := s.put(); s.anyPlaced(fresh) {
		s.tidy(seen)
		s.search(budget.steps(len(fresh)), seed)
	}
	s.settle()
}

// anyPlaced tells whether one of these stops lies on a day.
func (s *solver) anyPlaced(of []int) bool {
	return slices.ContainsFunc(of, func(i int) bool { return s.at[i] >= 0 })
}

// shots are the days as they are now.
func (s *solver) shots() [][]*day {
	out := make([][]*day, len(s.plans))
	for crew := range s.plans {
		out[crew] = slices.Clone(s.plans[crew])
	}
	return out
}

// tidy brings the days that have changed since into a shorter order.
func (s *solver) tidy(since [][]*day) {
	for crew, days := range s.plans {
		for on, d := range days {
			if d == since[crew][on] {
				continue
			}
			next := d.clone()
			for seat, r := range next.routes {
				next.routes[seat] = s.shorter(r)
			}
			s.price(next)
			s.replace(crew, on, next)
		}
	}
	s.log = s.log[:0]
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
	if !s.late(i) || s.stays(i) {
		return false
	}
	before := s.grave
	if s.leave(i) && s.place(i) && s.grave < before {
		return true
	}
	s.rollback(0)
	return false
}
