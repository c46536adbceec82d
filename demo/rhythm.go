package demo

import (
	"huifang/cadence"
	"huifang/civil"
	"huifang/models"
)

// denseDays is how long the reps have logged every contact; before, they kept a thinner record.
const denseDays = 42

// rhythm is where an account stands between contacts.
type rhythm struct {
	contact, visit civil.Date // the last ones that reached the customer
	notBefore      civil.Date // after a vain attempt
	fails          int        // vain calls in a row
	phase          int        // of the ladder, next one
	visited        bool       // some phase was at home
}

// task is a contact a rep could make today.
type task struct {
	life    *life
	kind    cadence.Kind
	topic   topic
	by      cadence.Role
	phase   int
	due     civil.Date
	rank    float64 // higher comes first
	errand  *errand
	horizon cadence.Horizon
}

// wanted is the contact an account asks for on a day: first errands, then the ladder (D2), then the rhythm (D4).
func (m *maker) wanted(l *life, day civil.Date) (task, bool) {
	if day < l.person.Account.Since || day < l.next.notBefore || paused(l, day) {
		return task{}, false
	}
	t, ok := m.byStory(l, day)
	if !ok || optedOut(l, t.kind, day) {
		return task{}, false
	}
	t.life = l
	return t, true
}

func (m *maker) byStory(l *life, day civil.Date) (task, bool) {
	if t, ok := nextErrand(l, day); ok {
		return t, true
	}
	for _, s := range l.stops {
		if s.holds(day) {
			return task{}, false
		}
	}
	if t, on, ok := m.ladder(l, day); on {
		return t, ok
	}
	return m.routine(l, day)
}

func paused(l *life, day civil.Date) bool {
	for _, p := range l.pauses {
		if p.Holds(day) {
			return true
		}
	}
	return false
}

func optedOut(l *life, kind cadence.Kind, day civil.Date) bool {
	for _, o := range l.person.Account.OptOuts {
		if day >= o.From && (o.Kind == "" || o.Kind == string(kind)) {
			return true
		}
	}
	return false
}

// nextErrand drops greetings that came too late or into a stop.
func nextErrand(l *life, day civil.Date) (task, bool) {
	for i := range l.errands {
		e := &l.errands[i]
		if e.day > day || e.kind == "" {
			continue
		}
		if e.done == nil && e.day < day-3 {
			e.kind = ""
			continue
		}
		return task{kind: e.kind, topic: e.topic, by: e.by, due: e.day, rank: 10, errand: e}, true
	}
	return task{}, false
}

// ladder is the next phase of a new account; on tells whether the account still climbs.
func (m *maker) ladder(l *life, day civil.Date) (t task, on, ok bool) {
	if l.story == old || len(l.purchases) == 0 || l.purchases[0].Day >= day || heldBack(l, day) {
		return task{}, false, false
	}
	phases := m.policy.Onboarding
	bought := l.purchases[0].Day
	for l.next.phase < len(phases) && day > bought+civil.Date(phases[l.next.phase].Day)+9 {
		l.next.phase++ // missed for good
	}
	if l.next.phase >= len(phases) {
		return task{}, false, false
	}
	k := l.next.phase
	due := bought + civil.Date(phases[k].Day)
	if day < due || day < l.next.contact+2 {
		return task{}, true, false
	}
	t = task{kind: cadence.HomeVisit, topic: aboutPhase, by: cadence.Rep, phase: k, due: due, rank: 4 + float64(day-due)/3}
	byCall := []float64{0.7, 0.35, 0.4, 0.25, 0.25}[k]
	if m.chance(byCall) && (k != 2 || l.next.visited) {
		t.kind = cadence.Call
		if k >= 3 {
			t.by = cadence.Expert
		}
	}
	return t, true, true
}

// heldBack tells whether a return holds the ladder (D2).
func heldBack(l *life, day civil.Date) bool {
	for _, r := range l.returns {
		if r.Day <= day {
			return true
		}
	}
	return false
}

// routine is the rhythm of D4 by when the account will buy again.
func (m *maker) routine(l *life, day civil.Date) (task, bool) {
	every, h := m.pace(l, day)
	t := task{kind: cadence.HomeVisit, topic: aboutCare, by: cadence.Rep, horizon: h}
	if h == cadence.HorizonUnknown {
		t.topic = aboutFirst
	}
	early := max(1, civil.Date(every.VisitEvery/4)) // so that days off make nothing late
	if due := l.next.visit + civil.Date(every.VisitEvery); every.VisitEvery > 0 && (day >= due-early || l.next.fails >= 3) && !frozen(l) {
		t.due, t.rank = due, 1+float64(day-due)/float64(every.VisitEvery)
		return t, true
	}
	t.kind = cadence.Call
	t.due = l.next.contact + civil.Date(every.CallEvery)
	t.rank = 1 + float64(day-t.due)/float64(every.CallEvery)
	return t, day >= t.due-civil.Date(every.CallEvery/3)
}

// frozen accounts take calls only: a home visit is against their word.
func frozen(l *life) bool {
	for _, o := range l.person.Account.OptOuts {
		if o.Kind == string(cadence.HomeVisit) {
			return true
		}
	}
	return false
}

// pace is how often the account should be in touch on a day, thinner in the past nobody logged in full.
func (m *maker) pace(l *life, day civil.Date) (cadence.Rhythm, cadence.Horizon) {
	h := m.horizon(l, day)
	r := m.policy.Rhythms[h]
	switch h {
	case cadence.HorizonUnknown:
		r = m.policy.Potential
	case "":
		r = m.policy.Dormant
	}
	if day < m.today-denseDays {
		r.CallEvery, r.VisitEvery = max(3*r.CallEvery, 30), max(3*r.VisitEvery, 56)
	}
	return r, h
}

// horizon is how soon the account will buy again, told from what it bought last; empty when it is long overdue.
func (m *maker) horizon(l *life, day civil.Date) cadence.Horizon {
	last := l.last(day)
	if last == nil {
		return cadence.HorizonUnknown
	}
	left := float64(last.Day-day) + float64(last.SupplyDays)*l.usage
	switch {
	case left < -100:
		return ""
	case left < -40:
		return cadence.Later
	case left < -15:
		return cadence.WithinTwo
	case left <= 30:
		return cadence.ThisMonth
	case left <= 60:
		return cadence.WithinTwo
	case left <= 90:
		return cadence.WithinThree
	}
	return cadence.Later
}

// reached moves the rhythm on after a contact.
func (n *rhythm) reached(log models.ContactLog) {
	n.contact, n.fails = log.Day, 0
	if log.Kind == cadence.HomeVisit {
		n.visit = log.Day
	}
}
