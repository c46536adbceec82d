package models

import (
	"time"

	"huifang/auth"
	"huifang/id"
)

// AddAssignments opens the first assignment of new accounts.
func (tx *Tx) AddAssignments(rows []Assignment) error { return tx.insert(&rows) }

// MoveAccount closes the open assignment and opens the next one, and makes its rep the account's (D9). The account must
// be locked. Open items and the replan are the use case's.
func (tx *Tx) MoveAccount(a *Account, next Assignment) error {
	tx.touched.account(a.ID)
	_, err := tx.update(&Assignment{}, map[string]any{"to_at": next.FromAt}, "account_id = ? AND to_at IS NULL", a.ID)
	if err != nil {
		return err
	}
	if err := tx.insert(&next); err != nil {
		return err
	}
	a.RepID = next.RepID
	return tx.ChangeAccount(a, "rep_id")
}

// AssignmentsOf is who cared for an account when, the latest first.
func (tx *Tx) AssignmentsOf(sc auth.Scope, account id.ID) ([]Assignment, error) {
	var rows []Assignment
	return rows, tx.listed(&rows, sc, "assignments.account_id", "from_at DESC, id DESC", "account_id = ?", account)
}

// HolderAt is the rep who held an account at an instant: ErrNotFound when nobody did.
func (tx *Tx) HolderAt(account id.ID, at time.Time) (id.ID, error) {
	var a Assignment
	err := tx.db.Where("account_id = ? AND from_at <= ? AND (to_at IS NULL OR to_at > ?)", account, at, at).
		Order("from_at DESC").Take(&a).Error
	return a.RepID, wrap("read who held an account", err)
}

// AddPause holds the contacts of an account or an area.
func (tx *Tx) AddPause(p *Pause) error { return tx.insert(p) }

// Pause reads a pause of an account in the scope, or of an area.
func (tx *Tx) Pause(sc auth.Scope, x id.ID) (Pause, error) {
	var p Pause
	if err := tx.take(&p, "id = ?", x); err != nil || p.AccountID == nil {
		return p, err
	}
	_, err := tx.Account(sc, *p.AccountID)
	return p, err
}

// EndPause ends a pause now; nothing happens when it has ended.
func (tx *Tx) EndPause(x id.ID) error {
	_, err := tx.change(&Pause{}, map[string]any{"ended_at": tx.Now}, "id = ? AND ended_at IS NULL", x)
	return err
}

// AreaPauses are the pauses of the areas of a store that hold or will hold.
func (tx *Tx) AreaPauses(store id.ID) ([]Pause, error) {
	var rows []Pause
	err := tx.db.Where("store_id = ? AND ended_at IS NULL AND (to_day IS NULL OR to_day >= ?)", store, tx.Today).
		Order("from_day, id").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list pauses", err)
}
