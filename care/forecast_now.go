package care

import (
	"huifang/cadence"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
)

// foresight is what the projections of some accounts follow from beside their orders, read in three statements whatever their
// number.
type foresight struct {
	outlook outlook
	rule    forecast.Rule
	last    map[id.ID]models.Projection
	words   map[id.ID]models.Override
	made    []models.Projection
}

func (s *Service) foresight(tx *models.Tx, policy Policy, accounts []id.ID) (*foresight, error) {
	f := &foresight{rule: policy.Forecast}
	var err error
	if f.outlook, err = s.outlook(tx); err != nil {
		return nil, err
	}
	if f.last, err = tx.LastProjections(accounts); err != nil {
		return nil, err
	}
	f.words, err = tx.OverridesAmong(accounts)
	return f, err
}

// project scores an account anew the moment it bought or gave back: who opens it next sees what that means, while the plan
// follows in the background. The planner would say the same.
func (f *foresight) project(a *models.Account, orders []models.Supply, today civil.Date) {
	v := f.outlook.of(*a)
	out, curve := v.model.ProjectCurve(historyIn(orders), f.rule, today, forecast.Horizon(f.last[a.ID].Model), f.word(a.ID))
	row := v.row(a.ID, today, out)
	row.Curve = curveRow(curve())
	f.made = append(f.made, row)
	a.Horizon, a.ExpectedOn = cadence.Horizon(row.Horizon), row.Expected
}

func historyIn(orders []models.Supply) (h forecast.History) {
	for _, o := range orders {
		h.Purchases = append(h.Purchases, forecast.Purchase{Day: o.Day, Supply: o.SupplyDays})
	}
	return h
}

// word is the rep's word in force, unless an order has ended it meanwhile.
func (f *foresight) word(account id.ID) *forecast.Override {
	o, ok := f.words[account]
	if !ok {
		return nil
	}
	return overrideOf([]models.Override{o})
}

func (f *foresight) save(tx *models.Tx) error { return tx.PutProjections(f.made) }
