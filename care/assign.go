package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Assign moves accounts to another rep (D9).
type Assign struct {
	ID       id.ID // of the command
	Accounts []id.ID
	ToRep    id.ID
	Reason   string
	Note     string // handover note
}

// maxMoved caps one move.
const maxMoved = 500

// Assign moves accounts with their whole file and open plan items to a rep; the history keeps who cared when. Accounts
// the rep holds already stay as they are. It returns the rep.
func (s *Service) Assign(ctx context.Context, in Assign) (models.User, error) {
	c := command{in.ID, "Assign", in}
	return commanded(ctx, s, auth.Reassign, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		accounts, err := in.check()
		if err != nil {
			return id.ID{}, err
		}
		to, err := tx.UserInScope(v.Scope(), in.ToRep)
		if err != nil || to.DisabledAt != nil || auth.Role(to.Role) != auth.Rep {
			return id.ID{}, unseen(err, "rep")
		}
		for _, account := range accounts {
			if err := handOver(tx, v, account, to, in); err != nil {
				return id.ID{}, err
			}
		}
		return to.ID, nil
	}, result((*models.Tx).User))
}

// check returns the accounts in the order of their keys, so that two moves at once never wait for each other in a ring.
func (in Assign) check() ([]id.ID, error) {
	if len(in.Accounts) == 0 {
		return nil, Invalid("accounts", "name the accounts to move").By("required")
	}
	if len(in.Accounts) > maxMoved {
		return nil, Limited("accounts", "move at most %d accounts at once", maxMoved)
	}
	accounts := slices.SortedFunc(slices.Values(in.Accounts), id.ID.Compare)
	return slices.Compact(accounts), firstError(needed("reason", in.Reason, maxText), checkText("note", in.Note, maxNote))
}

// handOver moves one account. The lock on its row keeps those who log a contact meanwhile from planning for the old rep.
func handOver(tx *models.Tx, v auth.Viewer, account id.ID, to models.User, in Assign) error {
	a, err := tx.LockAccount(v.Scope(), account)
	if err != nil {
		return missing(err, "account")
	}
	from := a.RepID
	if from == to.ID {
		return nil
	}
	next := models.Assignment{
		ID: tx.NewID(), AccountID: a.ID, RepID: to.ID, FromAt: tx.Now, Reason: in.Reason, Note: in.Note, CreatedBy: &v.User,
	}
	if err := tx.MoveAccount(&a, next); err != nil {
		return err
	}
	if err := handOverWork(tx, a, to.ID); err != nil {
		return err
	}
	if err := noted(tx, from, deed(v, "ASSIGN", "accounts", a.ID, a.ID, map[string]any{"rep_id": []any{from, to.ID}})); err != nil {
		return err
	}
	return tx.AskReplan(to.ID)
}

// handOverWork gives the open items, open cases and unplaced demands to the new rep.
func handOverWork(tx *models.Tx, a models.Account, to id.ID) error {
	if err := tx.GiveItems(a.ID, to); err != nil {
		return err
	}
	return tx.GiveCases(a.ID, to)
}
