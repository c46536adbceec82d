package care

import (
	"time"

	"huifang/id"
	"huifang/models"
)

// ReviewCard is the review of a contact as people read it.
type ReviewCard struct {
	LogID      id.ID
	Flags      []Flag
	Open       bool
	Answer     string
	AnsweredAt *time.Time
	Verdict    models.Verdict
	Why        string
	SettledAt  *time.Time
}
