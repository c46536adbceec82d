package care

import (
	"context"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Health are the sealed facts about a customer's health (D10, D23).
type Health struct {
	Health, History, Allergies string
}

// ClearPhone is the telephone number of an account that the viewer has read, which proves that it is in scope. It needs
// no statement, so lists may ask for it.
func (s *Service) ClearPhone(ctx context.Context, a models.Account) (string, error) {
	return s.clear(ctx, sealedAt{"accounts", "phone", a.ID}, a.Phone)
}

// ClearAddress is the address of an account that the viewer has read, as ClearPhone.
func (s *Service) ClearAddress(ctx context.Context, a models.Account) (string, error) {
	return s.clear(ctx, sealedAt{"accounts", "address", a.ID}, a.Address)
}

func (s *Service) clear(ctx context.Context, at sealedAt, sealed models.Sealed) (string, error) {
	if _, err := auth.Authorize(ctx, auth.ReadAccounts); err != nil {
		return "", err
	}
	return s.open(at, sealed)
}

// OpenHealth are the health facts of an account in the viewer's scope. Every look is written down (D23).
func (s *Service) OpenHealth(ctx context.Context, account id.ID) (Health, error) {
	var h Health
	err := s.write(ctx, auth.ReadHealth, func(tx *models.Tx, v auth.Viewer) error {
		a, err := tx.Account(v.Scope(), account)
		if err != nil {
			return missing(err, "account")
		}
		if h, err = s.health(a); err != nil {
			return err
		}
		return tx.AddAudit(deed(v, "LOOK_HEALTH", "accounts", a.ID, a.ID, nil))
	})
	return h, err
}

func (s *Service) health(a models.Account) (Health, error) {
	var h Health
	for _, part := range []struct {
		into   *string
		column string
		sealed models.Sealed
	}{
		{&h.Health, "health", a.Health},
		{&h.History, "history", a.History},
		{&h.Allergies, "allergies", a.Allergies},
	} {
		clear, err := s.open(sealedAt{"accounts", part.column, a.ID}, part.sealed)
		if err != nil {
			return Health{}, err
		}
		*part.into = clear
	}
	return h, nil
}

// OpenLogNote is the note of a contact log, which may speak of health: every look is written down (D23).
func (s *Service) OpenLogNote(ctx context.Context, log id.ID) (string, error) {
	var clear string
	err := s.write(ctx, auth.ReadHealth, func(tx *models.Tx, v auth.Viewer) error {
		l, err := tx.Log(v.Scope(), log)
		if err != nil {
			return missing(err, "contact log")
		}
		if clear, err = s.open(sealedAt{"contact_logs", "note", l.ID}, l.Note); err != nil || clear == "" || l.UserID == v.User {
			return err // one's own words are no look
		}
		return tx.AddAudit(deed(v, "LOOK_NOTE", "contact_logs", l.ID, l.AccountID, nil))
	})
	return clear, err
}

// StepNote is what was written when a step of a case was done.
type StepNote struct {
	StepID id.ID
	Note   string
}

// StepNotes are what was written at the steps of a case in the viewer's scope, in order: a self-review, the way agreed (D7). A
// look at another's words is written down, once for all of them.
func (s *Service) StepNotes(ctx context.Context, c id.ID) ([]StepNote, error) {
	var out []StepNote
	err := s.write(ctx, auth.ReadHealth, func(tx *models.Tx, v auth.Viewer) error {
		row, err := tx.Case(v.Scope(), c)
		if err != nil {
			return missing(err, "case")
		}
		steps, err := tx.StepsOf(row.ID)
		if err != nil {
			return err
		}
		others := false
		if out, others, err = s.stepNotes(v, steps); err != nil || !others {
			return err
		}
		return tx.AddAudit(deed(v, "LOOK_NOTE", "cases", row.ID, row.AccountID, map[string]any{"steps": len(out)}))
	})
	return out, err
}

// stepNotes opens what was written at steps, and tells whether any of it is another's.
func (s *Service) stepNotes(v auth.Viewer, steps []models.CaseStep) (notes []StepNote, others bool, err error) {
	for _, st := range steps {
		if !st.Written() {
			continue
		}
		clear, err := s.open(sealedAt{"case_steps", "note", st.ID}, st.Note)
		if err != nil {
			return nil, false, err
		}
		notes = append(notes, StepNote{st.ID, clear})
		others = others || st.DoneBy == nil || *st.DoneBy != v.User
	}
	return notes, others, nil
}

// OpenCaseNote is the note of a case in the viewer's scope.
func (s *Service) OpenCaseNote(ctx context.Context, c id.ID) (string, error) {
	var clear string
	err := s.write(ctx, auth.ReadHealth, func(tx *models.Tx, v auth.Viewer) error {
		row, err := tx.Case(v.Scope(), c)
		if err != nil {
			return missing(err, "case")
		}
		if clear, err = s.open(sealedAt{"cases", "note", row.ID}, row.Note); err != nil || clear == "" || row.CreatedBy == v.User {
			return err
		}
		return tx.AddAudit(deed(v, "LOOK_NOTE", "cases", row.ID, row.AccountID, nil))
	})
	return clear, err
}
