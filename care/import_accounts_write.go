package care

import (
	"errors"
	"reflect"
	"slices"

	"huifang/cadence"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// chunk is how many rows are looked up and written at once.
const chunk = 200

func isNotFound(err error) bool { return errors.Is(err, models.ErrNotFound) }
func isConflict(err error) bool { return errors.Is(err, models.ErrConflict) }

// writeAccounts writes the accounts file in chunks, then who referred whom, which may be anybody in the file.
func (im *importer) writeAccounts(report *FileReport) error {
	var batch []cells
	referrers := map[string]string{}
	err := lines(im, "write", im.in.Accounts, rawTable(), &FileReport{}, func(_ int, row cells, _ []sheets.Problem) error {
		batch = append(batch, row)
		if len(batch) < chunk {
			return nil
		}
		err := im.writeAccountChunk(report, batch, referrers)
		batch = batch[:0]
		return err
	})
	if err != nil {
		return err
	}
	if err := im.writeAccountChunk(report, batch, referrers); err != nil {
		return err
	}
	return im.writeReferrers(referrers)
}

// cells are the cells of an accounts line that are not blank, by column: they are read into the account as it stands.
type cells struct {
	number string
	set    []func(*accountRow) error
}

// rawTable reads the accounts file without interpreting it yet.
func rawTable() table[cells] {
	var out table[cells]
	for _, c := range accountTable() {
		out = append(out, column[cells]{field: c.field, zh: c.zh, en: c.en, also: c.also, required: c.required,
			read: func(row *cells, cell string) error {
				if c.field == "number" {
					row.number = cell
				}
				row.set = append(row.set, func(a *accountRow) error { return c.read(a, cell) })
				return nil
			}})
	}
	return out
}

func (im *importer) writeAccountChunk(report *FileReport, batch []cells, referrers map[string]string) error {
	if len(batch) == 0 {
		return nil
	}
	numbers := make([]string, len(batch))
	for i, row := range batch {
		numbers[i] = row.number
	}
	filed, err := im.tx.AccountsNumbered(numbers)
	if err != nil {
		return err
	}
	known := map[string]models.Account{}
	for _, a := range filed.Accounts {
		known[a.Number] = a
	}
	var fresh newAccounts
	for _, c := range batch {
		before, ok := known[c.number]
		row := filedRow(before, filed)
		if ok {
			if err := im.unseal(&row); err != nil {
				return err
			}
		}
		old := row
		for _, set := range c.set {
			if err := set(&row); err != nil {
				return err
			}
		}
		if row.Referrer != "" {
			referrers[row.Number] = row.Referrer
		}
		if !ok {
			report.Added++
			err = im.addAccount(&fresh, row)
		} else {
			err = im.changeAccount(report, filed, old, row)
		}
		if err != nil {
			return err
		}
	}
	return im.addAccounts(fresh)
}

// newAccounts are rows to insert together.
type newAccounts struct {
	accounts    []models.Account
	assignments []models.Assignment
	members     []models.Member
	dates       []models.AccountDate
	tags        []models.AccountTag
}

func (im *importer) addAccounts(n newAccounts) error {
	if len(n.accounts) == 0 {
		return nil
	}
	return errors.Join(
		im.tx.AddAccounts(n.accounts), im.tx.AddAssignments(n.assignments),
		unlessEmpty(n.members, im.tx.AddMembers), unlessEmpty(n.dates, im.tx.AddDates), unlessEmpty(n.tags, im.tx.AddTags),
	)
}

func unlessEmpty[T any](rows []T, add func([]T) error) error {
	if len(rows) == 0 {
		return nil
	}
	return add(rows)
}

// addAccount makes a new account: without a day given it is in care from today, or from its first order.
func (im *importer) addAccount(n *newAccounts, row accountRow) error {
	a := &row.Account
	a.ID, a.RepID, a.Version = im.accounts[row.Number], im.users[row.Rep], 1
	a.Service, a.Lifecycle, a.Activity = cadence.NotYet, cadence.Potential, cadence.NormalActivity
	a.Horizon, a.CreatedAt = cadence.HorizonUnknown, im.tx.Now
	if !row.SinceGiven {
		a.Since = im.tx.Today
	}
	if err := im.fillAccount(&row, accountRow{}); err != nil {
		return err
	}
	n.accounts = append(n.accounts, *a)
	n.assignments = append(n.assignments, models.Assignment{
		ID: im.tx.NewID(), AccountID: a.ID, RepID: a.RepID, FromAt: im.tx.Now, Reason: "import", CreatedBy: im.by,
	})
	for _, tag := range row.Tags {
		n.tags = append(n.tags, models.AccountTag{AccountID: a.ID, Tag: tag})
	}
	spouse := im.spouse(row)
	if spouse != nil {
		n.members = append(n.members, *spouse)
	}
	n.dates = append(n.dates, im.dates(row, spouse)...)
	im.reps[a.RepID] = true
	return nil
}

// fillAccount seals what is sensitive and derives what follows from the columns.
func (im *importer) fillAccount(row *accountRow, old accountRow) error {
	a := &row.Account
	a.Pinyin, a.UpdatedAt = models.Pinyin(a.Name), im.tx.Now
	store, err := im.storeOf(a.RepID)
	if err != nil {
		return err
	}
	a.StoreID = store
	if row.PhoneText != old.PhoneText {
		if err := im.setPhone(a, row.PhoneText); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		column      string
		now, before string
		sealed      *models.Sealed
	}{
		{"address", row.AddressText, old.AddressText, &a.Address},
		{"health", row.HealthText, old.HealthText, &a.Health},
		{"history", row.HistoryText, old.HistoryText, &a.History},
		{"allergies", row.AllergyText, old.AllergyText, &a.Allergies},
	} {
		if f.now == f.before {
			continue
		}
		if *f.sealed, err = im.seal(sealedAt{"accounts", f.column, a.ID}, f.now); err != nil {
			return err
		}
	}
	return nil
}

// unseal opens the sealed columns of an account into its row.
func (s *Service) unseal(row *accountRow) error {
	a := row.Account
	for _, f := range []struct {
		column string
		sealed models.Sealed
		clear  *string
	}{
		{"phone", a.Phone, &row.PhoneText}, {"address", a.Address, &row.AddressText}, {"health", a.Health, &row.HealthText},
		{"history", a.History, &row.HistoryText}, {"allergies", a.Allergies, &row.AllergyText},
	} {
		if len(f.sealed) == 0 {
			continue
		}
		var err error
		if *f.clear, err = s.open(sealedAt{"accounts", f.column, a.ID}, f.sealed); err != nil {
			return err
		}
	}
	return nil
}

// storeOf is the store a rep works for: the account's store too.
func (im *importer) storeOf(rep id.ID) (id.ID, error) {
	if im.stores == nil {
		im.stores = map[id.ID]id.ID{}
	}
	if store, ok := im.stores[rep]; ok {
		return store, nil
	}
	user, err := im.tx.User(rep)
	if err != nil {
		return id.ID{}, err
	}
	if user.StoreID == nil || user.Role != "REP" {
		return id.ID{}, Invalid("rep", "%s is not a rep of a store: accounts belong to reps", user.Number)
	}
	im.stores[rep] = *user.StoreID
	return *user.StoreID, nil
}

// changeAccount writes what differs, moves the account when its rep differs, and audits which columns changed.
func (im *importer) changeAccount(report *FileReport, filed models.Filed, old, row accountRow) error {
	if row.Rep != "" {
		row.RepID = im.users[row.Rep]
	}
	row.OptOuts = sameOptOuts(old.OptOuts, row.OptOuts)
	oldRep := old.Account.RepID
	if err := im.fillAccount(&row, old); err != nil {
		return err
	}
	columns := changedColumns(old.Account, row.Account)
	children, err := im.changeChildren(filed, old, row)
	if err != nil {
		return err
	}
	if len(columns) == 0 && !children && oldRep == row.RepID {
		report.Unchanged++
		return nil
	}
	report.Updated++
	im.reps[row.RepID] = true
	return im.saveAccount(oldRep, row, columns)
}

func (im *importer) saveAccount(oldRep id.ID, row accountRow, columns []string) error {
	a := row.Account
	rep := a.RepID
	a.RepID = oldRep
	if err := im.tx.ChangeAccount(&a, append(slices.Clone(columns), "updated_at")...); err != nil {
		return err
	}
	if rep != oldRep {
		im.reps[oldRep] = true
		err := im.tx.MoveAccount(&a, models.Assignment{ID: im.tx.NewID(), AccountID: a.ID, RepID: rep, FromAt: im.tx.Now, Reason: "import", CreatedBy: im.by})
		if err != nil {
			return err
		}
	}
	detail := map[string]any{"columns": columns}
	return im.tx.AddAudit(models.Audit{UserID: im.by, Action: "IMPORT", Entity: "accounts", EntityID: &a.ID, AccountID: &a.ID, Detail: detail})
}

// sameOptOuts keeps since when a channel was refused: a file says only that it was.
func sameOptOuts(old, now []models.OptOut) []models.OptOut {
	for i, o := range now {
		if j := slices.IndexFunc(old, func(x models.OptOut) bool { return x.Kind == o.Kind }); j >= 0 {
			now[i] = old[j]
		}
	}
	return now
}

// filedColumns are the account's columns that files carry, by field of the struct.
func filedColumns() map[string]string {
	return map[string]string{
		"Name": "name", "Pinyin": "pinyin", "StoreID": "store_id", "Sex": "sex", "BirthYear": "birth_year",
		"Phone": "phone", "PhoneHash": "phone_hash", "Last4Hash": "last4_hash", "Address": "address",
		"District": "district", "City": "city", "Lat": "lat", "Lng": "lng",
		"Health": "health", "History": "history", "Allergies": "allergies", "Frail": "frail",
		"Employer": "employer", "Job": "job", "Budget": "budget", "Wishes": "wishes", "Manner": "manner", "Looks": "looks",
		"Habits": "habits", "Hobbies": "hobbies", "Interests": "interests", "Brings": "brings", "ExpectedNextOn": "expected_next_on",
		"Taboos": "taboos", "Preferred": "preferred", "Quiet": "quiet", "OptOuts": "opt_outs", "Source": "source", "Since": "since",
	}
}

func changedColumns(old, now models.Account) []string {
	var out []string
	o, n := reflect.ValueOf(old), reflect.ValueOf(now)
	for field, column := range filedColumns() {
		if !same(o.FieldByName(field), n.FieldByName(field)) {
			out = append(out, column)
		}
	}
	slices.Sort(out)
	return out
}

// same compares two fields; an empty list is the same as none.
func same(a, b reflect.Value) bool {
	if a.Kind() == reflect.Slice && a.Len() == 0 && b.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// changeChildren writes tags, the spouse and the special days when they differ, and tells whether they did.
func (im *importer) changeChildren(filed models.Filed, old, row accountRow) (bool, error) {
	changed := false
	if !sameSet(old.Tags, row.Tags) {
		changed = true
		if err := im.tx.PutTags(row.ID, row.Tags); err != nil {
			return false, err
		}
	}
	spouse := spouseOf(filed.Members[row.ID])
	if row.Spouse != old.Spouse {
		changed = true
		var err error
		if spouse, err = im.changeSpouse(spouse, row); err != nil {
			return false, err
		}
	}
	for _, d := range im.dates(row, spouse) {
		moved, err := im.changeDate(filed.Dates[row.ID], d)
		if err != nil {
			return false, err
		}
		changed = changed || moved
	}
	return changed, nil
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

func (im *importer) changeSpouse(spouse *models.Member, row accountRow) (*models.Member, error) {
	if spouse == nil {
		spouse = im.spouse(row)
		return spouse, im.tx.AddMembers([]models.Member{*spouse})
	}
	spouse.Name = row.Spouse
	return spouse, im.tx.ChangeMember(spouse, "name")
}

func (im *importer) changeDate(known []models.AccountDate, d models.AccountDate) (bool, error) {
	i := slices.IndexFunc(known, func(k models.AccountDate) bool {
		return k.Occasion == d.Occasion && (d.Occasion != cadence.Birthday || k.MemberID == nil)
	})
	if i < 0 {
		return true, im.tx.AddDates([]models.AccountDate{d})
	}
	if specialOf(known[i]) == specialOf(d) {
		return false, nil
	}
	d.ID = known[i].ID
	return true, im.tx.ChangeDate(&d, "calendar", "year", "month", "day", "leap")
}

func (im *importer) spouse(row accountRow) *models.Member {
	if row.Spouse == "" {
		return nil
	}
	return &models.Member{ID: im.tx.NewID(), AccountID: row.ID, Name: row.Spouse, Relation: spouses()[0], CreatedAt: im.tx.Now}
}

// dates are the special days of a row; a spouse's birthday belongs to the spouse when there is one.
func (im *importer) dates(row accountRow, spouse *models.Member) []models.AccountDate {
	var out []models.AccountDate
	add := func(o cadence.Occasion, d *sheets.Occasion, member *id.ID) {
		if d != nil {
			out = append(out, im.date(row.ID, o, *d, member))
		}
	}
	var member *id.ID
	if spouse != nil {
		member = &spouse.ID
	}
	add(cadence.Birthday, row.Birthday, nil)
	add(cadence.Anniversary, row.Anniversary, nil)
	add(cadence.SpouseBirthday, row.SpouseBirthday, member)
	return out
}

func (im *importer) date(account id.ID, o cadence.Occasion, d sheets.Occasion, member *id.ID) models.AccountDate {
	out := models.AccountDate{
		ID: im.tx.NewID(), AccountID: account, MemberID: member, Occasion: o, Calendar: cadence.Solar,
		Month: d.Month, Day: d.Day, Leap: d.Leap, CreatedAt: im.tx.Now,
	}
	if d.Lunar {
		out.Calendar = cadence.Lunar
	}
	if d.Year != 0 {
		out.Year = &d.Year
	}
	return out
}

func specialOf(d models.AccountDate) sheets.Occasion {
	s := sheets.Occasion{Lunar: d.Calendar == cadence.Lunar, Month: d.Month, Day: d.Day, Leap: d.Leap}
	if d.Year != nil {
		s.Year = *d.Year
	}
	return s
}

// writeReferrers notes who brought whom (D22).
func (im *importer) writeReferrers(referrers map[string]string) error {
	for number, referrer := range referrers {
		if err := im.tx.ReferAccount(im.accounts[number], im.accounts[referrer]); err != nil {
			return err
		}
	}
	return nil
}
