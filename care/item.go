package care

import (
	"context"
	"slices"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// StartItem says that the viewer is on the way or there: the item stays where it is until it is logged. Starting twice
// is starting once.
func (s *Service) StartItem(ctx context.Context, item id.ID, at time.Time) (models.PlanItem, error) {
	var i models.PlanItem
	err := s.write(ctx, auth.LogContact, func(tx *models.Tx, v auth.Viewer) error {
		if at.After(tx.Now.Add(clockSkew)) {
			return Invalid("at", "lies in the future: set the clock of the phone").By("past")
		}
		var err error
		if i, _, err = s.lockItem(tx, v, item); err != nil || i.Status == models.ItemStarted {
			return err
		}
		if err := stillOpen(i); err != nil {
			return err
		}
		at = at.UTC().Truncate(time.Millisecond)
		i.Status, i.StartedAt, i.UpdatedAt = models.ItemStarted, &at, tx.Now
		return tx.ChangeItem(&i, "status", "started_at", "updated_at")
	})
	return i, err
}

// lockItem locks the account of an item and reads the item as it is then. Experts act only on items that name them.
func (s *Service) lockItem(tx *models.Tx, v auth.Viewer, item id.ID) (models.PlanItem, models.Account, error) {
	i, err := tx.Item(v.Scope(), item)
	if err != nil || !actsOn(v, i) {
		return i, models.Account{}, unseen(err, "plan item")
	}
	a, err := tx.LockAccount(v.Scope(), i.AccountID)
	if err != nil {
		return i, a, missing(err, "plan item")
	}
	i, err = tx.Item(v.Scope(), item)
	return i, a, missing(err, "plan item")
}

func actsOn(v auth.Viewer, i models.PlanItem) bool {
	return v.Role != auth.Expert || i.ExpertID != nil && *i.ExpertID == v.User
}

// unseen is NOT_FOUND, for what is not there as for what is not theirs to touch.
func unseen(err error, noun string) error {
	if err == nil {
		return NotFound(noun)
	}
	return missing(err, noun)
}

func stillOpen(i models.PlanItem) error {
	if !i.IsOpen() {
		return Conflict("the plan item is %s already: read the day again", i.Status)
	}
	return nil
}

// CancelItem takes a contact off the plan. With NextOn it comes on exactly that day (story 4); without, the rules decide
// when the next one is due.
type CancelItem struct {
	ID     id.ID // of the command
	ItemID id.ID
	Reason string
	NextOn *civil.Date
	NextAt *civil.Minute // an appointment on that day
}

// CancelItem cancels an open item and returns the one that replaces it, or the cancelled one when no day was chosen.
func (s *Service) CancelItem(ctx context.Context, in CancelItem) (models.PlanItem, error) {
	c := command{in.ID, "CancelItem", in}
	return commanded(ctx, s, auth.PlanContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := firstError(needed("reason", in.Reason, maxText), minuteOfDay("nextAt", in.NextAt)); err != nil {
			return id.ID{}, err
		}
		i, a, err := s.lockItem(tx, v, in.ItemID)
		if err != nil {
			return id.ID{}, err
		}
		if err := stillOpen(i); err != nil {
			return id.ID{}, err
		}
		return s.cancel(tx, v, i, a, in)
	}, result((*models.Tx).ItemMade))
}

func (s *Service) cancel(tx *models.Tx, v auth.Viewer, i models.PlanItem, a models.Account, in CancelItem) (id.ID, error) {
	old := i
	result := old.ID
	old.Status, old.ClosedAt, old.ClosedWhy, old.UpdatedAt = models.ItemCancelled, &tx.Now, in.Reason, tx.Now
	if in.NextOn != nil {
		result = tx.NewID()
		old.MovedTo = &result
	}
	// The old one first: an account has one open item of a demand.
	if err := tx.ChangeItem(&old, "status", "closed_at", "closed_why", "moved_to", "updated_at"); err != nil {
		return id.ID{}, err
	}
	if in.NextOn != nil {
		if err := s.replace(tx, v, a, i, result, in); err != nil {
			return id.ID{}, err
		}
	}
	detail := map[string]any{"day": i.Day, "nextOn": in.NextOn}
	return result, s.itemChanged(tx, v, a, "CANCEL_ITEM", i.ID, detail)
}

// replace makes the item of the chosen day: the same contact with the same reasons, which nothing moves any more.
func (s *Service) replace(tx *models.Tx, v auth.Viewer, a models.Account, i models.PlanItem, key id.ID, in CancelItem) error {
	if err := firstError(ahead("nextOn", *in.NextOn, tx.Today), bookable(tx, a, i.Kind, *in.NextOn)); err != nil {
		return err
	}
	next := booking{i}
	next.ID, next.Status, next.Source, next.StartedAt = key, models.ItemOpen, models.FromPerson, nil
	next.CreatedBy, next.CreatedAt, next.UpdatedAt = &v.User, tx.Now, tx.Now
	next.onDay(*in.NextOn, in.NextAt)
	rep, err := caredBy(tx, a, next.Day)
	if err != nil {
		return err
	}
	next.RepID = rep
	return tx.AddItems([]models.PlanItem{next.PlanItem})
}

// booking is an item being put on a day by a person.
type booking struct{ models.PlanItem }

// onDay puts the item on exactly that day; with a minute it is an appointment.
func (b *booking) onDay(day civil.Date, at *civil.Minute) {
	b.Day, b.EarliestOn, b.DueOn, b.LatestOn = day, day, day, day
	b.Pinned, b.Seq, b.StartMin, b.AtFixed = true, 0, 0, at != nil
	if at != nil {
		b.StartMin = int(*at)
	}
}

// bookable asks whether a person may plan a contact on a day: not against an opt-out, nor into a pause (D19).
func bookable(tx *models.Tx, a models.Account, kind cadence.Kind, day civil.Date) error {
	if optedOut(a, kind, day) {
		return Refused("D19", "the customer does not want a %s on %s: choose another way", kind, day)
	}
	pauses, err := tx.PausesOf(a)
	if err != nil {
		return err
	}
	for _, p := range pauses {
		if (civil.Span{From: p.FromDay, To: p.ToDay}).Holds(day) {
			return Refused("D19", "contacts are paused on %s: choose a later day, or end the pause first", day)
		}
	}
	return nil
}

func optedOut(a models.Account, kind cadence.Kind, day civil.Date) bool {
	return slices.ContainsFunc(a.OptOuts, func(o models.OptOut) bool {
		return (o.Kind == "" || o.Kind == string(kind)) && (civil.Span{From: o.From, To: o.To}).Holds(day)
	})
}

// itemChanged notes a change of an item and keeps the account's sums.
func (s *Service) itemChanged(tx *models.Tx, v auth.Viewer, a models.Account, action string, item id.ID, detail map[string]any) error {
	if err := sumUp(tx, &a, "next_due_on"); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, action, "plan_items", item, a.ID, detail))
}
