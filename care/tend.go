package care

import (
	"context"
	"errors"
	"slices"
	"time"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

const (
	// tendFor is how long an instance keeps the right to plan after it was last renewed.
	tendFor = 30 * time.Second
	// tendAtOnce is how many reps are planned before the right is looked at again.
	tendAtOnce = 8
	// restAfter is how long a rep whose plan failed waits before it is tried again.
	restAfter = time.Minute
)

// Tend keeps the plans up to date until ctx ends: at each tick it plans whom somebody asked for, and once a day, from
// minute nightly on, everybody. Of several instances on one database one tends; when it goes, another takes over, and
// finds whatever is left to do written down.
func (s *Service) Tend(ctx context.Context, ticks <-chan time.Time, nightly civil.Minute) {
	t := tender{Service: s, nightly: nightly, resting: map[id.ID]time.Time{}}
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			if err := t.tick(ctx); err != nil && ctx.Err() == nil {
				s.Log.ErrorContext(ctx, "planning failed; it is tried again", "error", err)
			}
		}
	}
}

// tender is one instance's right to plan, and what it knows of the day's work. It goes by the clock of the store: a tick
// may have waited long.
type tender struct {
	*Service
	nightly civil.Minute
	self    id.ID
	until   time.Time // the right to plan
	next    time.Time // no nightly plan before
	resting map[id.ID]time.Time
}

func (t *tender) tick(ctx context.Context) error {
	mine, err := t.hold(ctx)
	if err != nil || !mine {
		return err
	}
	// A night that fails keeps nobody from the plan they wait for.
	return errors.Join(t.night(ctx), t.moves(ctx), t.drain(ctx))
}

// hold takes the right to plan, or renews it when half of its time has run.
func (t *tender) hold(ctx context.Context) (bool, error) {
	if t.Store.Now().Add(tendFor / 2).Before(t.until) {
		return true, nil
	}
	mine, until := false, time.Time{}
	err := t.Store.Write(ctx, func(tx *models.Tx) error {
		if t.self.IsZero() {
			t.self = tx.NewID()
		}
		var err error
		until = tx.Now.Add(tendFor)
		mine, err = tx.TakeLease("planner", t.self, until)
		return err
	})
	if mine && err == nil {
		t.until = until
	}
	return mine, err
}

// night asks, once a day for all instances, for a plan of everybody. The requests are written down with the right to make
// them: an instance that dies over the plans leaves the rest to the next one.
func (t *tender) night(ctx context.Context) error {
	if t.Store.Now().Before(t.next) {
		return nil
	}
	due, next := false, time.Time{}
	err := t.Store.Write(ctx, func(tx *models.Tx) error {
		due, next = false, tx.At(tx.Today, t.nightly)
		if tx.Now.Before(next) {
			return nil
		}
		next = tx.At(tx.Today+1, t.nightly)
		var err error
		if due, err = tx.TakeLease("nightly plan", tx.NewID(), next); err != nil || !due {
			return err
		}
		return askAll(tx)
	})
	if err != nil {
		return err
	}
	t.next = next
	if !due {
		return nil
	}
	t.Log.InfoContext(ctx, "planning everybody for the new day")
	return errors.Join(t.RefitForecast(ctx), t.TrackForecast(ctx), t.sweepPhotos(ctx), t.sweepDryRuns(ctx))
}

// drain plans whom somebody asked for, a few at a time, so that the right to plan is renewed in between. A plan that fails
// rests a while and holds up nobody.
func (t *tender) drain(ctx context.Context) error {
	var failures []error
	for {
		reps, err := t.ready(ctx)
		if err != nil || len(reps) == 0 {
			return errors.Join(append(failures, err)...)
		}
		model, err := t.model(ctx)
		if err != nil {
			return errors.Join(append(failures, err)...)
		}
		t.planEach(ctx, reps[:min(len(reps), tendAtOnce)], model, func(rep id.ID, _ PlanResult, err error) {
			if err != nil {
				t.resting[rep] = t.Store.Now().Add(restAfter)
				failures = append(failures, err)
			}
		})
		if mine, err := t.hold(ctx); err != nil || !mine {
			return errors.Join(append(failures, err)...)
		}
	}
}

// ready are the reps who wait for a plan and do not rest after a failure.
func (t *tender) ready(ctx context.Context) ([]id.ID, error) {
	now := t.Store.Now()
	for rep, until := range t.resting {
		if !now.Before(until) {
			delete(t.resting, rep)
		}
	}
	reps, err := t.waiting(ctx)
	return slices.DeleteFunc(reps, func(rep id.ID) bool { _, rests := t.resting[rep]; return rests }), err
}
