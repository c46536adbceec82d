package care

import (
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// firstVisitDays is within how many days a receiver meets a customer together with the former rep.
const firstVisitDays = 7

// firstVisit is the first visit of a receiver to an account.
type firstVisit struct {
	item *id.ID // nil when there is none
	day  civil.Date
	why  noFirstVisit
}

// noFirstVisit is why there is no first visit together.
type noFirstVisit string

const (
	formerLeft   noFirstVisit = "LEFT"
	noVisits     noFirstVisit = "OPTED_OUT"
	visitsPaused noFirstVisit = "PAUSED"
	noRoom       noFirstVisit = "NO_ROOM"
)

// together plans first visits of the receivers with the former reps along, where the move asks for it: each within a week, on
// the day on which both have most room (D9, D21). Where that cannot be, the brief says why.
func (h *handing) together() error {
	var items []models.PlanItem
	var d *diary
	for _, l := range h.legs {
		if l.move == nil || !l.move.Joint {
			continue
		}
		if d == nil {
			var err error
			if d, err = h.diary(); err != nil {
				return err
			}
		}
		for _, a := range l.accounts {
			if i := h.firstVisit(d, l, a); i != nil {
				items = append(items, *i)
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	return h.tx.AddItems(items)
}

// firstVisit notes what comes of an account's first visit, and returns it when it can be.
func (h *handing) firstVisit(d *diary, l leg, a models.Account) *models.PlanItem {
	former := h.givers[a.RepID]
	if !canReceive(former) {
		h.first[a.ID] = firstVisit{why: formerLeft}
		return nil
	}
	minutes := h.policy.Cadence.Minutes[cadence.HomeVisit]
	if a.Frail {
		minutes += h.policy.Cadence.FrailMinutes // D5
	}
	day, why := d.choose(a, l.to, former, minutes, h.facts.Pauses)
	if why != "" {
		h.first[a.ID] = firstVisit{why: why}
		return nil
	}
	b := booking{models.PlanItem{
		ID: h.tx.NewID(), AccountID: a.ID, RepID: l.to.ID, Kind: cadence.HomeVisit, Status: models.ItemOpen, Source: models.FromPerson,
		Minutes: minutes, Priority: h.policy.Planning.PromisePriority, By: cadence.Rep, With: []cadence.Role{cadence.Rep}, ExpertID: &former.ID,
		Script: "ROUTINE", Objectives: []cadence.Objective{cadence.DeepenBond},
		Reasons:   []cadence.Reason{{Rule: "D9", Code: "FIRST_VISIT", Args: map[string]string{"who": former.Name}}},
		CreatedBy: &h.by, CreatedAt: h.tx.Now, UpdatedAt: h.tx.Now,
	}}
	b.onDay(day, nil)
	h.first[a.ID] = firstVisit{item: &b.ID, day: day}
	return &b.PlanItem
}

// diary is how much room some people have on the days of first visits.
type diary struct {
	calendar calendar
	booked   map[id.ID]map[civil.Date]int // minutes
}

func (h *handing) diary() (*diary, error) {
	var people []id.ID
	for _, l := range h.legs {
		people = append(append(people, l.to.ID), l.givers()...)
	}
	people = distinct(people)
	from, to := h.tx.Today+1, h.tx.Today+firstVisitDays
	c, err := h.s.calendarOf(h.tx, people, from, to)
	if err != nil {
		return nil, err
	}
	rows, err := h.tx.BookedOf(people, from, to)
	d := &diary{calendar: c, booked: map[id.ID]map[civil.Date]int{}}
	for _, r := range rows {
		d.book(r.RepID, r.Day, r.Minutes)
	}
	return d, err
}

func (d *diary) book(user id.ID, day civil.Date, minutes int) {
	if d.booked[user] == nil {
		d.booked[user] = map[civil.Date]int{}
	}
	d.booked[user][day] += minutes
}

// wayMinutes is what a visit is reckoned to take on the way, before the plan knows better.
const wayMinutes = 20

// choose finds the day with most room for both on which the customer may be visited, and books it.
func (d *diary) choose(a models.Account, to, former models.User, minutes int, pauses []models.Pause) (best civil.Date, why noFirstVisit) {
	most, why := 0, noVisits
	for day := d.calendar.from; day <= d.calendar.to; day++ {
		if optedOut(a, cadence.HomeVisit, day) {
			continue
		}
		if pausedOn(a, pauses, day) {
			why = worse(why, visitsPaused)
			continue
		}
		why = noRoom
		if room := min(d.room(to, day), d.room(former, day)); room >= minutes+wayMinutes && room > most {
			best, most = day, room
		}
	}
	if most == 0 {
		return 0, why
	}
	d.book(to.ID, best, minutes+wayMinutes)
	d.book(former.ID, best, minutes+wayMinutes)
	return best, ""
}

// worse keeps that there was no room, once a day was open to visits.
func worse(known, next noFirstVisit) noFirstVisit {
	if known == noRoom {
		return known
	}
	return next
}

func (d *diary) room(u models.User, day civil.Date) int {
	total := -d.booked[u.ID][day]
	for _, w := range d.calendar.on(u, day) {
		total += int(w.To - w.From)
	}
	return total
}

func pausedOn(a models.Account, pauses []models.Pause, day civil.Date) bool {
	for _, p := range pauses {
		if p.Covers(a) && (civil.Span{From: p.FromDay, To: p.ToDay}).Holds(day) {
			return true
		}
	}
	return false
}
