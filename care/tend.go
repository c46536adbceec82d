package care

import (
	"context"
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// tendFor is how long an instance keeps the right to plan after it was last renewed.
const tendFor = 30 * time.Second

// Tend keeps the plans up to date until ctx ends: at each tick it plans whom somebody asked for, and once a day, from
// minute nightly on, everybody. Of several instances on one database one tends; when it goes, another takes over.
func (s *Service) Tend(ctx context.Context, ticks <-chan time.Time, nightly civil.Minute) {
	t := tender{Service: s, nightly: nightly}
	for {
		select {
		case <-ctx.Done():
			return
		case now := <-ticks:
			if err := t.tick(ctx, now); err != nil && ctx.Err() == nil {
				s.Log.ErrorContext(ctx, "planning failed; it is tried again", "error", err)
			}
		}
	}
}

// tender is one instance's right to plan, and what it knows of the day's work.
type tender struct {
	*Service
	nightly civil.Minute
	self    id.ID
	until   time.Time // the right to plan
	next    time.Time // no nightly plan before
}

func (t *tender) tick(ctx context.Context, now time.Time) error {
	mine, err := t.hold(ctx, now)
	if err != nil || !mine {
		return err
	}
	if _, err := t.DrainReplans(ctx); err != nil {
		return err
	}
	due, err := t.nightlyDue(ctx, now)
	if err != nil || !due {
		return err
	}
	reps := 0
	err = t.PlanAll(ctx, func(PlanResult) { reps++ })
	t.Log.InfoContext(ctx, "nightly plan made", "reps", reps)
	return err
}

// hold takes the right to plan, or renews it when half of its time has run.
func (t *tender) hold(ctx context.Context, now time.Time) (bool, error) {
	if now.Add(tendFor / 2).Before(t.until) {
		return true, nil
	}
	mine := false
	err := t.Store.Write(ctx, func(tx *models.Tx) error {
		if t.self.IsZero() {
			t.self = tx.NewID()
		}
		var err error
		mine, err = tx.TakeLease("planner", t.self, tx.Now.Add(tendFor))
		return err
	})
	if mine && err == nil {
		t.until = now.Add(tendFor)
	}
	return mine, err
}

// nightlyDue tells, once a day for all instances, that everybody should be planned.
func (t *tender) nightlyDue(ctx context.Context, now time.Time) (bool, error) {
	if now.Before(t.next) {
		return false, nil
	}
	due := false
	err := t.Store.Write(ctx, func(tx *models.Tx) error {
		t.next = tx.At(tx.Today, t.nightly)
		if tx.Now.Before(t.next) {
			return nil
		}
		t.next = tx.At(tx.Today+1, t.nightly)
		var err error
		due, err = tx.TakeLease("nightly plan", tx.NewID(), t.next)
		return err
	})
	return due, err
}
