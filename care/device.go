package care

import (
	"encoding/base64"
	"errors"
	"slices"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
	"huifang/seal"
)

// DeviceKeys is what a device needs to keep its rows sealed and to prove what it sends.
type DeviceKeys struct {
	ID         id.ID
	StoreKey   string // 32 bytes in base64
	ReceiptKey string // 32 bytes in base64
	Delivery   string // a token
	LeaseHours int
	Issued     int // commands the server heard of
}

// DeviceReport is what a device says of itself.
type DeviceReport struct {
	ID      id.ID
	Issued  int
	Waiting []int // counters of the commands it holds
	App     string
	Wiped   bool
}

// maxWaiting is how many waiting commands a device names.
const maxWaiting = 500

// check refuses a report that cannot be, and one about a device that the viewer is not on.
func (r DeviceReport) check(v auth.Viewer) error {
	if r.ID.IsZero() || r.ID != v.Device {
		return NotFound("device")
	}
	if r.Issued < 0 || r.Issued > maxCounter {
		return Invalid("device.issued", "%d commands cannot be", r.Issued).By("counter")
	}
	if len(r.Waiting) > maxWaiting {
		return Invalid("device.waiting", "%d waiting: name at most %d, the oldest first", len(r.Waiting), maxWaiting).By("length")
	}
	if slices.ContainsFunc(r.Waiting, func(n int) bool { return n < 1 || n > maxCounter }) {
		return Invalid("device.waiting", "commands of a device are numbered from 1").By("counter")
	}
	return checkText("device.app", r.App, maxShort)
}

// heard writes down what a locked device says of itself.
func heard(tx *models.Tx, d *models.Device, r DeviceReport) error {
	d.SeenAt, d.App = tx.Now, r.App
	d.Issued = max(d.Issued, r.Issued)
	d.Waiting = r.Waiting
	columns := []string{"seen_at", "app", "issued", "waiting"}
	if !r.Wiped || d.WipedAt != nil {
		return tx.ChangeDevice(d, columns...)
	}
	d.WipedAt = &tx.Now
	if err := tx.ChangeDevice(d, append(columns, "wiped_at")...); err != nil {
		return err
	}
	return tx.AddAudit(models.Audit{UserID: &d.UserID, Action: "DEVICE_WIPED", Entity: "devices", EntityID: &d.ID})
}

// register notes that a user signs in on a device, and makes its keys; nil when it gave no id. REFUSED when it was
// revoked: then it wipes itself, and comes back as a new device.
func (d *Door) register(tx *models.Tx, u models.User, on Install) (*DeviceKeys, error) {
	if on.ID == nil {
		return nil, nil
	}
	if on.ID.IsZero() {
		return nil, Invalid("deviceId", "make a UUIDv7 for the device").By("required")
	}
	device, err := tx.LockDevice(u.ID, *on.ID)
	switch {
	case errors.Is(err, models.ErrNotFound):
		device = models.Device{UserID: u.ID, ID: *on.ID, Name: on.Name, CreatedAt: tx.Now, SeenAt: tx.Now}
		err = taken(tx.AddDevice(&device))
	case err == nil && device.RevokedAt != nil:
		return nil, Refused("revoked", "this device was revoked: wipe it, then sign in as a new device")
	case err == nil:
		device.Name, device.SeenAt, device.WipedAt = on.Name, tx.Now, nil
		err = tx.ChangeDevice(&device, "name", "seen_at", "wiped_at")
	}
	if err != nil {
		return nil, err
	}
	return d.deviceKeys(tx, device)
}

// deviceKeys are the keys of a user on a device: the same at every sign-in, and another user's are others.
func (d *Door) deviceKeys(tx *models.Tx, device models.Device) (*DeviceKeys, error) {
	store, err := d.Vault.Derive(seal.DeviceStore, device.UserID[:], device.ID[:])
	if err != nil {
		return nil, err
	}
	receipts, err := d.receiptKey(device.UserID, device.ID)
	if err != nil {
		return nil, err
	}
	courier, err := d.courier()
	if err != nil {
		return nil, err
	}
	token, err := courier.Sign(auth.Delivery{User: device.UserID, Device: device.ID})
	if err != nil {
		return nil, err
	}
	policy, err := d.policy(tx)
	return &DeviceKeys{
		ID: device.ID, StoreKey: base64.StdEncoding.EncodeToString(store), ReceiptKey: base64.StdEncoding.EncodeToString(receipts),
		Delivery: token, LeaseHours: policy.Field.LeaseHours, Issued: device.Issued,
	}, err
}
