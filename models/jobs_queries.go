package models

import (
	"errors"
	"time"

	"huifang/id"
)

// AskReplan asks for a new plan of a rep. Call it in the transaction of the change, after the change.
//
// A request written over one that a planner has already seen is later than that one, whatever the clocks say: the
// planner takes off only what it saw, so no change is ever missed.
func (tx *Tx) AskReplan(rep id.ID) error {
	for {
		var r Replan
		err := tx.lock(&r, "rep_id = ?", rep)
		if err == nil {
			return tx.changeOne(&Replan{}, map[string]any{"asked_at": later(r.AskedAt, tx.Now)}, "rep_id = ?", rep)
		}
		if !errors.Is(err, ErrNotFound) {
			return err
		}
		// Somebody else may have asked in between: then there is a row to lock.
		if err := tx.insert(&Replan{RepID: rep, AskedAt: tx.Now}); !errors.Is(err, ErrConflict) {
			return err
		}
	}
}

// later is now, or the next millisecond after an instant that is not before it.
func later(after, now time.Time) time.Time {
	if now.After(after) {
		return now
	}
	return after.Add(time.Millisecond)
}

// RepsIn are the reps who hold accounts in a district of a store.
func (tx *Tx) RepsIn(store id.ID, district string) ([]id.ID, error) {
	var reps []id.ID
	err := tx.db.Model(&Account{}).Distinct("rep_id").Where("store_id = ? AND district = ? AND erased_at IS NULL", store, district).
		Order("rep_id").Pluck("rep_id", &reps).Error
	return reps, wrap("read the reps of an area", err)
}
