package models

import (
	"time"

	"huifang/auth"
	"huifang/id"
)

// Photo is a photo of a contact. A row means that its bytes are whole in the blob folder.
type Photo struct {
	ID            id.ID `gorm:"primaryKey"` // made by the phone
	LogID         id.ID
	AccountID     id.ID // that of the contact: who may see the account may see the photo
	UserID        id.ID // who took it
	TakenAt       time.Time
	Width, Height int    // pixels
	Bytes         int    // as kept
	SHA256        []byte `gorm:"column:sha256;not null"` // of what the phone sent
	Type          string // media type, as kept
	CreatedAt     time.Time
}

// A photo is told of with its contact.
func (p *Photo) touch(t *touched) { t.row(LogEntry, p.LogID, p.AccountID) }

// AddPhoto writes a photo whose bytes are kept; ErrConflict when its key is known: see PhotoMade.
func (tx *Tx) AddPhoto(p *Photo) error { return tx.insert(p) }

// Photo reads a photo.
func (tx *Tx) Photo(sc auth.Scope, x id.ID) (Photo, error) {
	var p Photo
	return p, tx.seen(&p, sc, "photos.account_id", "id = ?", x)
}

// PhotoMade is the photo under a key whoever may see it: for its author, who sends it again. It takes no scope.
func (tx *Tx) PhotoMade(x id.ID) (Photo, error) {
	var p Photo
	return p, tx.take(&p, "id = ?", x)
}

// PhotosOfLogs are the photos of contacts the caller has read, in the order they were taken.
func (tx *Tx) PhotosOfLogs(logs []id.ID) (map[id.ID][]Photo, error) {
	out := map[id.ID][]Photo{}
	if len(logs) == 0 {
		return out, nil
	}
	var rows []Photo
	err := tx.sorted(&rows, "taken_at, id", "log_id IN ?", logs)
	for _, p := range rows {
		out[p.LogID] = append(out[p.LogID], p)
	}
	return out, err
}

// PhotosOfLog counts the photos of a contact.
func (tx *Tx) PhotosOfLog(log id.ID) (int, error) {
	var n int64
	err := tx.db.Model(&Photo{}).Where("log_id = ?", log).Count(&n).Error
	return int(n), wrap("count photos", err)
}
