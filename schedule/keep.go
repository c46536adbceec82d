package schedule

import "slices"

// keep puts every stop back where it was, as far as the facts still allow: on its day, and in the order of that day.
func (s *solver) keep() {
	stay := map[contact][]int{}
	for i := range s.stops {
		st := &s.stops[i]
		if st.fixed == nil && s.planned(st.was) && s.open(i, st.was) {
			s.assign(i, st.was)
			day := contact{s.workers[st.worker].crew, st.was}
			stay[day] = append(stay[day], i)
		}
	}
	for crew := range s.crews {
		for on := range s.days {
			s.bring(crew, on, stay[contact{crew, on}])
		}
	}
	s.log = s.log[:0]
}

// bring puts stops back on a day of a crew: in the order they had, or where that does not hold any more one by one, the
// most important first.
func (s *solver) bring(crew, on int, set []int) {
	if d := s.inOrder(s.bases[crew][on], on, set); d != nil {
		s.replace(crew, on, d)
		return
	}
	for _, i := range set {
		d := s.with(s.plans[crew][on], i)
		if d == nil {
			s.assign(i, -1)
			continue
		}
		s.replace(crew, on, d)
	}
}

// inOrder is a day with its fixed stops and those that were there before, in the order of their minutes. It is nil when
// the order is not known or breaks a rule now.
func (m *model) inOrder(base *day, on int, set []int) *day {
	out := base.clone()
	out.set = slices.Clone(set)
	for seat, w := range m.crews[m.workers[out.routes[0].worker].crew] {
		stay := m.ofWorker(set, w)
		if len(stay) > 0 && base.routes[seat].closed() {
			return nil
		}
		r := m.merged(base.routes[seat], on, stay)
		if r == nil {
			return nil
		}
		out.routes[seat] = r
	}
	for _, r := range out.routes {
		for _, v := range r.seq {
			if s := &m.stops[v.stop]; s.fixed == nil && len(s.companions) > 0 && m.missed(out, r, v) {
				return nil
			}
		}
	}
	m.price(out)
	return out
}

func (m *model) ofWorker(set []int, worker int) []int {
	return slices.DeleteFunc(slices.Clone(set), func(i int) bool { return m.stops[i].worker != worker })
}

// remembered is a visit with the minute it had.
type remembered struct {
	visit
	minute int
}

// merged is a route of fixed stops with others between them, by the minutes they had; nil when those are not known or too
// close now.
func (m *model) merged(base *route, on int, set []int) *route {
	var all []remembered
	for k, at := range m.times(base) {
		v := base.seq[k]
		if s := &m.stops[v.stop]; v.at == floating && s.was == on && s.wasAt >= 0 {
			at = s.wasAt
		}
		all = append(all, remembered{v, at})
	}
	for _, i := range set {
		s := &m.stops[i]
		if s.wasAt < 0 {
			return nil
		}
		v := visit{stop: i, at: floating}
		if len(s.companions) > 0 {
			if v.at = s.wasAt; !m.begins(s, on, v.at) {
				return nil
			}
		}
		all = append(all, remembered{v, s.wasAt})
	}
	slices.SortStableFunc(all, func(a, b remembered) int { return a.minute - b.minute })
	out := base.clone()
	out.seq = out.seq[:0]
	for _, t := range all {
		out.seq = append(out.seq, t.visit)
	}
	if !m.refresh(out) {
		return nil
	}
	return out
}

// begins tells whether a stop may begin at a minute of a day, companions aside.
func (m *model) begins(s *stop, on, at int) bool {
	return slices.ContainsFunc(m.starts(s, on), func(sp span) bool { return sp.from <= at && at <= sp.to })
}
