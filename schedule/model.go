package schedule

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"huifang/civil"
)

// model is a problem in the solver's own words: days and stops are small numbers, costs are integers, so that every
// machine comes to the same plan. Stops stand in order of rank, the most important first; a stop's number is its rank.
type model struct {
	problem    *Problem
	days       int
	stops      []stop
	workers    []worker
	crews      [][]int // workers who share companions, directly or not, plan their days together
	companions [][][]civil.Window
	series     [][]int // ranks by due day
	customers  int
	of         [][]int         // ranks by customer
	prior      [][]int         // contacts nobody here decides about, by customer and day (see recall)
	over       map[int]bool    // the fixed stops over the weekly cap
	firstFixed map[contact]int // the first fixed stop of a customer on a day
	atlas      atlas
	weights    costs
}

// costs are Weights in hundredths.
type costs struct{ late, early, spacing, travel, move, balance, wish, shed int64 }

type worker struct {
	crew, seat int // which crew, and the place in it
	start, end int // places
	shifts     [][]civil.Window
	pattern    []int // by day: which of the worker's different shifts, -1 for a day off
	target     []int // by day: the minutes of work that would be its even share
}

// span is the first and last minute a stop may start at, both included.
type span struct{ from, to int }

// stop begins with what is asked for most, side by side in memory.
type stop struct {
	place       int // -1 for none
	minutes     int
	spans       [][]span // by the worker's pattern
	preferred   []civil.Window
	companions  []int
	worker      int
	first, last int   // days it may lie on; first > last for none
	days        []int // the only ones of these, none for all
	frozen      bool  // it was on a day that is settled
	due         int
	priority    int64
	urgent      bool
	shed        int64 // cost
	fixed       *Moment
	fixedDay    int
	was         int // -1 for new
	wasAt       int // -1 for unknown
	customer    int // -1 for nobody else's
	series      int // -1 for none
	windows     []civil.Window
	number      int // in Problem.Stops
	id          string
}

const (
	urgentFactor = 100  // an urgent day late outweighs a hundred others
	shedFactor   = 2000 // being shed outweighs any lateness
	farAway      = 1000 // days; further off nothing changes
)

func newModel(p *Problem) *model {
	m := &model{problem: p, days: int(p.To) - int(p.From) + 1, weights: newCosts(p.Weights.normal())}
	m.atlas = atlas{travel: p.Travel, index: map[Point]int{}}
	if p.Travel == nil {
		m.atlas.travel = Haversine{}
	}
	for i := range p.Workers {
		m.workers = append(m.workers, m.worker(&p.Workers[i]))
	}
	for _, c := range p.Companions {
		m.companions = append(m.companions, m.calendar(c.Free))
	}
	m.rank()
	m.recall(m.name())
	m.excess()
	m.gather()
	m.share()
	m.atlas.seal()
	return m
}

func newCosts(w Weights) costs {
	cents := func(v float64) int64 { return int64(math.Round(v * 100)) }
	sum := cents(w.LateDay + w.EarlyDay + w.Spacing + w.Travel + w.Move + w.Balance + w.Wish)
	return costs{
		late: cents(w.LateDay), early: cents(w.EarlyDay), spacing: cents(w.Spacing), travel: cents(w.Travel),
		move: cents(w.Move), balance: cents(w.Balance), wish: cents(w.Wish), shed: (1 + sum) * shedFactor,
	}
}

func (m *model) calendar(days map[civil.Date][]civil.Window) [][]civil.Window {
	out := make([][]civil.Window, m.days)
	for d := range out {
		out[d] = days[m.problem.From+civil.Date(d)]
	}
	return out
}

// worker counts alike days as one pattern: hours are worked out once for each.
func (m *model) worker(w *Worker) worker {
	out := worker{start: m.atlas.add(w.Start), end: m.atlas.add(w.End), shifts: m.calendar(w.Shifts)}
	var kinds [][]civil.Window
	for _, shift := range out.shifts {
		kind := slices.IndexFunc(kinds, func(k []civil.Window) bool { return slices.Equal(k, shift) })
		if kind < 0 && len(shift) > 0 {
			kind, kinds = len(kinds), append(kinds, shift)
		}
		out.pattern = append(out.pattern, kind)
	}
	return out
}

// rank orders the stops; IDs break ties, so the order of the input never matters.
func (m *model) rank() {
	m.stops = make([]stop, len(m.problem.Stops))
	for i := range m.stops {
		m.stops[i] = m.stop(i)
	}
	slices.SortFunc(m.stops, func(a, b stop) int {
		return m.problem.compareRank(&m.problem.Stops[a.number], &m.problem.Stops[b.number])
	})
}

// compareRank puts the more important of two stops first.
func (p *Problem) compareRank(a, b *Stop) int {
	return cmp.Or(
		-compareBool(a.Fixed != nil, b.Fixed != nil),
		-compareBool(a.Urgent, b.Urgent),
		-cmp.Compare(a.Priority, b.Priority),
		cmp.Compare(a.Due, b.Due),
		cmp.Compare(min(a.Latest, p.To), min(b.Latest, p.To)),
		strings.Compare(a.ID, b.ID),
	)
}

func compareBool(a, b bool) int {
	if a == b {
		return 0
	}
	if a {
		return 1
	}
	return -1
}

