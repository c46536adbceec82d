package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// FreeTime is time in which all of some people are free.
type FreeTime struct {
	Day            civil.Date
	FromMin, ToMin int // minutes after midnight
}

// What one question for free time may ask.
const (
	maxFreePeople = 5
	maxFreeDays   = 31
)

// FreeTimes tells when some people are all free for some minutes: working hours less leave, holidays and what they have
// planned, ways to it included. It tells nothing of what they do. NOT_FOUND for reps the viewer does not lead.
func (s *Service) FreeTimes(ctx context.Context, people []id.ID, from, to civil.Date, minutes int) ([]FreeTime, error) {
	var out []FreeTime
	err := s.read(ctx, auth.PlanContact, func(tx *models.Tx, v auth.Viewer) error {
		if err := checkFree(people, from, to, minutes); err != nil {
			return err
		}
		users, err := askable(tx, v, people)
		if err != nil {
			return err
		}
		from = max(from, tx.Today)
		c, err := s.calendarOf(tx, people, from, to)
		if err != nil {
			return err
		}
		engaged, err := tx.Engaged(people, from, to)
		if err != nil {
			return err
		}
		out = freeTimes(c, users, engaged, minutes)
		return nil
	})
	return out, err
}

func checkFree(people []id.ID, from, to civil.Date, minutes int) error {
	switch {
	case len(people) == 0:
		return Invalid("people", "name who shall be free").By("required")
	case len(people) > maxFreePeople:
		return Limited("people", "at most %d people at once", maxFreePeople)
	case to < from:
		return Invalid("to", "%s is before %s", to, from).By("span")
	case to-from >= maxFreeDays:
		return Limited("days", "at most %d days at once", maxFreeDays)
	case minutes < 1 || minutes > 8*60:
		return Invalid("minutes", "choose 1 to 480 minutes").By("duration")
	}
	return nil
}

// askable are people whose free time the viewer may know: their own, those they lead, and whoever comes along.
func askable(tx *models.Tx, v auth.Viewer, people []id.ID) ([]models.User, error) {
	known, err := tx.UsersAmong(people)
	if err != nil {
		return nil, err
	}
	var users []models.User
	for _, x := range people {
		u, ok := known[x]
		if !ok || u.DisabledAt != nil || auth.Role(u.Role) == auth.Admin {
			return nil, NotFound("person")
		}
		if auth.Role(u.Role) == auth.Rep && x != v.User {
			if _, err := tx.UserInScope(v.Scope(), x); err != nil {
				return nil, missing(err, "person")
			}
		}
		users = append(users, u)
	}
	return users, nil
}

// calendarOf is when some people work on a stretch of days.
func (s *Service) calendarOf(tx *models.Tx, people []id.ID, from, to civil.Date) (calendar, error) {
	policy, err := s.policy(tx)
	if err != nil {
		return calendar{}, err
	}
	var b models.RepBook
	if b.Holidays, err = tx.Holidays(from, to); err != nil {
		return calendar{}, err
	}
	if b.Leaves, err = tx.GrantedLeaves(people, from, to); err != nil {
		return calendar{}, err
	}
	opens := civil.Minute(0)
	if from == tx.Today {
		opens = tx.TodayMinute()
	}
	return newCalendar(&b, policy.Planning, from, to, opens), nil
}

// freeTimes are the windows in which everybody works and nobody has anything planned.
func freeTimes(c calendar, users []models.User, engaged []models.PlanItem, minutes int) []FreeTime {
	var out []FreeTime
	for day := c.from; day <= c.to; day++ {
		free := []civil.Window{{From: 0, To: 24 * 60}}
		for _, u := range users {
			free = shared(free, without(c.on(u, day), engagements(engaged, u.ID, day)))
		}
		for _, w := range free {
			if int(w.To-w.From) >= minutes {
				out = append(out, FreeTime{Day: day, FromMin: int(w.From), ToMin: int(w.To)})
			}
		}
	}
	return out
}

// engagements are the minutes of a day in which somebody is with a customer or on the way, in order.
func engagements(items []models.PlanItem, user id.ID, day civil.Date) []civil.Window {
	var out []civil.Window
	for _, i := range items {
		if i.Day == day && (i.RepID == user || i.ExpertID != nil && *i.ExpertID == user) {
			out = append(out, civil.Window{From: civil.Minute(max(i.StartMin-i.Travel, 0)), To: civil.Minute(i.StartMin + i.Minutes)})
		}
	}
	slices.SortFunc(out, func(a, b civil.Window) int { return int(a.From - b.From) })
	return out
}

// shared are the windows that lie in both lists; each in order.
func shared(a, b []civil.Window) []civil.Window {
	var out []civil.Window
	for _, x := range a {
		for _, y := range b {
			out = appendSpan(out, max(x.From, y.From), min(x.To, y.To))
		}
	}
	return out
}
