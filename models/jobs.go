package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// Replan asks the planner to plan a rep again: written in the transaction of the change that matters, so it is
// never forgotten, and taken off when a plan that saw the change is saved.
type Replan struct {
	RepID   id.ID `gorm:"primaryKey"`
	AskedAt time.Time
}

// ModelState is what became of a version of the forecast model.
type ModelState string

// The states. A version that has not been promoted never stands.
const (
	ModelStanding ModelState = "STANDING"  // in force
	ModelRetired  ModelState = "RETIRED"   // was in force until a later one was promoted
	ModelKeptBack ModelState = "KEPT_BACK" // judged too weak: the one before it stays
)

// ForecastModel is a version of the forecast's model, of the company or of a segment of its accounts.
type ForecastModel struct {
	ID        id.ID  `gorm:"primaryKey"`
	Segment   string // the category its accounts buy most of; empty: the whole company
	State     ModelState
	FittedOn  civil.Date
	Customers int
	Body      []byte `gorm:"not null"` // JSON of forecast.Model
	Judged    []byte // JSON of the figures it was judged by, nil when nothing was there to judge it on
	Reason    string // why it was kept back
	CreatedAt time.Time
}
