package models

import (
	"time"

	"huifang/id"
)

// AddSession writes a new session.
func (tx *Tx) AddSession(s *Session) error { return tx.insert(s) }

// Session reads a session.
func (tx *Tx) Session(x id.ID) (Session, error) {
	var s Session
	return s, tx.take(&s, "id = ?", x)
}

// SessionByToken reads the session whose token of now, or the one before, has this hash. The caller tells which: the
// one before means a stolen token, and the session must be revoked.
func (tx *Tx) SessionByToken(hash []byte) (Session, error) {
	var s Session
	return s, tx.lock(&s, "token_hash = ? OR prev_hash = ?", hash, hash)
}

// RotateSession replaces the token of now. ErrConflict when another request rotated or revoked the session first.
func (tx *Tx) RotateSession(s Session, hash []byte, expires time.Time) error {
	columns := map[string]any{"prev_hash": s.TokenHash, "token_hash": hash, "rotated_at": tx.Now, "expires_at": expires}
	n, err := tx.change(&Session{}, columns, "id = ? AND token_hash = ? AND revoked_at IS NULL", s.ID, s.TokenHash)
	if err == nil && n == 0 {
		return wrap("rotate a session", ErrConflict)
	}
	return err
}

// RevokeSession ends one session, the whole family of its tokens.
func (tx *Tx) RevokeSession(x id.ID) error {
	_, err := tx.change(&Session{}, map[string]any{"revoked_at": tx.Now}, "id = ? AND revoked_at IS NULL", x)
	return err
}

// RevokeSessions ends every session of a user.
func (tx *Tx) RevokeSessions(user id.ID) error {
	_, err := tx.change(&Session{}, map[string]any{"revoked_at": tx.Now}, "user_id = ? AND revoked_at IS NULL", user)
	return err
}

// SessionsOf are the living sessions of a user, the newest first.
func (tx *Tx) SessionsOf(user id.ID) ([]Session, error) {
	var rows []Session
	err := tx.db.Where("user_id = ? AND revoked_at IS NULL AND expires_at > ?", user, tx.Now).
		Order("created_at DESC, id DESC").Limit(MaxPage).Find(&rows).Error
	return rows, wrap("list sessions", err)
}

// ForgetSessions deletes sessions that ended before an instant.
func (tx *Tx) ForgetSessions(before time.Time) error {
	return tx.remove(&Session{}, "expires_at < ? OR revoked_at < ?", before, before)
}
