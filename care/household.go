package care

import (
	"context"
	"slices"
	"strings"

	"huifang/auth"
	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

// NewMember is a person to add to a household. ID is the key of the new row and of the command.
type NewMember struct {
	ID        id.ID
	AccountID id.ID
	Name      string
	Relation  string
	Sex       models.Sex
	BirthYear *int
	Note      string
}

// AddMember adds a person to a household (D10).
func (s *Service) AddMember(ctx context.Context, in NewMember) (models.Member, error) {
	c := command{in.ID, "AddMember", in}
	return commanded(ctx, s, auth.EditFile, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx); err != nil {
			return id.ID{}, err
		}
		row := models.Member{
			ID: in.ID, AccountID: in.AccountID, Name: in.Name, Relation: in.Relation,
			Sex: in.Sex, BirthYear: in.BirthYear, Note: in.Note, CreatedAt: tx.Now,
		}
		return in.ID, s.onFile(tx, v, in.AccountID, "ADD_MEMBER", "members", in.ID, func() error {
			return tx.AddMembers([]models.Member{row})
		})
	}, result((*models.Tx).MemberMade))
}

func (in NewMember) check(tx *models.Tx) error {
	if !slices.Contains([]models.Sex{"", models.Female, models.Male}, in.Sex) {
		return Invalid("sex", "%q is no sex", in.Sex).By("enum")
	}
	return firstError(needed("name", in.Name, maxShort), checkText("relation", in.Relation, maxShort),
		checkText("note", in.Note, maxText), birthYear("birthYear", in.BirthYear, tx.Today))
}

// RemoveMember takes a person and their special days out of a household. Removing twice is removing once.
func (s *Service) RemoveMember(ctx context.Context, member id.ID) error {
	return s.write(ctx, auth.EditFile, func(tx *models.Tx, v auth.Viewer) error {
		m, err := tx.Member(v.Scope(), member)
		if err != nil {
			return missing(err, "household member")
		}
		return s.onFile(tx, v, m.AccountID, "REMOVE_MEMBER", "members", m.ID, func() error { return tx.RemoveMember(m.ID) })
	})
}

// NewDate is a special day to add (D6 b). ID is the key of the new row and of the command.
type NewDate struct {
	ID        id.ID
	AccountID id.ID
	MemberID  *id.ID
	Occasion  cadence.Occasion
	Label     string
	Calendar  cadence.Calendar
	Year      *int
	Month     int
	Day       int
	Leap      bool // of a leap month; lunar days only
}

// AddDate adds a birthday, an anniversary or another day that comes every year.
func (s *Service) AddDate(ctx context.Context, in NewDate) (models.AccountDate, error) {
	c := command{in.ID, "AddDate", in}
	return commanded(ctx, s, auth.EditFile, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx, v); err != nil {
			return id.ID{}, err
		}
		row := models.AccountDate{
			ID: in.ID, AccountID: in.AccountID, MemberID: in.MemberID, Occasion: in.Occasion, Label: in.Label,
			Calendar: in.Calendar, Year: in.Year, Month: in.Month, Day: in.Day, Leap: in.Leap, CreatedAt: tx.Now,
		}
		return in.ID, s.onFile(tx, v, in.AccountID, "ADD_DATE", "account_dates", in.ID, func() error {
			return tx.AddDates([]models.AccountDate{row})
		})
	}, result((*models.Tx).DateMade))
}

func (in NewDate) check(tx *models.Tx, v auth.Viewer) error {
	occasions := []cadence.Occasion{cadence.Birthday, cadence.SpouseBirthday, cadence.Anniversary, cadence.OtherOccasion}
	if !slices.Contains(occasions, in.Occasion) {
		return Invalid("occasion", "%q is no occasion", in.Occasion).By("enum")
	}
	if err := firstError(checkText("label", in.Label, maxShort), birthYear("year", in.Year, tx.Today), in.checkDay()); err != nil {
		return err
	}
	if in.MemberID == nil {
		return nil
	}
	m, err := tx.Member(v.Scope(), *in.MemberID)
	if err == nil && m.AccountID != in.AccountID {
		err = models.ErrNotFound
	}
	return missing(err, "household member")
}

// checkDay allows 29 February and the 30th of every lunar month: the rules know what to do in years without them.
func (in NewDate) checkDay() error {
	last := 30
	switch in.Calendar {
	case cadence.Lunar:
	case cadence.Solar:
		if in.Leap {
			return Invalid("leap", "only the lunar calendar has leap months").By("calendar")
		}
		if in.Month >= 1 && in.Month <= 12 {
			last = []int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[in.Month-1]
		}
	default:
		return Invalid("calendar", "%q is no calendar", in.Calendar).By("enum")
	}
	if in.Month < 1 || in.Month > 12 || in.Day < 1 || in.Day > last {
		return Invalid("day", "month %d has no day %d", in.Month, in.Day).By("calendar")
	}
	return nil
}

// RemoveDate takes a special day away.
func (s *Service) RemoveDate(ctx context.Context, date id.ID) error {
	return s.write(ctx, auth.EditFile, func(tx *models.Tx, v auth.Viewer) error {
		d, err := tx.Date(v.Scope(), date)
		if err != nil {
			return missing(err, "special day")
		}
		return s.onFile(tx, v, d.AccountID, "REMOVE_DATE", "account_dates", d.ID, func() error { return tx.RemoveDate(d.ID) })
	})
}

// maxTags and maxTag keep tags tags.
const (
	maxTags = 30
	maxTag  = 40
)

// SetTags makes these the tags of an account (D11) and returns them in order. Setting the same twice changes nothing.
func (s *Service) SetTags(ctx context.Context, account id.ID, tags []string) ([]string, error) {
	clean, err := cleanTags(tags)
	if err != nil {
		return nil, err
	}
	err = s.write(ctx, auth.EditFile, func(tx *models.Tx, v auth.Viewer) error {
		return s.onFile(tx, v, account, "SET_TAGS", "account_tags", account, func() error { return tx.PutTags(account, clean) })
	})
	return clean, err
}

func cleanTags(tags []string) ([]string, error) {
	var clean []string
	for _, t := range tags {
		t = strings.TrimSpace(t)
		if err := needed("tags", t, maxTag); err != nil {
			return nil, err
		}
		clean = append(clean, t)
	}
	slices.Sort(clean)
	clean = slices.Compact(clean)
	if len(clean) > maxTags {
		return nil, Invalid("tags", "%d tags: at most %d", len(clean), maxTags).By("length")
	}
	return clean, nil
}

// onFile changes a part of an account's file: it locks the account, makes the change, and notes it.
func (s *Service) onFile(tx *models.Tx, v auth.Viewer, account id.ID, action, table string, row id.ID, change func() error) error {
	a, err := tx.LockAccount(v.Scope(), account)
	if err != nil {
		return missing(err, "account")
	}
	if err := taken(change()); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, action, table, row, a.ID, nil))
}
