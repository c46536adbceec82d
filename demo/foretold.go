package demo

import (
	"encoding/json"
	"slices"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/gate"
	"huifang/id"
	"huifang/models"
)

const (
	// monthsForetold is how many months back the record of the forecast begins.
	monthsForetold = 8
	// monthsBetween is how many months lie between the versions of the model.
	monthsBetween = 4
	// wordsShare is the share of forecasts that reps changed, and repsKnow the share of those in which they knew better.
	wordsShare, repsKnow = .05, .6
)

// Foretell adds the record of the forecast: versions of its model, fitted on what the book knew then and promoted as in
// production, and what they said of every account when the months of the past began. What came of it is in the book already;
// the nightly run writes it down. It takes seconds, so Make leaves it to whoever shows the record.
func (b *Book) Foretell(seed uint64) error {
	f := foreteller{dice: newDice(seed + 1), Book: b, model: forecast.Prior(), back: map[id.ID]civil.Date{}, orders: map[id.ID][]models.Purchase{}}
	for _, r := range b.Returns {
		if r.Whole {
			f.back[r.PurchaseID] = r.Day
		}
	}
	for _, p := range b.Purchases {
		f.orders[p.AccountID] = append(f.orders[p.AccountID], p)
	}
	year, month, _ := b.Today.YMD()
	this := civil.Of(year, month, 1)
	for ago := monthsForetold; ago > 0; ago-- {
		day := this.AddMonths(-ago)
		if ago%monthsBetween == 0 {
			if err := f.fit(day); err != nil {
				return err
			}
		}
		f.month(day, ago > 2)
	}
	return nil
}

// foreteller walks through the months of a book, knowing at each what was known then.
type foreteller struct {
	dice
	*Book
	model   forecast.Model
	version *id.ID // nil: the prior
	back    map[id.ID]civil.Date
	orders  map[id.ID][]models.Purchase
}

// known is what was known of an account on a day.
func (f *foreteller) known(account id.ID, day civil.Date) (h forecast.History) {
	for _, p := range f.orders[account] {
		back, returned := f.back[p.ID]
		if p.Day <= day && (!returned || back > day) {
			h.Purchases = append(h.Purchases, forecast.Purchase{Day: p.Day, Supply: p.SupplyDays})
		}
	}
	return h
}

// fit makes a version on a day, as the weekly run does.
func (f *foreteller) fit(day civil.Date) error {
	var all []forecast.History
	for _, p := range f.People {
		if h := f.known(p.Account.ID, day); len(h.Purchases) > 0 {
			all = append(all, h)
		}
	}
	at := day.At(2*60, zone)
	row := models.ForecastModel{ID: f.key(at), State: models.ModelKeptBack, FittedOn: day, Customers: len(all), CreatedAt: at}
	model, trial := forecast.Fit(all, day), gate.NewTrial(all, day)
	judged, reason := trial.Judge(trial.Fit(), f.model)
	var err error
	if row.Body, err = json.Marshal(model); err != nil {
		return err
	}
	if judged != nil {
		if row.Judged, err = json.Marshal(judged); err != nil {
			return err
		}
	}
	if row.Reason = string(reason); reason == "" {
		f.promote(&row, model)
	}
	f.Versions = append(f.Versions, row)
	return nil
}

func (f *foreteller) promote(row *models.ForecastModel, model forecast.Model) {
	for i := range f.Versions {
		if f.Versions[i].State == models.ModelStanding {
			f.Versions[i].State = models.ModelRetired
		}
	}
	row.State, f.model, f.version = models.ModelStanding, model, &row.ID
}

// month keeps what stood on the first day of a month for every account in care that had bought.
func (f *foreteller) month(day civil.Date, words bool) {
	for _, p := range f.People {
		a := p.Account
		h := f.known(a.ID, day)
		if a.Since > day || len(h.Purchases) == 0 {
			continue
		}
		var word *models.Override
		if words && f.chance(wordsShare) {
			word = f.word(a, h, day)
		}
		f.Foretold = append(f.Foretold, f.row(a, h, day, word))
	}
}

func (f *foreteller) row(a models.Account, h forecast.History, day civil.Date, word *models.Override) models.Foretold {
	p := f.model.Project(h, forecast.DefaultRule(), day, forecast.Unknown, nil)
	row := models.Foretold{
		AccountID: a.ID, Month: day, RepID: a.RepID, Day: day, By30: day + 30, By60: day + 60, By90: day + 90, ToldAt: day.At(2*60, zone),
		P30: p.P30, P60: p.P60, P90: p.P90, Horizon: string(p.Horizon), Model: string(p.Model), ModelID: f.version,
	}
	if word != nil && word.Horizon != row.Model {
		f.Overrides = append(f.Overrides, *word)
		row.Horizon, row.OverrideID = word.Horizon, &word.ID
	}
	return row
}

// word is what a rep said against the forecast, days before a month began: often because the customer had told them. It is
// over by now.
func (f *foreteller) word(a models.Account, h forecast.History, day civil.Date) *models.Override {
	horizons := []forecast.Horizon{forecast.ThisMonth, forecast.WithinTwo, forecast.WithinThree, forecast.Later}
	said := horizons[f.IntN(len(horizons))]
	if f.chance(repsKnow) {
		said = horizons[f.came(a.ID, day)]
	}
	given := max(day-f.days(1, 6), h.Purchases[len(h.Purchases)-1].Day)
	at := given.At(17*60, zone)
	ended := (day + f.days(31, 50)).At(17*60, zone)
	return &models.Override{
		ID: f.key(at), AccountID: a.ID, Horizon: string(said), Reason: pick(f.dice, []string{"顾客说等活动再买", "女儿月底来付款", "家里还有存货", "要和老伴一起买双份"}),
		GivenOn: given, UntilDay: given + 60, CreatedBy: a.RepID, CreatedAt: at, EndedAt: &ended,
	}
}

// came is in which thirty days after a day the account bought, 3 for not within ninety.
func (f *foreteller) came(account id.ID, day civil.Date) int {
	next := slices.IndexFunc(f.orders[account], func(p models.Purchase) bool { return p.Day > day })
	if next < 0 {
		return 3
	}
	return min(int(f.orders[account][next].Day-day-1)/30, 3)
}
