package care

import (
	"bytes"

	"huifang/auth"
	"huifang/models"
)

// writeReps writes users with the stores and teams they name.
func (im *importer) writeReps(report *FileReport, file *ImportFile) error {
	for _, row := range im.repRows {
		if err := im.writeRep(report, row); err != nil {
			return near(err, file, row.line, row.line)
		}
	}
	return nil
}

func (im *importer) writeRep(report *FileReport, row repRow) error {
	before, known := im.people[row.Number]
	user := before
	if !known {
		user = models.User{ID: im.holders[row.Number].id, Number: row.Number, Lang: "zh", CreatedAt: im.tx.Now}
	}
	if err := im.fillUser(&user, row); err != nil {
		return err
	}
	h := im.holders[row.Number]
	h.store = user.StoreID
	im.holders[row.Number] = h
	columns, detail := changedUser(before, user)
	switch {
	case !known:
		report.Added++
		im.report.Logins = append(im.report.Logins, user.Login)
		return im.addUser(&user)
	case len(columns) == 0:
		report.Unchanged++
		return nil
	}
	report.Updated++
	im.replans[user.ID] = true
	if err := im.tx.ChangeUser(&user, append(columns, "updated_at")...); err != nil {
		return err
	}
	return models.AddAll(im.tx, []models.Audit{im.audit("users", user.ID, nil, detail)})
}

func (im *importer) addUser(user *models.User) error {
	if err := im.tx.AddUser(user); err != nil {
		return err
	}
	return models.AddAll(im.tx, []models.Audit{im.audit("users", user.ID, nil, nil)})
}

func (im *importer) fillUser(u *models.User, row repRow) error {
	shop, err := im.shop(row)
	if err != nil {
		return err
	}
	if u.TeamID, err = im.team(row, shop); err != nil {
		return err
	}
	u.Name, u.Pinyin, u.Login, u.Role, u.StoreID, u.UpdatedAt = row.Name, models.Pinyin(row.Name), row.Login, string(row.Role), shop, im.tx.Now
	if row.Mode != "" {
		u.Mode = row.Mode
	}
	if u.Mode == "" && row.Role == auth.Rep {
		u.Mode = models.EBike
	}
	if row.Lat != nil {
		u.StartLat, u.StartLng = row.Lat, row.Lng
	}
	if row.Phone != "" {
		u.Phone, err = im.reseal(sealedAt{"users", "phone", u.ID}, u.Phone, row.Phone)
	}
	return err
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

// changedUser are the columns in which two rows of a user differ, and what to say of them.
func changedUser(a, b models.User) ([]string, map[string]any) {
	d := difference{detail: map[string]any{}}
	differ(&d, "name", a.Name, b.Name)
	differ(&d, "pinyin", a.Pinyin, b.Pinyin)
	differ(&d, "login", a.Login, b.Login)
	differ(&d, "role", a.Role, b.Role)
	differ(&d, "store_id", a.StoreID, b.StoreID)
	differ(&d, "team_id", a.TeamID, b.TeamID)
	differ(&d, "mode", a.Mode, b.Mode)
	d.secret("start_lat", same(a.StartLat, b.StartLat))
	d.secret("start_lng", same(a.StartLng, b.StartLng))
	d.secret("phone", bytes.Equal(a.Phone, b.Phone))
	return d.columns, d.detail
}
