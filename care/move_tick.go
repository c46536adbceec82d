package care

import (
	"context"
	"errors"
	"fmt"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// CarryOutMoves carries out the planned moves whose day has come, each in a transaction of its own, and hands each to done.
// What is no longer with the rep it should leave is skipped. A move to somebody who has left since stays planned: it stands in
// the list of moves, behind its day, until it is cancelled or they are back.
func (s *Service) CarryOutMoves(ctx context.Context, skip func(id.ID) bool, done func(id.ID, error)) error {
	var due []models.Move
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		var err error
		due, err = tx.DueMoves()
		return err
	})
	for _, m := range due {
		if !skip(m.ID) {
			done(m.ID, s.carryOut(ctx, m.ID))
		}
	}
	return err
}

func (s *Service) carryOut(ctx context.Context, move id.ID) error {
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		moved, err := tx.MovedIn(move)
		if err != nil {
			return err
		}
		// The accounts first, as everybody does; and then the move, as it is by now.
		held, err := tx.LockAccounts(auth.System(), movedKeys(moved))
		if err != nil {
			return err
		}
		m, err := tx.LockMove(move)
		if err != nil || m.Status != models.MovePlanned {
			return err
		}
		to, err := tx.User(m.ToRepID)
		if err != nil || !canReceive(to) {
			return err
		}
		return s.carry(tx, m, to, moved, held)
	})
	if err != nil {
		return fmt.Errorf("carry out move %s: %w", move, err)
	}
	return nil
}

func (s *Service) carry(tx *models.Tx, m models.Move, to models.User, moved []models.MovedAccount, held []models.Account) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	l := leg{move: &m, to: to, reason: m.Reason, note: m.Note, planned: true}
	byKey := map[id.ID]models.Account{}
	for _, a := range held {
		byKey[a.ID] = a
	}
	for _, row := range moved {
		if a, seen := byKey[row.AccountID]; seen && a.RepID == row.FromRepID {
			l.accounts = append(l.accounts, a)
			continue
		}
		row.Status = models.MovedSkipped
		l.skipped = append(l.skipped, row)
	}
	h := s.handing(tx, policy, m.CreatedBy)
	h.legs = []leg{l}
	return h.run()
}

// moves carries out planned moves. One that fails rests a while and holds up nobody.
func (t *tender) moves(ctx context.Context) error {
	var failures []error
	err := t.CarryOutMoves(ctx, func(move id.ID) bool { _, rests := t.resting[move]; return rests }, func(move id.ID, err error) {
		if err != nil {
			t.resting[move] = t.Store.Now().Add(restAfter)
			failures = append(failures, err)
		}
	})
	return errors.Join(append(failures, err)...)
}
