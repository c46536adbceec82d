package care

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/seal"
)

// Search says which accounts to list; empty fields ask for nothing.
type Search struct {
	// Text is part of a name, the beginning of its pinyin or initials ("zhangw", "zw"), a member number, the last four
	// digits of a telephone number, or the whole of it.
	Text       string
	IDs        []id.ID // no others than these; at most maxMoved
	Tag        string
	District   string
	RepID      *id.ID
	Services   []cadence.Service
	Horizons   []cadence.Horizon
	Lifecycles []cadence.Lifecycle
	Activities []cadence.Activity
	Tiers      []string // value tiers A–D (D12)
	Overdue    bool     // something is due before today
	Near       *Near
	Sort       models.AccountSort // empty: NAME, or DISTANCE with Near
}

// Near is a circle on the map, in a datum.
type Near struct {
	Lat, Lng float64
	Datum    Datum
	Metres   float64
}

// Found is a page of accounts.
type Found struct {
	Rows []FoundAccount
	More bool
}

// FoundAccount is one row of a search; Metres is how far it lies, with Near.
type FoundAccount struct {
	Account models.Account
	Metres  *float64
	Cursor  string
}

// farthest is the largest circle, in metres; mostNear is how many accounts one may hold.
const (
	farthest = 50_000.0
	mostNear = 2000
)

// Search lists accounts of the viewer's scope. LIMITED for a circle with too many accounts in it.
func (s *Service) Search(ctx context.Context, in Search, page Page) (Found, error) {
	var found Found
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		n, err := page.size()
		if err != nil {
			return err
		}
		q, err := s.query(in, tx.Today)
		if err != nil {
			return err
		}
		if in.Near != nil {
			found, err = searchNear(tx, v, in, q, page, n)
		} else {
			found, err = searchList(tx, v, in.Sort, q, page, n)
		}
		return err
	})
	return found, err
}

// query turns a search into what storage understands: telephone numbers only as blind indexes (D23).
func (s *Service) query(in Search, today civil.Date) (models.AccountSearch, error) {
	q := models.AccountSearch{
		Text: strings.TrimSpace(in.Text), Among: in.IDs, Tag: in.Tag, District: in.District, RepID: in.RepID,
		Services: in.Services, Horizons: in.Horizons, Lifecycles: in.Lifecycles, Activities: in.Activities, Tiers: in.Tiers,
	}
	if in.Overdue {
		q.DueBefore = &today
	}
	if err := in.check(); err != nil {
		return q, err
	}
	return q, s.indexPhone(&q)
}

func (in Search) check() error {
	sorts := []models.AccountSort{"", models.ByName, models.ByNextDue, models.ByExpected, models.ByLastContact, models.BySpent, models.ByDistance}
	if !slices.Contains(sorts, in.Sort) || in.Sort == models.ByDistance && in.Near == nil {
		return Invalid("sort", "%q is no order, or needs a place to be near to", in.Sort).By("enum")
	}
	if len(in.IDs) > maxMoved {
		return Invalid("ids", "name up to %d accounts", maxMoved).By("length")
	}
	if n := in.Near; n != nil {
		if err := firstError(position("near", &n.Lat, &n.Lng), n.Datum.check("near")); err != nil {
			return err
		}
		if !(n.Metres > 0 && n.Metres <= farthest) {
			return Invalid("near", "choose up to %d metres", int(farthest)).By("position")
		}
	}
	return firstError(checkText("text", in.Text, maxShort), checkText("tag", in.Tag, maxTag), checkText("district", in.District, maxShort))
}

// indexPhone looks a text of digits up as a number, or as the end of one.
func (s *Service) indexPhone(q *models.AccountSearch) error {
	if len(q.Text) == 4 && digitsOnly(q.Text) {
		var err error
		q.Last4Hash, err = s.Vault.Index(seal.PhoneTail, q.Text)
		return err
	}
	number, err := Phone("text", q.Text)
	if err != nil {
		return nil // not a number: a name
	}
	q.PhoneHash, err = s.Vault.Index(seal.Phone, number)
	return err
}

