package care

import (
	"cmp"
	"context"
	"slices"
	"time"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// Entry is one thing that happened with an account. Exactly one of the pointers is set.
type Entry struct {
	At     time.Time // of a day without a time: its first instant
	Day    civil.Date
	ID     id.ID
	Cursor string

	Log        *models.ContactLog
	Purchase   *models.Purchase
	Return     *models.Return
	Case       *models.Case
	Assignment *models.Assignment
	Cancelled  *models.PlanItem
	Override   *models.Override
	Pause      *models.Pause
}

// Timeline is a page of everything that happened with an account, newest first.
type Timeline struct {
	Entries []Entry
	More    bool
}

// Timeline reads contacts of every channel, orders, returns, cases, who cared, cancelled contacts, overrides and pauses in
// one list (D19), in nine statements.
func (s *Service) Timeline(ctx context.Context, account id.ID, page Page) (Timeline, error) {
	var t Timeline
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		n, err := page.size()
		if err != nil {
			return err
		}
		var before *models.Before
		if page.After != "" {
			before = &models.Before{}
			if err := readCursor(page.After, before); err != nil {
				return err
			}
		}
		a, err := tx.Account(v.Scope(), account)
		if err != nil {
			return missing(err, "account")
		}
		h, err := tx.HistoryBefore(v.Scope(), a, before, n+1)
		if err != nil {
			return err
		}
		t, err = merge(entries(tx, h), n)
		return err
	})
	return t, err
}

// entries turns rows of every kind into entries.
func entries(tx *models.Tx, h models.History) []Entry {
	var out []Entry
	at := func(t time.Time, x id.ID, e Entry) {
		e.At, e.Day, e.ID = t, tx.Day(t), x
		out = append(out, e)
	}
	on := func(day civil.Date, x id.ID, e Entry) { at(tx.At(day, 0), x, e) }
	for i := range h.Logs {
		at(h.Logs[i].StartedAt, h.Logs[i].ID, Entry{Log: &h.Logs[i]})
	}
	for i := range h.Purchases {
		on(h.Purchases[i].Day, h.Purchases[i].ID, Entry{Purchase: &h.Purchases[i]})
	}
	for i := range h.Returns {
		on(h.Returns[i].Day, h.Returns[i].ID, Entry{Return: &h.Returns[i]})
	}
	for i := range h.Cases {
		at(h.Cases[i].CreatedAt, h.Cases[i].ID, Entry{Case: &h.Cases[i]})
	}
	for i := range h.Assignments {
		at(h.Assignments[i].FromAt, h.Assignments[i].ID, Entry{Assignment: &h.Assignments[i]})
	}
	for i := range h.Cancelled {
		if h.Cancelled[i].ClosedAt != nil {
			at(*h.Cancelled[i].ClosedAt, h.Cancelled[i].ID, Entry{Cancelled: &h.Cancelled[i]})
		}
	}
	for i := range h.Overrides {
		at(h.Overrides[i].CreatedAt, h.Overrides[i].ID, Entry{Override: &h.Overrides[i]})
	}
	for i := range h.Pauses {
		at(h.Pauses[i].CreatedAt, h.Pauses[i].ID, Entry{Pause: &h.Pauses[i]})
	}
	return out
}

// merge takes the newest n, in the order the next page goes on from.
func merge(all []Entry, n int) (Timeline, error) {
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Or(b.At.Compare(a.At), b.ID.Compare(a.ID)) })
	t := Timeline{Entries: all[:min(n, len(all))], More: len(all) > n}
	for i := range t.Entries {
		var err error
		if t.Entries[i].Cursor, err = cursorOf(models.Before{At: t.Entries[i].At, ID: t.Entries[i].ID}); err != nil {
			return Timeline{}, err
		}
	}
	return t, nil
}
