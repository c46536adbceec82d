package care

import (
	"slices"

	"huifang/cadence"
	"huifang/id"
	"huifang/models"
	"huifang/sheets"
)

// filedRow is an account as the files know it, from what the database has.
func filedRow(a models.Account, f models.Filed) accountRow {
	row := accountRow{Account: a, Tags: f.Tags[a.ID]}
	if spouse := spouseOf(f.Members[a.ID]); spouse != nil {
		row.Spouse = spouse.Name
	}
	row.Birthday = firstOn(f.Dates[a.ID], cadence.Birthday)
	row.Anniversary = firstOn(f.Dates[a.ID], cadence.Anniversary)
	row.SpouseBirthday = firstOn(f.Dates[a.ID], cadence.SpouseBirthday)
	return row
}

// firstOn is the special day of a kind that files speak of.
func firstOn(dates []models.AccountDate, o cadence.Occasion) *sheets.Occasion {
	i := indexOn(dates, o)
	if i < 0 {
		return nil
	}
	d := specialOf(dates[i])
	return &d
}

// indexOn finds the first special day of a kind; a birthday of somebody of the household is not the account's own.
func indexOn(dates []models.AccountDate, o cadence.Occasion) int {
	return slices.IndexFunc(dates, func(d models.AccountDate) bool {
		return d.Occasion == o && (o != cadence.Birthday || d.MemberID == nil)
	})
}

func spouseOf(members []models.Member) *models.Member {
	i := slices.IndexFunc(members, func(m models.Member) bool { return slices.Contains(spouses(), m.Relation) })
	if i < 0 {
		return nil
	}
	return &members[i]
}

// spouses are the words for a spouse; the first is the one import writes.
func spouses() []string { return []string{"配偶", "老伴", "丈夫", "妻子", "爱人"} }

// changeFamily writes tags, the spouse and the special days when they differ.
func (im *importer) changeFamily(d *difference, filed models.Filed, old, row accountRow) error {
	if !sameSet(old.Tags, row.Tags) {
		d.tell("tags", old.Tags, row.Tags)
		if err := im.tx.PutTags(row.ID, row.Tags); err != nil {
			return err
		}
	}
	spouse := spouseOf(filed.Members[row.ID])
	if row.Spouse != old.Spouse {
		d.tell("spouse", old.Spouse, row.Spouse)
		var err error
		if spouse, err = im.changeSpouse(spouse, row); err != nil {
			return err
		}
	}
	for _, date := range im.dates(row, spouse) {
		if err := im.changeDate(d, filed.Dates[row.ID], date); err != nil {
			return err
		}
	}
	return nil
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
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

func (im *importer) changeDate(d *difference, known []models.AccountDate, date models.AccountDate) error {
	i := indexOn(known, date.Occasion)
	if i < 0 {
		now := specialOf(date)
		d.tell(string(date.Occasion), "", specialCell(&now))
		return im.tx.AddDates([]models.AccountDate{date})
	}
	before, now := specialOf(known[i]), specialOf(date)
	if before == now {
		return nil
	}
	d.tell(string(date.Occasion), specialCell(&before), specialCell(&now))
	date.ID = known[i].ID
	return im.tx.ChangeDate(&date, "calendar", "year", "month", "day", "leap")
}

func (im *importer) spouse(row accountRow) *models.Member {
	if row.Spouse == "" {
		return nil
	}
	return &models.Member{ID: im.tx.NewID(), AccountID: row.ID, Name: row.Spouse, Relation: spouses()[0], CreatedAt: im.tx.Now}
}

// dates are the special days of a row; a spouse's birthday belongs to the spouse when there is one.
func (im *importer) dates(row accountRow, spouse *models.Member) []models.AccountDate {
	var member *id.ID
	if spouse != nil {
		member = &spouse.ID
	}
	var out []models.AccountDate
	for _, d := range []struct {
		occasion cadence.Occasion
		on       *sheets.Occasion
		member   *id.ID
	}{
		{cadence.Birthday, row.Birthday, nil}, {cadence.Anniversary, row.Anniversary, nil}, {cadence.SpouseBirthday, row.SpouseBirthday, member},
	} {
		if d.on != nil {
			out = append(out, im.date(row.ID, d.occasion, *d.on, d.member))
		}
	}
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