func digitsOnly(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

func searchList(tx *models.Tx, v auth.Viewer, sort models.AccountSort, q models.AccountSearch, page Page, n int) (Found, error) {
	var after *models.After
	if page.After != "" {
		after = &models.After{}
		if err := readCursor(page.After, after); err != nil {
			return Found{}, err
		}
	}
	rows, err := tx.FindAccounts(v.Scope(), q, sort, after, n+1)
	if err != nil {
		return Found{}, err
	}
	f := Found{More: len(rows) > n}
	for _, a := range rows[:min(n, len(rows))] {
		cursor, err := cursorOf(models.After{Value: sortValue(a, sort), ID: a.ID})
		if err != nil {
			return Found{}, err
		}
		f.Rows = append(f.Rows, FoundAccount{Account: a, Cursor: cursor})
	}
	return f, nil
}

// sortValue is what a row was sorted by, as models spells it.
func sortValue(a models.Account, sort models.AccountSort) string {
	switch sort {
	case models.ByNextDue:
		return dayOr(a.NextDueOn, "9999-12-31")
	case models.ByExpected:
		return dayOr(a.ExpectedOn, "9999-12-31")
	case models.ByLastContact:
		return dayOr(a.LastContactOn, "0001-01-01")
	case models.BySpent:
		return strconv.FormatInt(int64(a.Spent), 10)
	}
	return a.Pinyin
}

func dayOr(day *civil.Date, missing string) string {
	if day == nil {
		return missing
	}
	return day.String()
}

// distant is where a page of a list by distance ended.
type distant struct {
	Metres float64
	ID     id.ID
}

// searchNear reads the accounts of the box around the circle and measures them.
func searchNear(tx *models.Tx, v auth.Viewer, in Search, q models.AccountSearch, page Page, n int) (Found, error) {
	if in.Sort != "" && in.Sort != models.ByDistance {
		return Found{}, Invalid("sort", "accounts near a place come by distance").By("enum")
	}
	near := *in.Near
	near.Lat, near.Lng = near.Datum.stored(near.Lat, near.Lng)
	box := models.BoxAround(near.Lat, near.Lng, near.Metres)
	q.Near = &box
	rows, err := tx.FindAccounts(v.Scope(), q, models.ByName, nil, mostNear+1)
	if err != nil {
		return Found{}, err
	}
	if len(rows) > mostNear {
		return Found{}, Limited("near", "more than %d accounts: choose a smaller circle", mostNear)
	}
	var after distant
	if page.After != "" {
		if err := readCursor(page.After, &after); err != nil {
			return Found{}, err
		}
	}
	return pageByDistance(measure(rows, near), after, n)
}

// measure keeps what lies within a circle in WGS-84, nearest first.
func measure(rows []models.Account, near Near) []FoundAccount {
	var out []FoundAccount
	for _, a := range rows {
		at := spotOf(a.Lat, a.Lng)
		if at == nil {
			continue
		}
		if d := metres(spot{near.Lat, near.Lng}, *at); d <= near.Metres {
			out = append(out, FoundAccount{Account: a, Metres: &d})
		}
	}
	slices.SortFunc(out, func(a, b FoundAccount) int {
		return cmp.Or(cmp.Compare(*a.Metres, *b.Metres), a.Account.ID.Compare(b.Account.ID))
	})
	return out
}

func pageByDistance(rows []FoundAccount, after distant, n int) (Found, error) {
	f := Found{}
	for _, r := range rows {
		if !after.ID.IsZero() && cmp.Or(cmp.Compare(*r.Metres, after.Metres), r.Account.ID.Compare(after.ID)) <= 0 {
			continue
		}
		if len(f.Rows) == n {
			f.More = true
			return f, nil
		}
		var err error
		if r.Cursor, err = cursorOf(distant{*r.Metres, r.Account.ID}); err != nil {
			return Found{}, err
		}
		f.Rows = append(f.Rows, r)
	}
	return f, nil
}
