package care

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/road"
)

// stage is a rep's book as it is, or as it would be: a plan is made of it in memory, by the real planner, and never saved.
type stage struct {
	book  models.RepBook
	today civil.Date
	now   civil.Minute
	dayOf func(time.Time) civil.Date
	model outlook
	roads *road.Table // nil: great circles
	newID func() id.ID
}

// look reads the book of a rep in a transaction of its own: planning takes longer than reading, and nobody should hold a
// snapshot of the database meanwhile. The book reaches as far as each of the policies looks.
func (s *Service) look(ctx context.Context, rep id.ID, model outlook, policies ...Policy) (stage, error) {
	st := stage{model: model, newID: draftIDs()}
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		st.today, st.now, st.dayOf = tx.Today, tx.TodayMinute(), tx.Day
		var err error
		st.book, err = tx.LookAtBook(rep, spanOf(tx.Today, policies))
		return err
	})
	if errors.Is(err, models.ErrNotFound) {
		return st, errRepGone
	}
	if err == nil {
		s.survey(ctx, &st)
	}
	return st, err
}

// survey asks for the ways among the places of the book as it is now. Where the server fails, what was known of the book
// before stays, so that before and after are measured alike.
func (s *Service) survey(ctx context.Context, st *stage) {
	if !st.active() {
		return
	}
	if roads := s.roadsAmong(ctx, st.book.Rep, st.book.Accounts); roads != nil {
		st.roads = roads
	}
}

func spanOf(today civil.Date, policies []Policy) models.BookSpan {
	span := models.BookSpan{LogsFrom: today, From: today, To: today}
	for _, p := range policies {
		span.LogsFrom = min(span.LogsFrom, today-p.lookBack())
		span.To = max(span.To, today+civil.Date(p.Planning.Days)-1)
	}
	return span
}

// active tells whether the holder of the book is a rep at work: nobody else has a plan.
func (st stage) active() bool {
	return st.book.Rep.DisabledAt == nil && auth.Role(st.book.Rep.Role) == auth.Rep
}

// sketch is a plan made in memory.
type sketch struct {
	planner
	made
	after models.RepBook // the book once the plan were saved
}

// plan plans the book by a policy. What lies beyond the sight of the policy is left out, as it would not be read.
func (st stage) plan(ctx context.Context, policy Policy) (sketch, error) {
	book := st.book
	book.Logs = since(book.Logs, st.today-policy.lookBack())
	if !st.active() {
		book.Companions = nil
	}
	last := st.today + civil.Date(policy.Planning.Days) - 1
	p := planner{
		book: &book, policy: policy, model: st.model, roads: st.roads, today: st.today, last: last, newID: st.newID, dayOf: st.dayOf,
		calendar: newCalendar(&book, policy.Planning, st.today, last, st.now),
	}
	sk := sketch{planner: p, after: st.book}
	if !st.active() {
		return sk, nil
	}
	var err error
	if sk.made, err = p.plan(ctx); err != nil {
		return sk, err
	}
	sk.after = saved(st.book, sk.diff)
	return sk, nil
}

// settled is the plan by the policy in force and the stage after it: what would change is reckoned from there, so that
// nothing is put down to a change that is only waiting to be planned. A plan that waits for nothing stays as it is stored.
func (st stage) settled(ctx context.Context, policy Policy) (sketch, stage, error) {
	sk, err := st.plan(ctx, policy)
	st.book = sk.after
	return sk, st, err
}

// draftIDs makes keys for items that are never stored: of no version, so they are nobody else's. The plans of one stage draw
// from the same, so that a contact of one is known in the next.
func draftIDs() func() id.ID {
	n := uint64(0)
	return func() id.ID {
		n++
		x := id.ID{0: 0xFF}
		binary.BigEndian.PutUint64(x[8:], n)
		return x
	}
}
