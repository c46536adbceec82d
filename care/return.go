package care

import (
	"context"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// RecordReturn is goods that came back.
type RecordReturn struct {
	ID         id.ID // of the command and of the return
	PurchaseID id.ID
	Day        civil.Date
	Amount     models.Fen // given back; of a whole return what is left of the order
	Whole      bool       // the whole order: it no longer counts as a purchase
	Reason     string
}

// RecordReturn writes a return down and opens its case, which holds the onboarding ladder until it is settled (D2, D7).
// A second return joins the case that is open.
func (s *Service) RecordReturn(ctx context.Context, in RecordReturn) (models.Return, error) {
	c := command{in.ID, "RecordReturn", in}
	return commanded(ctx, s, auth.RecordReturn, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		p, err := tx.Purchase(v.Scope(), in.PurchaseID)
		if err != nil {
			return id.ID{}, missing(err, "purchase")
		}
		a, err := tx.LockAccount(v.Scope(), p.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "purchase")
		}
		row, err := in.row(tx, p)
		if err != nil {
			return id.ID{}, err
		}
		return row.ID, s.giveBack(tx, v, a, row)
	}, result((*models.Tx).ReturnMade))
}

// row is the return, which must fit what is left of the order.
func (in RecordReturn) row(tx *models.Tx, p models.Purchase) (models.Return, error) {
	if err := firstError(past("day", in.Day, tx.Today), needed("reason", in.Reason, maxText)); err != nil {
		return models.Return{}, err
	}
	if in.Day < p.Day {
		return models.Return{}, Invalid("day", "the order is of %s: nothing came back before", p.Day).By("past")
	}
	left, whole, err := leftOf(tx, p)
	if err != nil {
		return models.Return{}, err
	}
	if whole {
		return models.Return{}, Refused("D2", "the whole order has come back already")
	}
	amount := in.Amount
	if in.Whole && amount == 0 {
		amount = left
	}
	if amount < 0 || amount > left || !in.Whole && amount == 0 {
		return models.Return{}, Invalid("amount", "give back more than 0 and at most %d fen, what is left of the order", left).By("amount")
	}
	return models.Return{
		ID: in.ID, PurchaseID: p.ID, AccountID: p.AccountID, Day: in.Day, Amount: amount, Whole: in.Whole,
		Reason: in.Reason, CreatedAt: tx.Now,
	}, nil
}

// leftOf is what of an order has not come back, and whether all of it has.
func leftOf(tx *models.Tx, p models.Purchase) (models.Fen, bool, error) {
	returns, err := tx.ReturnsOf(auth.System(), p.AccountID)
	left, whole := p.Amount, false
	for _, r := range returns {
		if r.PurchaseID == p.ID {
			left -= r.Amount
			whole = whole || r.Whole
		}
	}
	return max(left, 0), whole, err
}

func (s *Service) giveBack(tx *models.Tx, v auth.Viewer, a models.Account, r models.Return) error {
	open, err := openCase(tx, a.ID, models.ReturnCase)
	if err != nil {
		return err
	}
	if open == nil {
		key := tx.NewID()
		row := models.Case{ID: key, Kind: models.ReturnCase, PurchaseID: &r.PurchaseID}
		if err := s.openCase(tx, v, a, row, r.Reason); err != nil {
			return err
		}
		open = &row
	}
	r.CaseID = &open.ID
	if err := taken(tx.AddReturns([]models.Return{r})); err != nil {
		return err
	}
	if err := s.returned(tx, &a); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, "RECORD_RETURN", "returns", r.ID, a.ID, map[string]any{"amount": r.Amount, "whole": r.Whole}))
}

// returned counts and projects anew. Who has nothing left has not bought yet.
func (s *Service) returned(tx *models.Tx, a *models.Account) error {
	orders, spent, err := tx.Bought(a.ID)
	if err != nil {
		return err
	}
	if len(orders) == 0 && a.Service == cadence.OnProduct {
		a.Service = cadence.NotYet
	}
	return s.sumUp(tx, a, orders, spent, models.CauseReturned)
}
