package models

import (
	"time"

	"huifang/id"
)

// Device is an install of the app on which a user signed in. Two users of one phone have a row each.
type Device struct {
	UserID    id.ID `gorm:"primaryKey"`
	ID        id.ID `gorm:"primaryKey"` // made by the device
	Name      string
	App       string // version of the app
	CreatedAt time.Time
	SeenAt    time.Time
	// Issued is how many commands were made on it for the user, as far as the server heard. Waiting are the counters of
	// those it said it still holds, when it was last heard of.
	Issued  int
	Waiting []int `gorm:"serializer:json"`
	// Revoked: its sessions are over, and at its next contact it is told to wipe itself; WipedAt is when it said it did.
	RevokedAt  *time.Time
	RevokedBy  *id.ID
	RevokedWhy string
	WipedAt    *time.Time
}

// OperationStatus is what became of a command of a device.
type OperationStatus string

// The states. The first two are accepted: the command never runs again.
const (
	OperationApplied    OperationStatus = "APPLIED"
	OperationReassigned OperationStatus = "APPLIED_REASSIGNED" // the account is not the author's any more
	OperationConflict   OperationStatus = "CONFLICT"
	OperationRejected   OperationStatus = "REJECTED"
)

// Operation is a command that came from a device and was answered, written in the transaction of the change it made.
type Operation struct {
	ID       id.ID `gorm:"primaryKey"` // made by the device
	UserID   id.ID // the author
	DeviceID id.ID
	Counter  int    // its number on the device, from 1
	Name     string // of the operation its document holds
	Hash     []byte `gorm:"not null"` // of document and variables
	Attempt  int    // the how-many-eth its user asked for; 0: not told
	Status   OperationStatus
	// Code, Field and Rule say why it was not accepted.
	Code, Field, Rule string
	// Sequence is its number among the accepted ones of the user, 0 of others.
	Sequence  int64
	Review    string // flags of the contact log it made, by commas
	WrittenAt time.Time
	CreatedAt time.Time
}

// Accepted tells whether the command was done.
func (o Operation) Accepted() bool {
	return o.Status == OperationApplied || o.Status == OperationReassigned
}

// CommandCounter counts the accepted commands of a user.
type CommandCounter struct {
	UserID id.ID `gorm:"primaryKey"`
	Last   int64
}
