package models

import "huifang/id"

// FeedCounters are the counters of the feeds of some users: they rise with whatever a user's devices should know of.
func (tx *Tx) FeedCounters(users []id.ID) (map[id.ID]int64, error) {
	var rows []Feed
	err := tx.db.Select("user_id", "seq").Where("user_id IN ?", users).Find(&rows).Error
	out := make(map[id.ID]int64, len(rows))
	for _, f := range rows {
		out[f.UserID] = f.Seq
	}
	return out, wrap("read the counters of feeds", err)
}
