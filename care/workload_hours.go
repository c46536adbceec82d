package care

import (
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// hours is the working time of many people: weekly hours less holidays and leave, by the rules in force today.
type hours struct {
	calendar calendar
	leaves   map[id.ID][]models.Leave
	left     func(models.User) civil.Date // from when on a disabled user works no more
}

// readHours reads the working time of users in a stretch, in two statements.
func readHours(tx *models.Tx, policy Policy, users []id.ID, s models.Stretch) (hours, error) {
	holidays, err := tx.Holidays(s.From, s.To)
	if err != nil {
		return hours{}, err
	}
	leaves, err := tx.LeavesAmong(users, s)
	h := hours{calendar: newCalendar(&models.RepBook{Holidays: holidays}, policy.Planning, s.From, s.To, 0), leaves: map[id.ID][]models.Leave{}}
	for _, l := range leaves {
		h.leaves[l.UserID] = append(h.leaves[l.UserID], l)
	}
	h.left = func(u models.User) civil.Date { return tx.Day(*u.DisabledAt) }
	return h, err
}

// on is a day of a user, as their phone has it.
func (h hours) on(u models.User, day civil.Date) WorkingDay {
	c := h.calendar
	c.leaves = h.leaves[u.ID]
	d := c.workingDay(u, day)
	if u.DisabledAt != nil && day >= h.left(u) {
		d.Minutes = 0
	}
	return d
}

func (h hours) minutes(u models.User, day civil.Date) int { return h.on(u, day).Minutes }
