package models

import (
	"time"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
)

// JointStatus is where a request to come along stands.
type JointStatus string

// The states of a request.
const (
	JointAsked     JointStatus = "ASKED"
	JointAccepted  JointStatus = "ACCEPTED"
	JointDeclined  JointStatus = "DECLINED"
	JointCancelled JointStatus = "CANCELLED"
)

// JointRequest asks an expert, supervisor or manager to call a customer or to come along to a visit (D7, D21).
type JointRequest struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	CaseID    *id.ID
	AskedBy   id.ID
	WithID    id.ID // who is asked
	Kind      cadence.Kind
	Day       civil.Date
	At        *int // an appointment, in minutes after midnight
	Minutes   int
	Note      string
	Status    JointStatus
	// Answer is what was said when it was accepted, declined or cancelled.
	Answer     string
	AnsweredAt *time.Time
	ItemID     *id.ID // the contact it became
	CreatedAt  time.Time
}

// Both sides are told by their worlds: who is asked does not see the account yet.
func (r *JointRequest) touch(t *touched) {
	t.world(r.AskedBy)
	t.world(r.WithID)
}
