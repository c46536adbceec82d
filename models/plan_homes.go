package models

import (
	"huifang/civil"
	"huifang/id"
)

// LookAtHomes reads where the members of a rep's book live, without a lock: of each account, the rep's own and those the rep
// stands in for from one day to another, key and position, as far as it is known. Only the planner calls it: it takes no
// scope because it shows nothing to anybody.
func (tx *Tx) LookAtHomes(rep id.ID, from, to civil.Date) ([]Account, error) {
	covered, err := tx.coveredOn(rep, from, to)
	if err != nil {
		return nil, err
	}
	rows, err := tx.homes(heldBy, rep)
	if err != nil {
		return nil, err
	}
	return rows, inBatches(covered, func(some []id.ID) error {
		more, err := tx.homes("id IN ? AND rep_id <> ? AND erased_at IS NULL", some, rep)
		rows = append(rows, more...)
		return err
	})
}

func (tx *Tx) homes(where string, args ...any) ([]Account, error) {
	var rows []Account
	err := tx.db.Select("id", "lat", "lng").Where(where, args...).Where("lat IS NOT NULL AND lng IS NOT NULL").Order("id").Find(&rows).Error
	return rows, wrap("read the homes of a book", err)
}
