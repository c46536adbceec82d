package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// Foretold is what stood for an account on the first planned day of a month, and what came of it: the track record of the
// forecast and of the reps' words against it. Accounts that never bought have no row.
type Foretold struct {
	AccountID id.ID      `gorm:"primaryKey"`
	Month     civil.Date `gorm:"primaryKey;type:date"` // its first day
	RepID     id.ID      // who cared then
	Day       civil.Date // what stood on it
	// By30, By60 and By90 are the last days of what the probabilities are of.
	By30, By60, By90 civil.Date
	ToldAt           time.Time
	P30, P60, P90    float64
	Horizon          string // that counted: a rep's word wins
	Model            string // the model's own
	ModelID          *id.ID // the version, nil for the model the program brings
	OverrideID       *id.ID // the word that won
	// CameOn is the first purchase since, up to By90, that was not given back whole. Until the row is settled it follows what
	// is imported or given back late.
	CameOn  *civil.Date
	Settled bool
}

// TableName keeps the word of the domain.
func (Foretold) TableName() string { return "foretold" }
