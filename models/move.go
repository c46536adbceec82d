package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// MoveStatus is where a move of accounts stands.
type MoveStatus string

// The states of a move.
const (
	MovePlanned   MoveStatus = "PLANNED"   // takes place on its day
	MoveDone      MoveStatus = "DONE"      // the receiver cares now
	MoveUndone    MoveStatus = "UNDONE"    // taken back
	MoveCancelled MoveStatus = "CANCELLED" // taken off before its day
)

// Move is a decision to move accounts to a rep, now or on a day (D9).
type Move struct {
	ID        id.ID `gorm:"primaryKey"`
	ToRepID   id.ID
	Reason    string
	Note      string // of the supervisor for the receiver
	OnDay     civil.Date
	Joint     bool // the former rep comes along to the first visit
	Status    MoveStatus
	CreatedBy id.ID
	CreatedAt time.Time
	DoneAt    *time.Time
	// EndedAt, EndedBy and EndWhy tell of a move undone or cancelled.
	EndedAt *time.Time
	EndedBy *id.ID
	EndWhy  string
}

// MovedStatus is where one account of a move stands.
type MovedStatus string

// The states of an account in a move.
const (
	MovedPlanned  MovedStatus = "PLANNED"
	MovedDone     MovedStatus = "DONE"
	MovedObjected MovedStatus = "OBJECTED" // the customer did not want it: back with the former rep
	MovedUndone   MovedStatus = "UNDONE"
	MovedSkipped  MovedStatus = "SKIPPED" // on its day it was no longer the giver's
)

// MovedAccount is an account in a move, with the brief of the handover and its receipt.
type MovedAccount struct {
	MoveID    id.ID `gorm:"primaryKey"`
	AccountID id.ID `gorm:"primaryKey"`
	FromRepID id.ID
	ToRepID   id.ID
	Status    MovedStatus
	Brief     Sealed // JSON of care.Brief, written when it moved
	// JointItemID is the first visit on which the former rep comes along.
	JointItemID *id.ID
	At          *time.Time // when it moved
	ReadAt      *time.Time // when the receiver had read the brief
	ObjectedAt  *time.Time
	Objection   string
}
