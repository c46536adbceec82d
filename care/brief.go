package care

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// HandoverBrief is what the next rep must know of an account that came to them (D9, D21).
type HandoverBrief struct {
	MoveID, AccountID id.ID
	FromRep, By       Person
	At                time.Time
	Reason, Note      string
	Brief
	JointVisitOn *civil.Date
	ReadAt       *time.Time
}

// Brief is the part of a handover brief that is written when the account moves, and kept sealed. It holds no health data.
type Brief struct {
	StoryZH  []string     `json:"zh"`
	StoryEN  []string     `json:"en"`
	Promises []Promise    `json:"promises,omitempty"`
	Taboos   string       `json:"taboos,omitempty"`
	Open     []OpenMatter `json:"open,omitempty"`
}

// Promise is something promised to a customer and not kept yet.
type Promise struct {
	Text string      `json:"text"`
	On   *civil.Date `json:"on,omitempty"`
	Made civil.Date  `json:"made"`
	By   string      `json:"by"` // name
}

// OpenMatter is a planned contact or a case that waits for whoever cares next.
type OpenMatter struct {
	ID    id.ID      `json:"id"`
	DueOn civil.Date `json:"due"`
	ZH    string     `json:"zh"`
	EN    string     `json:"en"`
}
