package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// DryRunStatus is where a dry run stands.
type DryRunStatus string

// The states of a dry run.
const (
	DryRunning DryRunStatus = "RUNNING"
	DryDone    DryRunStatus = "DONE"
	DryFailed  DryRunStatus = "FAILED"
)

// DryRun is what a policy would change, reckoned beside the work.
type DryRun struct {
	ID          id.ID `gorm:"primaryKey"`
	FromDay     civil.Date
	Body        []byte `gorm:"not null"` // the policy, JSON
	Status      DryRunStatus
	Done, Total int    // reps
	Result      []byte // JSON of care.DryRunResult
	Problem     string
	CreatedBy   id.ID
	CreatedAt   time.Time
	BeatAt      time.Time // when it was last at work
}
