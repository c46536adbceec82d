package models

import (
	"database/sql"

	"huifang/id"
)

// RawAccount reads an account without a scope, erased or not.
func RawAccount(tx *Tx, x id.ID) (Account, error) {
	var a Account
	return a, tx.take(&a, "id = ?", x)
}

// Readers is the pool of reading connections.
func (s *Store) Readers() *sql.DB { return s.reader }
