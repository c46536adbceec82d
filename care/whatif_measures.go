package care

import (
	"slices"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// PlanMeasures is what a plan asks of a rep over the days planned, today included; see docs/policy.md.
type PlanMeasures struct {
	Accounts       int // held
	ContactMinutes int
	TravelMinutes  int // on the way to contacts
	Capacity       int // minutes of work there are: hours less holidays, leave and what of today is over
	Late           int // contacts planned later than they are due
	Shed           int // contacts without room
	// Regularity is the share of contacts that come in time after the one before, 0 to 1; 1 when there is nothing to judge.
	Regularity float64

	followed, inTime int
}

// hours are the minutes of work a plan asks for.
func (m PlanMeasures) hours() int { return m.ContactMinutes + m.TravelMinutes }

// plus are the measures of two plans together.
func (m PlanMeasures) plus(n PlanMeasures) PlanMeasures {
	return PlanMeasures{
		Accounts: m.Accounts + n.Accounts, ContactMinutes: m.ContactMinutes + n.ContactMinutes,
		TravelMinutes: m.TravelMinutes + n.TravelMinutes, Capacity: m.Capacity + n.Capacity,
		Late: m.Late + n.Late, Shed: m.Shed + n.Shed, followed: m.followed + n.followed, inTime: m.inTime + n.inTime,
	}.judged()
}

func (m PlanMeasures) judged() PlanMeasures {
	m.Regularity = 1
	if m.followed > 0 {
		m.Regularity = float64(m.inTime) / float64(m.followed)
	}
	return m
}

// measures are those of the plan. Contacts of other days than those planned do not count: an appointment of next year.
func (sk sketch) measures() PlanMeasures {
	m := PlanMeasures{Shed: sk.result.Shed, Capacity: sk.capacity()}
	for _, a := range sk.book.Accounts {
		if a.RepID == sk.book.Rep.ID {
			m.Accounts++
		}
	}
	days := map[id.ID][]civil.Date{}
	for _, i := range sk.made.items {
		day := max(i.Day, sk.today) // what was missed takes time of today
		if day > sk.last {
			continue
		}
		m.ContactMinutes += i.Minutes
		m.TravelMinutes += i.Travel
		if day > i.DueOn {
			m.Late++
		}
		if cadence.Met.Touches(i.Kind) {
			days[i.AccountID] = append(days[i.AccountID], day)
		}
	}
	for _, a := range sk.after.Accounts {
		followed, inTime := regular(a, days[a.ID])
		m.followed, m.inTime = m.followed+followed, m.inTime+inTime
	}
	return m.judged()
}

// regular counts the days of contact of an account in a plan that follow another, and those of them that come in time: not
// more days after it than the rules allow. The first follows the last contact so far, or the day from which the rules hold.
// Accounts without a rhythm are not counted, two contacts of a day are one, and a message is none: it answers no call.
func regular(a models.Account, days []civil.Date) (followed, inTime int) {
	if a.ContactEvery == 0 || a.InTouchUntil == nil {
		return 0, 0
	}
	every := civil.Date(a.ContactEvery)
	days = append(days, *a.InTouchUntil-every)
	slices.Sort(days)
	days = slices.Compact(days)
	for n := 1; n < len(days); n++ {
		followed++
		if days[n]-days[n-1] <= every {
			inTime++
		}
	}
	return followed, inTime
}

// capacity are the minutes the rep can work on the days planned.
func (sk sketch) capacity() int {
	if sk.book.Rep.DisabledAt != nil {
		return 0
	}
	minutes := 0
	for day := sk.today; day <= sk.last; day++ {
		for _, w := range sk.calendar.on(sk.book.Rep, day) {
			minutes += int(w.To - w.From)
		}
	}
	return minutes
}

// neglected are the accounts of the rep that count as neglected once the plan were saved.
func (sk sketch) neglected() int {
	n := 0
	for _, a := range sk.after.Accounts {
		if a.RepID == sk.book.Rep.ID && a.NeglectedOn != nil && *a.NeglectedOn <= sk.today {
			n++
		}
	}
	return n
}

// MoveSide is the plan of one rep before and after a change that was only reckoned.
type MoveSide struct {
	Rep    Person
	Before PlanMeasures
	After  PlanMeasures
}

// change is by how many minutes the work of the rep changes.
func (x MoveSide) change() int {
	d := x.After.hours() - x.Before.hours()
	return max(d, -d)
}
