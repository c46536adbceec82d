package schedule

import "slices"

// margin is how far from a day others still share seven days with it.
const margin = 6

// recall writes into each customer's days what the plan does not decide: contacts made or fixed elsewhere, and stops
// fixed outside the planned days. The days reach margin beyond the planned ones, on either side.
func (m *model) recall(customers map[string]int) {
	m.prior = make([][]int, m.customers)
	for c := range m.prior {
		m.prior[c] = make([]int, m.days+2*margin)
	}
	for name, days := range m.problem.Contacts {
		if c, ok := customers[name]; ok {
			for _, d := range days {
				count(m.prior[c], m.day(d), 1)
			}
		}
	}
	for i := range m.stops {
		if s := &m.stops[i]; s.fixed != nil && s.customer >= 0 && !m.planned(s.fixedDay) {
			count(m.prior[s.customer], s.fixedDay, 1)
		}
	}
}

// count adds to a day of a customer; days too far off to matter are left out.
func count(days []int, day, by int) {
	if at := day + margin; at >= 0 && at < len(days) {
		days[at] += by
	}
}

// excess marks the fixed stops over the cap: those that find it used up by prior contacts and more important fixed stops.
func (m *model) excess() {
	m.over = map[int]bool{}
	kept := cloneAll(m.prior)
	for i := range m.stops {
		s := &m.stops[i]
		if s.fixed == nil || s.customer < 0 || !m.planned(s.fixedDay) {
			continue
		}
		if _, full := m.crowded(kept[s.customer], s.fixedDay); full {
			m.over[i] = true
			continue
		}
		count(kept[s.customer], s.fixedDay, 1)
	}
}

func cloneAll(rows [][]int) [][]int {
	out := make([][]int, len(rows))
	for i, row := range rows {
		out[i] = slices.Clone(row)
	}
	return out
}

// crowded finds seven days which a contact on a day would bring over the cap, and tells the first of them.
func (m *model) crowded(days []int, day int) (first int, found bool) {
	most := m.problem.CapPerWeek
	if most == 0 {
		return 0, false
	}
	at := day + margin
	sum := 1 + taken(days[at-margin:at])
	for end := at; ; end++ {
		if sum > most {
			return end - margin - margin, true
		}
		if end == at+margin {
			return 0, false
		}
		sum += taken(days[end+1:end+2]) - taken(days[end-margin:end-margin+1])
	}
}

// taken counts the days with a contact.
func taken(days []int) int {
	n := 0
	for _, contacts := range days {
		n += min(contacts, 1)
	}
	return n
}

// free tells whether the customer's other contacts leave room for a stop on a day.
func (s *solver) free(i, day int) bool {
	if s.repeated(i, day) {
		return false
	}
	_, full := s.full(i, day)
	return !full
}

// repeated tells whether the customer has another contact that day.
func (s *solver) repeated(i, day int) bool {
	c := s.stops[i].customer
	return c >= 0 && s.contacts[c][day] > 0
}

// full finds seven days which a stop on a day would bring over the cap.
func (s *solver) full(i, day int) (first int, found bool) {
	c := s.stops[i].customer
	if c < 0 {
		return 0, false
	}
	return s.crowded(s.weeks[c], day)
}

// yield takes less important contacts with the customer off their days until a stop may lie on a day; ok is false when
// it still may not.
func (s *solver) yield(i, on int) (out []int, ok bool) {
	for !s.free(i, on) {
		j := s.rival(i, on)
		if j < 0 || !s.leave(j) {
			return nil, false
		}
		out = append(out, j)
	}
	return out, true
}

// rival is the least important contact in the way of a stop, -1 when only more important ones are.
func (s *solver) rival(i, on int) int {
	from, to := on, on
	if !s.repeated(i, on) {
		from, _ = s.full(i, on)
		to = from + margin
	}
	of := s.of[s.stops[i].customer]
	for k := len(of) - 1; k >= 0 && of[k] > i; k-- {
		if at := s.at[of[k]]; at >= 0 && at >= from && at <= to && s.yields(of[k], i) {
			return of[k]
		}
	}
	return -1
}
