package care

import (
	"context"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// AnswerJoint accepts or declines what was asked of the viewer.
type AnswerJoint struct {
	ID        id.ID // of the command
	RequestID id.ID
	Accept    bool
	Day       *civil.Date   // another day than wished for
	At        *civil.Minute // the appointment
	Answer    string        // needed to decline
}

// AnswerJoint answers a request. Accepted, it becomes a contact that stays where it is and stands in both plans; declined,
// it says why. CONFLICT when it was answered before, or taken back.
func (s *Service) AnswerJoint(ctx context.Context, in AnswerJoint) (JointCard, error) {
	c := command{in.ID, "AnswerJoint", in}
	return commanded(ctx, s, auth.PlanContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx); err != nil {
			return id.ID{}, err
		}
		r, a, err := lockJoint(tx, v, in.RequestID)
		if err != nil || r.WithID != v.User {
			return id.ID{}, unseen(err, "request")
		}
		if r.Status != models.JointAsked {
			return id.ID{}, Conflict("the request is %s already: read it again", r.Status)
		}
		r.Status, r.Answer, r.AnsweredAt = models.JointDeclined, in.Answer, &tx.Now
		if in.Accept {
			if err := s.accept(tx, v, a, &r, in); err != nil {
				return id.ID{}, err
			}
		}
		if err := tx.ChangeJoint(&r, "status", "answer", "answered_at", "day", "at", "item_id"); err != nil {
			return id.ID{}, err
		}
		return r.ID, tx.AddAudit(deed(v, "ANSWER_JOINT", "joint_requests", r.ID, a.ID, map[string]any{"as": r.Status}))
	}, jointMade)
}

func (in AnswerJoint) check(tx *models.Tx) error {
	if !in.Accept {
		return needed("answer", in.Answer, maxText)
	}
	if in.Day != nil {
		if err := ahead("day", *in.Day, tx.Today); err != nil {
			return err
		}
	}
	return firstError(minuteOfDay("at", in.At), checkText("answer", in.Answer, maxText))
}

// lockJoint locks the account of a request the viewer made or that asks them, and reads the request as it is then. Who is
// asked need not see the account yet.
func lockJoint(tx *models.Tx, v auth.Viewer, request id.ID) (models.JointRequest, models.Account, error) {
	r, err := tx.Joint(v.User, request)
	if err != nil {
		return r, models.Account{}, missing(err, "request")
	}
	a, err := tx.LockAccount(auth.System(), r.AccountID)
	if err != nil {
		return r, a, missing(err, "request")
	}
	r, err = tx.Joint(v.User, request)
	return r, a, missing(err, "request")
}

// accept plans what was asked for.
func (s *Service) accept(tx *models.Tx, v auth.Viewer, a models.Account, r *models.JointRequest, in AnswerJoint) error {
	if in.Day != nil {
		r.Day = *in.Day
	}
	if in.At != nil {
		r.At = minutesOf(in.At)
	}
	if r.Day < tx.Today {
		return Refused("D7", "%s has passed: choose another day", r.Day)
	}
	r.Status = models.JointAccepted
	if err := bookable(tx, a, r.Kind, r.Day); err != nil {
		return err
	}
	return s.planJoint(tx, v, a, r)
}

func (s *Service) planJoint(tx *models.Tx, v auth.Viewer, a models.Account, r *models.JointRequest) error {
	item, err := s.jointItem(tx, v, a, *r)
	if err != nil {
		return err
	}
	if err := tx.AddItems([]models.PlanItem{item}); err != nil {
		return err
	}
	r.ItemID = &item.ID
	return s.itemChanged(tx, v, a, "PLAN_CONTACT", item.ID, map[string]any{"day": r.Day, "kind": r.Kind})
}

// jointItem is the contact a request becomes: a call is made by who was asked, to a visit they come along.
func (s *Service) jointItem(tx *models.Tx, v auth.Viewer, a models.Account, r models.JointRequest) (models.PlanItem, error) {
	item, err := s.personItem(tx, v, a, r.Kind)
	if err != nil {
		return models.PlanItem{}, err
	}
	if err := item.takeAlong(tx, r.WithID); err != nil {
		return models.PlanItem{}, err
	}
	if r.Kind == cadence.Call {
		item.By, item.With = item.With[0], nil
	}
	item.onDay(r.Day, minuteAt(r.At))
	item.Minutes, item.Note, item.CaseID = r.Minutes, r.Note, r.CaseID
	item.Reasons = []cadence.Reason{{Rule: "D21", Code: "BY_HAND", Args: map[string]string{"why": r.Note}}}
	return item.PlanItem, nil
}

func minuteAt(at *int) *civil.Minute {
	if at == nil {
		return nil
	}
	m := civil.Minute(*at)
	return &m
}

// CancelJoint takes back what the viewer asked for; a contact made of it is cancelled as long as it is open. Who was asked
// may take back what they accepted.
func (s *Service) CancelJoint(ctx context.Context, request id.ID, why string) (JointCard, error) {
	var card JointCard
	err := s.write(ctx, auth.PlanContact, func(tx *models.Tx, v auth.Viewer) error {
		if err := needed("why", why, maxText); err != nil {
			return err
		}
		r, a, err := lockJoint(tx, v, request)
		if err != nil {
			return err
		}
		if r.Status != models.JointAsked && r.Status != models.JointAccepted {
			return Conflict("the request is %s already", r.Status)
		}
		if err := s.cancelJointItem(tx, v, a, r, why); err != nil {
			return err
		}
		r.Status, r.Answer, r.AnsweredAt = models.JointCancelled, why, &tx.Now
		if err := tx.ChangeJoint(&r, "status", "answer", "answered_at"); err != nil {
			return err
		}
		if err := tx.AddAudit(deed(v, "CANCEL_JOINT", "joint_requests", r.ID, a.ID, nil)); err != nil {
			return err
		}
		card, err = jointMade(tx, v, r.ID)
		return err
	})
	return card, err
}

func (s *Service) cancelJointItem(tx *models.Tx, v auth.Viewer, a models.Account, r models.JointRequest, why string) error {
	if r.ItemID == nil {
		return nil
	}
	i, err := tx.Item(auth.System(), *r.ItemID)
	if err != nil || !i.IsOpen() {
		return err
	}
	_, err = s.cancel(tx, v, i, a, CancelItem{ItemID: i.ID, Reason: why})
	return err
}
