package care

import (
	"context"
	"errors"
	"slices"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Assign moves accounts to another rep, now (D9). It is MoveAccounts to one receiver.
type Assign struct {
	ID       id.ID // of the command
	Accounts []id.ID
	ToRep    id.ID
	Reason   string
	Note     string // handover note
}

// Assign moves accounts with their whole file and open plan items to a rep; the history keeps who cared when. Accounts
// the rep holds already stay as they are, even when they are all. It returns the rep.
func (s *Service) Assign(ctx context.Context, in Assign) (models.User, error) {
	c := command{in.ID, "Assign", in}
	return commanded(ctx, s, auth.Reassign, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		accounts := slices.SortedFunc(slices.Values(in.Accounts), id.ID.Compare)
		_, err := s.move(tx, v, MoveAccounts{
			ID: in.ID, Moves: []MoveTo{{Accounts: slices.Compact(accounts), ToRep: in.ToRep}}, Reason: in.Reason, Note: in.Note,
		})
		if errors.Is(err, errNothingMoves) {
			err = nil
		}
		return in.ToRep, err
	}, result((*models.Tx).User))
}
