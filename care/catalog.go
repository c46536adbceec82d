package care

import (
	"context"

	"huifang/auth"
	"huifang/id"
	"huifang/models"
)

// Products are what the company sells, by number.
func (s *Service) Products(ctx context.Context) ([]models.Product, error) {
	return rowsFor(ctx, s, auth.ReadAccounts, func(tx *models.Tx, _ auth.Viewer) ([]models.Product, error) { return tx.Products() })
}

// Staff are the people the viewer leads, by number; reps and experts see themselves.
func (s *Service) Staff(ctx context.Context) ([]models.User, error) {
	return rowsFor(ctx, s, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) ([]models.User, error) {
		return tx.StaffInScope(v.Scope())
	})
}

// Shops are the stores of the company, by number. Their names are no secret among its people.
func (s *Service) Shops(ctx context.Context) ([]models.Shop, error) {
	return rowsFor(ctx, s, auth.OwnLogin, func(tx *models.Tx, _ auth.Viewer) ([]models.Shop, error) { return tx.Shops() })
}

// Teams are the teams of all stores, by number. Their names are no secret among its people.
func (s *Service) Teams(ctx context.Context) ([]models.Team, error) {
	return rowsFor(ctx, s, auth.OwnLogin, func(tx *models.Tx, _ auth.Viewer) ([]models.Team, error) { return tx.Teams() })
}

// Users are the users, a page by login, for admins.
func (s *Service) Users(ctx context.Context, f models.UserFilter) ([]models.User, error) {
	return rowsFor(ctx, s, auth.ManageUsers, func(tx *models.Tx, _ auth.Viewer) ([]models.User, error) { return tx.Users(f) })
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

// Names are the names of users beside rows the viewer has read: who cared, who logged. Names only, in one statement.
func (s *Service) Names(ctx context.Context, users []id.ID) (map[id.ID]string, error) {
	names := map[id.ID]string{}
	err := s.read(ctx, auth.OwnLogin, func(tx *models.Tx, _ auth.Viewer) error {
		rows, err := tx.UsersAmong(users)
		for key, u := range rows {
			names[key] = u.Name
		}
		return err
	})
	return names, err
}

// PurchaseLines are the lines of orders of accounts in the viewer's scope, by order; of others there are none.
func (s *Service) PurchaseLines(ctx context.Context, purchases []id.ID) (map[id.ID][]models.PurchaseLine, error) {
	lines := map[id.ID][]models.PurchaseLine{}
	err := s.read(ctx, auth.ReadAccounts, func(tx *models.Tx, v auth.Viewer) error {
		rows, err := tx.LinesAmong(v.Scope(), purchases)
		for _, l := range rows {
			lines[l.PurchaseID] = append(lines[l.PurchaseID], l)
		}
		return err
	})
	return lines, err
}
