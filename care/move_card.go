package care

import (
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// MoveCard is a move as people read it.
type MoveCard struct {
	ID        id.ID
	ToRep     Person
	FromReps  []Person // each once
	Reason    string
	Note      string
	OnDay     civil.Date
	Joint     bool
	Status    models.MoveStatus
	By        Person
	CreatedAt time.Time
	DoneAt    *time.Time
	UndoUntil *civil.Date // nil when it cannot be undone
	EndWhy    string
	Accounts  int
	Read      int
	Objected  int
}

// MovedCard is an account of a move as people read it.
type MovedCard struct {
	AccountID   id.ID
	AccountName string
	FromRep     Person
	Status      models.MovedStatus
	ReadAt      *time.Time
	Objection   string
}
