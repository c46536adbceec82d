package schedule

import (
	"fmt"
	"slices"

	"huifang/civil"
)

// Check holds a plan to every hard rule and returns what it breaks; nothing means the plan may be used. It shares no
// reasoning with Solve. A fixed stop is exempt from the rules the plan reports it to break, and from no others.
func Check(p Problem, plan Plan) []Violation {
	if err := p.Validate(); err != nil {
		return []Violation{{Rule: RuleProblem, Stop: -1, Words: err.Error()}}
	}
	c := &checker{problem: &p, reported: map[Conflict]bool{}}
	for _, conflict := range plan.Conflicts {
		c.reported[conflict] = true
	}
	c.once(plan)
	for _, v := range plan.Visits {
		if v.Stop >= 0 && v.Stop < len(p.Stops) {
			c.visits = append(c.visits, booking{v, &p.Stops[v.Stop]})
		}
	}
	slices.SortStableFunc(c.visits, byClock)
	for _, v := range c.visits {
		c.alone(v)
	}
	c.together()
	return c.found
}

// booking is a visit with its stop.
type booking struct {
	Visit
	stop *Stop
}

func (b booking) end() civil.Minute { return b.Start + civil.Minute(b.stop.Minutes) }

func byClock(a, b booking) int {
	switch {
	case a.Start != b.Start:
		return int(a.Start) - int(b.Start)
	case a.stop.ID < b.stop.ID:
		return -1
	}
	return 1
}

type checker struct {
	problem  *Problem
	reported map[Conflict]bool
	visits   []booking // by the clock
	found    []Violation
}

// blame records a broken rule unless the stop is fixed and reported for it.
func (c *checker) blame(rule Rule, v booking, words string) {
	if !c.exempt(rule, v) {
		c.found = append(c.found, violation(rule, v, words))
	}
}

func (c *checker) exempt(rule Rule, v booking) bool {
	return v.stop.Fixed != nil && c.reported[Conflict{v.Visit.Stop, rule}]
}

// clash blames stops that cannot all be kept. Fixed stops among themselves are excused when one of them is reported;
// a stop that could have gone elsewhere never is: the last such is to blame.
func (c *checker) clash(rule Rule, stops []booking, words string) {
	culprit, excused, movable := stops[len(stops)-1], false, false
	for _, v := range stops {
		excused = excused || c.exempt(rule, v)
		if v.stop.Fixed == nil {
			culprit, movable = v, true
		}
	}
	if movable || !excused {
		c.found = append(c.found, violation(rule, culprit, words))
	}
}

func violation(rule Rule, v booking, words string) Violation {
	return Violation{rule, v.Visit.Stop, fmt.Sprintf("stop %d on %v at %s: %s", v.Visit.Stop, v.Day, v.Start.Clock(), words)}
}

func (c *checker) once(plan Plan) {
	times := make([]int, len(c.problem.Stops))
	count := func(stop int, list string) {
		if stop < 0 || stop >= len(times) {
			c.found = append(c.found, Violation{RuleOnce, -1, fmt.Sprintf("%s names stop %d of %d", list, stop, len(times))})
			return
		}
		times[stop]++
	}
	for _, v := range plan.Visits {
		count(v.Stop, "visits")
	}
	for _, s := range plan.Shed {
		count(s.Stop, "shed")
	}
	for stop, n := range times {
		if n != 1 {
			c.found = append(c.found, Violation{RuleOnce, stop, fmt.Sprintf("stop %d is planned or shed %d times", stop, n)})
		}
	}
	for _, s := range plan.Shed {
		if s.Stop >= 0 && s.Stop < len(times) && c.problem.Stops[s.Stop].Fixed != nil {
			c.found = append(c.found, Violation{RuleFixed, s.Stop, fmt.Sprintf("stop %d is fixed and was shed", s.Stop)})
		}
	}
}