func (m *model) stop(i int) stop {
	s := &m.problem.Stops[i]
	out := stop{
		number: i, id: s.ID, worker: s.Worker, place: m.atlas.add(s.Place), minutes: s.Minutes,
		first: max(m.day(s.Earliest), 0), last: min(m.day(s.Latest), m.days-1), due: m.day(s.Due),
		priority: int64(s.Priority), urgent: s.Urgent, fixed: s.Fixed, was: -1, wasAt: -1,
		windows: s.Windows, preferred: s.Preferred,
	}
	if s.Fixed != nil {
		out.fixedDay = m.day(s.Fixed.Day)
	}
	for _, d := range s.Days {
		out.days = append(out.days, m.day(d))
	}
	if s.Was != nil {
		out.was = m.day(s.Was.Day)
		out.frozen = s.Fixed == nil && out.was >= 0 && out.was < m.problem.Frozen
		if s.Was.At != nil {
			out.wasAt = int(*s.Was.At)
		}
	}
	out.companions = slices.Compact(slices.Sorted(slices.Values(s.Companions)))
	out.shed = m.weights.shed * (out.priority + 1) * out.pressure()
	out.spans = m.spansOf(&out)
	return out
}

// day is the number of a day, bounded to farAway.
func (m *model) day(d civil.Date) int {
	return min(max(int(d)-int(m.problem.From), -farAway), farAway)
}

func (s *stop) pressure() int64 {
	if s.urgent {
		return urgentFactor
	}
	return 1
}

// spansOf meets each of the worker's shifts with the customer's hours.
func (m *model) spansOf(s *stop) [][]span {
	w := &m.workers[s.worker]
	var out [][]span
	for d, kind := range w.pattern {
		if kind == len(out) {
			out = append(out, meet(s.minutes, w.shifts[d], s.windows))
		}
	}
	return out
}

// meet lists when something of these minutes may start so that it lies within one of the shifts and one of the hours.
func meet(minutes int, shifts, hours []civil.Window) []span {
	if len(hours) == 0 {
		hours = allDay
	}
	var out []span
	for _, a := range shifts {
		for _, b := range hours {
			s := span{int(max(a.From, b.From)), int(min(a.To, b.To)) - minutes}
			if s.from <= s.to {
				out = append(out, s)
			}
		}
	}
	return out
}

// allDay is never written to.
var allDay = []civil.Window{{From: 0, To: dayEnd}}

// starts are the minutes at which a stop may start on a day, companions aside.
func (m *model) starts(s *stop, day int) []span {
	if kind := m.workers[s.worker].pattern[day]; kind >= 0 {
		return s.spans[kind]
	}
	return nil
}

// name numbers customers and series in order of rank, and returns the customers' numbers.
func (m *model) name() map[string]int {
	customers, series := map[string]int{}, map[string]int{}
	for i := range m.stops {
		s := &m.stops[i]
		in := &m.problem.Stops[s.number]
		s.customer, s.series = number(customers, in.Customer), number(series, in.Series)
		m.of, m.series = join(m.of, s.customer, i), join(m.series, s.series, i)
	}
	m.customers = len(customers)
	for _, of := range m.series {
		slices.SortStableFunc(of, func(a, b int) int { return cmp.Compare(m.stops[a].due, m.stops[b].due) })
	}
	return customers
}

// join puts a rank into a group; groups are numbered as they come, -1 is none.
func join(groups [][]int, group, rank int) [][]int {
	if group < 0 {
		return groups
	}
	if group == len(groups) {
		groups = append(groups, nil)
	}
	groups[group] = append(groups[group], rank)
	return groups
}

func number(names map[string]int, name string) int {
	if name == "" {
		return -1
	}
	if _, ok := names[name]; !ok {
		names[name] = len(names)
	}
	return names[name]
}

// gather puts workers who share a companion into one crew.
func (m *model) gather() {
	crews := newKin(len(m.workers))
	for i := range m.stops {
		for _, c := range m.stops[i].companions {
			crews.share(c, m.stops[i].worker)
		}
	}
	m.seat(crews)
}

func (m *model) seat(groups *kin) {
	crews := map[int]int{}
	for i := range m.workers {
		h := groups.of(i)
		if _, ok := crews[h]; !ok {
			crews[h] = len(m.crews)
			m.crews = append(m.crews, nil)
		}
		w := &m.workers[i]
		w.crew = crews[h]
		w.seat = len(m.crews[w.crew])
		m.crews[w.crew] = append(m.crews[w.crew], i)
	}
}

// share spreads each worker's work over the days by their hours; a day's share never exceeds them.
func (m *model) share() {
	work := make([]int, len(m.workers))
	for i := range m.stops {
		work[m.stops[i].worker] += m.stops[i].minutes
	}
	for i := range m.workers {
		w := &m.workers[i]
		total := 0
		for _, shift := range w.shifts {
			total += length(shift)
		}
		for _, shift := range w.shifts {
			hours := length(shift)
			w.target = append(w.target, min(hours, work[i]*hours/max(total, 1)))
		}
	}
}

func length(windows []civil.Window) int {
	sum := 0
	for _, w := range windows {
		sum += int(w.To - w.From)
	}
	return sum
}
