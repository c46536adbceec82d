package care

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"huifang/id"
	"huifang/models"
)

const (
	// beatEvery is after how many reps a dry run gives a sign of life.
	beatEvery = 4
	// mostChanged is how many reps a result names.
	mostChanged = 10
)

// dryRun reckons a dry run to its end and keeps what came of it. Stopped, it says so, that nobody waits for it.
func (s *Service) dryRun(ctx context.Context, run models.DryRun) {
	err := s.reckonSafely(ctx, run)
	if err == nil || errors.Is(err, models.ErrNotFound) && ctx.Err() == nil { // replaced by an instance beside this one
		return
	}
	why := models.DryLost
	if ctx.Err() == nil {
		why = models.DryBroken
		s.Log.ErrorContext(ctx, "a dry run failed", "run", run.ID, "error", err)
	}
	err = s.Store.Write(context.WithoutCancel(ctx), func(tx *models.Tx) error { return tx.FailDryRuns([]id.ID{run.ID}, why) })
	if err != nil {
		s.Log.ErrorContext(ctx, "a dry run cannot be ended; it counts as lost in a minute", "run", run.ID, "error", err)
	}
}

// reckonSafely keeps a panic from ending the server: nobody else's work hangs on a dry run.
func (s *Service) reckonSafely(ctx context.Context, run models.DryRun) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return s.reckon(ctx, run)
}

func (s *Service) reckon(ctx context.Context, run models.DryRun) error {
	t := trial{s: s, asked: bookings{}, would: bookings{}}
	var err error
	if t.then, err = ParsePolicy(run.Body); err != nil {
		return err
	}
	if t.model, err = s.model(ctx); err != nil {
		return err
	}
	var reps []id.ID
	if err := s.Store.Read(ctx, func(tx *models.Tx) (err error) {
		if t.now, err = s.policy(tx); err != nil {
			return err
		}
		reps, err = tx.RepsToPlan()
		return err
	}); err != nil {
		return err
	}
	slices.SortFunc(reps, id.ID.Compare) // the order in which they would be planned
	for n, rep := range reps {
		if err := t.try(ctx, rep); err != nil && !errors.Is(err, errRepGone) {
			return err
		}
		if (n+1)%beatEvery == 0 || n == 0 {
			if err := s.beat(ctx, run.ID, n+1, len(reps)); err != nil {
				return err
			}
		}
	}
	return s.keepResult(ctx, run.ID, len(reps), t.told())
}

func (s *Service) beat(ctx context.Context, x id.ID, done, total int) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error { return tx.BeatDryRun(x, done, total) })
}

func (s *Service) keepResult(ctx context.Context, x id.ID, reps int, result DryRunResult) error {
	body, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.BeatDryRun(x, reps, reps); err != nil {
			return err
		}
		return tx.EndDryRun(x, body)
	})
}

// trial plans one rep after the other by the policy in force and by the one to try, in memory. Reps read their books in
// transactions of their own, one at a time, so nobody waits and the work leaves a core to the others.
type trial struct {
	s     *Service
	model outlook
	now   Policy
	then  Policy
	// asked and would are what the reps so far ask of companions, by each policy.
	asked, would bookings
	sides        []MoveSide
	numbers      []string // of the reps of sides
	out          DryRunResult
}

// try plans a rep by both policies. What only waits to be planned is no effect of the policy: the plan in force is settled
// first, and the change is reckoned from there.
func (t *trial) try(ctx context.Context, rep id.ID) error {
	st, err := t.s.look(ctx, rep, t.model, t.now, t.then)
	if err != nil {
		return err
	}
	if !st.active() {
		return errRepGone
	}
	busy := st.book.Busy
	st.book.Busy = t.asked.beside(st.book)
	before, st, err := st.settled(ctx, t.now)
	if err != nil {
		return err
	}
	st.book.Busy = busy
	st.book.Busy = t.would.beside(st.book)
	after, err := st.plan(ctx, t.then)
	if err != nil {
		return err
	}
	t.asked[rep], t.would[rep] = before.companies(), after.companies()
	t.count(before, after)
	return nil
}

func (t *trial) count(before, after sketch) {
	d := after.diff
	t.out.Added += len(d.Insert)
	t.out.Removed += len(d.Delete) + len(d.Drop)
	t.out.Moved += movedDays(before.after, d.Update)
	if after.result.Wrote() {
		t.out.Plans++
	}
	t.out.NeglectedBefore += before.neglected()
	t.out.NeglectedAfter += after.neglected()
	side := MoveSide{Rep: personOf(before.book.Rep), Before: before.measures(), After: after.measures()}
	t.sides, t.numbers = append(t.sides, side), append(t.numbers, before.book.Rep.Number)
}

// movedDays counts the contacts that get another day.
func movedDays(book models.RepBook, changed []models.PlanItem) int {
	days := map[id.ID]models.PlanItem{}
	for _, of := range book.Items {
		for _, i := range of {
			days[i.ID] = i
		}
	}
	n := 0
	for _, i := range changed {
		if days[i.ID].Day != i.Day {
			n++
		}
	}
	return n
}

func (t *trial) told() DryRunResult {
	out := t.out
	out.Before, out.After = PlanMeasures{}.judged(), PlanMeasures{}.judged()
	for _, x := range t.sides {
		out.Before, out.After = out.Before.plus(x.Before), out.After.plus(x.After)
	}
	out.Reps = t.most()
	return out
}

// most are the reps whose hours change most; of equal ones the first by number.
func (t *trial) most() []MoveSide {
	order := make([]int, 0, len(t.sides))
	for n := range t.sides {
		if t.sides[n].change() != 0 {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(t.sides[b].change(), t.sides[a].change()), cmp.Compare(t.numbers[a], t.numbers[b]))
	})
	var out []MoveSide
	for _, n := range order[:min(len(order), mostChanged)] {
		out = append(out, t.sides[n])
	}
	return out
}

// bookings are what some reps ask of companions, by rep, once their plans were saved.
type bookings map[id.ID][]models.PlanItem

// beside is who is busy for the planner of a book: what is stored, but of these reps what they would ask.
func (b bookings) beside(book models.RepBook) []models.PlanItem {
	busy := slices.DeleteFunc(slices.Clone(book.Busy), func(i models.PlanItem) bool { _, known := b[i.RepID]; return known })
	for _, items := range b {
		for _, i := range items {
			if slices.ContainsFunc(book.Companions, func(u models.User) bool { return u.ID == *i.ExpertID }) {
				busy = append(busy, i)
			}
		}
	}
	slices.SortFunc(busy, func(a, b models.PlanItem) int { return a.ID.Compare(b.ID) })
	return busy
}

// companies are the open contacts to which the rep asks somebody along.
func (sk sketch) companies() []models.PlanItem {
	var out []models.PlanItem
	for _, of := range sk.after.Items {
		for _, i := range of {
			if i.ExpertID != nil && i.IsOpen() {
				out = append(out, i)
			}
		}
	}
	return out
}

// sweepDryRuns forgets old dry runs, in the nightly round.
func (s *Service) sweepDryRuns(ctx context.Context) error {
	return s.Store.Write(ctx, func(tx *models.Tx) error { return tx.ForgetDryRuns(tx.Now.Add(-keepRuns)) })
}
