package care

import (
	"context"
	"errors"
	"maps"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// PlanQuestion is a change of a rep's plan that somebody thinks about: exactly one of Move, Add and Leave.
type PlanQuestion struct {
	Rep   *id.ID // whose plan; nil: the viewer's own
	Move  *IfMoved
	Add   *IfAdded
	Leave *IfAway
}

// IfMoved is an open contact on another day, as Reschedule would put it there.
type IfMoved struct {
	ItemID id.ID
	Day    civil.Date
	At     *civil.Minute // an appointment
}

// IfAdded is a contact more, as PlanContact would make it.
type IfAdded struct {
	AccountID id.ID
	Kind      cadence.Kind
	Day       civil.Date
	At        *civil.Minute // an appointment
	Minutes   int           // 0: what the policy says
	WithID    *id.ID        // an expert or supervisor who comes along
}

// IfAway is a leave, both days included, as GrantLeave would grant it.
type IfAway struct{ From, To civil.Date }

// PlanEffect reckons what a change of a rep's plan would do over the days planned, before anything is saved: the real
// planner makes the plan twice in memory, as it would be made anyway and with the change, and nothing is written. Everybody
// asks about their own plan, leaders about those of their reps: NOT_FOUND for any other, and for what the change itself could
// not find. INVALID and REFUSED (D19) as the change itself would be, CONFLICT for a contact that is over.
func (s *Service) PlanEffect(ctx context.Context, q PlanQuestion) (PlanEffect, error) {
	a := asking{s: s, question: q}
	if err := s.read(ctx, auth.ReadAccounts, a.read); err != nil {
		return PlanEffect{}, err
	}
	model, err := s.model(ctx)
	if err != nil {
		return PlanEffect{}, err
	}
	st, err := s.look(ctx, a.rep, model, a.policy)
	if errors.Is(err, errRepGone) || err == nil && !st.active() {
		return PlanEffect{}, NotFound("rep")
	}
	if err != nil {
		return PlanEffect{}, err
	}
	before, after, err := a.plans(ctx, st)
	if err != nil {
		return PlanEffect{}, err
	}
	found := comparison{before: before, after: after, asked: a.asked()}.effect()
	err = s.read(ctx, auth.ReadAccounts, found.name)
	return found, err
}

// asking is one question, checked.
type asking struct {
	s        *Service
	question PlanQuestion
	rep      id.ID
	policy   Policy
	item     *models.PlanItem // the contact as it would be stored; nil for a leave
}

// read checks whose plan is meant and whether the change could be made.
func (a *asking) read(tx *models.Tx, v auth.Viewer) error {
	a.rep = v.User
	if a.question.Rep != nil {
		a.rep = *a.question.Rep
	}
	u, err := tx.UserInScope(v.Scope(), a.rep)
	if err != nil || auth.Role(u.Role) != auth.Rep {
		return unseen(err, "rep")
	}
	if a.policy, err = a.s.policy(tx); err != nil {
		return err
	}
	return a.check(tx, v)
}

func (a *asking) check(tx *models.Tx, v auth.Viewer) error {
	q := a.question
	switch {
	case q.Move != nil && q.Add == nil && q.Leave == nil:
		return a.moves(tx, v, *q.Move)
	case q.Add != nil && q.Move == nil && q.Leave == nil:
		return a.adds(tx, v, *q.Add)
	case q.Leave != nil && q.Move == nil && q.Add == nil:
		return daysOff("leave.to", q.Leave.From, q.Leave.To, tx.Today)
	}
	return Invalid("move", "ask one question at a time: give exactly one of move, add and leave").By("one")
}

func (a *asking) moves(tx *models.Tx, v auth.Viewer, m IfMoved) error {
	if err := firstError(ahead("move.day", m.Day, tx.Today), minuteOfDay("move.at", m.At)); err != nil {
		return err
	}
	i, err := tx.Item(v.Scope(), m.ItemID)
	if err != nil || !actsOn(v, i) {
		return unseen(err, "plan item")
	}
	account, err := tx.Account(v.Scope(), i.AccountID)
	if err != nil {
		return missing(err, "plan item")
	}
	if err := firstError(stillOpen(i), bookable(tx, account, i.Kind, m.Day)); err != nil {
		return err
	}
	a.item = &i
	return MoveItem{Day: m.Day, At: m.At}.put(tx, account, a.item)
}

func (a *asking) adds(tx *models.Tx, v auth.Viewer, in IfAdded) error {
	wanted := PlanContact{
		ID: tx.NewID(), AccountID: in.AccountID, Kind: in.Kind, Day: in.Day, At: in.At, Minutes: in.Minutes, WithID: in.WithID,
	}
	if err := wanted.checkWhen("add.", tx.Today); err != nil {
		return err
	}
	account, err := tx.Account(v.Scope(), in.AccountID)
	if err != nil {
		return missing(err, "account")
	}
	if err := bookable(tx, account, in.Kind, in.Day); err != nil {
		return err
	}
	item, err := a.s.contact(tx, v, account, wanted)
	a.item = &item
	return err
}

// asked is the contact in question; none for a leave.
func (a *asking) asked() id.ID {
	if a.item == nil {
		return id.ID{}
	}
	return a.item.ID
}

// plans are the plan as it would be made anyway, and with the change.
func (a *asking) plans(ctx context.Context, st stage) (before, after sketch, err error) {
	before, st, err = st.settled(ctx, a.policy)
	if err != nil {
		return before, after, err
	}
	if err = a.change(&st.book); err != nil {
		return before, after, err
	}
	after, err = st.plan(ctx, a.policy)
	return before, after, err
}

// change makes the change in the book, which others may share parts of.
func (a *asking) change(b *models.RepBook) error {
	if away := a.question.Leave; away != nil {
		leave := models.Leave{UserID: a.rep, FromDay: away.From, ToDay: away.To, Granted: true}
		b.Leaves = append(slices.Clone(b.Leaves), leave)
		return nil
	}
	item := *a.item
	if !slices.ContainsFunc(b.Accounts, func(x models.Account) bool { return x.ID == item.AccountID }) {
		if a.question.Add != nil {
			return NotFound("account")
		}
		return NotFound("plan item")
	}
	of := slices.DeleteFunc(slices.Clone(b.Items[item.AccountID]), func(x models.PlanItem) bool { return x.ID == item.ID })
	of = append(of, item)
	slices.SortStableFunc(of, inAgenda)
	b.Items = maps.Clone(b.Items)
	b.Items[item.AccountID] = of
	return nil
}
