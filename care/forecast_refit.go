package care

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/gate"
	"huifang/id"
	"huifang/models"
)

// refitDays is how old the last version of the forecast may grow before it is fitted anew.
const refitDays = 7

// RefitForecast fits the forecast anew from all purchases when the last version is a week old, and promotes it only when it
// would have foretold the last 90 days no worse than the version that stood then and BG/NBD (see package gate). One that is
// kept back is stored with the reason, and managers hear of it in their inbox; the version before it stays.
func (s *Service) RefitForecast(ctx context.Context) error {
	r, err := s.refitInput(ctx)
	if err != nil || len(r.histories) == 0 {
		return err
	}
	company, trial := r.company()
	fits := append([]fit{company}, r.segments(trial)...)
	for _, f := range fits {
		if f.reason == gate.Failed {
			s.Log.ErrorContext(ctx, "the forecast could not be fitted, the last model stays", "segment", f.segment)
		}
	}
	return s.Store.Write(ctx, func(tx *models.Tx) error { return r.save(tx, fits) })
}

// refit is what a new fit is made from; without histories none is due.
type refit struct {
	today     civil.Date
	accounts  []id.ID
	histories []forecast.History // of those accounts, in their order
	then      forecast.Model     // that stood at the cut-off
	bought    map[id.ID]string   // what accounts buy most of
	now       map[id.ID]string   // the segments they are in
}

func (r refit) cut() civil.Date { return r.today - gate.Back }

func (s *Service) refitInput(ctx context.Context) (refit, error) {
	var r refit
	err := s.Store.Read(ctx, func(tx *models.Tx) error {
		r.today = tx.Today
		due, err := refitDue(tx)
		if err != nil || !due {
			return err
		}
		rows, err := tx.Supplies()
		if err != nil {
			return err
		}
		r.accounts, r.histories = historiesOf(rows)
		if len(r.histories) < gate.Enough { // the prior speaks: there is nothing to fit
			r.histories = nil
			return nil
		}
		if r.then, err = modelThen(tx, r); err != nil {
			return err
		}
		if r.bought, err = tx.SegmentsBought(); err != nil {
			return err
		}
		r.now, err = tx.SegmentsNow()
		return err
	})
	return r, err
}

// refitDue tells whether the last version is a week old, or the one in force is of a release that this one does not read: then
// once a day is soon enough.
func refitDue(tx *models.Tx) (bool, error) {
	last, err := tx.NewestModel()
	if errors.Is(err, models.ErrNotFound) {
		return true, nil
	}
	if err != nil || tx.Today-last.FittedOn >= refitDays {
		return err == nil, err
	}
	rows, err := tx.ModelsInForce()
	unread := slices.ContainsFunc(rows, func(m models.ForecastModel) bool { _, ok := readVersion(m); return !ok })
	return unread && last.FittedOn < tx.Today, err
}

// historiesOf groups purchases, which come in order of accounts.
func historiesOf(rows []models.Supply) (accounts []id.ID, out []forecast.History) {
	for i, row := range rows {
		if i == 0 || rows[i-1].AccountID != row.AccountID {
			accounts, out = append(accounts, row.AccountID), append(out, forecast.History{})
		}
		last := &out[len(out)-1]
		last.Purchases = append(last.Purchases, forecast.Purchase{Day: row.Day, Supply: row.SupplyDays})
	}
	return accounts, out
}

// fit is a new version and what became of it.
type fit struct {
	segment   string
	customers int
	model     forecast.Model
	judged    *gate.Judged
	reason    gate.Reason
}

// company fits the model of all accounts, and tells which model would have spoken for them since the cut-off.
func (r refit) company() (fit, forecast.Model) {
	trial := gate.NewTrial(r.histories, r.today)
	candidate := trial.Fit()
	f := fitted("", r.histories, r.today)
	if f.reason == gate.Failed {
		return f, r.then
	}
	f.judged, f.reason = trial.Judge(candidate, r.then)
	if f.reason != "" {
		return f, r.then
	}
	return f, candidate
}

// segments fits those that have customers enough, each held against the model of the company on its own customers.
func (r refit) segments(company forecast.Model) []fit {
	parts := map[string][]forecast.History{}
	for n, account := range r.accounts {
		if segment := r.bought[account]; segment != "" {
			parts[segment] = append(parts[segment], r.histories[n])
		}
	}
	var out []fit
	for _, segment := range slices.Sorted(maps.Keys(parts)) {
		own := parts[segment]
		if len(own) < gate.SegmentCustomers || len(own) == len(r.histories) { // all of the company is no segment
			continue
		}
		trial := gate.NewTrial(own, r.today)
		f := fitted(segment, own, r.today)
		if f.reason == "" {
			f.judged, f.reason = trial.JudgeSegment(trial.Fit(), company)
		}
		out = append(out, f)
	}
	return out
}

// fitted is a version on all that is known; a fit that refused is none.
func fitted(segment string, histories []forecast.History, today civil.Date) fit {
	f := fit{segment: segment, customers: len(histories), model: forecast.Fit(histories, today)}
	if f.model.Customers() == 0 {
		f.reason = gate.Failed
	}
	return f
}

// save keeps every version, puts those in force that passed, and has them speak for their accounts. A segment whose new
// version has not passed goes back to the model of the company.
func (r refit) save(tx *models.Tx, fits []fit) error {
	standing := map[string]bool{}
	for _, f := range fits {
		row, err := f.row(tx)
		if err != nil {
			return err
		}
		if err := tx.AddModel(row); err != nil {
			return err
		}
		standing[f.segment] = row.State == models.ModelStanding
	}
	before, err := tx.ModelsInForce()
	if err != nil {
		return err
	}
	for _, m := range before {
		if m.Segment != "" && !standing[m.Segment] {
			if err := tx.RetireModel(m.Segment); err != nil {
				return err
			}
		}
	}
	return r.assign(tx, standing)
}

func (f fit) row(tx *models.Tx) (models.ForecastModel, error) {
	row := models.ForecastModel{
		ID: tx.NewID(), Segment: f.segment, State: models.ModelStanding, FittedOn: tx.Today, Customers: f.customers,
		Reason: string(f.reason), CreatedAt: tx.Now,
	}
	if f.reason != "" {
		row.State = models.ModelKeptBack
	}
	var err error
	if row.Body, err = json.Marshal(f.model); err != nil || f.judged == nil {
		return row, err
	}
	row.Judged, err = json.Marshal(f.judged)
	return row, err
}

// assign writes which accounts the models of segments speak for, where that has changed.
func (r refit) assign(tx *models.Tx, standing map[string]bool) error {
	moved := map[string][]id.ID{}
	for _, account := range r.accounts {
		segment := r.bought[account]
		if !standing[segment] {
			segment = ""
		}
		if segment != r.now[account] {
			moved[segment] = append(moved[segment], account)
		}
	}
	for _, segment := range slices.Sorted(maps.Keys(moved)) {
		if err := tx.PutSegment(segment, moved[segment]); err != nil {
			return err
		}
	}
	return nil
}
