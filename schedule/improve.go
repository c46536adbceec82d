package schedule

import "slices"

// solve keeps what others have seen, puts the rest in, and looks for a better plan when there is something new in it:
// what was new is free to move, what others have seen moves only for more than Weights.Move. Without anything new nothing
// changes, so that the same facts always give the same plan.
func (s *solver) solve(budget Budget, seed uint64) {
	s.keep()
	seen := s.shots()
	if fresh := s.placed(s.put()); fresh > 0 {
		s.tidy(seen)
		s.search(budget.steps(fresh), seed)
	}
	s.settle()
}

// placed counts the stops of these that lie on a day.
func (s *solver) placed(of []int) (n int) {
	for _, i := range of {
		if s.at[i] >= 0 {
			n++
		}
	}
	return n
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
	i, n := 0, len(s.stops)
	for same := 0; same < n && s.ctx.Err() == nil; same++ {
		s.log = s.log[:0]
		if s.stops[i].fixed == nil && s.retry(i) {
			same = -1
		}
		i = (i + 1) % n
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
