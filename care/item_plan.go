package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// PlanContact is a contact somebody wants on a day, whatever the rules ask for. ID is the key of the new item.
type PlanContact struct {
	ID        id.ID
	AccountID id.ID
	Kind      cadence.Kind
	Day       civil.Date
	At        *civil.Minute // an appointment
	Minutes   int           // 0: what the policy says
	Reason    string
	Note      string
	WithID    *id.ID // an expert or supervisor who comes along
	CaseID    *id.ID // the open case it serves
}

// PlanContact puts a contact on exactly that day. Others of the same kind stay (story 4); made for a case it takes the place of
// what the rules ask for there. REFUSED against an opt-out or into a pause; INVALID for a case that is closed.
func (s *Service) PlanContact(ctx context.Context, in PlanContact) (models.PlanItem, error) {
	c := command{in.ID, "PlanContact", in}
	return commanded(ctx, s, auth.PlanContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		if err := firstError(bookable(tx, a, in.Kind, in.Day), in.serves(tx, v, a)); err != nil {
			return id.ID{}, err
		}
		return in.ID, s.plan(tx, v, a, in)
	}, result((*models.Tx).ItemMade))
}

func (in PlanContact) check(tx *models.Tx) error {
	return firstError(in.checkWhen("", tx.Today), needed("reason", in.Reason, maxText), checkText("note", in.Note, maxText))
}

// checkWhen checks the kind, the day and the time; under is the path of the input they stand in.
func (in PlanContact) checkWhen(under string, today civil.Date) error {
	if !slices.Contains(cadence.AllKinds(), in.Kind) {
		return Invalid(under+"kind", "%q is no kind of contact", in.Kind).By("enum")
	}
	if in.Minutes < 0 || in.Minutes > 8*60 {
		return Invalid(under+"minutes", "choose up to 480 minutes").By("duration")
	}
	return firstError(ahead(under+"day", in.Day, today), minuteOfDay(under+"at", in.At))
}

// serves asks whether the case is one of the account and open.
func (in PlanContact) serves(tx *models.Tx, v auth.Viewer, a models.Account) error {
	if in.CaseID == nil {
		return nil
	}
	c, err := tx.Case(v.Scope(), *in.CaseID)
	if err != nil || c.AccountID != a.ID {
		return unseen(err, "case of this account")
	}
	if c.Status != models.CaseOpen {
		return Invalid("caseId", "the case is closed already, as %s: plan the contact without it", c.Status).By("open")
	}
	return nil
}

func (in PlanContact) why() cadence.Reason {
	args := map[string]string{"why": in.Reason}
	if in.CaseID != nil {
		return cadence.Reason{Rule: "D7", Code: "FOR_CASE", Args: args}
	}
	return cadence.Reason{Rule: "D10", Code: "BY_HAND", Args: args}
}

func (s *Service) plan(tx *models.Tx, v auth.Viewer, a models.Account, in PlanContact) error {
	item, err := s.contact(tx, v, a, in)
	if err != nil {
		return err
	}
	if err := taken(tx.AddItems([]models.PlanItem{item})); err != nil {
		return err
	}
	return s.itemChanged(tx, v, a, "PLAN_CONTACT", item.ID, map[string]any{"day": in.Day, "kind": in.Kind})
}

// contact is the item of a contact somebody wants.
func (s *Service) contact(tx *models.Tx, v auth.Viewer, a models.Account, in PlanContact) (models.PlanItem, error) {
	item, err := s.personItem(tx, v, a, in.Kind)
	if err != nil {
		return models.PlanItem{}, err
	}
	item.ID, item.Note, item.CaseID = in.ID, in.Note, in.CaseID
	item.onDay(in.Day, in.At)
	if item.RepID, err = caredBy(tx, a, in.Day); err != nil {
		return models.PlanItem{}, err
	}
	if in.Minutes > 0 {
		item.Minutes = in.Minutes
	}
	item.Reasons = []cadence.Reason{in.why()}
	if in.WithID != nil {
		err = item.takeAlong(tx, *in.WithID)
	}
	return item.PlanItem, err
}

