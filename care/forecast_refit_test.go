package care_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"huifang/care"
	"huifang/civil"
	"huifang/forecast"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// refitting is the small company with a book of buyers, on SQLite: what is judged is arithmetic and the same on every engine.
type refitting struct {
	*diary
	rnd *rand.Rand
}

func newRefitting(t *testing.T) *refitting {
	t.Helper()
	store, clock := modelstest.SQLite(t)
	return &refitting{newDiary(t, newWorld(t, store, clock)), rand.New(rand.NewPCG(4, 2))}
}

// buyers joins accounts that have bought every so many days for a year and a half; the gap may change on a day. What they
// buy is of a category.
func (r *refitting) buyers(n int, gap func(civil.Date) int, category string) []id.ID {
	r.t.Helper()
	return r.joined(n, r.product(category), gap, func(int) civil.Date { return r.today - civil.Date(400+r.rnd.IntN(150)) })
}

// mixed joins such accounts, and as many that came for the first time in the 60 days before the last 90.
func (r *refitting) mixed(n, gap int, category string) []id.ID {
	r.t.Helper()
	product := r.product(category)
	old := r.joined(n, product, always(gap), func(int) civil.Date { return r.today - civil.Date(400+r.rnd.IntN(150)) })
	return append(old, r.joined(n, product, always(gap), func(i int) civil.Date { return r.today - 90 - civil.Date(i%60) })...)
}

func (r *refitting) product(category string) models.Product {
	r.t.Helper()
	p := models.Product{ID: r.key(), Number: category, Name: category, Category: category}
	r.write(func(tx *models.Tx) error { return tx.AddProducts([]models.Product{p}) })
	return p
}

func (r *refitting) joined(n int, product models.Product, gap func(civil.Date) int, first func(int) civil.Date) []id.ID {
	r.t.Helper()
	var keys []id.ID
	var accounts []models.Account
	var orders []models.Purchase
	var lines []models.PurchaseLine
	for i := range n {
		a := models.Account{ID: r.key(), StoreID: r.Main.ID, RepID: r.Rep.ID, Name: "顾客", Since: r.today}
		a.Number = a.ID.String()
		keys, accounts = append(keys, a.ID), append(accounts, a)
		for day := first(i); day <= r.today; day += civil.Date(gap(day) + r.rnd.IntN(9) - 4) {
			o := models.Purchase{ID: r.key(), AccountID: a.ID, RepID: r.Rep.ID, Day: day}
			o.Number = o.ID.String()
			orders = append(orders, o)
			lines = append(lines, models.PurchaseLine{ID: r.key(), PurchaseID: o.ID, Line: 1, ProductID: product.ID})
		}
	}
	r.write(func(tx *models.Tx) error {
		if err := models.AddAll(tx, accounts); err != nil {
			return err
		}
		return tx.AddPurchases(orders, lines)
	})
	return keys
}

func always(days int) func(civil.Date) int { return func(civil.Date) int { return days } }

