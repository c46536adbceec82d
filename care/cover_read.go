package care

import (
	"context"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Covers are the covers that are not over of accounts the viewer sees, the next one first: all, or those for which a rep
// stands in or whose accounts they hold.
func (s *Service) Covers(ctx context.Context, rep *id.ID, first int) ([]CoverCard, error) {
	var cards []CoverCard
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		if first < 1 {
			return Invalid("first", "must be positive").By("page")
		}
		if first > maxCovered {
			return Limited("page", "at most %d rows a page", maxCovered)
		}
		var err error
		cards, err = coverCards(tx.NamedCovers(v.Scope(), rep, first))
		return err
	})
	return cards, err
}

func coverCards(rows []models.NamedCover, err error) ([]CoverCard, error) {
	cards := make([]CoverCard, len(rows))
	for i, r := range rows {
		from, to := r.Cover.Days()
		cards[i] = CoverCard{
			ID: r.Cover.ID, AccountID: r.Cover.AccountID, AccountName: r.AccountName,
			Rep: Person{ID: r.Cover.RepID, Name: r.RepName}, Owner: Person{ID: r.HolderID, Name: r.HolderName},
			LeaveID: r.Cover.LeaveID, FromDay: r.Cover.FromDay, ToDay: r.Cover.ToDay, WorkFrom: from, WorkTo: to, Reason: r.Cover.Reason,
		}
	}
	return cards, err
}

// LeaveCover is a leave with how far it is covered.
type LeaveCover struct {
	Leave    models.Leave
	Person   Person
	Accounts int // held
	Due      int // with a contact due on those days
	Covered  int // of these, those somebody stands in for whenever a contact is due
}

// LeaveCovers are the granted leaves of the reps the viewer leads that are not over, the next one first, in two statements.
// What is due is known for the days that are planned.
func (s *Service) LeaveCovers(ctx context.Context) ([]LeaveCover, error) {
	var out []LeaveCover
	err := s.read(ctx, auth.GrantLeave, func(tx *models.Tx, v auth.Viewer) error {
		leaves, err := tx.LeavesAhead(v.Scope())
		if err != nil || len(leaves) == 0 {
			return err
		}
		granted := make([]models.Leave, len(leaves))
		for i, l := range leaves {
			granted[i] = l.Leave
		}
		due, err := tx.DueOnLeaves(granted)
		for _, l := range leaves {
			n := due[l.Leave.ID]
			out = append(out, LeaveCover{
				Leave: l.Leave, Person: Person{ID: l.Leave.UserID, Name: l.Name}, Accounts: l.Accounts, Due: n.Due, Covered: n.Due - n.Bare,
			})
		}
		return err
	})
	return out, err
}
