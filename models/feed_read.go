package models

import "huifang/id"

// FeedHead is where a user's feed stands.
type FeedHead struct {
	Feed
	Epoch    id.ID
	Commands int64  // the number of the last command accepted from the user's devices
	Company  string // its name
	Zone     string
}

// FeedHead reads where a user's feed stands, and the company: ErrNotFound for a user without one.
func (tx *Tx) FeedHead(user id.ID) (FeedHead, error) {
	var rows []FeedHead
	err := tx.db.Table("feeds").Select("feeds.*, c.epoch, c.name AS company, c.zone, COALESCE(n.last, 0) AS commands").
		Joins("JOIN companies c ON c.id = 1").Joins("LEFT JOIN command_counters n ON n.user_id = feeds.user_id").
		Where("feeds.user_id = ?", user).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return FeedHead{}, wrap("read a feed", err)
	}
	return rows[0], nil
}

// FeedSince are the next entries of a feed behind a number, at most n.
func (tx *Tx) FeedSince(user id.ID, seq int64, n int) ([]FeedEntry, error) {
	var rows []FeedEntry
	return rows, wrap("read a feed", tx.db.Where("user_id = ? AND seq > ?", user, seq).Order("seq").Limit(n).Find(&rows).Error)
}

// FeedFrom are the next entries of a feed that stand, by kind and key, behind one of them: for snapshots.
func (tx *Tx) FeedFrom(user id.ID, kind EntryKind, after id.ID, n int) ([]FeedEntry, error) {
	var rows []FeedEntry
	err := tx.db.Where("user_id = ? AND gone = ? AND (kind > ? OR (kind = ? AND entity_id > ?))", user, false, kind, kind, after).
		Order("kind, entity_id").Limit(n).Find(&rows).Error
	return rows, wrap("read a feed", err)
}
