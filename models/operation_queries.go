package models

import (
	"errors"

	"gorm.io/gorm/clause"

	"huifang/id"
)

// Operations reads the operations of some commands, by their keys.
func (tx *Tx) Operations(keys []id.ID) (map[id.ID]Operation, error) {
	if len(keys) == 0 {
		return map[id.ID]Operation{}, nil
	}
	var rows []Operation
	err := tx.find(&rows, "id IN ?", keys)
	return byID(rows, func(o Operation) id.ID { return o.ID }), err
}

// Operation reads what became of a command: ErrNotFound when it is new.
func (tx *Tx) Operation(x id.ID) (Operation, error) {
	var o Operation
	return o, tx.take(&o, "id = ?", x)
}

// PutOperation writes what became of a command, over what became of it before when it was not accepted then.
// ErrConflict when another author has the key.
func (tx *Tx) PutOperation(o Operation, known bool) error {
	if !known {
		return tx.insert(&o)
	}
	columns := []string{"device_id", "counter", "name", "hash", "attempt", "status", "code", "field", "rule", "sequence", "review", "written_at", "created_at"}
	return tx.save(&o, columns, "user_id = ?", o.UserID)
}

// Answered tells whether a command of a device with this counter was answered.
func (tx *Tx) Answered(user, device id.ID, counter int) (bool, error) {
	var n int64
	err := tx.db.Model(&Operation{}).Where("user_id = ? AND device_id = ? AND counter = ?", user, device, counter).Count(&n).Error
	return n > 0, wrap("count operations", err)
}

// LockCommands holds the counter of a user's accepted commands until the transaction ends: of two commands of one user
// the second sees what the first did. It is the first lock a command takes, and it takes no other user's, so commands
// of different users do not wait for each other in a circle.
func (tx *Tx) LockCommands(user id.ID) (CommandCounter, error) {
	var c CommandCounter
	err := tx.lock(&c, "user_id = ?", user)
	if !errors.Is(err, ErrNotFound) {
		return c, err
	}
	fresh := CommandCounter{UserID: user}
	if err := tx.db.Clauses(clause.OnConflict{DoNothing: true}).Create(&fresh).Error; err != nil {
		return c, wrap("begin to count commands", err)
	}
	return c, tx.lock(&c, "user_id = ?", user)
}

// NextCommand takes the next number of a user whose counter is locked.
func (tx *Tx) NextCommand(c CommandCounter) (int64, error) {
	return c.Last + 1, tx.changeOne(&CommandCounter{}, map[string]any{"last": c.Last + 1}, "user_id = ?", c.UserID)
}
