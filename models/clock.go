package models

import (
	"time"

	"huifang/civil"
)

// Now is the instant by the store's clock, UTC with milliseconds, for what is decided outside a transaction.
func (s *Store) Now() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// At is the instant of a minute of a day in the company's zone.
func (tx *Tx) At(day civil.Date, m civil.Minute) time.Time { return day.At(m, tx.zone).UTC() }
