package models

import (
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"huifang/auth"
	"huifang/id"
)

// LockAccounts holds the rows of accounts until the transaction ends, in the order of their keys, and reads those that the
// scope reaches, in that order. It is LockAccount of many: judged after the lock.
func (tx *Tx) LockAccounts(sc auth.Scope, keys []id.ID) ([]Account, error) {
	keys = slices.Clone(keys)
	slices.SortFunc(keys, id.ID.Compare)
	keys = slices.Compact(keys)
	var out []Account
	err := inBatches(keys, tx.holdRows)
	if err != nil {
		return nil, err
	}
	tx.held = append(tx.held, keys...)
	return out, inBatches(keys, func(some []id.ID) error {
		var rows []Account
		err := tx.in(sc, accountKey).Where("accounts.id IN ?", some).Order("accounts.id").Find(&rows).Error
		tx.holdAll(rows)
		out = append(out, rows...)
		return wrap("read accounts", err)
	})
}

// holdRows locks rows of accounts. SQLite has one writer.
func (tx *Tx) holdRows(keys []id.ID) error {
	if tx.store.dialect == SQLite {
		return nil
	}
	var found []id.ID
	err := tx.db.Model(&Account{}).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id IN ?", keys).Order("id").Pluck("id", &found).Error
	return wrap("lock accounts", err)
}

// MoveAccounts closes the open assignments of accounts, opens the next ones, and makes their rep the accounts' (D9). All are
// of one rep. The accounts must be locked; what hangs on them, and the plans, are the use case's.
func (tx *Tx) MoveAccounts(to id.ID, next []Assignment) error {
	if len(next) == 0 {
		return nil
	}
	keys := make([]id.ID, len(next))
	for i, a := range next {
		keys[i] = a.AccountID
	}
	if err := tx.insertAfterClosing(keys, next); err != nil {
		return err
	}
	return inBatches(keys, func(some []id.ID) error {
		_, err := tx.update(&Account{}, map[string]any{"rep_id": to, "version": gorm.Expr("version + 1")}, "id IN ?", some)
		return err
	})
}

func (tx *Tx) insertAfterClosing(accounts []id.ID, next []Assignment) error {
	err := inBatches(accounts, func(some []id.ID) error {
		_, err := tx.update(&Assignment{}, map[string]any{"to_at": next[0].FromAt}, "account_id IN ? AND to_at IS NULL", some)
		return err
	})
	if err != nil {
		return err
	}
	return tx.insert(&next)
}

// GiveItems makes a rep the one of some open items.
func (tx *Tx) GiveItems(items []PlanItem, rep id.ID) error {
	return tx.updateEach(items, map[string]any{"rep_id": rep, "updated_at": tx.Now})
}

// CancelItems takes some open items off the plan, with the reason.
func (tx *Tx) CancelItems(items []PlanItem, why string) error {
	return tx.updateEach(items, map[string]any{"status": ItemCancelled, "closed_at": tx.Now, "closed_why": why, "updated_at": tx.Now})
}

func (tx *Tx) updateEach(items []PlanItem, columns map[string]any) error {
	keys := make([]id.ID, len(items))
	for n := range items {
		keys[n] = items[n].ID
		items[n].touch(&tx.touched)
	}
	return inBatches(keys, func(some []id.ID) error {
		_, err := tx.update(&PlanItem{}, columns, "id IN ?", some)
		return err
	})
}

// GiveCases makes a rep the owner of some open cases.
func (tx *Tx) GiveCases(cases []Case, rep id.ID) error {
	keys := make([]id.ID, len(cases))
	for n := range cases {
		keys[n] = cases[n].ID
		cases[n].touch(&tx.touched)
	}
	return inBatches(keys, func(some []id.ID) error {
		_, err := tx.update(&Case{}, map[string]any{"owner_id": rep, "updated_at": tx.Now}, "id IN ?", some)
		return err
	})
}

// RemoveShed forgets what a plan had no room for of some accounts: the plans of both sides are made anew.
func (tx *Tx) RemoveShed(accounts []id.ID) error {
	return inBatches(accounts, func(some []id.ID) error {
		var rows []ShedItem
		if err := tx.find(&rows, "account_id IN ?", some); err != nil || len(rows) == 0 {
			return err
		}
		tx.touchRows(rows)
		return tx.drop(&ShedItem{}, "account_id IN ?", some)
	})
}

// GiveJointRequests makes a rep the one who asked for somebody to come along, where one of the former reps did and the day
// has not passed.
func (tx *Tx) GiveJointRequests(accounts, former []id.ID, rep id.ID) error {
	return inBatches(accounts, func(some []id.ID) error {
		var rows []JointRequest
		err := tx.find(&rows, "account_id IN ? AND asked_by IN ? AND status IN ? AND day >= ?", some, former, []JointStatus{JointAsked, JointAccepted}, tx.Today)
		if err != nil || len(rows) == 0 {
			return err
		}
		keys := make([]id.ID, len(rows))
		for i, r := range rows {
			keys[i] = r.ID
		}
		tx.touchRows(rows)
		tx.touched.world(rep)
		_, err = tx.update(&JointRequest{}, map[string]any{"asked_by": rep}, "id IN ?", keys)
		return err
	})
}

// SumUpDue writes the earliest due day of the open items of accounts. They are touched by whoever changed the items.
func (tx *Tx) SumUpDue(accounts []id.ID) error {
	due := gorm.Expr("(SELECT MIN(p.due_on) FROM plan_items p WHERE p.account_id = accounts.id AND p.status IN ('OPEN', 'STARTED'))")
	return inBatches(accounts, func(some []id.ID) error {
		_, err := tx.update(&Account{}, map[string]any{"next_due_on": due}, "id IN ?", some)
		return err
	})
}

// AddAudits writes many entries, now. It fills in the keys and the instant.
func (tx *Tx) AddAudits(rows []Audit) error {
	for i := range rows {
		rows[i].ID, rows[i].At = tx.NewID(), tx.Now
	}
	return AddAll(tx, rows)
}
