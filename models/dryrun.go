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

// DryRunProblem is why a dry run came to nothing.
type DryRunProblem string

// The problems of a dry run.
const (
	DryReplaced DryRunProblem = "REPLACED" // its author began another one
	DryLost     DryRunProblem = "LOST"     // the server that reckoned it stopped
	DryBroken   DryRunProblem = "BROKEN"   // our fault: the log says which
)

// DryRun is what a policy would change, reckoned beside the work.
type DryRun struct {
	ID          id.ID `gorm:"primaryKey"`
	FromDay     civil.Date
	Body        []byte `gorm:"not null"` // the policy, JSON
	Status      DryRunStatus
	Done, Total int    // reps
	Result      []byte // JSON of care.DryRunResult
	Problem     DryRunProblem
	CreatedBy   id.ID
	CreatedAt   time.Time
	BeatAt      time.Time // when it was last at work
}
