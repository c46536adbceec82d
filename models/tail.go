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

// TeamCounters are the sums of the counters of each team's feeds: they change with whatever a desk shows of the team.
func (tx *Tx) TeamCounters() (map[id.ID]int64, error) {
	var rows []struct {
		TeamID id.ID
		Seq    int64
	}
	err := tx.db.Table("users u").Select("u.team_id, SUM(f.seq) AS seq").Joins("JOIN feeds f ON f.user_id = u.id").
		Where("u.team_id IS NOT NULL").Group("u.team_id").Find(&rows).Error
	out := make(map[id.ID]int64, len(rows))
	for _, r := range rows {
		out[r.TeamID] = r.Seq
	}
	return out, wrap("read the counters of teams", err)
}
