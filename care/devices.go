package care

import (
	"context"
	"slices"
	"time"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Device is a device on which somebody signed in, and how its work arrives.
type Device struct {
	ID        id.ID
	UserID    id.ID
	UserName  string
	Name      string
	CreatedAt time.Time
	SeenAt    time.Time
	Issued    int // commands made on it
	Received  int // of these, answered
	Waiting   int // still on it, as it said when last heard of
	Missing   int // neither: work that got lost
	RevokedAt *time.Time
	WipedAt   *time.Time
}

// Devices are the viewer's own devices and those of the people they lead, the latest seen first.
func (s *Service) Devices(ctx context.Context) ([]Device, error) {
	var out []Device
	err := s.read(ctx, auth.OwnLogin, func(tx *models.Tx, v auth.Viewer) error {
		rows, err := tx.DevicesInScope(v.Scope(), v.User)
		if err != nil {
			return err
		}
		out, err = counted(tx, rows)
		return err
	})
	return out, err
}

// RevokeDevice ends the sessions of a device at once. At its next contact it delivers what was done before, and is told
// to wipe itself. For one's own devices and those of the people the viewer leads; revoking twice is revoking once.
func (s *Service) RevokeDevice(ctx context.Context, user, device id.ID, why string) (Device, error) {
	var out []Device
	err := s.write(ctx, auth.OwnLogin, func(tx *models.Tx, v auth.Viewer) error {
		if err := s.revoke(tx, v, user, device, why); err != nil {
			return err
		}
		rows, err := tx.DeviceRow(user, device)
		if err != nil {
			return err
		}
		out, err = counted(tx, rows)
		return err
	})
	if err != nil {
		return Device{}, err
	}
	return out[0], nil
}

func (s *Service) revoke(tx *models.Tx, v auth.Viewer, user, device id.ID, why string) error {
	if user != v.User {
		if _, err := tx.UserInScope(v.Scope(), user); err != nil {
			return missing(err, "device")
		}
	}
	d, err := tx.LockDevice(user, device)
	if err != nil {
		return missing(err, "device")
	}
	if err := needed("why", why, maxText); err != nil || d.RevokedAt != nil {
		return err
	}
	d.RevokedAt, d.RevokedBy, d.RevokedWhy = &tx.Now, &v.User, why
	if err := tx.ChangeDevice(&d, "revoked_at", "revoked_by", "revoked_why"); err != nil {
		return err
	}
	if err := tx.RevokeSessionsOn(user, device); err != nil {
		return err
	}
	return tx.AddAudit(models.Audit{UserID: &v.User, Action: "REVOKE_DEVICE", Entity: "devices", EntityID: &device,
		Detail: map[string]any{"user": user, "why": why}})
}

// workOf is one command of a device by its number.
type workOf struct {
	user, device id.ID
	counter      int
}

// counted shows devices with how their work arrives.
func counted(tx *models.Tx, rows []models.DeviceRow) ([]Device, error) {
	var keys []id.ID
	var counters []int
	for _, r := range rows {
		if len(r.Waiting) > 0 {
			keys = append(keys, r.ID)
			counters = append(counters, r.Waiting...)
		}
	}
	answered, err := tx.CountersAmong(keys, counters)
	if err != nil {
		return nil, err
	}
	came := map[workOf]bool{}
	for _, o := range answered {
		came[workOf{o.UserID, o.DeviceID, o.Counter}] = true
	}
	out := make([]Device, len(rows))
	for i, r := range rows {
		out[i] = shown(r, func(n int) bool { return came[workOf{r.UserID, r.ID, n}] })
	}
	return out, nil
}

// shown tells what is missing of a device: numbers below the highest that came which neither came nor wait.
func shown(r models.DeviceRow, came func(int) bool) Device {
	slices.Sort(r.Waiting)
	below, waiting := 0, 0
	for _, n := range slices.Compact(r.Waiting) {
		if came(n) { // since the device last spoke, or while it did
			continue
		}
		waiting++
		if n < r.Highest {
			below++
		}
	}
	return Device{
		ID: r.ID, UserID: r.UserID, UserName: r.UserName, Name: r.Name, CreatedAt: r.CreatedAt, SeenAt: r.SeenAt,
		Issued: max(r.Issued, r.Highest), Received: r.Received, Waiting: waiting, Missing: max(0, r.Highest-r.Received-below),
		RevokedAt: r.RevokedAt, WipedAt: r.WipedAt,
	}
}
