package care

import (
	"strings"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/road"
	"huifang/schedule"
)

// wish is one thing a rep's plan must find a place for: a demand of the rules, or an item a person fixed.
type wish struct {
	account models.Account
	demand  cadence.Demand   // of the rules; zero for a held item
	item    *models.PlanItem // the open item that stands for it now, nil when it is new
	joined  []models.Joined  // what a held item takes up beside its own reason
	with    []id.ID          // who comes along
	turn    turn             // whose it is
	taken   bool             // the item still is another rep's
}

// held tells whether a person fixed it.
func (w wish) held() bool { return w.demand.Key == "" }

// draft turns a rep's book and wishes into a problem for schedule.
type draft struct {
	book      *models.RepBook
	policy    Planning
	weeklyCap int
	calendar  calendar
	today     civil.Date
	wishes    []wish
	elsewhere map[id.ID][]civil.Date // by account: contacts of other reps
	roads     *road.Table            // nil: great circles
}

// problem builds the scheduling problem; stop i of it is wish i.
func (d draft) problem() schedule.Problem {
	rep := d.book.Rep
	p := schedule.Problem{
		From: d.calendar.from, To: d.calendar.to,
		Workers: []schedule.Worker{{
			ID: rep.ID.String(), Start: point(rep.StartLat, rep.StartLng), End: point(rep.StartLat, rep.StartLng),
			Shifts: d.free(rep),
		}},
		Travel:  d.travel(rep.Mode),
		Weights: d.policy.Weights, Frozen: d.policy.FrozenDays, CapPerWeek: d.weeklyCap, Contacts: d.contacts(),
	}
	seats := map[id.ID]int{}
	for _, c := range d.book.Companions {
		seats[c.ID] = len(p.Companions)
		p.Companions = append(p.Companions, schedule.Companion{ID: c.ID.String(), Free: d.free(c)})
	}
	for _, w := range d.wishes {
		p.Stops = append(p.Stops, d.stop(w, seats))
	}
	return p
}

// contacts are the days of the last seven, today included, on which each customer was reached: they count for the weekly
// cap (D19). An attempt is no contact.
func (d draft) contacts() map[string][]civil.Date {
	out := map[string][]civil.Date{}
	for account, logs := range d.book.Logs {
		for _, l := range logs {
			if l.Outcome.Reached() && l.Day > d.calendar.from-7 && l.Day <= d.calendar.from {
				out[account.String()] = append(out[account.String()], l.Day)
			}
		}
	}
	for account, days := range d.elsewhere {
		out[account.String()] = append(out[account.String()], days...)
	}
	return out
}

func (d draft) speed(m models.Mode) float64 {
	if v, ok := d.policy.Speeds[m]; ok {
		return v
	}
	return d.policy.Speeds[models.EBike]
}

// free are the hours of the rep or a companion less what other reps have asked of them.
func (d draft) free(u models.User) map[civil.Date][]civil.Window {
	out := d.calendar.shifts(u)
	for _, i := range d.book.Busy {
		if i.ExpertID != nil && *i.ExpertID == u.ID {
			from := civil.Minute(i.StartMin)
			out[i.Day] = without(out[i.Day], []civil.Window{{From: from, To: from + civil.Minute(i.Minutes)}})
		}
	}
	return out
}

func (d draft) stop(w wish, seats map[id.ID]int) schedule.Stop {
	s := schedule.Stop{
		Customer:  w.account.ID.String(),
		Windows:   d.windows(w),
		Preferred: w.account.Preferred,
	}
	for _, person := range w.with {
		if seat, ok := seats[person]; ok {
			s.Companions = append(s.Companions, seat)
		}
	}
	if w.held() {
		return d.heldStop(s, w)
	}
	s.ID = w.account.ID.String() + " " + w.demand.Key
	s.Due = w.demand.Due
	s.Earliest, s.Latest = w.turn.within(max(w.demand.Earliest, d.today), max(w.demand.Latest, d.today))
	s.Minutes, s.Priority, s.Urgent = w.demand.Minutes, w.demand.Priority, w.demand.Urgent
	s.Place = place(w.demand.Kind, w.account)
	s.Series = series(w.demand, w.account)
	if w.item != nil {
		d.keep(&s, w)
	}
	return s
}

