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
		return to.ID, handOverAll(tx, v, accounts, to, in)
	}, result((*models.Tx).User))
}

// handOverAll moves accounts, and asks for new plans last: whoever logs a contact also locks the account first and its
// rep's request for a plan afterwards, so nobody waits in a ring.
func handOverAll(tx *models.Tx, v auth.Viewer, accounts []id.ID, to models.User, in Assign) error {
	reps := []id.ID{to.ID}
	for _, account := range accounts {
		from, err := handOver(tx, v, account, to, in)
		if err != nil {
			return err
		}
		reps = append(reps, from)
	}
	slices.SortFunc(reps, id.ID.Compare)
	for _, rep := range slices.Compact(reps) {
		if err := tx.AskReplan(rep); err != nil {
			return err
		}
	}
	return nil
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

// handOver moves one account and returns who held it. The lock on its row keeps those who log a contact meanwhile from
// planning for the old rep.
func handOver(tx *models.Tx, v auth.Viewer, account id.ID, to models.User, in Assign) (from id.ID, err error) {
	a, err := tx.LockAccount(v.Scope(), account)
	if err != nil {
		return from, missing(err, "account")
	}
	if from = a.RepID; from == to.ID {
		return from, nil
	}
	next := models.Assignment{
		ID: tx.NewID(), AccountID: a.ID, RepID: to.ID, FromAt: tx.Now, Reason: in.Reason, Note: in.Note, CreatedBy: &v.User,
	}
	if err := tx.MoveAccount(&a, next); err != nil {
		return from, err
	}
	if err := handOverWork(tx, a, to.ID); err != nil {
		return from, err
	}
	return from, tx.AddAudit(deed(v, "ASSIGN", "accounts", a.ID, a.ID, map[string]any{"rep_id": []any{from, to.ID}}))
}

// handOverWork gives the open items, open cases and unplaced demands to the new rep.
func handOverWork(tx *models.Tx, a models.Account, to id.ID) error {
	if err := tx.GiveItems(a.ID, to); err != nil {
		return err
	}
	return tx.GiveCases(a.ID, to)
}
