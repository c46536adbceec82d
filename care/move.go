package care

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// MoveAccounts moves accounts to one rep or several (D9).
type MoveAccounts struct {
	ID     id.ID // of the command
	Moves  []MoveTo
	Reason string
	Note   string      // of the supervisor for the receivers
	On     *civil.Date // nil: today
	Joint  bool        // the former rep comes along to the first visit
}

// MoveTo is which accounts a rep gets.
type MoveTo struct {
	Accounts []id.ID
	ToRep    id.ID
}

// furthestMove is how many days ahead a move may be planned.
const furthestMove = 90

// errNothingMoves says that every account is with its receiver already.
var errNothingMoves = errors.New("every account is with its receiver already")

// MoveAccounts moves accounts with their whole file and open contacts, now or on a day, and writes a brief of each
// handover: all of them or none. Accounts the receiver holds already are left out; INVALID when none remains. It returns
// one move for each receiver, in the order they were named.
func (s *Service) MoveAccounts(ctx context.Context, in MoveAccounts) ([]MoveCard, error) {
	c := command{in.ID, "MoveAccounts", in}
	return commanded(ctx, s, auth.Reassign, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		_, err := s.move(tx, v, in)
		if errors.Is(err, errNothingMoves) {
			err = Invalid("moves", "%w: choose others, or another rep", err).By("moved")
		}
		return in.ID, err
	}, func(tx *models.Tx, _ auth.Viewer, _ id.ID) ([]MoveCard, error) { return s.movesMade(tx, in) })
}

// movesMade reads the moves of a command.
func (s *Service) movesMade(tx *models.Tx, in MoveAccounts) ([]MoveCard, error) {
	keys := in.keys()
	moves, err := tx.MovesAmong(keys)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(moves, func(a, b models.Move) int { return slices.Index(keys, a.ID) - slices.Index(keys, b.ID) })
	return s.moveCards(tx, moves)
}

// keys are those of the moves of the command: the same whenever it is sent.
func (in MoveAccounts) keys() []id.ID {
	out := make([]id.ID, len(in.Moves))
	for i, to := range in.Moves {
		out[i] = moveKey(in.ID, to.ToRep)
	}
	return out
}

// moveKey keeps the instant of the command's key and makes the rest from the receiver.
func moveKey(command, rep id.ID) id.ID {
	sum := sha256.Sum256(append(command[:], rep[:]...))
	out := command
	copy(out[9:], sum[:])
	return out
}

// move checks a command and does what it says.
func (s *Service) move(tx *models.Tx, v auth.Viewer, in MoveAccounts) ([]models.Move, error) {
	policy, err := s.policy(tx)
	if err != nil {
		return nil, err
	}
	if err := in.check(tx.Today, policy.Moves); err != nil {
		return nil, err
	}
	receivers, err := in.receivers(tx, v)
	if err != nil {
		return nil, err
	}
	held, err := lockAll(tx, v.Scope(), in.accounts())
	if err != nil {
		return nil, err
	}
	h := s.handing(tx, policy, v.User)
	for i, to := range in.Moves {
		h.add(in.decided(tx, v, i), receivers[i], pick(held, to.Accounts))
	}
	if len(h.legs) == 0 {
		return nil, errNothingMoves
	}
	if in.later(tx.Today) {
		return nil, h.plan()
	}
	return nil, h.run()
}

func (in MoveAccounts) accounts() []id.ID {
	var out []id.ID
	for _, to := range in.Moves {
		out = append(out, to.Accounts...)
	}
	return out
}

func (in MoveAccounts) later(today civil.Date) bool { return in.On != nil && *in.On > today }

// decided is the row of the command's i-th move.
func (in MoveAccounts) decided(tx *models.Tx, v auth.Viewer, i int) *models.Move {
	m := models.Move{
		ID: moveKey(in.ID, in.Moves[i].ToRep), ToRepID: in.Moves[i].ToRep, Reason: in.Reason, Note: in.Note, OnDay: tx.Today, Joint: in.Joint,
		Status: models.MovePlanned, CreatedBy: v.User, CreatedAt: tx.Now,
	}
	if in.On != nil {
		m.OnDay = *in.On
	}
	return &m
}

// receivers are active reps in the viewer's scope.
func (in MoveAccounts) receivers(tx *models.Tx, v auth.Viewer) ([]models.User, error) {
	var out []models.User
	for _, to := range in.Moves {
		u, err := tx.UserInScope(v.Scope(), to.ToRep)
		if err != nil || !canReceive(u) {
			return nil, unseen(err, "rep")
		}
		out = append(out, u)
	}
	return out, nil
}

func canReceive(u models.User) bool { return u.DisabledAt == nil && auth.Role(u.Role) == auth.Rep }

// check refuses what cannot be moved.
func (in MoveAccounts) check(today civil.Date, p Moves) error {
	if err := in.checkAccounts(p); err != nil {
		return err
	}
	if in.On != nil && (*in.On < today || *in.On > today+furthestMove) {
		return Invalid("on", "choose a day from today on, at most %d days ahead", furthestMove).By("future")
	}
	return firstError(needed("reason", in.Reason, maxText), checkText("note", in.Note, maxNote))
}

// checkAccounts refuses accounts that cannot move together.
func (in MoveAccounts) checkAccounts(p Moves) error {
	accounts := in.accounts()
	if len(accounts) == 0 || slices.ContainsFunc(in.Moves, func(to MoveTo) bool { return len(to.Accounts) == 0 }) {
		return Invalid("moves", "name the accounts to move, for each receiver").By("required")
	}
	if len(accounts) > p.MaxAccounts {
		return Invalid("moves", "%d accounts at once: move at most %d", len(accounts), p.MaxAccounts).By("length")
	}
	return in.checkTwice(accounts)
}

func (in MoveAccounts) checkTwice(accounts []id.ID) error {
	accounts = slices.SortedFunc(slices.Values(accounts), id.ID.Compare)
	if n := len(accounts); len(slices.Compact(accounts)) < n {
		return Invalid("moves", "an account stands there twice: move it to one rep").By("unique")
	}
	keys := slices.SortedFunc(slices.Values(in.keys()), id.ID.Compare)
	if n := len(keys); len(slices.Compact(keys)) < n {
		return Invalid("moves", "a rep stands there twice: name all their accounts at once").By("unique")
	}
	return nil
}

// lockAll holds accounts in the order of their keys: NOT_FOUND unless the scope reaches all of them.
func lockAll(tx *models.Tx, sc auth.Scope, keys []id.ID) (map[id.ID]models.Account, error) {
	rows, err := tx.LockAccounts(sc, keys)
	if err != nil {
		return nil, err
	}
	out := make(map[id.ID]models.Account, len(rows))
	for _, a := range rows {
		out[a.ID] = a
	}
	for _, x := range keys {
		if _, found := out[x]; !found {
			return nil, NotFound("account")
		}
	}
	return out, nil
}

// pick takes some of the accounts, in the order of their keys.
func pick(held map[id.ID]models.Account, keys []id.ID) []models.Account {
	var out []models.Account
	for _, x := range slices.SortedFunc(slices.Values(keys), id.ID.Compare) {
		out = append(out, held[x])
	}
	return out
}
