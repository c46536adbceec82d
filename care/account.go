package care

import (
	"context"
	"encoding/json"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

// File is the file of an account on one page (D10): the account itself with hard and soft facts, its people and dates,
// what is expected of it and why, what is open, and what was last. Sealed facts are asked for one by one: see ClearPhone,
// ClearAddress and OpenHealth.
type File struct {
	Account    models.Account
	RepName    string
	StoreName  string
	Projection *models.Projection // nil before the first forecast
	Evidence   []forecast.Evidence
	Override   *models.Override // the rep's word in force, nil when there is none
	Members    []models.Member
	Dates      []models.AccountDate
	Tags       []string
	Pauses     []models.Pause // of the account and of its area, now or to come
	Items      []models.PlanItem
	Cases      []models.CaseFile
	Logs       []models.ContactLog
}

// fileLogs is how many of the last contacts a file shows; the timeline has all.
const fileLogs = 10

// AccountFile reads the file of an account in eight statements. NOT_FOUND outside the viewer's scope.
func (s *Service) AccountFile(ctx context.Context, account id.ID) (File, error) {
	var f File
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		head, err := tx.Head(v.Scope(), account)
		if err != nil {
			return missing(err, "account")
		}
		if f, err = fileOf(head); err != nil {
			return err
		}
		return f.readParts(tx, v.Scope())
	})
	return f, err
}

// Account reads an account alone.
func (s *Service) Account(ctx context.Context, account id.ID) (models.Account, error) {
	var a models.Account
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		a, err = tx.Account(v.Scope(), account)
		return missing(err, "account")
	})
	return a, err
}

func fileOf(h models.Head) (File, error) {
	f := File{Account: h.Account, RepName: h.RepName, StoreName: h.StoreName}
	if !h.Override.ID.IsZero() {
		f.Override = &h.Override
	}
	if h.Projection.AccountID.IsZero() {
		return f, nil
	}
	f.Projection = &h.Projection
	var err error
	f.Evidence, err = Evidence(h.Projection)
	return f, err
}

// Evidence is why a projection says what it says; each knows its words in both languages.
func Evidence(p models.Projection) ([]forecast.Evidence, error) {
	if len(p.Evidence) == 0 {
		return nil, nil
	}
	var out []forecast.Evidence
	return out, json.Unmarshal(p.Evidence, &out)
}

func (f *File) readParts(tx *models.Tx, sc auth.Scope) error {
	x := f.Account.ID
	var err error
	if f.Members, err = tx.MembersOf(sc, x); err != nil {
		return err
	}
	if f.Dates, err = tx.DatesOf(sc, x); err != nil {
		return err
	}
	if f.Tags, err = tx.TagsOf(sc, x); err != nil {
		return err
	}
	if f.Pauses, err = tx.PausesOf(f.Account); err != nil {
		return err
	}
	if f.Items, err = tx.OpenItemsOf(sc, x); err != nil {
		return err
	}
	if f.Cases, err = tx.OpenCasesOf(sc, x); err != nil {
		return err
	}
	f.Logs, err = tx.LastLogsOf(sc, x, fileLogs)
	return err
}

// Overdue is the one definition: due before today in the company's zone (story 2).
func Overdue(i models.PlanItem, today civil.Date) bool {
	return i.IsOpen() && cadence.Overdue(i.DueOn, today)
}
