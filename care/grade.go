package care

import (
	"context"
	"slices"
	"time"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/standing"
)

// ProposeGrade is another loyalty grade for an account (D1).
type ProposeGrade struct {
	ID        id.ID // of the command and of the proposal
	AccountID id.ID
	Grade     int
	Why       string
}

// ProposeGrade proposes a loyalty grade, for a supervisor to confirm; one proposed by who may confirm it counts at once. It takes
// the place of what was proposed before. REFUSED for the grade the account has.
func (s *Service) ProposeGrade(ctx context.Context, in ProposeGrade) (GradeCard, error) {
	c := command{in.ID, "ProposeGrade", in}
	return commanded(ctx, s, auth.ProposeGrade, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		if a.Grade == in.Grade {
			return id.ID{}, Refused("D1", "the account has this grade already")
		}
		return in.ID, s.proposeGrade(tx, v, a, in)
	}, gradeMade)
}

func (in ProposeGrade) check() error {
	if !slices.Contains(standing.Grades(), in.Grade) {
		return Invalid("grade", "%d: choose one of %v", in.Grade, standing.Grades()).By("enum")
	}
	return needed("why", in.Why, maxText)
}

func (s *Service) proposeGrade(tx *models.Tx, v auth.Viewer, a models.Account, in ProposeGrade) error {
	evidence, err := tx.Behaviour(a.ID)
	if err != nil {
		return err
	}
	if err := tx.CloseProposals(a.ID); err != nil {
		return err
	}
	p := models.GradeProposal{
		ID: in.ID, AccountID: a.ID, FromGrade: a.Grade, ToGrade: in.Grade, Evidence: evidence[a.ID], Why: in.Why, ProposedBy: &v.User,
		Status: models.ProposalOpen, CreatedAt: tx.Now,
	}
	if err := taken(tx.AddProposals([]models.GradeProposal{p})); err != nil {
		return err
	}
	if err := tx.AddAudit(deed(v, "PROPOSE_GRADE", "grade_proposals", p.ID, a.ID, map[string]any{"grade": p.ToGrade})); err != nil {
		return err
	}
	if auth.Can(v, auth.ConfirmGrade) != nil {
		return nil
	}
	return s.answerGrade(tx, v, a, p, AnswerGrade{Confirm: true})
}

// AnswerGrade confirms or refuses a proposed loyalty grade (D1).
type AnswerGrade struct {
	ID         id.ID // of the command
	ProposalID id.ID
	Confirm    bool
	Answer     string // needed to refuse
}

// AnswerGrade gives an account the proposed grade, or says why not. CONFLICT when somebody answered before, or another proposal
// has taken its place.
func (s *Service) AnswerGrade(ctx context.Context, in AnswerGrade) (GradeCard, error) {
	c := command{in.ID, "AnswerGrade", in}
	return commanded(ctx, s, auth.ConfirmGrade, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(); err != nil {
			return id.ID{}, err
		}
		p, err := tx.Proposal(v.Scope(), in.ProposalID)
		if err != nil {
			return id.ID{}, missing(err, "proposal")
		}
		a, err := tx.LockAccount(v.Scope(), p.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "proposal")
		}
		if p, err = tx.Proposal(v.Scope(), p.ID); err != nil { // as it is under the lock
			return id.ID{}, missing(err, "proposal")
		}
		if p.Status != models.ProposalOpen {
			return id.ID{}, Conflict("the proposal is %s already: read it again", p.Status)
		}
		return p.ID, s.answerGrade(tx, v, a, p, in)
	}, gradeMade)
}

func (in AnswerGrade) check() error {
	if in.Confirm {
		return checkText("answer", in.Answer, maxText)
	}
	return needed("answer", in.Answer, maxText)
}

func (s *Service) answerGrade(tx *models.Tx, v auth.Viewer, a models.Account, p models.GradeProposal, in AnswerGrade) error {
	p.Status, p.Answer, p.AnsweredBy, p.AnsweredAt = models.ProposalRefused, in.Answer, &v.User, &tx.Now
	if in.Confirm {
		p.Status = models.ProposalConfirmed
	}
	if err := tx.ChangeProposal(&p, "status", "answer", "answered_by", "answered_at"); err != nil {
		return err
	}
	entry := deed(v, "ANSWER_GRADE", "grade_proposals", p.ID, a.ID, map[string]any{"as": p.Status, "grade": p.ToGrade})
	if !in.Confirm || a.Grade == p.ToGrade {
		return tx.AddAudit(entry)
	}
	if err := regrade(tx, v, a, p); err != nil {
		return err
	}
	return noted(tx, a.RepID, entry)
}

func regrade(tx *models.Tx, v auth.Viewer, a models.Account, p models.GradeProposal) error {
	from := a.Grade
	a.Grade = p.ToGrade
	if err := tx.ChangeAccount(&a, "grade"); err != nil {
		return err
	}
	return tx.AddStandingChanges([]models.StandingChange{{
		ID: tx.NewID(), AccountID: a.ID, Axis: standing.Grade, FromValue: gradeValue(from), ToValue: gradeValue(a.Grade),
		Cause: models.CauseConfirmed, Basis: p.Evidence.Basis(), Why: p.Why, Day: tx.Today, MadeBy: &v.User, CreatedAt: tx.Now,
	}})
}

// GradeCard is a proposed loyalty grade as people read it.
type GradeCard struct {
	ID          id.ID
	AccountID   id.ID
	AccountName string
	District    string
	Rep         Person
	From        int
	To          int
	Basis       standing.Basis
	Why         string
	By          *Person // nil: the rule
	Status      models.ProposalStatus
	Answer      string
	CreatedAt   time.Time
}

// In tells what was on record when the grade was proposed.
func (g GradeCard) In(lang string) string { return g.Basis.In(lang) }

func gradeCard(r models.NamedProposal) GradeCard {
	p := r.Proposal
	card := GradeCard{
		ID: p.ID, AccountID: p.AccountID, AccountName: r.AccountName, District: r.District, Rep: Person{r.RepID, r.RepName},
		From: p.FromGrade, To: p.ToGrade, Basis: p.Evidence.Basis(), Why: p.Why, Status: p.Status, Answer: p.Answer, CreatedAt: p.CreatedAt,
	}
	if p.ProposedBy != nil {
		card.By = &Person{*p.ProposedBy, r.ByName}
	}
	return card
}

func gradeMade(tx *models.Tx, _ auth.Viewer, x id.ID) (GradeCard, error) {
	row, err := tx.ProposalMade(x)
	return gradeCard(row), err
}

// GradeProposals are the loyalty grades that wait for the viewer's word, the oldest first.
func (s *Service) GradeProposals(ctx context.Context) ([]GradeCard, error) {
	var out []GradeCard
	err := s.read(ctx, auth.ConfirmGrade, func(tx *models.Tx, v auth.Viewer) error {
		rows, err := tx.OpenProposals(v.Scope())
		for _, r := range rows {
			out = append(out, gradeCard(r))
		}
		return err
	})
	return out, err
}
