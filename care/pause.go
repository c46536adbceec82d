package care

import (
	"context"
	"errors"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// PauseAccount holds all contacts with an account for some days.
type PauseAccount struct {
	ID        id.ID // of the command and of the pause
	AccountID id.ID
	From      civil.Date
	To        *civil.Date // nil: until somebody resumes
	Reason    string
}

// PauseArea holds all contacts in a district of a store.
type PauseArea struct {
	ID       id.ID // of the command and of the pause
	StoreID  id.ID
	District string
	From     civil.Date
	To       *civil.Date
	Reason   string
}

// PauseAccount pauses an account. Pauses overlap freely: an account rests as long as any of them holds it (story 9).
func (s *Service) PauseAccount(ctx context.Context, in PauseAccount) (models.Pause, error) {
	c := command{in.ID, "PauseAccount", in}
	return commanded(ctx, s, auth.PauseAccount, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := checkPause(in.From, in.To, in.Reason, tx.Today); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		p := models.Pause{
			ID: in.ID, AccountID: &a.ID, FromDay: in.From, ToDay: in.To, Reason: in.Reason, CreatedBy: v.User, CreatedAt: tx.Now,
		}
		if err := taken(tx.AddPause(&p)); err != nil {
			return id.ID{}, err
		}
		return p.ID, noted(tx, a.RepID, deed(v, "PAUSE_ACCOUNT", "pauses", p.ID, a.ID, nil))
	}, result((*models.Tx).PauseMade))
}

func checkPause(from civil.Date, to *civil.Date, reason string, today civil.Date) error {
	if to != nil && *to < max(from, today) {
		return Invalid("to", "choose today or a later day, not before the first day").By("span")
	}
	if from < today-furthest || from > today+furthest {
		return Invalid("from", "choose a day within %d days", furthest).By("span")
	}
	return needed("reason", reason, maxText)
}

// PauseArea pauses a district of the viewer's store, or of any store for who sees all of them.
func (s *Service) PauseArea(ctx context.Context, in PauseArea) (models.Pause, error) {
	c := command{in.ID, "PauseArea", in}
	return commanded(ctx, s, auth.PauseArea, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := checkPause(in.From, in.To, in.Reason, tx.Today); err != nil {
			return id.ID{}, err
		}
		if err := needed("district", in.District, maxShort); err != nil {
			return id.ID{}, err
		}
		if err := leadsStore(tx, v, in.StoreID); err != nil {
			return id.ID{}, err
		}
		p := models.Pause{
			ID: in.ID, StoreID: &in.StoreID, District: in.District, FromDay: in.From, ToDay: in.To,
			Reason: in.Reason, CreatedBy: v.User, CreatedAt: tx.Now,
		}
		if err := taken(tx.AddPause(&p)); err != nil {
			return id.ID{}, err
		}
		return p.ID, areaNoted(tx, v, "PAUSE_AREA", p)
	}, result((*models.Tx).PauseMade))
}

func leadsStore(tx *models.Tx, v auth.Viewer, store id.ID) error {
	if v.Role != auth.Manager && store != v.Store {
		return NotFound("store")
	}
	_, err := tx.Shop(store)
	return missing(err, "store")
}

// areaNoted audits a change of an area and asks for new plans of everyone who holds an account there.
func areaNoted(tx *models.Tx, v auth.Viewer, action string, p models.Pause) error {
	entry := models.Audit{UserID: &v.User, Action: action, Entity: "pauses", EntityID: &p.ID, Detail: map[string]any{"district": p.District}}
	if err := tx.AddAudit(entry); err != nil {
		return err
	}
	reps, err := tx.RepsIn(*p.StoreID, p.District)
	if err != nil {
		return err
	}
	for _, rep := range reps {
		if err := tx.AskReplan(rep); err != nil {
			return err
		}
	}
	return nil
}

// ResumeAccount ends the pauses of the account itself. One of its area still holds it.
func (s *Service) ResumeAccount(ctx context.Context, account id.ID) (models.Account, error) {
	var a models.Account
	err := s.write(ctx, auth.PauseAccount, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		if a, err = tx.LockAccount(v.Scope(), account); err != nil {
			return missing(err, "account")
		}
		pauses, err := tx.PausesOf(a)
		if err != nil {
			return err
		}
		for _, p := range pauses {
			if p.AccountID == nil {
				continue
			}
			if err := tx.EndPause(p.ID); err != nil {
				return err
			}
		}
		return noted(tx, a.RepID, deed(v, "RESUME_ACCOUNT", "accounts", a.ID, a.ID, nil))
	})
	return a, err
}

// ResumeArea ends a pause of an area. Accounts with a pause of their own stay paused (story 9).
func (s *Service) ResumeArea(ctx context.Context, pause id.ID) (models.Pause, error) {
	var p models.Pause
	err := s.write(ctx, auth.PauseArea, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		p, err = tx.Pause(auth.Scope{}, pause)
		if err == nil && p.StoreID == nil {
			err = models.ErrNotFound
		}
		if err != nil {
			return missing(err, "pause of an area")
		}
		var no *Error
		if err := leadsStore(tx, v, *p.StoreID); errors.As(err, &no) {
			return NotFound("pause of an area")
		} else if err != nil {
			return err
		}
		if err := tx.EndPause(p.ID); err != nil {
			return err
		}
		p.EndedAt = &tx.Now
		return areaNoted(tx, v, "RESUME_AREA", p)
	})
	return p, err
}

// AreaPauses are the pauses of the areas of a store that hold or will hold.
func (s *Service) AreaPauses(ctx context.Context, store id.ID) ([]models.Pause, error) {
	var rows []models.Pause
	err := s.read(ctx, auth.PauseArea, func(tx *models.Tx, v auth.Viewer) error {
		if err := leadsStore(tx, v, store); err != nil {
			return err
		}
		var err error
		rows, err = tx.AreaPauses(store)
		return err
	})
	return rows, err
}
