package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// CompleteStep says that a step of a case is done.
type CompleteStep struct {
	ID     id.ID // of the command
	CaseID id.ID
	StepID id.ID
	Note   string
	LogID  *id.ID // of the visit
}

// CompleteStep ticks a step of a case, in order: lost to a competitor, the self-review comes first, then a supervisor or
// manager agrees a way, then the visit (D7). The last step, the decision, is CloseCase.
func (s *Service) CompleteStep(ctx context.Context, in CompleteStep) (models.CaseFile, error) {
	c := command{in.ID, "CompleteStep", in}
	return commanded(ctx, s, auth.WorkCase, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		f, a, err := lockCase(tx, v, in.CaseID)
		if err != nil {
			return id.ID{}, err
		}
		at := slices.IndexFunc(f.Steps, func(st models.CaseStep) bool { return st.ID == in.StepID })
		if at < 0 {
			return id.ID{}, NotFound("step of the case")
		}
		if err := mayStep(v, f, at); err != nil {
			return id.ID{}, err
		}
		return f.Case.ID, s.step(tx, v, f.Steps[at], a, in)
	}, result((*models.Tx).CaseMade))
}

// mayStep asks whether it is this step's turn, and whether this is who may do it.
func mayStep(v auth.Viewer, f models.CaseFile, at int) error {
	step := f.Steps[at]
	if f.Case.Status != models.CaseOpen || step.DoneOn != nil {
		return Conflict("the step is done or the case is closed: read it again")
	}
	for _, before := range f.Steps[:at] {
		if before.DoneOn == nil {
			return Refused("D7", "%s comes first: complete it before %s", before.Kind, step.Kind)
		}
	}
	switch step.Kind {
	case models.StepAgree:
		return refusedRole(v, auth.DecideCase, "a supervisor or manager agrees the way")
	case models.StepDecide:
		return Refused("D15", "close the case to decide it")
	}
	return nil
}

// refusedRole says to a viewer who sees the thing that the decision is another's.
func refusedRole(v auth.Viewer, a auth.Action, why string) error {
	if auth.Can(v, a) != nil {
		return Refused("D7", "%s: ask yours", why)
	}
	return nil
}

func (s *Service) step(tx *models.Tx, v auth.Viewer, step models.CaseStep, a models.Account, in CompleteStep) error {
	if err := in.check(tx, v, step, a); err != nil {
		return err
	}
	var err error
	if step.Note, err = s.seal(sealedAt{"case_steps", "note", step.ID}, in.Note); err != nil {
		return err
	}
	step.DoneOn, step.DoneBy, step.LogID = &tx.Today, &v.User, in.LogID
	if err := tx.ChangeStep(&step, "done_on", "done_by", "log_id", "note"); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, "COMPLETE_STEP", "case_steps", step.ID, a.ID, map[string]any{"step": step.Kind}))
}

// check wants words for a self-review and an agreement, and a contact of this account for a visit.
func (in CompleteStep) check(tx *models.Tx, v auth.Viewer, step models.CaseStep, a models.Account) error {
	if step.Kind != models.StepVisit {
		return needed("note", in.Note, maxNote)
	}
	if in.LogID == nil {
		return Invalid("logId", "log the visit first, then name it here").By("D7")
	}
	l, err := tx.Log(v.Scope(), *in.LogID)
	if err != nil || l.AccountID != a.ID {
		return unseen(err, "contact log")
	}
	if !l.Outcome.Reached() {
		return Refused("D7", "nobody was met: an attempt is no visit")
	}
	return checkText("note", in.Note, maxNote)
}

// CloseCase ends a case.
type CloseCase struct {
	ID     id.ID // of the command
	CaseID id.ID
	As     models.CaseStatus // WON_BACK, GIVEN_UP or SETTLED
	Why    string
}

// CloseCase ends a case, never in silence: won back, given up with a reason by a supervisor or manager (D15), or settled
// when it was about a return, a reaction or a complaint. Won back from a stop, the account is on product again.
func (s *Service) CloseCase(ctx context.Context, in CloseCase) (models.CaseFile, error) {
	c := command{in.ID, "CloseCase", in}
	return commanded(ctx, s, auth.WorkCase, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		f, a, err := lockCase(tx, v, in.CaseID)
		if err != nil {
			return id.ID{}, err
		}
		if err := in.check(v, f.Case); err != nil {
			return id.ID{}, err
		}
		if err := endCase(tx, v, f, in.As, in.Why); err != nil {
			return id.ID{}, err
		}
		if f.Case.Kind == models.StopCase && in.As == models.CaseWonBack {
			err = backOnProduct(tx, &a)
		}
		if err != nil {
			return id.ID{}, err
		}
		return f.Case.ID, tx.AskReplan(a.RepID)
	}, result((*models.Tx).CaseMade))
}

func (in CloseCase) check(v auth.Viewer, c models.Case) error {
	if c.Status != models.CaseOpen {
		return Conflict("the case is closed already, as %s", c.Status)
	}
	ends := []models.CaseStatus{models.CaseWonBack, models.CaseGivenUp}
	if slices.Contains([]models.CaseKind{models.ReturnCase, models.ReactionCase, models.ComplaintCase}, c.Kind) {
		ends = []models.CaseStatus{models.CaseSettled, models.CaseGivenUp}
	}
	if !slices.Contains(ends, in.As) {
		return Invalid("as", "a %s case ends as one of %v", c.Kind, ends).By("enum")
	}
	if err := needed("why", in.Why, maxText); err != nil {
		return err
	}
	if in.As == models.CaseGivenUp {
		return refusedRole(v, auth.DecideCase, "a supervisor or manager gives a case up")
	}
	return nil
}

// endCase closes a case and ticks its decision.
func endCase(tx *models.Tx, v auth.Viewer, f models.CaseFile, as models.CaseStatus, why string) error {
	c := f.Case
	today := tx.Today
	c.Status, c.ClosedOn, c.CloseWhy, c.UpdatedAt = as, &today, why, tx.Now
	if err := tx.ChangeCase(&c, "status", "closed_on", "close_why", "updated_at"); err != nil {
		return err
	}
	for _, step := range f.Steps {
		if step.Kind == models.StepDecide && step.DoneOn == nil {
			step.DoneOn, step.DoneBy = &today, &v.User
			if err := tx.ChangeStep(&step, "done_on", "done_by"); err != nil {
				return err
			}
		}
	}
	return tx.AddAudit(deed(v, "CLOSE_CASE", "cases", c.ID, c.AccountID, map[string]any{"as": as}))
}
