package care

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"huifang/auth"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

// refitDays is how old a forecast model may grow before it is fitted anew.
const refitDays = 7

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

func (s *Service) planWith(ctx context.Context, rep id.ID, model forecast.Model) (PlanResult, error) {
	var result PlanResult
	err := errTaken
	for n := 0; n < planTries && errors.Is(err, errTaken); n++ {
		err = s.Store.Write(ctx, func(tx *models.Tx) error {
			var err error
			result, err = s.planRep(tx, rep, model)
			return err
		})
	}
	if err != nil {
		return PlanResult{}, fmt.Errorf("plan rep %s: %w", rep, err)
	}
	return result, nil
}

// PlanAll plans every active rep, the nightly work; done hears of each. The plans of the others are made even when one
// fails; the failures come back joined.
func (s *Service) PlanAll(ctx context.Context, done func(PlanResult)) error {
	if err := s.RefitForecast(ctx); err != nil {
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
	return errors.Join(failures...)
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
func (s *Service) planEach(ctx context.Context, reps []id.ID, model forecast.Model, each func(id.ID, PlanResult, error)) {
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

func (s *Service) planOrSkip(ctx context.Context, rep id.ID, model forecast.Model) (PlanResult, error) {
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

// model is the forecast model in force, the shipped prior before the first fit.
func (s *Service) model(ctx context.Context) (forecast.Model, error) {
	model := forecast.Prior()
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		row, err := tx.LatestModel()
		if errors.Is(err, models.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return json.Unmarshal(row.Body, &model)
	})
	if err != nil {
		return forecast.Model{}, fmt.Errorf("read the forecast model: %w", err)
	}
	return model, nil
}

// RefitForecast fits the forecast anew from all purchases when the model in force is a week old. A failed fit keeps the
// last good model and is logged.
func (s *Service) RefitForecast(ctx context.Context) error {
	due, histories, today, err := s.fitInput(ctx)
	if err != nil || !due || len(histories) == 0 {
		return err
	}
	body, err := json.Marshal(forecast.Fit(histories, today))
	if err != nil {
		s.Log.ErrorContext(ctx, "the forecast could not be fitted, the last model stays", "error", err)
		return nil
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		return tx.AddModel(models.ForecastModel{
			ID: tx.NewID(), State: models.ModelStanding, FittedOn: today, Customers: len(histories), Body: body, CreatedAt: tx.Now,
		})
	})
}

func (s *Service) fitInput(ctx context.Context) (due bool, histories []forecast.History, today civil.Date, err error) {
	err = s.Store.Read(ctx, func(tx *models.Tx) error {
		today = tx.Today
		last, err := tx.LatestModel()
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
		due = err != nil || today-last.FittedOn >= refitDays
		if !due {
			return nil
		}
		rows, err := tx.Supplies()
		histories = historiesOf(rows)
		return err
	})
	return due, histories, today, err
}

// historiesOf groups purchases, which come in order of accounts.
func historiesOf(rows []models.Supply) []forecast.History {
	var out []forecast.History
	for i, row := range rows {
		if i == 0 || rows[i-1].AccountID != row.AccountID {
			out = append(out, forecast.History{})
		}
		last := &out[len(out)-1]
		last.Purchases = append(last.Purchases, forecast.Purchase{Day: row.Day, Supply: row.SupplyDays})
	}
	return out
}
