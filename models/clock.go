package models

import (
	"time"

	"huifang/civil"
)

// At is the instant of a minute of a day in the company's zone.
func (tx *Tx) At(day civil.Date, m civil.Minute) time.Time { return day.At(m, tx.zone).UTC() }
