package schedule

// shed lists what found no place, the most important first, and why.
func (s *solver) shed() []Shed {
	var out []Shed
	room := rooms{s, map[int]*day{}}
	for i := range s.stops {
		if st := &s.stops[i]; st.fixed == nil && s.at[i] < 0 {
			out = append(out, Shed{Stop: st.number, Reason: s.reason(i), Room: room.ways(i)})
		}
	}
	return out
}

// reason narrows the days down, one rule after the other; the rule that leaves none is why.
func (s *solver) reason(i int) ShedReason {
	st := &s.stops[i]
	w := &s.workers[st.worker]
	days := s.narrow(nil, st.may)
	if len(days) == 0 {
		return OutsidePeriod
	}
	for _, rule := range []struct {
		reason ShedReason
		leaves func(day int) bool
	}{
		{NoWorkingDay, func(d int) bool { return w.pattern[d] >= 0 }},
		{TooLong, func(d int) bool { return len(meet(st.minutes, w.shifts[d], nil)) > 0 }},
		{CustomerHours, func(d int) bool { return len(s.starts(st, d)) > 0 }},
		{TooLong, func(d int) bool { return s.reachable(i, d) }},
		{CompanionAway, func(d int) bool { return len(s.allowed(s.plans[w.crew][d], i)) > 0 }},
		{SameDayContact, func(d int) bool { return !s.repeated(i, d) }},
		{WeeklyCap, func(d int) bool { return s.free(i, d) }},
	} {
		if days = s.narrow(days, rule.leaves); len(days) == 0 {
			return rule.reason
		}
	}
	return NoCapacity
}

// narrow keeps the days a rule leaves; nil stands for all.
func (s *solver) narrow(days []int, leaves func(day int) bool) []int {
	var out []int
	if days == nil {
		for d := range s.days {
			days = append(days, d)
		}
	}
	for _, d := range days {
		if leaves(d) {
			out = append(out, d)
		}
	}
	return out
}

// reachable tells whether a stop fits into the empty day, with the way there and back.
func (s *solver) reachable(i, on int) bool {
	st := &s.stops[i]
	r := &route{worker: st.worker, day: on}
	s.refresh(r)
	_, ok := s.cheapest(r, i, s.starts(st, on))
	return ok
}
