package care

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// planners is how many reps are planned side by side.
const planners = 2

// PlanRep plans the weeks of a rep of the viewer's anew. NOT_FOUND for a rep the viewer does not lead.
func (s *Service) PlanRep(ctx context.Context, rep id.ID) (PlanResult, error) {
	v, err := auth.Authorize(ctx, auth.PlanReps)
	if err != nil {
		return PlanResult{}, err
	}
	err = s.Store.Read(ctx, func(tx *models.Tx) error {
		_, err := tx.UserInScope(v.Scope(), rep)
		return err
	})
	if errors.Is(err, models.ErrNotFound) {
		return PlanResult{}, NotFound("rep")
	}
	if err != nil {
		return PlanResult{}, err
	}
	return s.PlanNow(ctx, rep)
}

// PlanNow plans a rep on nobody's behalf: for the command line and the background planner, never for a request.
func (s *Service) PlanNow(ctx context.Context, rep id.ID) (PlanResult, error) {
	model, err := s.model(ctx)
	if err != nil {
		return PlanResult{}, err
	}
	return s.planWith(ctx, rep, model)
}

// planTries is how often a plan is made anew because somebody else asked for the same companion meanwhile.
const planTries = 5

func (s *Service) planWith(ctx context.Context, rep id.ID, model outlook) (PlanResult, error) {
	var result PlanResult
	roads, err := s.roadsOf(ctx, rep)
	if err != nil {
		return result, fmt.Errorf("read the places of rep %s: %w", rep, err)
	}
	err = errTaken
	for n := 0; n < planTries && errors.Is(err, errTaken); n++ {
		err = s.Store.Write(ctx, func(tx *models.Tx) error {
			var err error
			result, err = s.planRep(tx, rep, model, roads)
			return err
		})
	}
	if err != nil {
		return PlanResult{}, fmt.Errorf("plan rep %s: %w", rep, err)
	}
	return result, nil
}

// PlanAll rates all accounts, plans every active rep, the nightly work, and keeps the forecast's record; done hears of each. The plans of the others
// are made even when one fails; the failures come back joined.
func (s *Service) PlanAll(ctx context.Context, done func(PlanResult)) error {
	if err := s.RefitForecast(ctx); err != nil {
		return err
	}
	if err := s.RateAccounts(ctx); err != nil {
		return err
	}
	model, err := s.model(ctx)
	if err != nil {
		return err
	}
	var reps []id.ID
	if err := s.Store.Read(ctx, func(tx *models.Tx) error { reps, err = tx.RepsToPlan(); return err }); err != nil {
		return err
	}
	var failures []error
	s.planEach(ctx, reps, model, func(_ id.ID, r PlanResult, err error) {
		if err != nil {
			failures = append(failures, err)
			return
		}
		done(r)
	})
	return errors.Join(append(failures, s.TrackForecast(ctx))...)
}

// DrainReplans plans every rep somebody asked for, and tells how many. The failures come back joined.
func (s *Service) DrainReplans(ctx context.Context) (int, error) {
	waiting, err := s.waiting(ctx)
	if err != nil || len(waiting) == 0 {
		return 0, err
	}
	model, err := s.model(ctx)
	if err != nil {
		return 0, err
	}
	var failures []error
	s.planEach(ctx, waiting, model, func(_ id.ID, _ PlanResult, err error) { failures = append(failures, err) })
	return len(waiting), errors.Join(failures...)
}

// waiting are the reps somebody asked a plan for, longest waiting first.
func (s *Service) waiting(ctx context.Context) ([]id.ID, error) {
	var reps []id.ID
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		rows, err := tx.Replans()
		for _, r := range rows {
			reps = append(reps, r.RepID)
		}
		return err
	})
	return reps, err
}

// planEach plans reps side by side; each hears of every one, one at a time. A rep who left meanwhile is no failure.
func (s *Service) planEach(ctx context.Context, reps []id.ID, model outlook, each func(id.ID, PlanResult, error)) {
	queue := make(chan id.ID)
	var mu sync.Mutex
	var work sync.WaitGroup
	for range planners {
		work.Go(func() {
			for rep := range queue {
				result, err := s.planOrSkip(ctx, rep, model)
				mu.Lock()
				each(rep, result, err)
				mu.Unlock()
			}
		})
	}
	for _, rep := range reps {
		queue <- rep
	}
	close(queue)
	work.Wait()
}

func (s *Service) planOrSkip(ctx context.Context, rep id.ID, model outlook) (PlanResult, error) {
	result, err := s.planWith(ctx, rep, model)
	if errors.Is(err, errRepGone) {
		return PlanResult{Rep: rep}, s.Store.Write(ctx, func(tx *models.Tx) error { return passOn(tx, rep) })
	}
	return result, err
}

// passOn answers a request for the plan of a rep who left: whoever stands in for their accounts is planned.
func passOn(tx *models.Tx, rep id.ID) error {
	reps, err := tx.StandInsOf(rep)
	if err != nil {
		return err
	}
	for _, other := range reps {
		if err := tx.AskReplan(other); err != nil {
			return err
		}
	}
	return tx.ReplanDone(rep, tx.Now)
}
