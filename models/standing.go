package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/standing"
)

// StandingCause is what moved an account.
type StandingCause string

// The causes.
const (
	CauseBought    StandingCause = "BOUGHT"    // an order
	CauseReturned  StandingCause = "RETURNED"  // goods given back
	CauseTime      StandingCause = "TIME"      // days passed without an order
	CauseRanks     StandingCause = "RANKS"     // what the others buy
	CauseRules     StandingCause = "RULES"     // another policy
	CauseImported  StandingCause = "IMPORTED"  // a file
	CauseConfirmed StandingCause = "CONFIRMED" // a supervisor's word
)

// StandingChange is a move of an account on one of the four axes (D1, D12, D13, D14).
type StandingChange struct {
	ID        id.ID `gorm:"primaryKey"`
	AccountID id.ID
	Axis      standing.Axis
	FromValue string // empty: it had none
	ToValue   string
	Cause     StandingCause
	Basis     standing.Basis `gorm:"serializer:json"`
	Why       string         // a person's words
	Day       civil.Date
	MadeBy    *id.ID // who confirmed it; nil: the rules
	CreatedAt time.Time
}

// ProposalStatus is where a proposed grade stands.
type ProposalStatus string

// The states of a proposal.
const (
	ProposalOpen      ProposalStatus = "OPEN"
	ProposalConfirmed ProposalStatus = "CONFIRMED"
	ProposalRefused   ProposalStatus = "REFUSED"
	ProposalReplaced  ProposalStatus = "REPLACED" // by a later one
)

// GradeProposal is a loyalty grade that the rule or a person proposes, for a supervisor to confirm (D1).
type GradeProposal struct {
	ID         id.ID `gorm:"primaryKey"`
	AccountID  id.ID
	FromGrade  int
	ToGrade    int
	Evidence   standing.Evidence `gorm:"serializer:json"` // on record when it was proposed
	Why        string            // a person's words
	ProposedBy *id.ID            // nil: the rule
	Status     ProposalStatus
	Answer     string
	AnsweredBy *id.ID
	AnsweredAt *time.Time
	CreatedAt  time.Time
}

// TierCuts are the fifths of the buyers on a day, by which tiers are given until the next (D12).
type TierCuts struct {
	Day       civil.Date    `gorm:"primaryKey"`
	Months    int           // how far back orders counted
	Cuts      standing.Cuts `gorm:"serializer:json"`
	CreatedAt time.Time
}
