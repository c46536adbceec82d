package order

import "slices"

// plan writes the best day out.
func (s *search) plan(best bool) Plan {
	p := Plan{Visits: []Visit{}, Left: []Left{}, Travel: s.score.cost - s.best.missed*s.day.Wish, Missed: s.best.missed, Done: s.score.done, Best: best}
	for l := s.best; l.before != nil; l = l.before {
		p.Visits = append(p.Visits, Visit{l.stop, l.start, l.travel})
	}
	slices.Reverse(p.Visits)
	for i := range s.tasks {
		if !s.best.has(i) {
			p.Left = append(p.Left, Left{i, s.why(i)})
		}
	}
	return p
}

// why tells why a stop was left out.
func (s *search) why(i int) Reason {
	if len(s.tasks[i].starts) == 0 {
		return HoursOver
	}
	for _, l := range s.follow(&s.dawn, i, nil) {
		if _, ok := s.finish(&l); ok {
			return NoRoom
		}
	}
	return TooFar
}
