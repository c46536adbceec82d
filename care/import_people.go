package care

import (
	"bytes"
	"slices"
	"strings"

	"huifang/cadence"
	"huifang/id"
	"huifang/models"
)

// writeReps writes users with the stores and teams they name.
func (im *importer) writeReps(report *FileReport) error {
	places, err := im.places()
	if err != nil {
		return err
	}
	for _, row := range im.repRows {
		if err := im.writeRep(report, row, places); err != nil {
			return err
		}
	}
	return nil
}

// places are the stores and teams by number.
type places struct {
	shops map[string]models.Shop
	teams map[string]models.Team
}

func (im *importer) places() (places, error) {
	p := places{shops: map[string]models.Shop{}, teams: map[string]models.Team{}}
	shops, err := im.tx.Shops()
	if err != nil {
		return p, err
	}
	for _, s := range shops {
		p.shops[s.Number] = s
	}
	teams, err := im.tx.Teams()
	for _, t := range teams {
		p.teams[t.Number] = t
	}
	return p, err
}

func (im *importer) writeRep(report *FileReport, row repRow, p places) error {
	shop, err := im.shop(row, p)
	if err != nil {
		return err
	}
	team, err := im.team(row, shop, p)
	if err != nil {
		return err
	}
	user, err := im.tx.UserByNumber(row.Number)
	known := err == nil
	if err != nil && !isNotFound(err) {
		return err
	}
	before := user
	if !known {
		user = models.User{ID: im.users[row.Number], Number: row.Number, Lang: "zh", Mode: models.EBike, CreatedAt: im.tx.Now}
	}
	if err := im.fillUser(&user, row, shop, team); err != nil {
		return err
	}
	switch {
	case !known:
		report.Added++
		im.report.Logins = append(im.report.Logins, user.Login)
		return clash(im.tx.AddUser(&user), "login", user.Login)
	case sameUser(before, user):
		report.Unchanged++
		return nil
	}
	report.Updated++
	im.reps[user.ID] = true
	return clash(im.tx.ChangeUser(&user, "login", "name", "pinyin", "role", "store_id", "team_id", "phone", "start_lat", "start_lng", "mode", "updated_at"), "login", user.Login)
}

// clash says which number or login is taken by another row.
func clash(err error, field, value string) error {
	if isConflict(err) {
		return Conflict("%s %q already belongs to somebody else: choose another", field, value)
	}
	return err
}

func (im *importer) fillUser(u *models.User, row repRow, shop, team *id.ID) error {
	u.Name, u.Pinyin, u.Login, u.Role, u.UpdatedAt = row.Name, models.Pinyin(row.Name), row.Login, string(row.Role), im.tx.Now
	if shop != nil {
		u.StoreID = shop
	}
	if team != nil {
		u.TeamID = team
	}
	if row.Mode != "" {
		u.Mode = row.Mode
	}
	if row.Lat != nil {
		u.StartLat, u.StartLng = row.Lat, row.Lng
	}
	if row.Phone == "" {
		return nil
	}
	phone, err := im.reseal(sealedAt{"users", "phone", u.ID}, u.Phone, row.Phone)
	u.Phone = phone
	return err
}

func sameUser(a, b models.User) bool {
	return a.Name == b.Name && a.Login == b.Login && a.Role == b.Role && sameID(a.StoreID, b.StoreID) && sameID(a.TeamID, b.TeamID) &&
		a.Mode == b.Mode && sameNumber(a.StartLat, b.StartLat) && sameNumber(a.StartLng, b.StartLng) && bytes.Equal(a.Phone, b.Phone)
}

func sameID(a, b *id.ID) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

func sameNumber(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// reseal seals a value, unless the sealed one there says the same already.
func (im *importer) reseal(at sealedAt, sealed models.Sealed, clear string) (models.Sealed, error) {
	if len(sealed) > 0 {
		if old, err := im.open(at, sealed); err == nil && old == clear {
			return sealed, nil
		}
	}
	return im.seal(at, clear)
}

func (im *importer) shop(row repRow, p places) (*id.ID, error) {
	if row.Store == "" {
		return nil, nil
	}
	shop, known := p.shops[row.Store]
	before := shop
	if !known {
		shop = models.Shop{ID: im.tx.NewID(), Number: row.Store, CreatedAt: im.tx.Now}
	}
	shop.Name = row.StoreName
	if row.City != "" {
		shop.City = row.City
	}
	if row.Address != "" {
		shop.Address = row.Address
	}
	p.shops[row.Store] = shop
	switch {
	case !known:
		return &shop.ID, im.tx.AddShop(&shop)
	case before.Name != shop.Name || before.City != shop.City || before.Address != shop.Address:
		return &shop.ID, im.tx.ChangeShop(&shop, "name", "city", "address")
	}
	return &shop.ID, nil
}

func (im *importer) team(row repRow, shop *id.ID, p places) (*id.ID, error) {
	if row.Team == "" || shop == nil {
		return nil, nil
	}
	team, known := p.teams[row.Team]
	before := team
	if !known {
		team = models.Team{ID: im.tx.NewID(), Number: row.Team, CreatedAt: im.tx.Now}
	}
	team.Name, team.StoreID = row.TeamName, *shop
	p.teams[row.Team] = team
	switch {
	case !known:
		return &team.ID, im.tx.AddTeam(&team)
	case before.Name != team.Name || before.StoreID != team.StoreID:
		return &team.ID, im.tx.ChangeTeam(&team, "name", "store_id")
	}
	return &team.ID, nil
}

// filedRow is an account as the files know it, from what the database has.
func filedRow(a models.Account, f models.Filed) accountRow {
	row := accountRow{Account: a, Tags: f.Tags[a.ID]}
	spouse := spouseOf(f.Members[a.ID])
	if spouse != nil {
		row.Spouse = spouse.Name
	}
	for _, d := range f.Dates[a.ID] {
		special := specialOf(d)
		switch {
		case d.Occasion == cadence.Birthday && d.MemberID == nil:
			row.Birthday = &special
		case d.Occasion == cadence.Anniversary && row.Anniversary == nil:
			row.Anniversary = &special
		case d.Occasion == cadence.SpouseBirthday && row.SpouseBirthday == nil:
			row.SpouseBirthday = &special
		}
	}
	return row
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

func sameText(a, b []string) bool { return strings.Join(a, "\x00") == strings.Join(b, "\x00") }