// keep holds an item of today to its minute, unless what it now stands for may not be done yet or it came from another
// rep; another stays on its day when nothing better speaks against it.
func (d draft) keep(s *schedule.Stop, w wish) {
	i := *w.item
	switch {
	case i.Day < d.today:
	case i.Day == d.today && s.Earliest <= d.today && !w.taken && minuteOf(i) != nil:
		s.Fixed = &schedule.Moment{Day: i.Day, At: minuteOf(i)}
	default:
		s.Was = &schedule.Moment{Day: i.Day, At: minuteOf(i)}
	}
}

// heldStop stays on its day. What was missed is still to be done: it takes time of today, at any minute.
func (d draft) heldStop(s schedule.Stop, w wish) schedule.Stop {
	i := *w.item
	day := max(i.Day, d.today)
	s.ID = i.ID.String()
	s.Earliest, s.Due, s.Latest = i.Day, i.DueOn, day
	s.Minutes, s.Priority, s.Urgent = i.Minutes, i.Priority, i.Urgent
	s.Place = place(i.Kind, w.account)
	s.Fixed = &schedule.Moment{Day: day}
	if i.Day >= d.today && (i.AtFixed || i.Status == models.ItemStarted || i.Day == d.today && !w.taken || i.Day > d.calendar.to) {
		s.Fixed.At = minuteOf(i)
	}
	s.Was = &schedule.Moment{Day: i.Day, At: minuteOf(i)}
	return s
}

// minuteOf is the minute agreed on, or the one the planner gave; nil for an item just put on its day, which has neither.
func minuteOf(i models.PlanItem) *civil.Minute {
	if !i.AtFixed && (i.Seq == 0 || i.StartMin == 0) {
		return nil
	}
	at := civil.Minute(i.StartMin)
	return &at
}

// windows are the hours of the kind less the customer's quiet hours.
func (d draft) windows(w wish) []civil.Window {
	hours := d.policy.CallHours
	if w.kind() == cadence.HomeVisit {
		hours = d.policy.VisitHours
	}
	if open := without(hours, w.account.Quiet); len(open) > 0 {
		return open
	}
	return []civil.Window{{From: lastMinute, To: lastMinute + 1}} // quiet all day: no contact fits, and the plan says so
}

// lastMinute of the day: nobody works then.
const lastMinute = 24*60 - 1

func (w wish) kind() cadence.Kind {
	if w.held() {
		return w.item.Kind
	}
	return w.demand.Kind
}

// series names the contacts that should keep an even distance: those of one rhythm of one account.
func series(d cadence.Demand, a models.Account) string {
	if !strings.HasPrefix(d.Key, "rhythm:") {
		return ""
	}
	return a.ID.String() + " " + string(d.Kind)
}

// place is where a contact happens: the home for a visit, nowhere for a call.
func place(k cadence.Kind, a models.Account) *schedule.Point {
	if k != cadence.HomeVisit {
		return nil
	}
	return point(a.Lat, a.Lng)
}

func point(lat, lng *float64) *schedule.Point {
	if lat == nil || lng == nil {
		return nil
	}
	return &schedule.Point{Lat: *lat, Lng: *lng}
}

// companions chooses who comes along for each role asked for: the one the item already names, else the first of the role.
func companions(b *models.RepBook, roles []cadence.Role, item *models.PlanItem, atWork func(models.User) bool) []id.ID {
	var out []id.ID
	for _, role := range roles {
		if person := companion(b.Companions, role, item, atWork); person != nil {
			out = append(out, person.ID)
		}
	}
	return out
}

// companion is the one the item names, else the first who is at work, else the first: the plan then says who is away.
func companion(people []models.User, role cadence.Role, item *models.PlanItem, atWork func(models.User) bool) *models.User {
	var first, away *models.User
	for _, wanted := range standIns(role) {
		for i := range people {
			switch u := &people[i]; {
			case u.Role != wanted:
			case item != nil && item.ExpertID != nil && *item.ExpertID == u.ID:
				return u
			case first == nil && atWork(*u):
				first = u
			case away == nil:
				away = u
			}
		}
	}
	if first == nil {
		return away
	}
	return first
}

// standIns are the roles that may fill a place, best first: the supervisor is the manager (经理/店长) a rep meets.
func standIns(role cadence.Role) []string {
	if role == cadence.Manager || role == cadence.Supervisor {
		return []string{"SUPERVISOR", "MANAGER"}
	}
	return []string{string(role)}
}