// alone holds a visit to the rules that concern no other.
func (c *checker) alone(v booking) {
	s, p := v.stop, c.problem
	if v.Worker != s.Worker {
		c.blame(RuleWorker, v, fmt.Sprintf("by worker %d instead of %d", v.Worker, s.Worker))
	}
	if f := s.Fixed; f != nil && (f.Day != v.Day || f.At != nil && *f.At != v.Start) {
		c.blame(RuleFixed, v, "not on its fixed day and minute")
	}
	if v.Day < p.From || v.Day > p.To {
		c.blame(RulePeriod, v, "outside the planned days")
		return
	}
	if v.Day < s.Earliest || v.Day > s.Latest {
		c.blame(RulePeriod, v, "outside earliest and latest")
	} else if len(s.Days) > 0 && !slices.Contains(s.Days, v.Day) {
		c.blame(RulePeriod, v, "on none of its days")
	}
	if !inside(v, p.Workers[s.Worker].Shifts[v.Day]) {
		c.blame(RuleHours, v, "outside the working hours")
	}
	if len(s.Windows) > 0 && !inside(v, s.Windows) {
		c.blame(RuleCustomer, v, "outside the customer's hours")
	}
	for _, companion := range s.Companions {
		if !inside(v, p.Companions[companion].Free[v.Day]) {
			c.blame(RuleCompanion, v, fmt.Sprintf("companion %d is away", companion))
		}
	}
}

// inside tells whether a visit lies within a single window.
func inside(v booking, windows []civil.Window) bool {
	for _, w := range windows {
		if w.From <= v.Start && v.end() <= w.To {
			return true
		}
	}
	return false
}

// together holds visits to the rules that concern several: travel, companions, one contact a day, so many a week.
func (c *checker) together() {
	type workday struct {
		worker int
		day    civil.Date
	}
	type meeting struct {
		companion int
		day       civil.Date
	}
	type contact struct {
		customer string
		day      civil.Date
	}
	days, meetings, contacts := map[workday][]booking{}, map[meeting][]booking{}, map[contact][]booking{}
	for _, v := range c.visits {
		if v.Day < c.problem.From || v.Day > c.problem.To {
			continue
		}
		days[workday{v.stop.Worker, v.Day}] = append(days[workday{v.stop.Worker, v.Day}], v)
		for _, who := range slices.Compact(slices.Sorted(slices.Values(v.stop.Companions))) {
			meetings[meeting{who, v.Day}] = append(meetings[meeting{who, v.Day}], v)
		}
		if v.stop.Customer != "" {
			contacts[contact{v.stop.Customer, v.Day}] = append(contacts[contact{v.stop.Customer, v.Day}], v)
		}
	}
	for of, visits := range days {
		c.overlaps(visits)
		c.ways(&c.problem.Workers[of.worker], visits)
	}
	for _, visits := range meetings {
		c.meetings(visits)
	}
	for _, visits := range contacts {
		c.sameDay(visits)
	}
	c.weekly()
	slices.SortStableFunc(c.found, func(a, b Violation) int { return a.Stop - b.Stop })
}

// overlaps looks for stops a worker would do at once.
func (c *checker) overlaps(visits []booking) {
	for j, b := range visits {
		for _, a := range visits[:j] {
			if a.end() > b.Start {
				c.clash(RuleTravel, []booking{a, b}, fmt.Sprintf("stop %d overlaps stop %d", a.Visit.Stop, b.Visit.Stop))
			}
		}
	}
}

// ways asks for time to travel between places that follow each other, from the start of the day and to its end.
// Calls on the way take their minutes off the time between.
func (c *checker) ways(w *Worker, visits []booking) {
	shift := w.Shifts[visits[0].Day]
	var placed []int
	late := false
	for i, v := range visits {
		if v.stop.Place != nil {
			placed = append(placed, i)
			late = late || len(shift) > 0 && v.end() > shift[len(shift)-1].To
		}
	}
	for k := 1; k < len(placed); k++ {
		a, b := visits[placed[k-1]], visits[placed[k]]
		c.way(a.stop.Place, b.stop.Place, a.end(), b.Start, visits[placed[k-1]:placed[k]+1])
	}
	if len(shift) == 0 {
		return // every stop of this day is already outside hours
	}
	dawn, dusk := shift[0].From, shift[len(shift)-1].To
	if len(placed) == 0 {
		c.way(w.Start, w.End, dawn, dusk, visits)
		return
	}
	first, last := placed[0], placed[len(placed)-1]
	if visits[first].Start >= dawn { // earlier breaks the hours, not the way
		c.way(w.Start, visits[first].stop.Place, dawn, visits[first].Start, visits[:first+1])
	}
	if !late {
		c.way(visits[last].stop.Place, w.End, visits[last].end(), dusk, visits[last:])
	}
}

