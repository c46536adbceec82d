package care

import (
	"context"

	"huifang/auth"
	"huifang/civil"
	"huifang/models"
)

// Today is the day in the company's time zone, for whoever is signed in. It needs no statement.
func (s *Service) Today(ctx context.Context) (civil.Date, error) {
	var today civil.Date
	err := s.read(ctx, auth.OwnLogin, func(tx *models.Tx, _ auth.Viewer) error {
		today = tx.Today
		return nil
	})
	return today, err
}
