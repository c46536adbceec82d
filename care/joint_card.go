package care

import (
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// JointCard is a request to come along as people read it.
type JointCard struct {
	ID          id.ID
	AccountID   id.ID
	AccountName string
	District    string
	CaseID      *id.ID
	AskedBy     Person
	With        Person
	Kind        cadence.Kind
	Day         civil.Date
	At          *int // minutes after midnight
	Minutes     int
	Note        string
	Status      models.JointStatus
	Answer      string
	ItemID      *id.ID
	CreatedAt   time.Time
}