func (r *refitting) refit() {
	r.t.Helper()
	if err := r.RefitForecast(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

func (r *refitting) versions() []models.ForecastModel {
	r.t.Helper()
	var rows []models.ForecastModel
	r.write(func(tx *models.Tx) error { rows = must2(tx.Versions(50)); return nil })
	return rows
}

func (r *refitting) record() care.ForecastRecord {
	r.t.Helper()
	return got[care.ForecastRecord](r.t)(r.ForecastRecord(r.as(r.Manager), care.ForecastInput{Months: 12}))
}

// stood puts a model in force as of a day long ago.
func (r *refitting) stood(m forecast.Model, ago civil.Date) models.ForecastModel {
	r.t.Helper()
	body, err := json.Marshal(m)
	if err != nil {
		r.t.Fatal(err)
	}
	row := models.ForecastModel{ID: r.key(), State: models.ModelStanding, FittedOn: r.today - ago, Body: body}
	r.write(func(tx *models.Tx) error { row.CreatedAt = tx.Now.AddDate(0, 0, -int(ago)); return tx.AddModel(row) })
	return row
}

func TestABetterFitIsPromotedOnceAWeek(t *testing.T) {
	r := newRefitting(t)
	r.buyers(150, always(75), "护理")
	r.refit()
	r.refit()
	rows := r.versions()
	if len(rows) != 1 || rows[0].State != models.ModelStanding || rows[0].Customers != 150 || rows[0].Judged == nil {
		t.Fatalf("versions %+v", rows)
	}
	if v := r.record().Versions[0]; v.Judged == nil || v.Judged.Cut != r.today-90 || v.Judged.Candidate.LogLoss >= v.Judged.Standing.LogLoss || v.Why("zh") != "" {
		t.Errorf("judged %+v", v.Judged)
	}
	r.at("2026-03-10", 2)
	r.refit()
	if n := len(r.versions()); n != 1 {
		t.Errorf("%d versions after six days", n)
	}
	r.at("2026-03-11", 2)
	r.refit()
	if rows := r.versions(); len(rows) != 2 || rows[0].State != models.ModelStanding || rows[1].State != models.ModelRetired {
		t.Errorf("after a week %+v", rows)
	}
	if n := len(r.wrongs(r.Manager, care.ForecastKeptBack)); n != 0 {
		t.Errorf("%d alerts", n)
	}
}

// TestAWorseFitIsKeptBackAndManagersHearOfIt: the rhythm of everybody changed 90 days ago, and the version that stood then fits the new
// one, so what the past teaches is worse.
func TestAWorseFitIsKeptBackAndManagersHearOfIt(t *testing.T) {
	r := newRefitting(t)
	change := r.today - 90
	r.buyers(150, func(day civil.Date) int {
		if day < change-40 {
			return 20
		}
		return 80
	}, "护理")
	var steady []forecast.History
	for n := range 150 {
		var h forecast.History
		for day := r.today - civil.Date(500+n); day <= r.today; day += civil.Date(78 + n%5) {
			h.Purchases = append(h.Purchases, forecast.Purchase{Day: day})
		}
		steady = append(steady, h)
	}
	before := r.stood(forecast.Fit(steady, r.today), 100)
	r.refit()
	rows := r.versions()
	if len(rows) != 2 || rows[0].State != models.ModelKeptBack || rows[0].Reason == "" || rows[1].State != models.ModelStanding || rows[1].ID != before.ID {
		t.Fatalf("versions %+v", rows)
	}
	alerts := r.wrongs(r.Manager, care.ForecastKeptBack)
	if len(alerts) != 1 || alerts[0].Action != care.DoSeeForecast || alerts[0].RepID != r.Manager.ID || alerts[0].Since != r.today {
		t.Fatalf("alerts %+v", alerts)
	}
	zh, en := alerts[0].Words("zh"), alerts[0].Words("en")
	if !strings.Contains(zh, "没有启用") || !strings.Contains(zh, "回测") || !strings.Contains(en, "was not put in use") || han(en) {
		t.Errorf("words %q, %q", zh, en)
	}
	if n := len(r.wrongs(r.Supervisor, care.ForecastKeptBack)); n != 0 {
		t.Errorf("a supervisor answers for one team: %d alerts", n)
	}
	r.at("2026-03-11", 2)
	r.refit()
	if again := r.wrongs(r.Manager, care.ForecastKeptBack); len(again) != 1 || again[0].ID != alerts[0].ID || again[0].Count != 2 || again[0].Since != alerts[0].Since {
		t.Errorf("the week after: %+v", again)
	}
	r.at("2026-03-11", 3)
	r.stood(forecast.Prior(), 0)
	if n := len(r.wrongs(r.Manager, care.ForecastKeptBack)); n != 0 {
		t.Errorf("promoted, and %d alerts", n)
	}
}

func TestAYoungCompanyKeepsThePrior(t *testing.T) {
	r := newRefitting(t)
	for range 30 {
		a := r.join(r.Rep)
		r.bought(a, 80, 50, 20)
	}
	r.refit()
	rows := r.versions()
	if len(rows) != 1 || rows[0].State != models.ModelKeptBack || rows[0].Reason != "TOO_YOUNG" || rows[0].Judged != nil {
		t.Fatalf("versions %+v", rows)
	}
	if v := r.record().Versions[0]; !han(v.Why("zh")) || v.Why("en") == "" || han(v.Why("en")) {
		t.Errorf("why: %q, %q", v.Why("zh"), v.Why("en"))
	}
	if n := len(r.wrongs(r.Manager, care.ForecastKeptBack)); n != 0 {
		t.Errorf("being young is no fault: %d alerts", n)
	}
	r.plan(r.Rep)
	if p := r.projections(r.anybody()); p[0].ModelID != nil {
		t.Error("the prior has no version")
	}
}

// anybody is one of the rep's accounts that bought.
func (r *refitting) anybody() models.Account {
	r.t.Helper()
	var rows []models.Supply
	r.write(func(tx *models.Tx) error { rows = must2(tx.Supplies()); return nil })
	return r.account(rows[0].AccountID)
}

func TestAHandfulOfBuyersIsNotFitted(t *testing.T) {
	r := newRefitting(t)
	r.buyers(19, always(40), "护理")
	r.refit()
	if rows := r.versions(); len(rows) != 0 {
		t.Errorf("versions %+v", rows)
	}
}

func TestAVersionOfAnotherReleaseIsFittedAnewAndPlansGoOn(t *testing.T) {
	r := newRefitting(t)
	r.buyers(60, always(75), "护理")
	r.stood(forecast.Prior(), 1)
	r.write(func(tx *models.Tx) error {
		m := must2(tx.NewestModel())
		m.ID, m.Body, m.CreatedAt = tx.NewID(), []byte(`{"version":0}`), m.CreatedAt.Add(1e9)
		return tx.AddModel(m)
	})
	r.plan(r.Rep)
	r.refit()
	if rows := r.versions(); len(rows) != 3 || rows[0].FittedOn != r.today {
		t.Errorf("versions %+v", rows)
	}
	r.refit()
	if n := len(r.versions()); n != 3 {
		t.Errorf("fitted again the same day: %d versions", n)
	}
}

// TestASegmentSpeaksForItsAccountsWhereItHelps: those who buy tea come back after 20 days, the others after 80; of those who have come only once
// lately, what their like do tells most.
func TestASegmentSpeaksForItsAccountsWhereItHelps(t *testing.T) {
	modelstest.Sequential(t)
	r := newRefitting(t)
	tea := r.mixed(260, 20, "茶")
	care := r.mixed(260, 80, "护理")
	few := r.mixed(40, 50, "零食")
	r.refit()
	standing := map[string]bool{}
	for _, v := range r.versions() {
		standing[v.Segment] = v.State == models.ModelStanding
	}
	if !standing[""] || !standing["茶"] || standing["零食"] {
		t.Fatalf("standing %v", standing)
	}
	if a := r.account(tea[0]); a.Segment != "茶" {
		t.Errorf("one who buys tea is in %q", a.Segment)
	}
	if a := r.account(few[0]); a.Segment != "" {
		t.Errorf("one of a small segment is in %q", a.Segment)
	}
	if a := r.account(care[0]); (a.Segment == "护理") != standing["护理"] {
		t.Errorf("care is in %q, standing %v", a.Segment, standing)
	}
	of := func(x id.ID) *id.ID {
		r.buys(r.Rep, r.account(x))
		return r.projections(r.account(x))[0].ModelID
	}
	if a, b := of(tea[0]), of(few[0]); a == nil || b == nil || *a == *b {
		t.Errorf("projected by %v and %v", a, b)
	}
}
