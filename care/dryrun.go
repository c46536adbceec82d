package care

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

const (
	// silentRun is how long a dry run may go without a sign of life: then whoever reckoned it is gone.
	silentRun = time.Minute
	// keepRuns is how long dry runs are kept.
	keepRuns = 7 * 24 * time.Hour
)

// StartDryRun is a policy to try.
type StartDryRun struct {
	ID   id.ID // of the command and of the dry run
	From civil.Date
	Body string
}

// DryRunResult is what would change in the planned weeks, were the policy in force today.
type DryRunResult struct {
	Plans           int // of reps that would change
	Added           int
	Removed         int
	Moved           int // to another day
	Before          PlanMeasures
	After           PlanMeasures
	NeglectedBefore int
	NeglectedAfter  int
	Reps            []MoveSide // whose hours would change most
}

// StartDryRun begins to reckon what a policy would change: INVALID as AddPolicy. It is reckoned beside the work by this
// instance, and a dry run of the same author that is not ready yet gives way to it.
func (s *Service) StartDryRun(ctx context.Context, in StartDryRun) (models.DryRun, error) {
	c := command{in.ID, "StartDryRun", in}
	var gone []id.ID
	fresh := false
	run, err := commanded(ctx, s, auth.ChangePolicy, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		var err error
		gone, err = in.write(tx, v)
		fresh = err == nil
		return in.ID, err
	}, func(tx *models.Tx, v auth.Viewer, x id.ID) (models.DryRun, error) { return dryRunOf(tx, v, x) })
	if err != nil || !fresh {
		return run, err
	}
	for _, x := range gone {
		s.beside.end(x)
	}
	if !s.beside.begin(run.ID, func(ctx context.Context) { s.dryRun(ctx, run) }) {
		return s.lost(ctx, run)
	}
	return run, nil
}

// write begins a dry run in the place of those of the author that are at work, and returns them.
func (in StartDryRun) write(tx *models.Tx, v auth.Viewer) (gone []id.ID, err error) {
	if err := checkPolicy(tx.Today, in.From, in.Body); err != nil {
		return nil, err
	}
	if gone, err = tx.DryRunsAtWork(v.User); err != nil {
		return nil, err
	}
	if err := tx.FailDryRuns(gone, models.DryReplaced); err != nil {
		return nil, err
	}
	if err := tx.ForgetDryRuns(tx.Now.Add(-keepRuns)); err != nil {
		return nil, err
	}
	run := models.DryRun{
		ID: in.ID, FromDay: in.From, Body: []byte(in.Body), Status: models.DryRunning,
		CreatedBy: v.User, CreatedAt: tx.Now, BeatAt: tx.Now,
	}
	if err := tx.AddDryRun(&run); errors.Is(err, models.ErrConflict) {
		return nil, otherContent("dry run")
	} else if err != nil {
		return nil, err
	}
	return gone, nil
}

// DryRun reads a dry run of the viewer's: NOT_FOUND for anybody else's, and a week after it began.
func (s *Service) DryRun(ctx context.Context, x id.ID) (models.DryRun, error) {
	var run models.DryRun
	err := s.read(ctx, auth.ChangePolicy, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		run, err = dryRunOf(tx, v, x)
		return err
	})
	return run, err
}

// dryRunOf reads a dry run as it stands now: one without a sign of life for a minute has failed.
func dryRunOf(tx *models.Tx, v auth.Viewer, x id.ID) (models.DryRun, error) {
	run, err := tx.DryRunOf(v.User, x)
	if err != nil {
		return run, missing(err, "dry run")
	}
	if run.CreatedAt.Before(tx.Now.Add(-keepRuns)) {
		return models.DryRun{}, NotFound("dry run")
	}
	if run.Status == models.DryRunning && run.BeatAt.Before(tx.Now.Add(-silentRun)) {
		run.Status, run.Problem = models.DryFailed, models.DryLost
	}
	return run, nil
}

// lost says of a dry run that nobody reckons it: this instance is about to stop.
func (s *Service) lost(ctx context.Context, run models.DryRun) (models.DryRun, error) {
	run.Status, run.Problem = models.DryFailed, models.DryLost
	return run, s.Store.Write(ctx, func(tx *models.Tx) error { return tx.FailDryRuns([]id.ID{run.ID}, run.Problem) })
}

// ResultOf is what a dry run came to, nil until it is ready.
func ResultOf(run models.DryRun) (*DryRunResult, error) {
	if run.Status != models.DryDone {
		return nil, nil
	}
	var out DryRunResult
	if err := json.Unmarshal(run.Result, &out); err != nil {
		return nil, err
	}
	return &out, nil
}

// ProblemWords tell what went wrong with a dry run, empty when nothing did.
func ProblemWords(p models.DryRunProblem) string {
	switch p {
	case models.DryReplaced:
		return "another dry run took its place"
	case models.DryLost:
		return "the server that reckoned it stopped: begin it again"
	case models.DryBroken:
		return "it could not be reckoned; the server's log says why"
	}
	return ""
}
