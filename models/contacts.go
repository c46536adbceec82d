package models

import (
	"time"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
)

// Item reads a plan item.
func (tx *Tx) Item(sc auth.Scope, x id.ID) (PlanItem, error) {
	var i PlanItem
	return i, tx.seen(&i, sc, "plan_items.account_id", "id = ?", x)
}

// AddItems writes plan items; ErrConflict when an account has an open one of the same demand.
func (tx *Tx) AddItems(rows []PlanItem) error { return tx.insert(&rows) }

// ChangeItem writes chosen columns of a plan item. Its account must be locked.
func (tx *Tx) ChangeItem(i *PlanItem, columns ...string) error { return tx.save(i, columns) }

// OpenItemsOfRep are the open and started items of a rep from one day to another, in the order of the plan.
func (tx *Tx) OpenItemsOfRep(sc auth.Scope, rep id.ID, from, to civil.Date) ([]PlanItem, error) {
	var rows []PlanItem
	err := tx.in(sc, "plan_items.account_id").
		Where("rep_id = ? AND status IN ? AND day BETWEEN ? AND ?", rep, []ItemStatus{ItemOpen, ItemStarted}, from, to).
		Order("day, seq, id").Limit(maxAgenda).Find(&rows).Error
	return rows, wrap("list plan items", err)
}

// AddLog writes a contact; ErrConflict when its key is known: see Log.
func (tx *Tx) AddLog(l *ContactLog) error { return tx.insert(l) }

// AddLogs writes many contacts.
func (tx *Tx) AddLogs(rows []ContactLog) error { return tx.insert(&rows) }

// Log reads a contact.
func (tx *Tx) Log(sc auth.Scope, x id.ID) (ContactLog, error) {
	var l ContactLog
	return l, tx.seen(&l, sc, "contact_logs.account_id", "id = ?", x)
}

// ChangeLog writes chosen columns of a contact. Its account must be locked.
func (tx *Tx) ChangeLog(l *ContactLog, columns ...string) error { return tx.save(l, columns) }

// touching are the contacts that count for how often an account hears of us: see cadence.Outcome.Touches.
const touching = "kind IN ('HOME_VISIT', 'STORE', 'EVENT', 'CALL') AND outcome IN ('MET', 'TALKED', 'ATTENDED')"

// TouchBefore is the last contact of an account before an instant that reached the customer as closely as a call:
// ErrNotFound when there was none.
func (tx *Tx) TouchBefore(account id.ID, at time.Time) (ContactLog, error) {
	return tx.touch("started_at < ?", "started_at DESC, id DESC", account, at)
}

// TouchAfter is the first one after an instant: ErrNotFound when there was none.
func (tx *Tx) TouchAfter(account id.ID, at time.Time) (ContactLog, error) {
	return tx.touch("started_at > ?", "started_at, id", account, at)
}

func (tx *Tx) touch(where, order string, account id.ID, at time.Time) (ContactLog, error) {
	var rows []ContactLog
	err := tx.db.Where("account_id = ? AND "+touching+" AND "+where, account, at).Order(order).Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		return ContactLog{}, ErrNotFound
	}
	if err != nil {
		return ContactLog{}, wrap("read the contact before or after", err)
	}
	return rows[0], nil
}

// LogsOf is a page of the contacts of an account, the latest first.
func (tx *Tx) LogsOf(sc auth.Scope, account id.ID, after Cursor, limit int) ([]ContactLog, error) {
	var rows []ContactLog
	q := tx.in(sc, "contact_logs.account_id").Where("account_id = ?", account)
	return rows, wrap("list contacts", newestFirst(q, "started_at", after, limit).Find(&rows).Error)
}

// LogsBy are the contacts a user made from one day to another, the latest first, of accounts in the scope.
func (tx *Tx) LogsBy(sc auth.Scope, user id.ID, from, to civil.Date) ([]ContactLog, error) {
	var rows []ContactLog
	err := tx.in(sc, "contact_logs.account_id").Where("user_id = ? AND day BETWEEN ? AND ?", user, from, to).
		Order("started_at DESC, id DESC").Limit(maxAgenda).Find(&rows).Error
	return rows, wrap("list contacts", err)
}

// AddCase opens a case with its steps.
func (tx *Tx) AddCase(c *Case, steps []CaseStep) error {
	if err := tx.insert(c); err != nil {
		return err
	}
	return tx.insert(&steps)
}

// Case reads a case.
func (tx *Tx) Case(sc auth.Scope, x id.ID) (Case, error) {
	var c Case
	return c, tx.seen(&c, sc, "cases.account_id", "id = ?", x)
}

// StepsOf are the steps of a case the caller has read, in order.
func (tx *Tx) StepsOf(c id.ID) ([]CaseStep, error) {
	var rows []CaseStep
	return rows, tx.sorted(&rows, "seq", "case_id = ?", c)
}

// ChangeCase writes chosen columns of a case. Its account must be locked.
func (tx *Tx) ChangeCase(c *Case, columns ...string) error { return tx.save(c, columns) }

// ChangeStep writes chosen columns of a step. Its account must be locked.
func (tx *Tx) ChangeStep(s *CaseStep, columns ...string) error { return tx.save(s, columns) }

// CasesOf are the cases of an account, the latest first.
func (tx *Tx) CasesOf(sc auth.Scope, account id.ID) ([]Case, error) {
	var rows []Case
	return rows, tx.listed(&rows, sc, "cases.account_id", "opened_on DESC, id DESC", "account_id = ?", account)
}

// Command reads what an idempotent command came to: ErrNotFound when it is new. Commands are of their user alone.
func (tx *Tx) Command(user, x id.ID) (Command, error) {
	var c Command
	return c, tx.take(&c, "id = ? AND user_id = ?", x, user)
}

// AddCommand records an idempotent command; ErrConflict when its key is taken.
func (tx *Tx) AddCommand(c Command) error { return tx.insert(&c) }
