package care

import (
	"context"

	"huifang/auth"
	"huifang/models"
)

// Products are what the company sells, by number, for who meets accounts.
func (s *Service) Products(ctx context.Context) ([]models.Product, error) {
	return rowsFor(ctx, s, auth.ReadAccounts, func(tx *models.Tx, _ auth.Viewer) ([]models.Product, error) { return tx.Products() })
}

// Stores are the company's stores, by number. Their names are no secret among its people.
func (s *Service) Stores(ctx context.Context) ([]models.Shop, error) {
	return rowsFor(ctx, s, auth.OwnLogin, func(tx *models.Tx, _ auth.Viewer) ([]models.Shop, error) { return tx.Shops() })
}

// Teams are the company's teams, by number. Their names are no secret among its people.
func (s *Service) Teams(ctx context.Context) ([]models.Team, error) {
	return rowsFor(ctx, s, auth.OwnLogin, func(tx *models.Tx, _ auth.Viewer) ([]models.Team, error) { return tx.Teams() })
}

// Staff are the people the viewer leads, by staff number, without the disabled.
func (s *Service) Staff(ctx context.Context) ([]models.User, error) {
	return rowsFor(ctx, s, auth.ReadTeam, func(tx *models.Tx, v auth.Viewer) ([]models.User, error) { return tx.StaffInScope(v.Scope()) })
}

// Users are a page of the company's users, by login, for admins; after is the last login of the page before.
func (s *Service) Users(ctx context.Context, disabled bool, page Page) ([]models.User, error) {
	return rowsFor(ctx, s, auth.ManageUsers, func(tx *models.Tx, _ auth.Viewer) ([]models.User, error) {
		n, err := page.size()
		if err != nil {
			return nil, err
		}
		return tx.Users(models.UserFilter{Disabled: disabled, After: page.After, Limit: n})
	})
}

func rowsFor[T any](ctx context.Context, s *Service, a auth.Action, list func(*models.Tx, auth.Viewer) ([]T, error)) ([]T, error) {
	var rows []T
	err := s.read(ctx, a, func(tx *models.Tx, v auth.Viewer) error {
		var err error
		rows, err = list(tx, v)
		return err
	})
	return rows, err
}
