package care

import (
	"maps"
	"slices"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// sumUp makes what accounts say of their orders follow from them, as when an order is recorded by hand: sums, standing,
// the projection, and with a new order the end of a stop and of the rep's word on the next purchase.
func (im *importer) sumUp() error {
	policy, err := im.policy(im.tx)
	if err != nil {
		return err
	}
	for keys := range slices.Chunk(slices.SortedFunc(maps.Keys(im.touched), id.ID.Compare), chunk) {
		b, err := im.readSums(keys, policy)
		if err != nil {
			return err
		}
		for _, a := range b.accounts {
			im.replans[a.RepID] = true
			if err := im.sumUpAccount(a, &b, policy); err != nil {
				return err
			}
		}
		if err := b.ahead.save(im.tx); err != nil {
			return err
		}
		if err := b.rater.keep(b.moves); err != nil {
			return err
		}
		if err := b.rater.proposeFor(b.accounts...); err != nil {
			return err
		}
	}
	return nil
}

// sums is what the sums of some accounts follow from.
type sums struct {
	accounts []models.Account
	orders   map[id.ID][]models.Order
	lost     map[id.ID][]models.Case
	ahead    *foresight
	rater    rater
	moves    []models.StandingChange
}

func (im *importer) readSums(keys []id.ID, policy Policy) (b sums, err error) {
	if b.accounts, err = im.tx.HoldAccounts(keys); err != nil {
		return b, err
	}
	if b.orders, err = im.tx.OrdersOf(keys); err != nil {
		return b, err
	}
	if b.lost, err = im.tx.LostAmong(keys); err != nil {
		return b, err
	}
	if b.rater, err = newRater(im.tx, policy.Standing, keys...); err != nil {
		return b, err
	}
	b.ahead, err = im.foresight(im.tx, policy, keys)
	return b, err
}

func (im *importer) sumUpAccount(a models.Account, b *sums, policy Policy) error {
	before := a
	if day := im.touched[a.ID]; day != noDay {
		if err := im.boughtNew(&a, *b, day); err != nil {
			return err
		}
	}
	orders := count(&a, b.orders[a.ID])
	days := daysOf(orders)
	a.Lifecycle = policy.Cadence.LifecycleOf(days, im.tx.Today)
	a.Activity = policy.Cadence.ActivityOf(days, im.tx.Today)
	if len(days) > 0 && a.Since == im.tx.Day(a.CreatedAt) {
		a.Since = min(a.Since, slices.Min(days)) // no day was given: it is in care from its first order
	}
	b.ahead.project(&a, orders, im.tx.Today)
	b.moves = append(b.moves, moves(before, a, days, models.CauseImported, policy, im.tx.Today)...)
	b.moves = append(b.moves, b.rater.retier(&a, models.CauseImported)...)
	if same(before, a) {
		return nil
	}
	return im.tx.SumUpAccount(&a, "purchases", "spent", "last_purchase_on", "lifecycle", "activity", "tier", "since", "service", "stop_cause", "horizon", "expected_on", "updated_at")
}

// count sums orders up, less those given back whole, and returns the others.
func count(a *models.Account, orders []models.Order) []models.Supply {
	var kept []models.Supply
	a.Purchases, a.Spent, a.LastPurchaseOn = 0, 0, nil
	for _, o := range orders {
		if o.Whole {
			continue
		}
		kept = append(kept, models.Supply{AccountID: a.ID, Day: o.Day, SupplyDays: o.SupplyDays})
		a.Purchases, a.Spent = a.Purchases+1, a.Spent+o.Amount-o.Back
	}
	if len(kept) > 0 {
		a.LastPurchaseOn = &kept[len(kept)-1].Day
	}
	return kept
}

// boughtNew brings an account back on the product (D7), unless the order is from before it stopped, and ends the rep's
// word on the next purchase, which has come true.
func (im *importer) boughtNew(a *models.Account, b sums, day civil.Date) error {
	before := func(c models.Case) bool { return c.Kind == models.StopCase && day < c.OpenedOn }
	if !slices.ContainsFunc(b.lost[a.ID], before) {
		a.Service, a.StopCause = cadence.OnProduct, ""
		if len(b.lost[a.ID]) > 0 {
			if err := im.winBackCases(a.ID); err != nil {
				return err
			}
		}
	}
	if o, ok := b.ahead.words[a.ID]; ok && day >= o.GivenOn {
		delete(b.ahead.words, a.ID)
		return im.tx.EndOverride(a.ID)
	}
	return nil
}

// winBackCases ends the cases about a customer who stopped or left; on the command line on nobody's behalf.
func (im *importer) winBackCases(account id.ID) error {
	files, err := im.tx.OpenCasesOf(auth.System(), account)
	if err != nil {
		return err
	}
	for _, f := range files {
		if f.Case.Kind != models.StopCase && f.Case.Kind != models.WinBackCase {
			continue
		}
		if err := im.won(f); err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) won(f models.CaseFile) error {
	c, today := f.Case, im.tx.Today
	c.Status, c.ClosedOn, c.CloseWhy, c.UpdatedAt = models.CaseWonBack, &today, "bought again", im.tx.Now
	if err := im.tx.ChangeCase(&c, "status", "closed_on", "close_why", "updated_at"); err != nil {
		return err
	}
	for _, step := range f.Steps {
		if step.Kind != models.StepDecide || step.DoneOn != nil {
			continue
		}
		step.DoneOn, step.DoneBy = &today, im.by
		if err := im.tx.ChangeStep(&step, "done_on", "done_by"); err != nil {
			return err
		}
	}
	return models.AddAll(im.tx, []models.Audit{im.audit("cases", c.ID, &c.AccountID, map[string]any{"as": models.CaseWonBack})})
}