// way asks for enough time between leaving one place and arriving at another, with all stops of that stretch.
func (c *checker) way(from, to *Point, leave, arrive civil.Minute, stretch []booking) {
	calls := 0
	for _, v := range stretch {
		if v.stop.Place == nil && v.Start >= leave && v.Start < arrive {
			calls += v.stop.Minutes
		}
	}
	need := c.minutes(from, to)
	if need > 0 && int(arrive-leave)-calls < need {
		c.clash(RuleTravel, stretch, fmt.Sprintf("%d minutes to travel, %d free for it", need, int(arrive-leave)-calls))
	}
}

func (c *checker) minutes(from, to *Point) int {
	if from == nil || to == nil || *from == *to {
		return 0
	}
	travel := c.problem.Travel
	if travel == nil {
		travel = Haversine{}
	}
	return min(max(travel.Minutes(*from, *to), 0), longestTravel)
}

// meetings looks for a companion wanted at two places at once, the way between them included.
func (c *checker) meetings(visits []booking) {
	for j, b := range visits {
		for _, a := range visits[:j] {
			if int(b.Start-a.end()) < c.minutes(a.stop.Place, b.stop.Place) {
				c.clash(RuleCompanion, []booking{a, b}, fmt.Sprintf("a companion is with stop %d and stop %d", a.Visit.Stop, b.Visit.Stop))
			}
		}
	}
}

// sameDay allows one contact; of several fixed ones all but one must be reported.
func (c *checker) sameDay(visits []booking) {
	if len(visits) < 2 {
		return
	}
	kept := 0
	for _, v := range visits {
		if c.exempt(RuleSameDay, v) {
			continue
		}
		if kept++; kept > 1 || v.stop.Fixed == nil {
			c.blame(RuleSameDay, v, "a second contact with the customer that day")
		}
	}
}

// weekly counts each customer's contact days. A stop that could have gone elsewhere never lies in seven days over the cap;
// a fixed one may when it is reported, and need not be when what happened and the fixed stops not reported keep the cap.
func (c *checker) weekly() {
	if c.problem.CapPerWeek == 0 {
		return
	}
	all, kept := map[string]dates{}, map[string]dates{}
	for _, v := range c.visits {
		customer := v.stop.Customer
		if all[customer] == nil {
			all[customer], kept[customer] = newDates(c.problem.Contacts[customer]), newDates(c.problem.Contacts[customer])
		}
		all[customer][v.Day] = true
		if v.stop.Fixed != nil && !c.exempt(RuleCap, v) {
			kept[customer][v.Day] = true
		}
	}
	for _, v := range c.visits {
		if v.stop.Customer == "" || v.Day < c.problem.From || v.Day > c.problem.To {
			continue
		}
		days := all
		if v.stop.Fixed != nil {
			days = kept
		}
		if n := days[v.stop.Customer].most(v.Day); n > c.problem.CapPerWeek {
			c.blame(RuleCap, v, fmt.Sprintf("%d days with a contact in seven", n))
		}
	}
}

// dates is a set of days.
type dates map[civil.Date]bool

func newDates(days []civil.Date) dates {
	out := dates{}
	for _, d := range days {
		out[d] = true
	}
	return out
}

// most is the largest number of these days in any seven that hold a day.
func (ds dates) most(day civil.Date) int {
	best := 0
	for before := range civil.Date(7) {
		n := 0
		for k := range civil.Date(7) {
			if ds[day-before+k] {
				n++
			}
		}
		best = max(best, n)
	}
	return best
}
