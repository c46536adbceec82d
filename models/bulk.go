package models

import (
	"fmt"
)

// AddAll writes rows of any table in statements of many rows, for filling an empty database: samples, restores. Rows
// come after the rows they refer to. ErrConflict when a key or number is taken. No rows are nothing to do.
func AddAll[T any](tx *Tx, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	if err := tx.insert(&rows); err != nil {
		return fmt.Errorf("add %d rows of %T: %w", len(rows), rows[0], err)
	}
	if users, ok := any(rows).([]User); ok {
		return tx.addFeeds(users)
	}
	return nil
}
