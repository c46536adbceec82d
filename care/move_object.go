package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// ObjectToMove says that a customer does not want the change of rep (D9).
type ObjectToMove struct {
	ID        id.ID // of the command
	AccountID id.ID
	Objection string
}

// ObjectToMove records what the customer said, and the account returns to the former rep, with the objection as the reason
// in its history. By the receiver or who leads them, within the days the policy allows. REFUSED when it is too late, when
// the account came to its rep in no move, and when the former rep has left.
func (s *Service) ObjectToMove(ctx context.Context, in ObjectToMove) (MovedCard, error) {
	c := command{in.ID, "ObjectToMove", in}
	return commanded(ctx, s, auth.AnswerMove, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := needed("objection", in.Objection, maxText); err != nil {
			return id.ID{}, err
		}
		a, last, err := lastHandover(tx, v, in.AccountID)
		if err != nil {
			return id.ID{}, err
		}
		return last.Moved.MoveID, s.object(tx, v, a, last.Moved, in)
	}, func(tx *models.Tx, _ auth.Viewer, move id.ID) (MovedCard, error) {
		row, err := tx.MovedMade(move, in.AccountID)
		return movedCard(row), err
	})
}

// lastHandover locks an account and reads how it came to its rep. A rep answers for the accounts they hold only.
func lastHandover(tx *models.Tx, v auth.Viewer, account id.ID) (models.Account, models.BriefRow, error) {
	a, err := tx.LockAccount(v.Scope(), account)
	if err != nil {
		return a, models.BriefRow{}, missing(err, "account")
	}
	if v.Role == auth.Rep && a.RepID != v.User {
		return a, models.BriefRow{}, NotFound("account")
	}
	rows, err := tx.BriefsAmong([]id.ID{account})
	if err != nil {
		return a, models.BriefRow{}, err
	}
	last, moved := rows[account]
	if !moved {
		return a, last, Refused("D9", "the account did not come to its rep by a move that still stands")
	}
	return a, last, nil
}

func (s *Service) object(tx *models.Tx, v auth.Viewer, a models.Account, row models.MovedAccount, in ObjectToMove) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	if tx.Today > tx.Day(*row.At)+civil.Date(policy.Moves.ObjectionDays) {
		return Refused("D9", "a customer can object for %d days: ask who leads you to move the account", policy.Moves.ObjectionDays)
	}
	former, err := tx.User(row.FromRepID)
	if err != nil {
		return err
	}
	if !canReceive(former) {
		return Refused("D9", "who cared before has left: ask who leads you to move the account to somebody else")
	}
	row.Status, row.ObjectedAt, row.Objection = models.MovedObjected, &tx.Now, in.Objection
	if err := tx.ChangeMoved(&row, "status", "objected_at", "objection"); err != nil {
		return err
	}
	h := s.handing(tx, policy, v.User)
	h.back(former, []models.Account{a}, in.Objection)
	if err := h.run(); err != nil {
		return err
	}
	return tx.AddAudit(deed(v, "OBJECT_TO_MOVE", "accounts", a.ID, a.ID, map[string]any{"move": row.MoveID}))
}
