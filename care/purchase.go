package care

import (
	"context"
	"errors"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// RecordPurchase is an order of an account.
type RecordPurchase struct {
	ID        id.ID // of the command and of the order
	AccountID id.ID
	Number    string // the company's order number; empty: the key stands in
	Day       civil.Date
	Amount    models.Fen // paid
	Channel   string
	Lines     []OrderLine
}

// OrderLine is one product of an order.
type OrderLine struct {
	ProductID id.ID
	Quantity  int
	Amount    models.Fen
	// SupplyDays is for how many days the line lasts; nil: quantity × the product's.
	SupplyDays *int
}

const maxLines = 100

// RecordPurchase writes an order down: the account is on product, its stop and win-back cases are won, the rep's word on
// the next purchase has come true and ends, and the plan is made anew.
func (s *Service) RecordPurchase(ctx context.Context, in RecordPurchase) (models.Purchase, error) {
	c := command{in.ID, "RecordPurchase", in}
	return commanded(ctx, s, auth.RecordPurchase, c, func(tx *models.Tx, v auth.Viewer) (id.ID, error) {
		if err := in.check(tx.Today); err != nil {
			return id.ID{}, err
		}
		a, err := tx.LockAccount(v.Scope(), in.AccountID)
		if err != nil {
			return id.ID{}, missing(err, "account")
		}
		lines, err := in.lines(tx)
		if err != nil {
			return id.ID{}, err
		}
		return in.ID, s.buy(tx, v, a, in, lines)
	}, result((*models.Tx).PurchaseMade))
}

func (in RecordPurchase) check(today civil.Date) error {
	if in.Amount < 0 {
		return Invalid("amount", "must not be negative: record a return instead").By("amount")
	}
	if len(in.Lines) == 0 || len(in.Lines) > maxLines {
		return Invalid("lines", "an order has 1 to %d lines", maxLines).By("length")
	}
	for _, l := range in.Lines {
		if l.Quantity < 1 || l.Quantity > 100_000 || l.Amount < 0 || l.SupplyDays != nil && (*l.SupplyDays < 0 || *l.SupplyDays > 3660) {
			return Invalid("lines", "a line has a quantity of at least 1, no negative amount, and lasts at most 3660 days").By("amount")
		}
	}
	return firstError(past("day", in.Day, today), longAgo(in.Day, today),
		checkText("number", in.Number, 40), checkText("channel", in.Channel, 40))
}

func longAgo(day, today civil.Date) error {
	if day < today.AddMonths(-12*30) {
		return Invalid("day", "%s is more than thirty years ago", day).By("past")
	}
	return nil
}

// lines are the rows of the order; each product must exist.
func (in RecordPurchase) lines(tx *models.Tx) ([]models.PurchaseLine, error) {
	var keys []id.ID
	for _, l := range in.Lines {
		keys = append(keys, l.ProductID)
	}
	products, err := tx.ProductsAmong(keys)
	if err != nil {
		return nil, err
	}
	var rows []models.PurchaseLine
	for i, l := range in.Lines {
		p, ok := products[l.ProductID]
		if !ok {
			return nil, NotFound("product")
		}
		row := models.PurchaseLine{
			ID: tx.NewID(), PurchaseID: in.ID, Line: i + 1, ProductID: p.ID, Quantity: l.Quantity, Amount: l.Amount,
			SupplyDays: l.Quantity * p.SupplyDays,
		}
		if l.SupplyDays != nil {
			row.SupplyDays = *l.SupplyDays
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (s *Service) buy(tx *models.Tx, v auth.Viewer, a models.Account, in RecordPurchase, lines []models.PurchaseLine) error {
	p := models.Purchase{
		ID: in.ID, Number: in.Number, AccountID: a.ID, RepID: a.RepID, Day: in.Day, Amount: in.Amount,
		Channel: in.Channel, CreatedAt: tx.Now,
	}
	if p.Number == "" {
		p.Number = p.ID.String()
	}
	for _, l := range lines {
		p.SupplyDays = max(p.SupplyDays, l.SupplyDays)
	}
	if err := numberTaken(tx.AddPurchases([]models.Purchase{p}, lines)); err != nil {
		return err
	}
	if err := s.bought(tx, v, &a, p.Day); err != nil {
		return err
	}
	return noted(tx, a.RepID, deed(v, "RECORD_PURCHASE", "purchases", p.ID, a.ID, map[string]any{"amount": p.Amount}))
}

func numberTaken(err error) error {
	if errors.Is(err, models.ErrConflict) {
		return Conflict("this number is recorded already: look it up before you record it again")
	}
	return err
}

// bought is what an order changes of its account. One from before the account stopped, written down late, wins nothing
// back.
func (s *Service) bought(tx *models.Tx, v auth.Viewer, a *models.Account, day civil.Date) error {
	stop, err := openCase(tx, a.ID, models.StopCase)
	if err != nil {
		return err
	}
	if stop == nil || day >= stop.OpenedOn {
		if err := winBack(tx, v, a.ID, "bought again"); err != nil {
			return err
		}
		a.Service, a.StopCause = cadence.OnProduct, ""
	}
	if err := fulfilOverride(tx, a.ID, day); err != nil {
		return err
	}
	return s.recount(tx, a)
}

// fulfilOverride ends the rep's word on the next purchase when this purchase came after it was given.
func fulfilOverride(tx *models.Tx, account id.ID, day civil.Date) error {
	o, err := tx.OverrideOf(auth.System(), account)
	if errors.Is(err, models.ErrNotFound) || err == nil && day < o.GivenOn {
		return nil
	}
	if err != nil {
		return err
	}
	return tx.EndOverride(account)
}

// recount makes the account's sums from its orders, less those given back whole, so that nothing drifts, and projects it anew.
func (s *Service) recount(tx *models.Tx, a *models.Account) error {
	orders, spent, err := tx.Bought(a.ID)
	if err != nil {
		return err
	}
	return s.sumUp(tx, a, orders, spent, models.CauseBought)
}

func (s *Service) sumUp(tx *models.Tx, a *models.Account, orders []models.Supply, spent models.Fen, cause models.StandingCause) error {
	policy, err := s.policy(tx)
	if err != nil {
		return err
	}
	before := *a
	a.Purchases, a.Spent, a.LastPurchaseOn = len(orders), spent, nil
	if len(orders) > 0 {
		a.LastPurchaseOn = &orders[len(orders)-1].Day
	}
	days := daysOf(orders)
	a.Lifecycle = policy.Cadence.LifecycleOf(days, tx.Today)
	a.Activity = policy.Cadence.ActivityOf(days, tx.Today)
	ahead, err := s.foresight(tx, policy, []id.ID{a.ID})
	if err != nil {
		return err
	}
	ahead.project(a, orders, tx.Today)
	if err := ahead.save(tx); err != nil {
		return err
	}
	changes := moves(before, *a, days, cause, policy, tx.Today)
	return restand(tx, policy, a, changes, cause, "purchases", "spent", "last_purchase_on", "lifecycle", "activity", "service", "stop_cause", "horizon", "expected_on")
}

// restand gives an account whose orders changed its value tier, writes its columns and moves, and looks at its grade and at that
// of who brought it.
func restand(tx *models.Tx, policy Policy, a *models.Account, changes []models.StandingChange, cause models.StandingCause, columns ...string) error {
	r, err := newRater(tx, policy.Standing, a.ID)
	if err != nil {
		return err
	}
	if cause == models.CauseReturned && a.Purchases == 0 {
		changes = append(changes, r.untier(a)...)
	}
	changes = append(changes, r.retier(a, cause)...)
	if err := tx.ChangeAccount(a, append(columns, "tier")...); err != nil {
		return err
	}
	if err := r.keep(changes); err != nil {
		return err
	}
	referrer, err := r.referrer(*a)
	if err != nil {
		return err
	}
	return r.proposeFor(append(referrer, *a)...)
}

func daysOf(orders []models.Supply) []civil.Date {
	days := make([]civil.Date, len(orders))
	for n, o := range orders {
		days[n] = o.Day
	}
	return days
}
