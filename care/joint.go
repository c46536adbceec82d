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

// AskJoint asks an expert, supervisor or manager to call a customer or to come along to a visit.
type AskJoint struct {
	ID        id.ID // of the command and of the request
	AccountID id.ID
	CaseID    *id.ID
	WithID    id.ID
	Kind      cadence.Kind // CALL or HOME_VISIT
	Day       civil.Date
	At        *civil.Minute // an appointment
	Minutes   int           // 0: what the policy says
	Note      string
}

// AskJoint asks somebody for a call, or to come along (D7, D21). Who names themselves has accepted. REFUSED on their days off, against an opt-out and into a
// pause; NOT_FOUND for somebody who cannot come along with the account's rep.
func (s *Service) AskJoint(ctx context.Context, in AskJoint) (JointCard, error) {
	c := command{in.ID, "AskJoint", in}
	return commanded(ctx, s, auth.PlanContact, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		if err := in.fits(tx, v, a); err != nil {
			return id.ID{}, err
		}
		if err := s.working(tx, in.WithID, in.Day); err != nil {
			return id.ID{}, err
		}
		return in.ID, s.ask(tx, v, a, in)
	}, jointMade)
}

func (in AskJoint) check(tx *models.Tx) error {
	if in.Kind != cadence.Call && in.Kind != cadence.HomeVisit {
		return Invalid("kind", "ask for a CALL or a HOME_VISIT").By("enum")
	}
	if in.Minutes < 0 || in.Minutes > 8*60 {
		return Invalid("minutes", "choose up to 480 minutes").By("duration")
	}
	return firstError(ahead("day", in.Day, tx.Today), minuteOfDay("at", in.At), needed("note", in.Note, maxText))
}

// fits asks whether the account, its case and who is asked go together.
func (in AskJoint) fits(tx *models.Tx, v auth.Viewer, a models.Account) error {
	if in.CaseID != nil {
		c, err := tx.Case(v.Scope(), *in.CaseID)
		if err != nil || c.AccountID != a.ID || c.Status != models.CaseOpen {
			return unseen(err, "open case of this account")
		}
	}
	people, err := companionsOf(tx, a)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(people, func(u models.User) bool { return u.ID == in.WithID }) {
		return NotFound("companion: ask an expert or manager, or the supervisor of the rep's team")
	}
	return bookable(tx, a, in.Kind, in.Day)
}

func companionsOf(tx *models.Tx, a models.Account) ([]models.User, error) {
	rep, err := tx.User(a.RepID)
	if err != nil {
		return nil, err
	}
	return tx.CompanionsOf(rep)
}

// working refuses a day off of somebody.
func (s *Service) working(tx *models.Tx, user id.ID, day civil.Date) error {
	u, err := tx.User(user)
	if err != nil {
		return err
	}
	c, err := s.calendarOf(tx, []id.ID{user}, day, day)
	if err != nil {
		return err
	}
	if len(c.whole(u, day)) == 0 {
		return Refused("D7", "%s does not work on %s: choose another day", u.Name, day)
	}
	return nil
}

func (s *Service) ask(tx *models.Tx, v auth.Viewer, a models.Account, in AskJoint) error {
	item, err := s.personItem(tx, v, a, in.Kind)
	if err != nil {
		return err
	}
	r := models.JointRequest{
		ID: in.ID, AccountID: a.ID, CaseID: in.CaseID, AskedBy: v.User, WithID: in.WithID, Kind: in.Kind, Day: in.Day,
		At: minutesOf(in.At), Minutes: in.Minutes, Note: in.Note, Status: models.JointAsked, CreatedAt: tx.Now,
	}
	if r.Minutes == 0 {
		r.Minutes = item.Minutes
	}
	if in.WithID == v.User {
		r.Status, r.AnsweredAt = models.JointAccepted, &tx.Now
		if err := s.planJoint(tx, v, a, &r); err != nil {
			return err
		}
	}
	if err := taken(tx.AddJoint(&r)); err != nil {
		return err
	}
	return tx.AddAudit(deed(v, "ASK_JOINT", "joint_requests", r.ID, a.ID, map[string]any{"with": in.WithID, "day": in.Day}))
}

func minutesOf(at *civil.Minute) *int {
	if at == nil {
		return nil
	}
	m := int(*at)
	return &m
}

func jointMade(tx *models.Tx, _ auth.Viewer, x id.ID) (JointCard, error) {
	row, err := tx.JointMade(x)
	return jointCard(row), err
}

func jointCard(r models.NamedJoint) JointCard {
	q := r.Request
	if r.ItemDay != nil { // it may have moved since it was accepted
		q.Day, q.At = *r.ItemDay, appointment(r)
	}
	return JointCard{
		ID: q.ID, AccountID: q.AccountID, AccountName: r.AccountName, District: r.District, CaseID: q.CaseID,
		AskedBy: Person{q.AskedBy, r.AskedName}, With: Person{q.WithID, r.WithName},
		Kind: q.Kind, Day: q.Day, At: q.At, Minutes: q.Minutes, Note: q.Note, Status: q.Status, Answer: q.Answer,
		ItemID: q.ItemID, CreatedAt: q.CreatedAt,
	}
}

func appointment(r models.NamedJoint) *int {
	if r.ItemFixed == nil || !*r.ItemFixed {
		return nil
	}
	return r.ItemStart
}

// JointRequests are the requests to the viewer and by them whose day has not passed, the soonest first. With a case of the
// viewer's scope they are those about it, whoever asked, also those that are over, the latest day first.
func (s *Service) JointRequests(ctx context.Context, about *id.ID) ([]JointCard, error) {
	var out []JointCard
	err := s.read(ctx, auth.PlanContact, func(tx *models.Tx, v auth.Viewer) error {
		rows, err := jointsFor(tx, v, about)
		for _, r := range rows {
			out = append(out, jointCard(r))
		}
		return err
	})
	return out, err
}

func jointsFor(tx *models.Tx, v auth.Viewer, about *id.ID) ([]models.NamedJoint, error) {
	if about == nil {
		return tx.JointsOf(v.User)
	}
	c, err := tx.Case(v.Scope(), *about)
	if err != nil {
		return nil, missing(err, "case")
	}
	return tx.JointsAbout(c.ID)
}

// Companions are who can be asked to come along to an account.
func (s *Service) Companions(ctx context.Context, account id.ID) ([]Colleague, error) {
	var out []Colleague
	err := s.read(ctx, auth.PlanContact, func(tx *models.Tx, v auth.Viewer) error {
		a, err := tx.Account(v.Scope(), account)
		if err != nil {
			return missing(err, "account")
		}
		people, err := companionsOf(tx, a)
		for _, u := range people {
			out = append(out, Colleague{u.ID, u.Name, auth.Role(u.Role)})
		}
		return err
	})
	return out, err
}
