package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// AskLeave asks for days off, both days included.
type AskLeave struct {
	ID       id.ID // of the command and of the leave
	From, To civil.Date
	Reason   string
}

// AskLeave asks for days off for the viewer. Nothing moves before they are granted.
func (s *Service) AskLeave(ctx context.Context, in AskLeave) (models.Leave, error) {
	c := command{in.ID, "AskLeave", in}
	return commanded(ctx, s, auth.AskLeave, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := firstError(daysOff("to", in.From, in.To, tx.Today), checkText("reason", in.Reason, maxText)); err != nil {
			return id.ID{}, err
		}
		l := models.Leave{
			ID: in.ID, UserID: v.User, FromDay: in.From, ToDay: in.To, Reason: in.Reason, CreatedBy: v.User, CreatedAt: tx.Now,
		}
		if err := taken(tx.AddLeave(&l)); err != nil {
			return id.ID{}, err
		}
		return l.ID, tx.AddAudit(models.Audit{UserID: &v.User, Action: "ASK_LEAVE", Entity: "leaves", EntityID: &l.ID})
	}, result((*models.Tx).Leave))
}

// daysOff checks the days of a leave.
func daysOff(field string, from, to, today civil.Date) error {
	if to < from || to < today || from > today+furthest || to > from+furthest {
		return Invalid(field, "choose days not yet over, the first one not after the last").By("span")
	}
	return nil
}

// GrantLeave grants days off to someone the viewer leads: their plan is made anew around them. Nobody grants their own
// but a manager, who has nobody above.
func (s *Service) GrantLeave(ctx context.Context, leave id.ID) (models.Leave, error) {
	var l models.Leave
	err := s.write(ctx, auth.GrantLeave, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		if l, err = ledLeave(tx, v, leave); err != nil {
			return err
		}
		l.Granted = true
		if err := tx.ChangeLeave(&l, "granted"); err != nil {
			return err
		}
		return leaveNoted(tx, v, "GRANT_LEAVE", l)
	})
	return l, err
}

// RefuseLeave takes an asked or granted leave off the calendar; nobody stands in for it any more.
func (s *Service) RefuseLeave(ctx context.Context, leave id.ID, why string) error {
	return s.write(ctx, auth.GrantLeave, func(tx *models.Tx, v auth.Viewer) error {
		if err := needed("why", why, maxText); err != nil {
			return err
		}
		l, err := ledLeave(tx, v, leave)
		if err != nil {
			return err
		}
		covers, err := tx.CoversOfLeave(l.ID)
		if err != nil {
			return err
		}
		if err := endCovers(tx, v, covers); err != nil {
			return err
		}
		if err := tx.RemoveLeave(l.ID); err != nil {
			return err
		}
		return leaveNoted(tx, v, "REFUSE_LEAVE", l)
	})
}

func ledLeave(tx *models.Tx, v auth.Viewer, leave id.ID) (models.Leave, error) {
	l, err := tx.Leave(leave)
	if err != nil {
		return l, missing(err, "leave")
	}
	if _, err := tx.UserInScope(v.Scope(), l.UserID); err != nil {
		return l, missing(err, "leave")
	}
	if l.UserID == v.User && v.Role != auth.Manager {
		return l, Refused("D30", "nobody grants their own leave: ask a manager")
	}
	return l, nil
}

func leaveNoted(tx *models.Tx, v auth.Viewer, action string, l models.Leave) error {
	detail := map[string]any{"user": l.UserID, "from": l.FromDay, "to": l.ToDay}
	if err := tx.AddAudit(models.Audit{UserID: &v.User, Action: action, Entity: "leaves", EntityID: &l.ID, Detail: detail}); err != nil {
		return err
	}
	u, err := tx.User(l.UserID)
	if err != nil || auth.Role(u.Role) != auth.Rep {
		return err
	}
	return tx.AskReplan(u.ID)
}

// MyLeaves are the viewer's days off that are not over, asked and granted.
func (s *Service) MyLeaves(ctx context.Context) ([]models.Leave, error) {
	var rows []models.Leave
	err := s.read(ctx, auth.AskLeave, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		rows, err = tx.LeavesOf(v.User)
		return err
	})
	return rows, err
}

// AskedLeaves are the leaves of the people the viewer leads that wait for an answer.
func (s *Service) AskedLeaves(ctx context.Context) ([]models.Leave, error) {
	var rows []models.Leave
	err := s.read(ctx, auth.GrantLeave, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		rows, err = tx.AskedLeaves(v.Scope())
		return err
	})
	return rows, err
}
