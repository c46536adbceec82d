package care

import (
	"context"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Weeks is a stretch of someone's plan, day by day, and what found no room in it.
type Weeks struct {
	UserID id.ID
	Days   []PlannedDay
	Shed   []ShedDemand // most important first (design §5.3)
}

// PlannedDay sums up one day.
type PlannedDay struct {
	Day     civil.Date
	Visits  int // home visits
	Calls   int // everything else
	Done    int
	Minutes int // of contacts
	Travel  int // minutes
	Holiday string
	OnLeave bool
	Items   []DayItem
}

// ShedDemand is a demand without room, with its account.
type ShedDemand struct {
	Item    models.ShedItem
	Account models.Account
}

// maxDays caps a stretch: six weeks.
const maxDays = 42

// MyWeeks is the viewer's plan from one day to another, at most six weeks, in six statements.
func (s *Service) MyWeeks(ctx context.Context, from, to civil.Date) (Weeks, error) {
	var w Weeks
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		w, err = readWeeks(tx, v, v.User, from, to)
		return err
	})
	return w, err
}

// RepWeeks is the plan of a rep the viewer leads. NOT_FOUND for others.
func (s *Service) RepWeeks(ctx context.Context, rep id.ID, from, to civil.Date) (Weeks, error) {
	var w Weeks
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		if _, err := tx.UserInScope(v.Scope(), rep); err != nil {
			return missing(err, "rep")
		}
		var err error
		w, err = readWeeks(tx, v, rep, from, to)
		return err
	})
	return w, err
}

func readWeeks(tx *models.Tx, v auth.Viewer, user id.ID, from, to civil.Date) (Weeks, error) {
	if to < from {
		return Weeks{}, Invalid("to", "%s is before %s", to, from).By("span")
	}
	if to-from >= maxDays {
		return Weeks{}, Limited("days", "at most %d days at once", maxDays)
	}
	w := Weeks{UserID: user}
	items, err := tx.Agenda(v.Scope(), user, from, to)
	if err != nil {
		return Weeks{}, err
	}
	rows, err := withAccounts(tx, v, items)
	if err != nil {
		return Weeks{}, err
	}
	if w.Days, err = emptyDays(tx, user, from, to); err != nil {
		return Weeks{}, err
	}
	for _, row := range rows {
		w.Days[row.Item.Day-from].add(row)
	}
	w.Shed, err = readShed(tx, v, user)
	return w, err
}

// emptyDays are the days of a stretch with holidays and leave on them.
func emptyDays(tx *models.Tx, user id.ID, from, to civil.Date) ([]PlannedDay, error) {
	holidays, err := tx.Holidays(from, to)
	if err != nil {
		return nil, err
	}
	leaves, err := tx.LeavesOf(user)
	if err != nil {
		return nil, err
	}
	days := make([]PlannedDay, 0, to-from+1)
	for day := from; day <= to; day++ {
		d := PlannedDay{Day: day}
		for _, h := range holidays {
			if h.Day == day && !h.Working {
				d.Holiday = h.Name
			}
		}
		for _, l := range leaves {
			d.OnLeave = d.OnLeave || l.Granted && l.FromDay <= day && day <= l.ToDay
		}
		days = append(days, d)
	}
	return days, nil
}

func (d *PlannedDay) add(row DayItem) {
	d.Items = append(d.Items, row)
	d.Minutes += row.Item.Minutes
	d.Travel += row.Item.Travel
	if row.Item.Kind == cadence.HomeVisit {
		d.Visits++
	} else {
		d.Calls++
	}
	if row.Item.Status == models.ItemDone {
		d.Done++
	}
}

func readShed(tx *models.Tx, v auth.Viewer, user id.ID) ([]ShedDemand, error) {
	rows, err := tx.ShedOf(v.Scope(), user)
	if err != nil {
		return nil, err
	}
	keys := make([]id.ID, 0, len(rows))
	for _, r := range rows {
		keys = append(keys, r.AccountID)
	}
	accounts, err := tx.AccountsAmong(v.Scope(), keys)
	if err != nil {
		return nil, err
	}
	out := make([]ShedDemand, 0, len(rows))
	for _, r := range rows {
		out = append(out, ShedDemand{Item: r, Account: accounts[r.AccountID]})
	}
	return out, nil
}
