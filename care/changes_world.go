package care

import (
	"math"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/schedule"
)

// World is what all screens of a device share.
type World struct {
	User     models.User
	Company  string
	Zone     string
	Today    civil.Date
	People   []Colleague
	Products []models.Product
	Leaves   []models.Leave
	Numbers  []MonthNumbers
	Calendar []WorkingDay
	Routing  Routing
	Shed     []ShedCard
	Scripts  []Script // of the organisation
}

// Colleague is somebody of the company.
type Colleague struct {
	ID   id.ID
	Name string
	Role auth.Role
}

// WorkingDay is how much time a day has.
type WorkingDay struct {
	Day     civil.Date
	Minutes int // of work; 0 on days off
	Holiday bool
	OnLeave bool
	Hours   []civil.Window
}

// Routing is what a device needs to put a day of its user in order, as the planner does.
type Routing struct {
	StartLat, StartLng    *float64
	Detour, KmPerHour     float64
	VisitHours, CallHours []civil.Window
	Wish                  int // what a missed wish costs, in minutes on the road
}

// routing tells of a user's ways by the policy.
func (p Planning) routing(u models.User) Routing {
	return Routing{
		StartLat: u.StartLat, StartLng: u.StartLng,
		Detour: p.Detour, KmPerHour: draft{policy: p}.speed(u.Mode),
		VisitHours: p.VisitHours, CallHours: p.CallHours, Wish: wishMinutes(p.Weights),
	}
}

// wishMinutes is the weight of a wish by that of a minute on the road, within a day.
func wishMinutes(w schedule.Weights) int {
	if w == (schedule.Weights{}) {
		w = schedule.DefaultWeights()
	}
	if w.Travel <= 0 {
		return maxTravel
	}
	return int(min(math.Round(w.Wish/w.Travel), maxTravel))
}

// ShedCard is a contact that did not fit into the weeks.
type ShedCard struct {
	AccountID id.ID
	Kind      cadence.Kind
	DueOn     civil.Date
	item      models.ShedItem
}

// Words tells why it did not fit and what would make room, "zh" or "en".
func (c ShedCard) Words(lang string) string { return LeftOut(c.item, lang) }

// calendarDays is how many days the calendar of a device has: eight weeks.
const calendarDays = 56

// world reads what the screens share, in eleven statements.
func (s *Service) world(tx *models.Tx, v auth.Viewer, head models.FeedHead) (*World, error) {
	w := World{Company: head.Company, Zone: head.Zone, Today: tx.Today}
	var err error
	if w.User, err = tx.User(v.User); err != nil {
		return nil, err
	}
	if err := w.readPeople(tx); err != nil {
		return nil, err
	}
	if w.Products, err = tx.Catalog(); err != nil {
		return nil, err
	}
	if err := s.readCalendar(tx, &w); err != nil {
		return nil, err
	}
	shed, err := tx.ShedOf(v.Scope(), v.User)
	if err != nil {
		return nil, err
	}
	for _, row := range shed {
		w.Shed = append(w.Shed, ShedCard{row.AccountID, row.Kind, row.DueOn, row})
	}
	w.Numbers, err = monthNumbers(tx, v.User)
	return &w, err
}

func (w *World) readPeople(tx *models.Tx) error {
	people, err := tx.People(w.User.StoreID)
	for _, u := range people {
		w.People = append(w.People, Colleague{u.ID, u.Name, auth.Role(u.Role)})
	}
	return err
}

// readCalendar reckons the working time of each day, as the planner does: weekly hours less holidays and leave. The policy
// also has the scripts.
func (s *Service) readCalendar(tx *models.Tx, w *World) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	w.Scripts, w.Routing = policy.Scripts.Sorted(), policy.Planning.routing(w.User)
	from := firstOfMonth(tx.Today)
	holidays, err := tx.Holidays(from, from+calendarDays-1)
	if err != nil {
		return err
	}
	leaves, err := tx.LeavesSince(w.User.ID, from)
	if err != nil {
		return err
	}
	c := calendar{policy: policy.Planning, holidays: map[civil.Date]models.Holiday{}}
	for _, h := range holidays {
		c.holidays[h.Day] = h
	}
	for _, l := range leaves {
		if l.Granted {
			c.leaves = append(c.leaves, l)
		}
		if l.ToDay >= tx.Today {
			w.Leaves = append(w.Leaves, l)
		}
	}
	for day := from; day < from+calendarDays; day++ {
		w.Calendar = append(w.Calendar, c.workingDay(w.User, day))
	}
	return nil
}

func (c calendar) workingDay(u models.User, day civil.Date) WorkingDay {
	h, special := c.holidays[day]
	d := WorkingDay{Day: day, Holiday: special && !h.Working, OnLeave: c.away(u.ID, day)}
	d.Hours = c.whole(u, day)
	for _, window := range d.Hours {
		d.Minutes += int(window.To - window.From)
	}
	return d
}
