package models

import (
	"huifang/id"
)

// LockSession reads a session and holds its row: of two refreshes at once the second sees what the first did.
func (tx *Tx) LockSession(x id.ID) (Session, error) {
	var s Session
	return s, tx.lock(&s, "id = ?", x)
}

// PutTokens writes the token hashes of a locked session with their times.
func (tx *Tx) PutTokens(s Session) error {
	return tx.save(&s, []string{"token_hash", "prev_hash", "rotated_at", "expires_at"})
}

// Signed is the user of a session.
type Signed struct {
	User     User `gorm:"embedded"`
	Alive    bool
	DeviceID *id.ID // of the session
}

// SignedIn reads the user of a session, and whether the session is alive, in one statement: every request asks this.
func (tx *Tx) SignedIn(user, session id.ID) (Signed, error) {
	var rows []Signed
	err := tx.db.Table("users").
		Select("users.*, s.device_id, s.revoked_at IS NULL AND s.expires_at > ? AS alive", tx.Now).
		Joins("JOIN sessions s ON s.user_id = users.id").
		Where("users.id = ? AND s.id = ?", user, session).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Signed{}, wrap("read who is signed in", err)
	}
	return rows[0], nil
}
