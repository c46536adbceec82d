package models

import (
	"time"

	"huifang/id"
)

// Stir tells desks that something of a team moved: one row for each team a transaction concerned, forgotten after minutes.
// Rows of their own and no counter: whoever leads many teams would else make all their writers wait for each other.
type Stir struct {
	ID     id.ID `gorm:"primaryKey"`
	TeamID id.ID
	At     time.Time
}
