package care

import (
	"context"
	"reflect"
	"slices"

	"huifang/auth"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// EditFile changes facts of an account (D10). Only fields that are set change. Version is the one the editor saw: when
// the file has a newer one, the edit is a CONFLICT.
type EditFile struct {
	ID        id.ID
	AccountID id.ID
	Version   int

	Name           Opt[string]
	Sex            Opt[models.Sex]
	BirthYear      Opt[*int]
	Phone          Opt[string]
	Address        Opt[string]
	District       Opt[string]
	City           Opt[string]
	Position       Opt[*Position]
	Health         Opt[string]
	History        Opt[string]
	Allergies      Opt[string]
	Frail          Opt[bool]
	Employer       Opt[string]
	Job            Opt[string]
	Budget         Opt[*models.Fen]
	Wishes         Opt[string]
	Manner         Opt[string]
	Looks          Opt[string]
	Habits         Opt[string]
	Hobbies        Opt[[]string]
	Interests      Opt[[]string]
	Brings         Opt[string]
	ExpectedNextOn Opt[*civil.Date]
	Taboos         Opt[string]
	Preferred      Opt[[]civil.Window]
	Quiet          Opt[[]civil.Window]
	OptOuts        Opt[[]models.OptOut]
	Source         Opt[string]
}

// Position is a place in a datum.
type Position struct {
	Lat, Lng float64
	Datum    Datum `json:",omitempty"` // left out of the hash when empty: old phones do not send it
}

// EditFile changes the file of an account and returns it. NOT_FOUND outside the scope, CONFLICT on a stale version,
// INVALID for what does not fit.
func (s *Service) EditFile(ctx context.Context, in EditFile) (models.Account, error) {
	c := command{in.ID, "EditFile", in}
	return commanded(ctx, s, auth.EditFile, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		return a.ID, s.edit(tx, v, a, in)
	}, stillSeen)
}

func (s *Service) edit(tx *models.Tx, v auth.Viewer, a models.Account, in EditFile) error {
	if a.Version != in.Version {
		return Conflict("the file is at version %d, you changed version %d: read it again and repeat your change", a.Version, in.Version)
	}
	if err := in.check(tx.Today); err != nil {
		return err
	}
	e := editor{service: s, account: &a, detail: map[string]any{}}
	if err := e.apply(in); err != nil || len(e.columns) == 0 {
		return err
	}
	if err := tx.ChangeAccount(&a, e.columns...); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, "EDIT_FILE", "accounts", a.ID, a.ID, e.detail))
}

// editor applies a patch to an account and keeps what changed. Its first error stays.
type editor struct {
	service *Service
	account *models.Account
	columns []string
	detail  map[string]any
	err     error
}

func (e *editor) apply(in EditFile) error {
	a := e.account
	e.rename(in.Name)
	set(e, "sex", &a.Sex, in.Sex)
	set(e, "birth_year", &a.BirthYear, in.BirthYear)
	set(e, "district", &a.District, in.District)
	set(e, "city", &a.City, in.City)
	set(e, "frail", &a.Frail, in.Frail)
	set(e, "employer", &a.Employer, in.Employer)
	set(e, "job", &a.Job, in.Job)
	set(e, "budget", &a.Budget, in.Budget)
	set(e, "wishes", &a.Wishes, in.Wishes)
	set(e, "manner", &a.Manner, in.Manner)
	set(e, "looks", &a.Looks, in.Looks)
	set(e, "habits", &a.Habits, in.Habits)
	set(e, "hobbies", &a.Hobbies, in.Hobbies)
	set(e, "interests", &a.Interests, in.Interests)
	set(e, "brings", &a.Brings, in.Brings)
	set(e, "expected_next_on", &a.ExpectedNextOn, in.ExpectedNextOn)
	set(e, "taboos", &a.Taboos, in.Taboos)
	set(e, "preferred", &a.Preferred, in.Preferred)
	set(e, "quiet", &a.Quiet, in.Quiet)
	set(e, "opt_outs", &a.OptOuts, in.OptOuts)
	set(e, "source", &a.Source, in.Source)
	e.move(in.Position)
	e.phone(in.Phone)
	e.seal("address", &a.Address, in.Address)
	e.seal("health", &a.Health, in.Health)
	e.seal("history", &a.History, in.History)
	e.seal("allergies", &a.Allergies, in.Allergies)
	return e.err
}

// set takes a new value over when it differs, and writes down both.
func set[T any](e *editor, column string, field *T, to Opt[T]) {
	if !to.Set || reflect.DeepEqual(*field, to.Value) {
		return
	}
	e.detail[column] = []any{*field, to.Value}
	*field = to.Value
	e.columns = append(e.columns, column)
}

func (e *editor) rename(name Opt[string]) {
	set(e, "name", &e.account.Name, name)
	if slices.Contains(e.columns, "name") {
		e.account.Pinyin = models.Pinyin(name.Value)
		e.columns = append(e.columns, "pinyin")
	}
}

// move says only that the home moved: where it lies is as sensitive as the address.
func (e *editor) move(to Opt[*Position]) {
	if !to.Set {
		return
	}
	e.account.Lat, e.account.Lng = nil, nil
	if p := to.Value; p != nil {
		e.account.Lat, e.account.Lng = p.Datum.storedMaybe(&p.Lat, &p.Lng)
	}
	e.changed("position", "lat", "lng")
}

func (e *editor) phone(to Opt[string]) {
	if !to.Set || e.err != nil {
		return
	}
	number := ""
	if to.Value != "" {
		if number, e.err = Phone("phone", to.Value); e.err != nil {
			return
		}
	}
	e.err = e.service.setPhone(e.account, number)
	e.changed("phone", "phone", "phone_hash", "last4_hash")
}

// seal writes a sealed fact; the audit says only that it changed.
func (e *editor) seal(column string, field *models.Sealed, to Opt[string]) {
	if !to.Set || e.err != nil {
		return
	}
	*field, e.err = e.service.seal(sealedAt{"accounts", column, e.account.ID}, to.Value)
	e.changed(column, column)
}

func (e *editor) changed(what string, columns ...string) {
	e.detail[what] = "changed"
	e.columns = append(e.columns, columns...)
}
