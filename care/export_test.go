package care

import (
	"context"
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/schedule"
)

// Tender is one instance that tends the plans, a tick at a time.
type Tender = tender

// NewTender starts an instance.
func NewTender(s *Service, nightly civil.Minute) *Tender {
	return &tender{Service: s, nightly: nightly, resting: map[id.ID]time.Time{}}
}

// Tick does the work of one tick.
func (t *tender) Tick(ctx context.Context) error { return t.tick(ctx) }

// Safe is the guard of every plan.
func Safe(p schedule.Problem, plan schedule.Plan) error { return safe(p, plan) }
