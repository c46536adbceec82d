package models

import (
	"time"

	"huifang/civil"
	"huifang/id"
)

// Company reads the company: ErrNotFound before it was created.
func (tx *Tx) Company() (Company, error) {
	var c Company
	return c, tx.take(&c, "id = 1")
}

// CreateCompany writes the one company: ErrConflict when there is one. An unknown zone is an error.
func (tx *Tx) CreateCompany(name, zone string) (Company, error) {
	c := Company{ID: 1, Name: name, Zone: zone, Epoch: tx.NewID()}
	if _, err := time.LoadLocation(zone); err != nil {
		return c, wrap("create the company", err)
	}
	tx.moved = true
	return c, tx.insert(&c)
}

// RenameCompany changes the name and the zone. Other instances of the server learn of a new zone when they start.
func (tx *Tx) RenameCompany(name, zone string) error {
	if _, err := time.LoadLocation(zone); err != nil {
		return wrap("rename the company", err)
	}
	tx.moved = true
	tx.touched.everyone = true
	return tx.updateOne(&Company{}, map[string]any{"name": name, "zone": zone}, "id = 1")
}

// MarkKeys notes which file of keys seals this database.
func (tx *Tx) MarkKeys(mark []byte) error {
	return tx.updateOne(&Company{}, map[string]any{"keys_mark": mark}, "id = 1")
}

// NewEpoch tells all phones that the database went back in time: call it after a restore (design §4).
func (tx *Tx) NewEpoch() error {
	return tx.updateOne(&Company{}, map[string]any{"epoch": tx.NewID()}, "id = 1")
}

// AddShop adds a store; ErrConflict when the number is taken.
func (tx *Tx) AddShop(s *Shop) error { return tx.insert(s) }

// Shops are the stores by number.
func (tx *Tx) Shops() ([]Shop, error) {
	var rows []Shop
	return rows, wrap("list stores", tx.db.Order("number").Limit(MaxPage).Find(&rows).Error)
}

// Shop reads a store.
func (tx *Tx) Shop(x id.ID) (Shop, error) {
	var s Shop
	return s, tx.take(&s, "id = ?", x)
}

// ShopByNumber reads a store by the company's own number.
func (tx *Tx) ShopByNumber(number string) (Shop, error) {
	var s Shop
	return s, tx.take(&s, "number = ?", number)
}

// ChangeShop writes chosen columns of a store.
func (tx *Tx) ChangeShop(s *Shop, columns ...string) error { return tx.save(s, columns) }

// AddTeam adds a team; ErrConflict when the number is taken.
func (tx *Tx) AddTeam(t *Team) error { return tx.insert(t) }

// Teams are the teams by number.
func (tx *Tx) Teams() ([]Team, error) {
	var rows []Team
	return rows, wrap("list teams", tx.db.Order("number").Limit(MaxPage).Find(&rows).Error)
}

// Team reads a team.
func (tx *Tx) Team(x id.ID) (Team, error) {
	var t Team
	return t, tx.take(&t, "id = ?", x)
}

// TeamByNumber reads a team by the company's own number.
func (tx *Tx) TeamByNumber(number string) (Team, error) {
	var t Team
	return t, tx.take(&t, "number = ?", number)
}

// ChangeTeam writes chosen columns of a team.
func (tx *Tx) ChangeTeam(t *Team, columns ...string) error { return tx.save(t, columns) }

// Holidays are the days off and the days worked instead, from one day to another.
func (tx *Tx) Holidays(from, to civil.Date) ([]Holiday, error) {
	var rows []Holiday
	return rows, tx.sorted(&rows, "day", "day BETWEEN ? AND ?", from, to)
}

// PutHolidays writes days, over those that are there.
func (tx *Tx) PutHolidays(days []Holiday) error {
	for _, d := range days {
		if err := tx.drop(&Holiday{}, "day = ?", d.Day); err != nil {
			return err
		}
	}
	return tx.insert(&days)
}

// RemoveHoliday makes a day like any other.
func (tx *Tx) RemoveHoliday(day civil.Date) error { return tx.remove(&Holiday{}, "day = ?", day) }

// PolicyOn is the policy in force on a day: ErrNotFound before the first.
func (tx *Tx) PolicyOn(day civil.Date) (Policy, error) {
	var p Policy
	return p, wrap("read the policy", tx.db.Where("from_day <= ?", day).Order("from_day DESC, version DESC").Take(&p).Error)
}

// PolicyVersion is a version by its number: ErrNotFound when nobody wrote it.
func (tx *Tx) PolicyVersion(version int) (Policy, error) {
	var p Policy
	return p, tx.take(&p, "version = ?", version)
}

// Policies are the versions, the newest first.
func (tx *Tx) Policies() ([]Policy, error) {
	var rows []Policy
	return rows, wrap("list policies", tx.db.Order("version DESC").Limit(MaxPage).Find(&rows).Error)
}

// AddPolicy writes the next version and sets its number. ErrConflict when somebody else wrote one meanwhile.
func (tx *Tx) AddPolicy(p *Policy) error {
	var last int
	if err := tx.db.Model(&Policy{}).Select("COALESCE(MAX(version), 0)").Scan(&last).Error; err != nil {
		return wrap("add a policy", err)
	}
	p.Version = last + 1
	return tx.insert(p)
}
