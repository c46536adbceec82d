package models

import (
	"slices"
	"time"

	"huifang/id"
)

// TiedUntil is the instant until which a user last had to do with an account: held it, covered it, or was named by one
// of its plan items. ErrNotFound when they never had.
func (tx *Tx) TiedUntil(account, user id.ID) (time.Time, error) {
	held, err := tx.heldUntil(account, user)
	if err != nil {
		return time.Time{}, err
	}
	covered, err := tx.coveredUntil(account, user)
	if err != nil {
		return time.Time{}, err
	}
	named, err := tx.namedUntil(account, user)
	if err != nil {
		return time.Time{}, err
	}
	until := slices.MaxFunc([]time.Time{held, covered, named}, time.Time.Compare)
	if until.IsZero() {
		return until, wrap("read who had to do with an account", ErrNotFound)
	}
	return until, nil
}

// heldUntil is zero when the user never held the account.
func (tx *Tx) heldUntil(account, user id.ID) (time.Time, error) {
	var rows []Assignment
	err := tx.db.Where("account_id = ? AND rep_id = ?", account, user).Order("from_at DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return time.Time{}, wrap("read who held an account", err)
	}
	if rows[0].ToAt == nil {
		return tx.Now, nil
	}
	return *rows[0].ToAt, nil
}

func (tx *Tx) coveredUntil(account, user id.ID) (time.Time, error) {
	var rows []Cover
	err := tx.db.Where("account_id = ? AND rep_id = ?", account, user).Order("to_day DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return time.Time{}, wrap("read who covered an account", err)
	}
	if ended := rows[0].EndedAt; ended != nil {
		return *ended, nil
	}
	return (rows[0].ToDay + 1).At(0, tx.zone), nil
}

func (tx *Tx) namedUntil(account, user id.ID) (time.Time, error) {
	var rows []PlanItem
	err := tx.db.Where("account_id = ? AND expert_id = ?", account, user).Order("day DESC").Limit(1).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return time.Time{}, wrap("read who was to come along", err)
	}
	return (rows[0].Day + 1).At(0, tx.zone), nil
}

// NearLog is a contact as its author's other contacts are judged by: where it was, and where the account lives.
type NearLog struct {
	ContactLog
	HomeLat, HomeLng *float64
}

// LogsAround are the contacts a user made between two instants, at most a hundred. It takes no scope: they are compared
// with what the same user logs now, and shown to nobody.
func (tx *Tx) LogsAround(user id.ID, from, to time.Time) ([]NearLog, error) {
	var rows []NearLog
	err := tx.db.Table("contact_logs").
		Select("contact_logs.id, contact_logs.account_id, contact_logs.kind, contact_logs.outcome, contact_logs.started_at, "+
			"contact_logs.lat, contact_logs.lng, a.lat AS home_lat, a.lng AS home_lng").
		Joins("JOIN accounts a ON a.id = contact_logs.account_id").
		// Days first: there is an index by user and day.
		Where("contact_logs.user_id = ? AND contact_logs.day BETWEEN ? AND ?", user, tx.Day(from), tx.Day(to)).
		Where("contact_logs.started_at BETWEEN ? AND ?", from, to).
		Limit(maxLogs).Find(&rows).Error
	return rows, wrap("read contacts nearby", err)
}

// NotesBy are the last contacts with a note that a user made of other accounts, key and sealed note only; compared, and
// shown to nobody.
func (tx *Tx) NotesBy(user, otherThan id.ID, n int) ([]ContactLog, error) {
	var rows []ContactLog
	err := tx.db.Select("id", "note").Where("user_id = ? AND account_id <> ? AND note IS NOT NULL", user, otherThan).
		Order("day DESC, started_at DESC").Limit(n).Find(&rows).Error
	return rows, wrap("read earlier notes", err)
}
