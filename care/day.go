package care

import (
	"cmp"
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Day is what someone has to do on a day, in order.
type Day struct {
	UserID id.ID
	Day    civil.Date
	// Items are first what is left over from earlier days, on the day that is today, then the day's in the order of its
	// route, done ones too.
	Items []DayItem
}

// DayItem is a plan item with its account.
type DayItem struct {
	Item    models.PlanItem
	Account models.Account
	// Overdue: due before today. Leftover: planned for an earlier day and still open.
	Overdue, Leftover bool
}

// MyDay is the viewer's day, today when none is named, in three statements.
func (s *Service) MyDay(ctx context.Context, day *civil.Date) (Day, error) {
	var d Day
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		d, err = readDay(tx, v, v.User, day)
		return err
	})
	return d, err
}

// RepDay is the day of a rep the viewer leads. NOT_FOUND for others.
func (s *Service) RepDay(ctx context.Context, rep id.ID, day *civil.Date) (Day, error) {
	var d Day
	err := s.read(ctx, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) error {
		if _, err := tx.UserInScope(v.Scope(), rep); err != nil {
			return missing(err, "rep")
		}
		var err error
		d, err = readDay(tx, v, rep, day)
		return err
	})
	return d, err
}

func readDay(tx *models.Tx, v auth.Viewer, user id.ID, day *civil.Date) (Day, error) {
	d := Day{UserID: user, Day: tx.Today}
	if day != nil {
		d.Day = *day
	}
	items, err := tx.Agenda(v.Scope(), user, d.Day, d.Day)
	if err != nil {
		return Day{}, err
	}
	var left []models.PlanItem
	if d.Day == tx.Today {
		if left, err = tx.LeftOver(v.Scope(), user, d.Day); err != nil {
			return Day{}, err
		}
	}
	slices.SortStableFunc(left, func(a, b models.PlanItem) int { return cmp.Compare(a.DueOn, b.DueOn) })
	d.Items, err = withAccounts(tx, v, append(left, items...))
	return d, err
}

// withAccounts puts the account beside each item, in one statement.
func withAccounts(tx *models.Tx, v auth.Viewer, items []models.PlanItem) ([]DayItem, error) {
	keys := make([]id.ID, 0, len(items))
	for _, i := range items {
		keys = append(keys, i.AccountID)
	}
	slices.SortFunc(keys, id.ID.Compare)
	accounts, err := tx.AccountsAmong(v.Scope(), slices.Compact(keys))
	if err != nil {
		return nil, err
	}
	out := make([]DayItem, 0, len(items))
	for _, i := range items {
		out = append(out, DayItem{
			Item: i, Account: accounts[i.AccountID],
			Overdue: Overdue(i, tx.Today), Leftover: i.IsOpen() && i.Day < tx.Today,
		})
	}
	return out, nil
}
