package models

import "huifang/id"

// RawAccount reads an account without a scope, erased or not.
func RawAccount(tx *Tx, x id.ID) (Account, error) {
	var a Account
	return a, tx.take(&a, "id = ?", x)
}
