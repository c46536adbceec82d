package models

import (
	"huifang/id"
)

// lockUser reads a user and holds the row until the transaction ends.
func (tx *Tx) lockUser(x id.ID) (User, error) {
	var u User
	return u, tx.lock(&u, "id = ?", x)
}