// personItem is an item made by a person, for whoever holds the account. An expert names themselves.
func (s *Service) personItem(tx *models.Tx, v auth.Viewer, a models.Account, kind cadence.Kind) (booking, error) {
	policy, err := s.policy(tx)
	if err != nil {
		return booking{}, err
	}
	minutes := policy.Cadence.Minutes[kind]
	if a.Frail && kind == cadence.HomeVisit {
		minutes += policy.Cadence.FrailMinutes // D5
	}
	b := booking{models.PlanItem{
		ID: tx.NewID(), AccountID: a.ID, RepID: a.RepID, Kind: kind, Status: models.ItemOpen, Source: models.FromPerson,
		Minutes: minutes, Priority: policy.Planning.PromisePriority, By: cadence.Rep, Script: "ROUTINE",
		CreatedBy: &v.User, CreatedAt: tx.Now, UpdatedAt: tx.Now,
	}}
	if v.Role == auth.Expert {
		b.With, b.ExpertID = []cadence.Role{cadence.Expert}, &v.User
	}
	return b, nil
}

func (b *booking) takeAlong(tx *models.Tx, user id.ID) error {
	u, err := tx.User(user)
	if err != nil {
		return missing(err, "companion")
	}
	if u.DisabledAt != nil || !slices.Contains([]auth.Role{auth.Expert, auth.Supervisor, auth.Manager}, auth.Role(u.Role)) {
		return NotFound("companion")
	}
	b.With, b.ExpertID = []cadence.Role{cadence.Role(u.Role)}, &u.ID
	return nil
}

// MoveItem puts an open item on another day.
type MoveItem struct {
	ID     id.ID // of the command
	ItemID id.ID
	Day    civil.Date
	At     *civil.Minute // an appointment
}

// Reschedule puts an open item on exactly that day, where it stays. Its due day stays as well: moving a contact makes
// it neither late nor early. REFUSED against an opt-out or into a pause.
func (s *Service) Reschedule(ctx context.Context, in MoveItem) (models.PlanItem, error) {
	c := command{in.ID, "Reschedule", in}
	return commanded(ctx, s, auth.PlanContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := firstError(ahead("day", in.Day, tx.Today), minuteOfDay("at", in.At)); err != nil {
			return id.ID{}, err
		}
		return in.ItemID, s.changeItem(tx, v, in.ItemID, "MOVE_ITEM", func(i *models.PlanItem, a models.Account) error {
			if err := in.put(tx, a, i); err != nil {
				return err
			}
			return bookable(tx, a, i.Kind, in.Day)
		}, "rep_id", "day", "pinned", "seq", "at_fixed", "start_min")
	}, result((*models.Tx).ItemMade))
}

// put puts an item on its new day, in the plan of whoever has the account then.
func (in MoveItem) put(tx *models.Tx, a models.Account, i *models.PlanItem) error {
	i.Day, i.Pinned, i.Seq, i.AtFixed = in.Day, true, 0, in.At != nil
	if in.At != nil {
		i.StartMin = int(*in.At)
	}
	var err error
	i.RepID, err = caredBy(tx, a, in.Day)
	return err
}

// PinItem keeps an open item on its day through every replan, or lets it go again.
func (s *Service) PinItem(ctx context.Context, item id.ID, pinned bool) (models.PlanItem, error) {
	var out models.PlanItem
	err := s.write(ctx, auth.PlanContact, func(tx *models.Tx, v auth.Viewer) error {
		pin := func(i *models.PlanItem, _ models.Account) error {
			i.Pinned = pinned
			return nil
		}
		if err := s.changeItem(tx, v, item, "PIN_ITEM", pin, "pinned"); err != nil {
			return err
		}
		var err error
		out, err = tx.ItemMade(item)
		return err
	})
	return out, err
}

// changeItem changes columns of an open item.
func (s *Service) changeItem(
	tx *models.Tx, v auth.Viewer, item id.ID, action string, change func(*models.PlanItem, models.Account) error, columns ...string,
) error {
	i, a, err := s.lockItem(tx, v, item)
	if err != nil {
		return err
	}
	if err := stillOpen(i); err != nil {
		return err
	}
	before := i.Day
	if err := change(&i, a); err != nil {
		return err
	}
	i.UpdatedAt = tx.Now
	if err := tx.ChangeItem(&i, append(columns, "updated_at")...); err != nil {
		return err
	}
	return s.itemChanged(tx, v, a, action, i.ID, map[string]any{"day": []any{before, i.Day}, "pinned": i.Pinned})
}
