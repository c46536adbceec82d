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

// ForecastModel is a fitted model of the forecast; the newest is in force.
type ForecastModel struct {
	ID        id.ID `gorm:"primaryKey"`
	FittedOn  civil.Date
	Customers int
	Body      []byte `gorm:"not null"` // JSON of forecast.Model
	CreatedAt time.Time
}
