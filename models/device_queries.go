package models

import (
	"huifang/auth"
	"huifang/id"
)

// Device reads a device of a user.
func (tx *Tx) Device(user, device id.ID) (Device, error) {
	var d Device
	return d, tx.take(&d, "user_id = ? AND id = ?", user, device)
}

// LockDevice reads a device of a user and holds its row.
func (tx *Tx) LockDevice(user, device id.ID) (Device, error) {
	var d Device
	return d, tx.lock(&d, "user_id = ? AND id = ?", user, device)
}

// AddDevice writes a device; ErrConflict when the user has it.
func (tx *Tx) AddDevice(d *Device) error { return tx.insert(d) }

// ChangeDevice writes chosen columns of a device.
func (tx *Tx) ChangeDevice(d *Device, columns ...string) error { return tx.save(d, columns) }

// RevokeSessionsOn ends the sessions of a user on one device.
func (tx *Tx) RevokeSessionsOn(user, device id.ID) error {
	_, err := tx.change(&Session{}, map[string]any{"revoked_at": tx.Now},
		"user_id = ? AND device_id = ? AND revoked_at IS NULL", user, device)
	return err
}

// DeviceRow is a device with whose it is and how many of its commands came.
type DeviceRow struct {
	Device
	UserName string
	Received int // different counters that were answered
	Highest  int // the highest of them
}

// DevicesInScope are the devices of the people of a scope and those of one user, the latest seen first.
func (tx *Tx) DevicesInScope(sc auth.Scope, self id.ID) ([]DeviceRow, error) {
	where, args := staff(sc)
	return tx.deviceRows("devices.user_id = ? OR devices.user_id IN (SELECT id FROM users WHERE "+where+")", append(list(self), args...)...)
}

// DeviceRow reads one device as DevicesInScope does.
func (tx *Tx) DeviceRow(user, device id.ID) ([]DeviceRow, error) {
	return tx.deviceRows("devices.user_id = ? AND devices.id = ?", user, device)
}

func (tx *Tx) deviceRows(where string, args ...any) ([]DeviceRow, error) {
	var rows []DeviceRow
	err := tx.db.Table("devices").Select("devices.*, u.name AS user_name").Joins("JOIN users u ON u.id = devices.user_id").
		Where(where, args...).Order("devices.seen_at DESC, devices.id").Limit(MaxPage).Find(&rows).Error
	if err != nil || len(rows) == 0 {
		return rows, wrap("list devices", err)
	}
	return rows, tx.countWork(rows)
}

// countWork fills in how many commands came, in one statement for all.
func (tx *Tx) countWork(rows []DeviceRow) error {
	at := map[[2]id.ID]*DeviceRow{}
	users := make([]id.ID, len(rows))
	for i := range rows {
		at[[2]id.ID{rows[i].UserID, rows[i].ID}], users[i] = &rows[i], rows[i].UserID
	}
	var counts []struct {
		UserID, DeviceID  id.ID
		Received, Highest int
	}
	err := tx.db.Model(&Operation{}).Select("user_id, device_id, COUNT(DISTINCT counter) AS received, MAX(counter) AS highest").
		Where("user_id IN ?", users).Group("user_id, device_id").Find(&counts).Error
	for _, c := range counts {
		if row := at[[2]id.ID{c.UserID, c.DeviceID}]; row != nil {
			row.Received, row.Highest = c.Received, c.Highest
		}
	}
	return wrap("count commands", err)
}

// CountersAmong are the counters, of those given, under which some devices have an answer.
func (tx *Tx) CountersAmong(devices []id.ID, counters []int) ([]Operation, error) {
	if len(devices) == 0 || len(counters) == 0 {
		return nil, nil
	}
	var rows []Operation
	err := tx.db.Select("user_id", "device_id", "counter").
		Where("device_id IN ? AND counter IN ?", devices, counters).Find(&rows).Error
	return rows, wrap("list counters", err)
}
