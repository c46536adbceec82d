package care

import (
	"context"

	"huifang/civil"
	"huifang/models"
)

// TrackForecast keeps what stands for every account when a month begins, and fills in what came of it, month by month in
// transactions of their own. Run again it changes nothing that has not changed: orders imported late and goods given back
// correct what came until 30 days after the 90.
func (s *Service) TrackForecast(ctx context.Context) error {
	var months []civil.Date
	err := s.Store.Write(ctx, func(tx *models.Tx) error {
		if err := tx.Foretell(); err != nil {
			return err
		}
		var err error
		months, err = tx.OpenMonths()
		return err
	})
	if err != nil {
		return err
	}
	for _, month := range months {
		if err := s.Store.Write(ctx, func(tx *models.Tx) error { return tx.FillForetold(month) }); err != nil {
			return err
		}
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error { return tx.SettleForetold() })
}
