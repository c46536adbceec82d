package care

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// MoveEffect is what a move of accounts would do to the plans of givers and receivers, by staff number.
type MoveEffect struct{ Sides []MoveSide }

// maxSides caps the reps of one effect: each has a book to be read and two plans to be made.
const maxSides = 60

// MoveEffect reckons what a move would do over the planned weeks, were it made now: the real planner plans givers and
// receivers in memory, as they are and as they would be, and nothing is written. It reaches as far as MoveAccounts:
// NOT_FOUND for an account or a receiver the viewer does not lead.
func (s *Service) MoveEffect(ctx context.Context, moves []MoveTo) (MoveEffect, error) {
	e := effect{s: s, moves: moves}
	if err := s.read(ctx, auth.Reassign, e.read); err != nil {
		return MoveEffect{}, err
	}
	var err error
	if e.model, err = s.model(ctx); err != nil {
		return MoveEffect{}, err
	}
	if err := e.each(func(x *side) error { return x.settle(ctx, e) }); err != nil {
		return MoveEffect{}, err
	}
	e.hand()
	if err := e.each(func(x *side) error { return x.replan(ctx, e) }); err != nil {
		return MoveEffect{}, err
	}
	return e.told(), nil
}

// effect is one reckoning.
type effect struct {
	s      *Service
	moves  []MoveTo
	policy Policy
	model  outlook
	held   map[id.ID]models.Account
	sides  []*side
}

// side is a giver or a receiver.
type side struct {
	rep    id.ID
	stage  stage
	before sketch
	after  sketch
}

// read checks what is asked and finds who is concerned.
func (e *effect) read(tx *models.Tx, v auth.Viewer) error {
	var err error
	if e.policy, err = e.s.policy(tx); err != nil {
		return err
	}
	in := MoveAccounts{Moves: e.moves}
	if err := in.checkAccounts(e.policy.Moves); err != nil {
		return err
	}
	if _, err := in.receivers(tx, v); err != nil {
		return err
	}
	accounts := in.accounts()
	if e.held, err = tx.AccountsAmong(v.Scope(), accounts); err != nil {
		return err
	}
	if len(e.held) < len(accounts) {
		return NotFound("account")
	}
	return e.concern()
}

func (e *effect) concern() error {
	var reps []id.ID
	for _, m := range e.moves {
		reps = append(reps, m.ToRep)
	}
	for _, a := range e.held {
		reps = append(reps, a.RepID)
	}
	slices.SortFunc(reps, id.ID.Compare)
	for _, rep := range slices.Compact(reps) {
		e.sides = append(e.sides, &side{rep: rep})
	}
	if len(e.sides) > maxSides {
		return Limited("reps", "at most %d reps give and receive at once: move in several steps", maxSides)
	}
	return nil
}

// each works on the sides side by side, as many at once as reps are planned, and returns the first failure.
func (e *effect) each(work func(*side) error) error {
	queue, failures := make(chan int), make([]error, len(e.sides))
	var workers sync.WaitGroup
	for range planners {
		workers.Go(func() {
			for n := range queue {
				failures[n] = work(e.sides[n])
			}
		})
	}
	for n := range e.sides {
		queue <- n
	}
	close(queue)
	workers.Wait()
	return firstError(failures...)
}

func (x *side) settle(ctx context.Context, e effect) error {
	st, err := e.s.look(ctx, x.rep, e.model, e.policy)
	if err != nil {
		return err
	}
	x.before, x.stage, err = st.settled(ctx, e.policy)
	x.stage.book = apart(x.stage.book)
	return err
}

func (x *side) replan(ctx context.Context, e effect) error {
	var err error
	e.s.survey(ctx, &x.stage) // of the homes that came, too
	x.after, err = x.stage.plan(ctx, e.policy)
	return err
}

// hand gives the accounts to their receivers, in the books only. An account that its receiver holds already stays.
func (e *effect) hand() {
	of := map[id.ID]*side{}
	for _, x := range e.sides {
		of[x.rep] = x
	}
	for _, m := range e.moves {
		for giver, accounts := range e.from(m) {
			hand(&of[giver].stage.book, &of[m.ToRep].stage.book, accounts)
		}
	}
}

// from are the accounts of a move by who holds them now.
func (e *effect) from(m MoveTo) map[id.ID]map[id.ID]bool {
	out := map[id.ID]map[id.ID]bool{}
	for _, x := range m.Accounts {
		holder := e.held[x].RepID
		if holder == m.ToRep {
			continue
		}
		if out[holder] == nil {
			out[holder] = map[id.ID]bool{}
		}
		out[holder][x] = true
	}
	return out
}

func (e *effect) told() MoveEffect {
	slices.SortFunc(e.sides, func(a, b *side) int {
		one, two := a.stage.book.Rep, b.stage.book.Rep
		return cmp.Or(cmp.Compare(one.Number, two.Number), one.ID.Compare(two.ID))
	})
	var out MoveEffect
	for _, x := range e.sides {
		out.Sides = append(out.Sides, MoveSide{personOf(x.stage.book.Rep), x.before.measures(), x.after.measures()})
	}
	return out
}
