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

// dueDays is how soon the policy wants a case visited (D7).
func dueDays(c models.Case, p Policy) civil.Date {
	if c.Kind == models.WinBackCase {
		return civil.Date(p.Cases.DecideDays)
	}
	return civil.Date(caseRule(c, p).DueDays)
}

// caseRule is what a case asks for; of a plan to win back it is empty, for that has a rhythm.
func caseRule(c models.Case, p Policy) cadence.CaseRule {
	switch c.Kind {
	case models.StopCase:
		return p.Cadence.Stops[c.Cause]
	case models.ReturnCase:
		return p.Cadence.Return
	case models.ReactionCase:
		return p.Cadence.Reaction
	case models.ComplaintCase:
		return p.Cadence.Complaint
	}
	return cadence.CaseRule{}
}

// visitKey names the contact a case asks for first, as cadence does; empty for a plan to win back.
func visitKey(c models.Case) string {
	switch {
	case c.Kind == models.WinBackCase:
		return ""
	case c.Kind == models.ReturnCase && c.PurchaseID != nil:
		return "return:" + c.PurchaseID.String() + ":visit"
	}
	return demandsOf(c, nil)[0] + ":visit"
}

// beginCase opens a case today with its steps and their due days (D7). Key, account, kind, cause, owner and note are given.
func beginCase(tx *models.Tx, v auth.Viewer, c models.Case, p Policy) error {
	c.Status, c.OpenedOn, c.CreatedAt, c.UpdatedAt = models.CaseOpen, tx.Today, tx.Now, tx.Now
	if c.DueOn == 0 {
		c.DueOn = tx.Today + dueDays(c, p)
	}
	if err := taken(tx.AddCase(&c, stepsOf(tx, c, p))); err != nil {
		return err
	}
	return tx.AddAudit(deed(v, "OPEN_CASE", "cases", c.ID, c.AccountID, map[string]any{"kind": c.Kind, "cause": c.Cause}))
}

// stepsOf are the steps of a new case in order: lost to a competitor, the rep first writes a self-review and agrees a way
// (D7).
func stepsOf(tx *models.Tx, c models.Case, p Policy) []models.CaseStep {
	var steps []models.CaseStep
	add := func(kind models.StepKind, due civil.Date) {
		steps = append(steps, models.CaseStep{ID: tx.NewID(), CaseID: c.ID, Seq: len(steps) + 1, Kind: kind, DueOn: due})
	}
	if c.Cause == cadence.Competitor {
		third := max((c.DueOn-c.OpenedOn)/3, 0)
		add(models.StepSelfReview, c.OpenedOn+third)
		add(models.StepAgree, c.OpenedOn+2*third)
	}
	add(models.StepVisit, c.DueOn)
	add(models.StepDecide, max(c.DueOn, c.OpenedOn+civil.Date(p.Cases.DecideDays)))
	return steps
}

// NewCase opens a case by hand: a return, a reaction, a complaint (D18), or a plan to win a lost account back until a day (D15).
type NewCase struct {
	ID        id.ID // of the command and of the case
	AccountID id.ID
	Kind      models.CaseKind
	DueOn     *civil.Date // of WIN_BACK: the deadline
	Note      string
}

// AddCase opens a case. REFUSED when one of the kind is open already. Stops have their own use case: StopAccount.
func (s *Service) AddCase(ctx context.Context, in NewCase) (models.CaseFile, error) {
	c := command{in.ID, "AddCase", in}
	return commanded(ctx, s, auth.WorkCase, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		row := models.Case{ID: in.ID, Kind: in.Kind}
		if in.DueOn != nil {
			row.DueOn = *in.DueOn
		}
		if err := s.openCase(tx, v, a, row, in.Note); err != nil {
			return id.ID{}, err
		}
		return in.ID, tx.AskReplan(a.RepID)
	}, result((*models.Tx).CaseMade))
}

func (in NewCase) check(tx *models.Tx) error {
	if !slices.Contains([]models.CaseKind{models.ReturnCase, models.ReactionCase, models.WinBackCase, models.ComplaintCase}, in.Kind) {
		return Invalid("kind", "%q cannot be opened by hand", in.Kind).By("enum")
	}
	if in.Kind == models.WinBackCase && in.DueOn == nil {
		return Invalid("dueOn", "a plan to win back needs a deadline").By("D15")
	}
	if in.DueOn != nil {
		if err := ahead("dueOn", *in.DueOn, tx.Today); err != nil {
			return err
		}
	}
	return needed("note", in.Note, maxNote)
}

// openCase opens a case of a locked account with a sealed note, one of a kind at a time.
func (s *Service) openCase(tx *models.Tx, v auth.Viewer, a models.Account, c models.Case, note string) error {
	open, err := openCase(tx, a.ID, c.Kind)
	if err != nil {
		return err
	}
	if open != nil {
		return Refused("D7", "a %s case of this account is open already: work on that one", c.Kind)
	}
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	c.AccountID, c.OwnerID, c.CreatedBy = a.ID, a.RepID, v.User
	if c.Note, err = s.seal(sealedAt{"cases", "note", c.ID}, note); err != nil {
		return err
	}
	return beginCase(tx, v, c, policy)
}

// Case reads a case with its steps.
func (s *Service) Case(ctx context.Context, c id.ID) (models.CaseFile, error) {
	var f models.CaseFile
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		row, err := tx.Case(v.Scope(), c)
		if err != nil {
			return missing(err, "case")
		}
		f.Case = row
		f.Steps, err = tx.StepsOf(c)
		return err
	})
	return f, err
}

// lockCase locks the account of a case and reads the case and its steps as they are then.
func lockCase(tx *models.Tx, v auth.Viewer, c id.ID) (models.CaseFile, models.Account, error) {
	row, err := tx.Case(v.Scope(), c)
	if err != nil {
		return models.CaseFile{}, models.Account{}, missing(err, "case")
	}
	a, err := tx.LockAccount(v.Scope(), row.AccountID)
	if err != nil {
		return models.CaseFile{}, a, missing(err, "case")
	}
	if row, err = tx.Case(v.Scope(), c); err != nil {
		return models.CaseFile{}, a, missing(err, "case")
	}
	steps, err := tx.StepsOf(c)
	return models.CaseFile{Case: row, Steps: steps}, a, err
}
