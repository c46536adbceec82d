package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// OrderDay puts contacts of the viewer's day in an order they chose.
type OrderDay struct {
	ID    id.ID // of the command
	Day   civil.Date
	Items []OrderedItem // in their order
}

// OrderedItem is a contact with its minute in the new order.
type OrderedItem struct {
	ItemID   id.ID
	StartMin int // 0 for what has no room: the planner finds it another place
	Travel   int // minutes of the way there
}

const (
	// maxOrdered is how many contacts of a day are put in order.
	maxOrdered = 100
	// maxTravel is the longest way within a day, in minutes.
	maxTravel = 24 * 60
)

// OrderDay puts the viewer's own open contacts of a day at minutes, where a replan leaves them on that day. Those no longer
// open there, and appointments at another minute, are left as they are: a pushed command is then answered with
// FlagNotOrdered. It answers the day. INVALID for minutes that make no day, and for a day that is not near.
func (s *Service) OrderDay(ctx context.Context, in OrderDay) (Day, error) {
	c := command{in.ID, "OrderDay", in}
	return commanded(ctx, s, auth.PlanContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx.Today); err != nil {
			return id.ID{}, err
		}
		done, err := in.apply(tx, v)
		if err != nil {
			return id.ID{}, err
		}
		if len(done) < len(in.Items) {
			pushedIn(ctx).noted(FlagNotOrdered)
		}
		return in.ID, noteOrder(tx, v, done)
	}, func(tx *models.Tx, v auth.Viewer, _ id.ID) (Day, error) {
		return readDay(tx, v, v.User, &in.Day)
	})
}

// check asks for a day, past ones included: an order made yesterday may come late, and then there is nothing left to do.
func (in OrderDay) check(today civil.Date) error {
	if in.Day > today+1 {
		return Invalid("day", "%s is not today: order the day when it has come, and check the clock of the phone", in.Day).By("future")
	}
	if len(in.Items) < 1 || len(in.Items) > maxOrdered {
		return Invalid("items", "%d contacts: name 1 to %d", len(in.Items), maxOrdered).By("length")
	}
	seen := map[id.ID]bool{}
	before := 0
	for _, i := range in.Items {
		if seen[i.ItemID] {
			return Invalid("items", "name each contact once").By("twice")
		}
		if i.StartMin < 0 || i.StartMin >= 24*60 || i.StartMin > 0 && i.StartMin < before {
			return Invalid("items", "minute %d: each contact begins within the day, and no earlier than the one before; 0 comes last", i.StartMin).By("minute")
		}
		if i.Travel < 0 || i.Travel > maxTravel {
			return Invalid("items", "a way of %d minutes: at most %d", i.Travel, maxTravel).By("duration")
		}
		seen[i.ItemID] = true
		if before = i.StartMin; before == 0 {
			before = 24 * 60
		}
	}
	return nil
}

// apply moves what can be moved, and answers what it did to each.
func (in OrderDay) apply(tx *models.Tx, v auth.Viewer) ([]models.Audit, error) {
	if in.Day < tx.Today {
		return nil, nil
	}
	items, err := in.hold(tx, v)
	if err != nil {
		return nil, err
	}
	var done []models.Audit
	for n, o := range in.Items {
		at, found := slices.BinarySearchFunc(items, o.ItemID, func(i models.PlanItem, key id.ID) int { return i.ID.Compare(key) })
		if !found || !in.may(v, items[at], o) {
			continue
		}
		i := items[at]
		done = append(done, deed(v, "ORDER_DAY", "plan_items", i.ID, i.AccountID, map[string]any{"day": in.Day, "at": []int{i.StartMin, o.StartMin}}))
		i.StartMin, i.Travel, i.Seq, i.UpdatedAt = o.StartMin, o.Travel, n+1, tx.Now
		if o.StartMin == 0 {
			i.Seq = 0
		}
		if err := tx.ChangeItem(&i, "start_min", "travel", "seq", "updated_at"); err != nil {
			return nil, err
		}
	}
	return done, nil
}

// hold locks the accounts of the contacts, and reads the contacts as they are then, by their keys.
func (in OrderDay) hold(tx *models.Tx, v auth.Viewer) ([]models.PlanItem, error) {
	keys := make([]id.ID, 0, len(in.Items))
	for _, i := range in.Items {
		keys = append(keys, i.ItemID)
	}
	items, err := tx.ItemsAmong(v.Scope(), keys)
	if err != nil {
		return nil, err
	}
	var accounts []id.ID
	for _, i := range items {
		accounts = append(accounts, i.AccountID)
	}
	if _, err := tx.LockAccounts(v.Scope(), accounts); err != nil {
		return nil, err
	}
	return tx.ItemsAmong(v.Scope(), keys)
}

// may tells whether a contact takes its place in the order: the viewer's own, open on that day, and no appointment that
// is agreed on for another minute.
func (in OrderDay) may(v auth.Viewer, i models.PlanItem, o OrderedItem) bool {
	return i.RepID == v.User && i.Day == in.Day && i.Status == models.ItemOpen && (!i.AtFixed || i.StartMin == o.StartMin)
}

// noteOrder audits an order, and asks for a plan that keeps to it.
func noteOrder(tx *models.Tx, v auth.Viewer, done []models.Audit) error {
	if len(done) == 0 {
		return nil
	}
	if err := tx.AddAudits(done); err != nil {
		return err
	}
	return tx.AskReplan(v.User)
}
