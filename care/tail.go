package care

import (
	"context"
	"slices"

	"huifang/id"
	"huifang/models"
)

// usersAtOnce is how many users one statement asks for.
const usersAtOnce = 1000

// Counters are the counters of the feeds of users, for whom a server keeps connections: one statement for a thousand of
// them. They tell that something moved, and not what, so they ask for no action.
func (s *Service) Counters(ctx context.Context, users []id.ID) (map[id.ID]int64, error) {
	out := make(map[id.ID]int64, len(users))
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		for some := range slices.Chunk(users, usersAtOnce) {
			counters, err := tx.FeedCounters(some)
			if err != nil {
				return err
			}
			for user, n := range counters {
				out[user] = n
			}
		}
		return nil
	})
	return out, err
}

// TeamCounters change with whatever a desk shows of a team, for whom a server keeps connections: one statement. They tell
// that something moved, and not what, so they ask for no action.
func (s *Service) TeamCounters(ctx context.Context) (map[id.ID]int64, error) {
	var out map[id.ID]int64
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		var err error
		out, err = tx.TeamCounters()
		return err
	})
	return out, err
}
