package care

import (
	"slices"
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// calendar tells when people work: weekly hours less holidays and leave.
type calendar struct {
	policy   Planning
	from, to civil.Date
	holidays map[civil.Date]models.Holiday
	leaves   []models.Leave
	// opens cuts the first day: what is over can no longer be planned.
	opens civil.Minute
}

func newCalendar(b *models.RepBook, p Planning, from, to civil.Date, opens civil.Minute) calendar {
	c := calendar{policy: p, from: from, to: to, opens: opens, leaves: b.Leaves, holidays: map[civil.Date]models.Holiday{}}
	for _, h := range b.Holidays {
		c.holidays[h.Day] = h
	}
	return c
}

// shifts returns the working windows of a user on every day planned; days off are left out.
func (c calendar) shifts(u models.User) map[civil.Date][]civil.Window {
	out := map[civil.Date][]civil.Window{}
	for day := c.from; day <= c.to; day++ {
		if windows := c.on(u, day); len(windows) > 0 {
			out[day] = windows
		}
	}
	return out
}

func (c calendar) on(u models.User, day civil.Date) []civil.Window {
	windows := c.whole(u, day)
	if day == c.from {
		return after(windows, c.opens)
	}
	return windows
}

// whole are the hours of a day, with what is over of the first one.
func (c calendar) whole(u models.User, day civil.Date) []civil.Window {
	if c.away(u.ID, day) {
		return nil
	}
	return c.hours(u, day)
}

// hours are those of the weekday; a public holiday has none, and a weekend day worked instead (调休) has those of the
// first weekday worked.
func (c calendar) hours(u models.User, day civil.Date) []civil.Window {
	weekly := u.Hours
	if len(weekly) == 0 {
		weekly = c.policy.Hours
	}
	h, special := c.holidays[day]
	if special && !h.Working {
		return nil
	}
	windows := weekly[int(day.Weekday())]
	for d := time.Monday; special && len(windows) == 0 && d <= time.Saturday; d++ {
		windows = weekly[int(d)]
	}
	return windows
}

func (c calendar) away(user id.ID, day civil.Date) bool {
	for _, l := range c.leaves {
		if l.UserID == user && day >= l.FromDay && day <= l.ToDay {
			return true
		}
	}
	return false
}

// within tells whether some minutes from one on lie within a single window.
func within(windows []civil.Window, from, minutes int) bool {
	return slices.ContainsFunc(windows, func(w civil.Window) bool {
		return int(w.From) <= from && from+minutes <= int(w.To)
	})
}

// after cuts windows to what lies after minute m.
func after(windows []civil.Window, m civil.Minute) []civil.Window {
	var out []civil.Window
	for _, w := range windows {
		w.From = max(w.From, m)
		if w.From < w.To {
			out = append(out, w)
		}
	}
	return out
}

// without cuts the windows in cut out of windows; both in order.
func without(windows, cut []civil.Window) []civil.Window {
	for _, c := range cut {
		var left []civil.Window
		for _, w := range windows {
			left = appendSpan(left, w.From, min(w.To, c.From))
			left = appendSpan(left, max(w.From, c.To), w.To)
		}
		windows = left
	}
	return windows
}

func appendSpan(windows []civil.Window, from, to civil.Minute) []civil.Window {
	if from >= to {
		return windows
	}
	return append(windows, civil.Window{From: from, To: to})
}
