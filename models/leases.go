package models

import (
	"errors"
	"time"

	"huifang/id"
)

// TakeLease takes or renews a named right until an instant, and tells whether the holder has it now. It is one
// compare-and-set, so two instances never both have it.
func (tx *Tx) TakeLease(name string, holder id.ID, until time.Time) (bool, error) {
	n, err := tx.change(&Lease{}, map[string]any{"holder": holder, "until": until},
		"name = ? AND (holder = ? OR until <= ?)", name, holder, tx.Now)
	if err != nil || n > 0 {
		return n > 0, err
	}
	err = tx.insert(&Lease{Name: name, Holder: holder, Until: until})
	if errors.Is(err, ErrConflict) { // somebody else has it
		return false, nil
	}
	return err == nil, err
}

// FreeLease gives a right back; nothing happens when the holder no longer has it.
func (tx *Tx) FreeLease(name string, holder id.ID) error {
	return tx.remove(&Lease{}, "name = ? AND holder = ?", name, holder)
}
