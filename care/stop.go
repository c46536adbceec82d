package care

import (
	"context"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

// StopAccount says that an account has stopped using the product, and why (D7).
type StopAccount struct {
	ID        id.ID // of the command and of the case
	AccountID id.ID
	Cause     cadence.StopCause
	Note      string
}

// StopAccount stops an account and opens its case, with steps and due days by cause. REFUSED when it has stopped already.
func (s *Service) StopAccount(ctx context.Context, in StopAccount) (models.CaseFile, error) {
	c := command{in.ID, "StopAccount", in}
	return commanded(ctx, s, auth.StopAccount, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if !slices.Contains(cadence.AllStopCauses(), in.Cause) {
			return id.ID{}, Invalid("cause", "%q is no cause", in.Cause).By("enum")
		}
		if err := checkText("note", in.Note, maxNote); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		return in.ID, s.stop(tx, v, a, in)
	}, result((*models.Tx).CaseMade))
}

func (s *Service) stop(tx *models.Tx, v auth.Viewer, a models.Account, in StopAccount) error {
	row := models.Case{ID: in.ID, Kind: models.StopCase, Cause: in.Cause}
	if err := s.openCase(tx, v, a, row, in.Note); err != nil {
		return err
	}
	a.Service, a.StopCause = cadence.Stopped, in.Cause
	if err := tx.ChangeAccount(&a, "service", "stop_cause"); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, "STOP_ACCOUNT", "accounts", a.ID, a.ID, map[string]any{"cause": in.Cause}))
}

// ResumeService says that a stopped account uses the product again: its case is won back.
func (s *Service) ResumeService(ctx context.Context, account id.ID, why string) (models.Account, error) {
	var a models.Account
	err := s.write(ctx, auth.StopAccount, func(tx *models.Tx, v auth.Viewer) error {
		if err := needed("why", why, maxText); err != nil {
			return err
		}
		var err error
		if a, err = tx.LockAccount(v.Scope(), account); err != nil {
			return missing(err, "account")
		}
		if a.Service != cadence.Stopped {
			return nil // resuming twice is resuming once
		}
		if err := winBack(tx, v, a.ID, why); err != nil {
			return err
		}
		if err := backOnProduct(tx, &a); err != nil {
			return err
		}
		return noted(tx, a.RepID, deed(v, "RESUME_SERVICE", "accounts", a.ID, a.ID, nil))
	})
	return a, err
}

// winBack closes the stop case and the plan to win back of an account, as won.
func winBack(tx *models.Tx, v auth.Viewer, account id.ID, why string) error {
	files, err := tx.OpenCasesOf(auth.System(), account)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Case.Kind != models.StopCase && f.Case.Kind != models.WinBackCase {
			continue
		}
		if err := endCase(tx, v, f, models.CaseWonBack, why); err != nil {
			return err
		}
	}
	return nil
}

func backOnProduct(tx *models.Tx, a *models.Account) error {
	a.Service, a.StopCause = cadence.OnProduct, ""
	return tx.ChangeAccount(a, "service", "stop_cause")
}
