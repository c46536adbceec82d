package models

import (
	"huifang/auth"
	"huifang/id"
)

// AddAudit writes who did or saw what, now. It fills in the key and the instant.
func (tx *Tx) AddAudit(a Audit) error {
	a.ID, a.At = tx.NewID(), tx.Now
	return tx.insert(&a)
}

// AuditsOf are the entries about an account in the scope, the newest first.
func (tx *Tx) AuditsOf(sc auth.Scope, account id.ID, after Cursor, limit int) ([]Audit, error) {
	var rows []Audit
	q := tx.in(sc, "audits.account_id").Where("account_id = ?", account)
	return rows, wrap("list audits", newestFirst(q, "at", after, limit).Find(&rows).Error)
}

// AuditsBy are the entries of what a user did: those about accounts only within the scope.
func (tx *Tx) AuditsBy(sc auth.Scope, user id.ID, after Cursor, limit int) ([]Audit, error) {
	q := tx.db.Where("user_id = ?", user).
		Where("account_id IS NULL OR ?", tx.within(sc, "audits.account_id"))
	var rows []Audit
	return rows, wrap("list audits", newestFirst(q, "at", after, limit).Find(&rows).Error)
}
