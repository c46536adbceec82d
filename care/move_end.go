package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// EndMove takes a move back, or off before its day.
type EndMove struct {
	ID     id.ID // of the command
	MoveID id.ID
	Why    string
}

// EndMove cancels a move that is not carried out yet. Of one that is, the accounts still with the receiver return to whom
// they came from, within the days the policy allows; what was done meanwhile stays. Accounts whose former rep has left stay,
// and so do those whose customer objected. REFUSED when it is too late or nothing can return.
func (s *Service) EndMove(ctx context.Context, in EndMove) (MoveCard, error) {
	c := command{in.ID, "EndMove", in}
	return commanded(ctx, s, auth.Reassign, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := needed("why", in.Why, maxText); err != nil {
			return id.ID{}, err
		}
		return in.MoveID, s.endMove(tx, v, in)
	}, func(tx *models.Tx, _ auth.Viewer, x id.ID) (MoveCard, error) { return s.moveMade(tx, x) })
}

func (s *Service) moveMade(tx *models.Tx, x id.ID) (MoveCard, error) {
	rows, err := tx.MovesAmong([]id.ID{x})
	if err != nil {
		return MoveCard{}, err
	}
	cards, err := s.moveCards(tx, rows)
	if err == nil && len(cards) == 0 {
		err = NotFound("move")
	}
	if err != nil {
		return MoveCard{}, err
	}
	return cards[0], nil
}

func (s *Service) endMove(tx *models.Tx, v auth.Viewer, in EndMove) error {
	if _, err := tx.Move(v.Scope(), in.MoveID); err != nil {
		return missing(err, "move")
	}
	// The accounts first, as everybody does; and then the move, as it is by now.
	moved, err := tx.MovedIn(in.MoveID)
	if err != nil {
		return err
	}
	held, err := tx.LockAccounts(v.Scope(), movedKeys(moved))
	if err != nil {
		return err
	}
	m, err := tx.LockMove(in.MoveID)
	if err != nil {
		return err
	}
	if moved, err = tx.MovedIn(in.MoveID); err != nil {
		return err
	}
	switch m.Status {
	case models.MovePlanned:
		return s.cancelMove(tx, v, m, moved, in)
	case models.MoveDone:
		last, err := tx.BriefsAmong(movedKeys(moved))
		if err != nil {
			return err
		}
		return s.undoMove(tx, v, m, stillThere(m, held, last), in)
	}
	return Conflict("the move is %s already: read it again", m.Status)
}

func movedKeys(rows []models.MovedAccount) []id.ID {
	out := make([]id.ID, len(rows))
	for i, r := range rows {
		out[i] = r.AccountID
	}
	return out
}

// cancelMove takes a move off before its day.
func (s *Service) cancelMove(tx *models.Tx, v auth.Viewer, m models.Move, moved []models.MovedAccount, in EndMove) error {
	m.Status = models.MoveCancelled
	if err := tx.EndMoved(m.ID, movedKeys(moved), models.MovedUndone); err != nil {
		return err
	}
	return ended(tx, v, m, "CANCEL_MOVE", in.Why)
}

// ended keeps who ended a move and why.
func ended(tx *models.Tx, v auth.Viewer, m models.Move, action, why string) error {
	m.EndedAt, m.EndedBy, m.EndWhy = &tx.Now, &v.User, why
	if err := tx.ChangeMove(&m, "status", "ended_at", "ended_by", "end_why"); err != nil {
		return err
	}
	return tx.AddAudit(models.Audit{UserID: &v.User, Action: action, Entity: "moves", EntityID: &m.ID})
}

// stillThere are the accounts that are with the receiver by this move and no later one, by whom they came from.
func stillThere(m models.Move, held []models.Account, last map[id.ID]models.BriefRow) map[id.ID][]models.Account {
	out := map[id.ID][]models.Account{}
	for _, a := range held {
		if row, moved := last[a.ID]; moved && row.Moved.MoveID == m.ID {
			out[row.Moved.FromRepID] = append(out[row.Moved.FromRepID], a)
		}
	}
	return out
}

// undoMove gives the accounts back.
func (s *Service) undoMove(tx *models.Tx, v auth.Viewer, m models.Move, there map[id.ID][]models.Account, in EndMove) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	if m.DoneAt == nil || tx.Today > tx.Day(*m.DoneAt)+civil.Date(policy.Moves.UndoDays) {
		return Refused("D9", "a move can be undone for %d days: move the accounts anew", policy.Moves.UndoDays)
	}
	h := s.handing(tx, policy, v.User)
	if err := h.backAll(there, in.Why); err != nil {
		return err
	}
	if len(h.legs) == 0 {
		return Refused("D9", "no account can return: they have moved on, or who had them has left; move them anew")
	}
	if err := tx.EndMoved(m.ID, h.accounts(), models.MovedUndone); err != nil {
		return err
	}
	if err := h.run(); err != nil {
		return err
	}
	m.Status = models.MoveUndone
	return ended(tx, v, m, "UNDO_MOVE", in.Why)
}

// backAll lets accounts return to whom they came from, unless who that was has left.
func (h *handing) backAll(there map[id.ID][]models.Account, why string) error {
	givers := []id.ID{}
	for giver := range there {
		givers = append(givers, giver)
	}
	givers = distinct(givers)
	users, err := h.tx.UsersAmong(givers)
	for _, giver := range givers {
		if canReceive(users[giver]) {
			accounts := slices.SortedFunc(slices.Values(there[giver]), func(a, b models.Account) int { return a.ID.Compare(b.ID) })
			h.back(users[giver], accounts, why)
		}
	}
	return err
}
