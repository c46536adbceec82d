package care

import (
	"context"

	"huifang/auth"
	"huifang/models"
)

// CompanyFigures are what a manager reads about the customers of the company (D29), of the last twelve months;
// docs/figures.md defines each.
type CompanyFigures struct {
	Accounts, Fresh           int
	FreshRate, ChurnRate      float64
	Loyal, PassersBy, BigOnce int
	TopFifth                  float64
	YearValue, LifeValue      models.Fen
}

// What the figures of the company call a year, half of one, and loyal.
const (
	yearDays     = 365
	halfYearDays = 183
	loyalOrders  = 4
)

// CompanyFigures reads them, for managers, in four statements.
func (s *Service) CompanyFigures(ctx context.Context) (CompanyFigures, error) {
	var f CompanyFigures
	err := s.read(ctx, auth.ReadCompany, func(tx *models.Tx, _ auth.Viewer) error {
		revenue, err := tx.RevenueSince(tx.Today - yearDays)
		if err != nil {
			return err
		}
		c, err := tx.Clientele(models.ClienteleAsk{FreshAfter: tx.Today - yearDays, GoneBefore: tx.Today - halfYearDays,
			Small: averageOrder(revenue), Loyal: loyalOrders})
		if err != nil {
			return err
		}
		f = CompanyFigures{Accounts: c.Accounts, Fresh: c.Fresh, FreshRate: rate(c.Fresh, c.Accounts), ChurnRate: rate(c.Churned, c.Accounts),
			Loyal: c.Loyal, PassersBy: c.PassersBy, TopFifth: rate(int(revenue.Best), int(revenue.Amount))}
		if f.BigOnce, err = tx.BigOnce(); err != nil {
			return err
		}
		stays, err := tx.Stays()
		f.value(tx, revenue, c, stays)
		return err
	})
	return f, err
}

func averageOrder(r models.Revenue) models.Fen {
	if r.Orders == 0 {
		return 0
	}
	return r.Amount / models.Fen(r.Orders)
}

// value is what an account is worth: what a buyer spends in a year (average order × orders a year), times the years an
// account stays, times one and the accounts each brings (D29).
func (f *CompanyFigures) value(tx *models.Tx, r models.Revenue, c models.Clientele, stays []models.Stay) {
	if r.Buyers == 0 || c.Accounts == 0 {
		return
	}
	days := 0
	for _, s := range stays {
		end := tx.Today
		if s.Until != nil {
			end = *s.Until
		}
		days += s.N * max(int(end-s.Since), 0)
	}
	year := float64(r.Amount) / float64(r.Buyers)
	years := float64(days) / float64(c.Accounts) / yearDays
	f.YearValue = models.Fen(year)
	f.LifeValue = models.Fen(year * years * (1 + rate(c.Brought, c.Accounts)))
}

// rate is a share; of nothing, nothing.
func rate(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
