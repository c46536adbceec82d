package main

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"huifang/auth"
	"huifang/bench/measure"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

const (
	effectTime = 5 * time.Second
	// writeWait is how long a small write may take while a dry run goes on.
	writeWait = time.Second
)

// tried is what a child says of a plan that was only reckoned.
type tried struct {
	Usage   measure.Usage
	Note    string
	Writes  int
	Longest time.Duration // of the small writes meanwhile
}

// measureWhatIf reckons a move of 500 accounts from one rep to three, and a policy for everybody.
func (b bench) measureWhatIf(ctx context.Context, engine string) ([]measure.Row, error) {
	var move, policy tried
	for _, c := range []struct {
		child      string
		reps, each int
		out        *tried
	}{{"move", 4, 500, &move}, {"try", b.reps, b.accounts, &policy}} {
		db, err := b.load(ctx, engine, c.reps, c.each)
		if err != nil {
			return nil, err
		}
		defer db.Drop(ctx)
		if err := measure.Child(ctx, c.out, b.args(c.child, engine, db)...); err != nil {
			return nil, err
		}
	}
	wait := measure.Row{What: "… longest of small writes meanwhile", Target: "≤ " + measure.Seconds(writeWait),
		Result: measure.Seconds(policy.Longest), Missed: policy.Longest > writeWait, Note: fmt.Sprintf("%d writes", policy.Writes)}
	return []measure.Row{
		measure.Within("effect of moving 500 accounts from one rep to three", effectTime, move.Usage, move.Note),
		measure.Within(fmt.Sprintf("dry run of a policy, %d reps × %d accounts", b.reps, b.accounts), 0, policy.Usage, policy.Note),
		wait,
	}, nil
}

// manager is somebody of the company who may ask.
func (p planning) manager(ctx context.Context) (context.Context, error) {
	var people []models.User
	err := p.service.Store.Read(ctx, func(tx *models.Tx) (err error) {
		people, err = tx.Users(models.UserFilter{Role: auth.Manager, Limit: 1})
		return err
	})
	if err != nil || len(people) == 0 {
		return nil, fmt.Errorf("no manager: %w", err)
	}
	return auth.With(ctx, auth.Viewer{User: people[0].ID, Role: auth.Manager}), nil
}

// move plans everybody, and reckons what it would do to give 500 accounts of one rep to three others.
func (p planning) move(ctx context.Context) error {
	if err := p.service.PlanAll(ctx, func(care.PlanResult) {}); err != nil {
		return err
	}
	as, err := p.manager(ctx)
	if err != nil {
		return err
	}
	moves, err := p.deal(ctx)
	if err != nil {
		return err
	}
	var out tried
	out.Usage, err = measure.Of(p.db, func() error {
		effect, err := p.service.MoveEffect(as, moves)
		for _, s := range effect.Sides {
			out.Note += fmt.Sprintf("%d→%d accounts, %d→%d min; ", s.Before.Accounts, s.After.Accounts,
				s.Before.ContactMinutes+s.Before.TravelMinutes, s.After.ContactMinutes+s.After.TravelMinutes)
		}
		return err
	})
	if err != nil {
		return err
	}
	return measure.Answer(out)
}

// deal gives the accounts of the first rep to the others in turn.
func (p planning) deal(ctx context.Context) ([]care.MoveTo, error) {
	var moves []care.MoveTo
	return moves, p.service.Store.Read(ctx, func(tx *models.Tx) error {
		reps, err := tx.RepsToPlan()
		if err != nil {
			return err
		}
		book, err := tx.LookAtBook(reps[0], models.BookSpan{LogsFrom: tx.Today, From: tx.Today, To: tx.Today})
		for _, rep := range reps[1:] {
			moves = append(moves, care.MoveTo{ToRep: rep})
		}
		for n, a := range book.Accounts[:min(500, len(book.Accounts))] {
			to := &moves[n%len(moves)]
			to.Accounts = append(to.Accounts, a.ID)
		}
		return err
	})
}

// try plans everybody and tries a policy, while somebody else writes every few milliseconds.
func (p planning) try(ctx context.Context) error {
	if err := p.service.PlanAll(ctx, func(care.PlanResult) {}); err != nil {
		return err
	}
	as, err := p.manager(ctx)
	if err != nil {
		return err
	}
	var out tried
	done, over := make(chan struct{}), atomic.Bool{}
	go func() {
		defer close(done)
		for !over.Load() {
			began := time.Now()
			if err := p.service.Store.Write(ctx, func(tx *models.Tx) error {
				_, err := tx.TakeLease("bench", id.ID{1}, tx.Now.Add(time.Minute))
				return err
			}); err != nil {
				return
			}
			out.Writes++
			out.Longest = max(out.Longest, time.Since(began))
			time.Sleep(5 * time.Millisecond)
		}
	}()
	out.Usage, err = measure.Of(p.db, func() error { return p.tryOne(as, &out) })
	over.Store(true)
	<-done
	if err != nil {
		return err
	}
	return measure.Answer(out)
}

func (p planning) tryOne(as context.Context, out *tried) error {
	defer p.service.Close()
	in := care.StartDryRun{Body: `{"cadence": {"rhythms": {"THIS_MONTH": {"callEvery": 3, "visitEvery": 7}}, "weeklyCap": 4}}`}
	err := p.service.Store.Read(as, func(tx *models.Tx) error { in.ID, in.From = tx.NewID(), tx.Today; return nil })
	if err != nil {
		return err
	}
	run, err := p.service.StartDryRun(as, in)
	for err == nil && run.Status == models.DryRunning {
		time.Sleep(20 * time.Millisecond)
		run, err = p.service.DryRun(as, in.ID)
	}
	if err != nil {
		return err
	}
	result, err := care.ResultOf(run)
	if err != nil || result == nil {
		return fmt.Errorf("%s: %s: %w", run.Status, care.ProblemWords(run.Problem), err)
	}
	out.Note = fmt.Sprintf("%d plans change: %d contacts more, %d fewer, %d on another day", result.Plans, result.Added, result.Removed, result.Moved)
	return nil
}
