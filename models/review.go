package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// Verdict is what a supervisor thinks of a contact that looked odd.
type Verdict string

// The verdicts; empty while nobody has looked.
const (
	VerdictFine Verdict = "FINE" // it was as logged
	VerdictTalk Verdict = "TALK" // talked over with the rep
)

// Review is a contact that a supervisor should look at: there is one for each log with flags (story 16).
type Review struct {
	LogID     id.ID `gorm:"primaryKey"`
	AccountID id.ID
	UserID    id.ID // who made the contact
	Day       civil.Date
	Open      bool
	// Answer is the author's.
	Answer     Sealed
	AnsweredAt *time.Time
	Verdict    Verdict
	Why        string
	SettledAt  *time.Time
	SettledBy  *id.ID
	CreatedAt  time.Time
}

// Snooze puts an exception of the inbox aside until a day.
type Snooze struct {
	Kind      string `gorm:"primaryKey"`
	SubjectID id.ID  `gorm:"primaryKey"`
	UntilDay  civil.Date
	Since     civil.Date // from when on it was wrong then: what is wrong from a later day on shows
	Why       string
	CreatedBy id.ID
	CreatedAt time.Time
}
