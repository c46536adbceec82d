package models_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// foretelling is the small company with a few projections of a day, and what comes of them.
type foretelling struct {
	*testing.T
	s     *models.Store
	clock *modelstest.Clock
	c     modelstest.Company
	n     byte
}

func onForetelling(t *testing.T, body func(*testing.T, *foretelling)) {
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		f := &foretelling{T: t, s: s, clock: clock, c: modelstest.Seed(t, s)}
		f.at("2026-04-01 02:00")
		body(t, f)
	})
}

// at sets the clock, in the company's zone.
func (f *foretelling) at(moment string) {
	f.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	ok(f.T, err)
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, zone)
	ok(f.T, err)
	f.clock.Set(at)
}

func (f *foretelling) key() id.ID {
	f.n++
	return modelstest.Key(100 + f.n)
}

// projected keeps what is expected of an account today.
func (f *foretelling) projected(a models.Account, p models.Projection) {
	f.Helper()
	write(f.T, f.s, func(tx *models.Tx) error {
		p.AccountID, p.Day = a.ID, tx.Today
		if p.Horizon == "" {
			p.Horizon = p.Model
		}
		return tx.SavePlan(a.RepID, models.PlanDiff{Projections: []models.Projection{p}})
	})
}

func (f *foretelling) buys(a models.Account, day string) models.Purchase {
	f.Helper()
	p := models.Purchase{ID: f.key(), AccountID: a.ID, RepID: a.RepID, Day: civil.Must(day)}
	p.Number = p.ID.String()
	write(f.T, f.s, func(tx *models.Tx) error {
		p.CreatedAt = tx.Now
		return tx.AddPurchases([]models.Purchase{p}, []models.PurchaseLine{{ID: f.key(), PurchaseID: p.ID, ProductID: f.c.Product.ID}})
	})
	return p
}

func (f *foretelling) givesBack(p models.Purchase, whole bool) {
	f.Helper()
	write(f.T, f.s, func(tx *models.Tx) error {
		return tx.AddReturns([]models.Return{{ID: f.key(), PurchaseID: p.ID, AccountID: p.AccountID, Day: tx.Today, Whole: whole, CreatedAt: tx.Now}})
	})
}

// night does what the nightly run does.
func (f *foretelling) night() {
	f.Helper()
	var months []civil.Date
	write(f.T, f.s, func(tx *models.Tx) error {
		if err := tx.Foretell(); err != nil {
			return err
		}
		var err error
		months, err = tx.OpenMonths()
		return err
	})
	for _, month := range months {
		write(f.T, f.s, func(tx *models.Tx) error { return tx.FillForetold(month) })
	}
	write(f.T, f.s, func(tx *models.Tx) error { return tx.SettleForetold() })
}

func (f *foretelling) of(a models.Account) []models.Foretold {
	f.Helper()
	var rows []models.Foretold
	write(f.T, f.s, func(tx *models.Tx) error {
		var err error
		rows, err = tx.ForetoldOf(a.ID)
		return err
	})
	return rows
}

func (f *foretelling) came(a models.Account, want string) {
	f.Helper()
	rows := f.of(a)
	got := "nothing"
	if len(rows) > 0 && rows[len(rows)-1].CameOn != nil {
		got = rows[len(rows)-1].CameOn.String()
	}
	if got != want {
		f.Errorf("%s: %s came, want %s", a.Name, got, want)
	}
}

func TestWhatStandsIsKeptOncePerMonth(t *testing.T) {
	onForetelling(t, func(t *testing.T, f *foretelling) {
		version := f.key()
		f.projected(f.c.Own, models.Projection{P30: .6, P60: .7, P90: .8, Model: "THIS_MONTH", Source: "SUPPLY", ModelID: &version})
		f.projected(f.c.Colleagues, models.Projection{Model: "UNKNOWN", Source: "POPULATION"})
		f.projected(f.c.Erased, models.Projection{P30: .1, P60: .1, P90: .1, Model: "LATER", Source: "RHYTHM"})
		f.night()
		want := models.Foretold{
			AccountID: f.c.Own.ID, Month: civil.Must("2026-04-01"), RepID: f.c.Rep.ID, Day: civil.Must("2026-04-01"), By30: civil.Must("2026-05-01"),
			By60: civil.Must("2026-05-31"), By90: civil.Must("2026-06-30"), ToldAt: f.clock.Now().UTC(), P30: .6, P60: .7, P90: .8,
			Horizon: "THIS_MONTH", Model: "THIS_MONTH", ModelID: &version,
		}
		if diff := cmp.Diff([]models.Foretold{want}, f.of(f.c.Own)); diff != "" {
			t.Errorf("kept (-want +got):\n%s", diff)
		}
		if n := len(f.of(f.c.Colleagues)) + len(f.of(f.c.Erased)); n != 0 {
			t.Errorf("%d rows of who never bought and who is erased", n)
		}
		f.at("2026-04-09 02:00")
		f.projected(f.c.Own, models.Projection{P30: .9, P60: .9, P90: .9, Model: "THIS_MONTH", Source: "SUPPLY"})
		f.projected(f.c.Colleagues, models.Projection{P30: .2, P60: .3, P90: .4, Model: "LATER", Source: "SUPPLY"})
		f.night()
		f.night()
		if diff := cmp.Diff([]models.Foretold{want}, f.of(f.c.Own)); diff != "" {
			t.Errorf("kept again in the month (-want +got):\n%s", diff)
		}
		if rows := f.of(f.c.Colleagues); len(rows) != 1 || rows[0].Day != civil.Must("2026-04-09") || rows[0].Month != want.Month {
			t.Errorf("who bought first within the month: %+v", rows)
		}
		f.at("2026-05-01 02:00")
		f.night()
		if rows := f.of(f.c.Own); len(rows) != 2 || rows[0].P30 != .9 || rows[0].ModelID != nil {
			t.Errorf("of the next month: %+v", rows)
		}
	})
}

func TestAWordIsKeptWhileItIsInForce(t *testing.T) {
	onForetelling(t, func(t *testing.T, f *foretelling) {
		word := models.Override{ID: f.key(), AccountID: f.c.Own.ID, Horizon: "LATER", Reason: "囤了货", GivenOn: civil.Must("2026-03-20"), UntilDay: civil.Must("2026-05-09")}
		write(t, f.s, func(tx *models.Tx) error { return tx.PutOverride(&word) })
		f.projected(f.c.Own, models.Projection{P30: .6, P60: .7, P90: .8, Model: "THIS_MONTH", Horizon: "LATER", Source: "REP"})
		f.night()
		if r := f.of(f.c.Own)[0]; r.Horizon != "LATER" || r.Model != "THIS_MONTH" || r.OverrideID == nil || *r.OverrideID != word.ID {
			t.Errorf("while it was in force: %+v", r)
		}
		f.at("2026-06-01 02:00") // expired; the projection of that day still is the one kept
		f.night()
		if r := f.of(f.c.Own)[0]; r.Month != civil.Must("2026-06-01") || r.Horizon != "THIS_MONTH" || r.OverrideID != nil {
			t.Errorf("expired: %+v", r)
		}
	})
}

func TestWhatCameFollowsTheOrdersUntilItIsSettled(t *testing.T) {
	onForetelling(t, func(t *testing.T, f *foretelling) {
		p := models.Projection{P30: .6, P60: .7, P90: .8, Model: "THIS_MONTH", Source: "SUPPLY"}
		all := []models.Account{f.c.Own, f.c.Colleagues, f.c.Former, f.c.OtherTeams}
		f.buys(f.c.Own, "2026-04-01") // before the row is kept: it is known
		for _, a := range all {
			f.projected(a, p)
		}
		f.at("2026-04-01 03:00")
		f.night()
		f.at("2026-04-01 18:00")
		first := f.buys(f.c.Colleagues, "2026-04-01")
		f.buys(f.c.Former, "2026-06-30")
		f.buys(f.c.OtherTeams, "2026-07-01")
		f.at("2026-05-02 03:00")
		f.night()
		f.came(f.c.Own, "nothing")
		f.came(f.c.Colleagues, "2026-04-01")
		f.came(f.c.Former, "2026-06-30")
		f.came(f.c.OtherTeams, "nothing")

		f.buys(f.c.Colleagues, "2026-04-20")
		f.givesBack(first, true)
		f.givesBack(f.buys(f.c.Own, "2026-04-11"), false)
		f.night()
		f.came(f.c.Colleagues, "2026-04-20")
		f.came(f.c.Own, "2026-04-11")

		f.at("2026-07-30 03:00") // the thirtieth day after the last
		f.buys(f.c.Own, "2026-04-05")
		f.night()
		f.came(f.c.Own, "2026-04-05")
		f.at("2026-07-31 03:00")
		f.night()
		f.buys(f.c.Own, "2026-04-03")
		f.night()
		f.came(f.c.Own, "2026-04-05")
		if rows := f.of(f.c.Own); !rows[len(rows)-1].Settled || rows[0].Settled {
			t.Errorf("settled: %+v", rows)
		}
	})
}

func TestTheRecordIsCounted(t *testing.T) {
	onForetelling(t, func(t *testing.T, f *foretelling) {
		word := models.Override{ID: f.key(), AccountID: f.c.Former.ID, Horizon: "LATER", Reason: "囤了货", GivenOn: civil.Must("2026-04-01"), UntilDay: civil.Must("2026-05-01")}
		write(t, f.s, func(tx *models.Tx) error { return tx.PutOverride(&word) })
		f.projected(f.c.Own, models.Projection{P30: .62, P60: .7, P90: 1, Model: "THIS_MONTH", Source: "SUPPLY"})
		f.projected(f.c.Colleagues, models.Projection{P30: .68, P60: .7, P90: .91, Model: "THIS_MONTH", Source: "SUPPLY"})
		f.projected(f.c.Former, models.Projection{P30: .3, P60: .7, P90: .8, Model: "WITHIN_2_MONTHS", Horizon: "LATER", Source: "REP"})
		f.projected(f.c.OtherStores, models.Projection{P30: .99, P60: .99, P90: .99, Model: "THIS_MONTH", Source: "SUPPLY"})
		f.night()
		f.buys(f.c.Own, "2026-05-01")
		f.buys(f.c.Colleagues, "2026-05-02")
		f.buys(f.c.Former, "2026-06-30")
		users := []id.ID{f.c.Rep.ID, f.c.Colleague.ID, f.c.OtherRep.ID}
		since := civil.Must("2026-04-01")
		f.at("2026-05-02 02:00")
		f.night()
		write(t, f.s, func(tx *models.Tx) error {
			said, err := tx.SaidTallies(users, since)
			ok(t, err)
			want := []models.SaidTally{{30, 3, 1, .3, 0}, {30, 6, 2, 1.3, 1}}
			if diff := cmp.Diff(want, said); diff != "" {
				t.Errorf("said within 30 days (-want +got):\n%s", diff)
			}
			rows, err := tx.ForetoldTallies(users, since)
			if len(rows) != 0 {
				t.Errorf("ninety days are not over: %+v", rows)
			}
			by30, by90, openErr := tx.ForetoldOpen(users)
			if openErr != nil || by30 == nil || *by30 != civil.Must("2026-05-01") || *by90 != civil.Must("2026-06-30") {
				t.Errorf("open until %v, %v: %v", by30, by90, openErr)
			}
			return err
		})
		f.at("2026-07-01 02:00")
		f.night()
		write(t, f.s, func(tx *models.Tx) error {
			rows, err := tx.ForetoldTallies(users, since)
			ok(t, err)
			want := []models.ForetoldTally{
				{since, "LATER", "WITHIN_2_MONTHS", true, 2, 1}, {since, "THIS_MONTH", "THIS_MONTH", false, 0, 1}, {since, "THIS_MONTH", "THIS_MONTH", false, 1, 1},
			}
			if diff := cmp.Diff(want, rows); diff != "" {
				t.Errorf("counted (-want +got):\n%s", diff)
			}
			words, err := tx.SaidWords(users, since)
			ok(t, err)
			if diff := cmp.Diff([]models.SaidWord{{"LATER", "WITHIN_2_MONTHS", .3, .7, .8, 2}}, words); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
			none, err := tx.ForetoldTallies(nil, since)
			if len(none) != 0 {
				t.Errorf("of nobody: %+v", none)
			}
			return err
		})
	})
}

func TestVersionsOfTheForecast(t *testing.T) {
	onForetelling(t, func(t *testing.T, f *foretelling) {
		add := func(day, segment string, state models.ModelState) models.ForecastModel {
			f.at(day + " 02:00")
			m := models.ForecastModel{ID: f.key(), Segment: segment, State: state, FittedOn: civil.Must(day), Body: []byte("{}")}
			write(t, f.s, func(tx *models.Tx) error { m.CreatedAt = tx.Now; return tx.AddModel(m) })
			return m
		}
		write(t, f.s, func(tx *models.Tx) error {
			if _, err := tx.NewestModel(); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("before the first: %v", err)
			}
			return nil
		})
		first := add("2026-01-01", "", models.ModelStanding)
		tea := add("2026-01-02", "茶", models.ModelStanding)
		second := add("2026-01-08", "", models.ModelStanding)
		kept := add("2026-01-15", "", models.ModelKeptBack)
		write(t, f.s, func(tx *models.Tx) error {
			rows := must2(tx.ModelsInForce())
			if len(rows) != 2 || rows[0].ID != second.ID || rows[1].ID != tea.ID {
				t.Errorf("in force %+v", rows)
			}
			if m := must2(tx.NewestModel()); m.ID != kept.ID {
				t.Errorf("newest %+v", m)
			}
			if m := must2(tx.ModelThen(civil.Must("2026-01-07"))); m.ID != first.ID || m.State != models.ModelRetired {
				t.Errorf("that stood then %+v", m)
			}
			if m := must2(tx.ModelThen(civil.Must("2026-03-01"))); m.ID != second.ID {
				t.Errorf("the one kept back never stood: %+v", m)
			}
			if _, err := tx.ModelThen(civil.Must("2025-12-31")); !errors.Is(err, models.ErrNotFound) {
				t.Errorf("before the first: %v", err)
			}
			all := must2(tx.Versions(3))
			if len(all) != 3 || all[0].ID != kept.ID || all[0].Body != nil {
				t.Errorf("versions %+v", all)
			}
			return tx.RetireModel("茶")
		})
		write(t, f.s, func(tx *models.Tx) error {
			if rows := must2(tx.ModelsInForce()); len(rows) != 1 {
				t.Errorf("in force %+v", rows)
			}
			return nil
		})
	})
}

func TestSegmentsAreWhatAccountsBuyMostOf(t *testing.T) {
	onForetelling(t, func(t *testing.T, f *foretelling) {
		tea := models.Product{ID: f.key(), Number: "T", Name: "茶", Category: "茶"}
		care := models.Product{ID: f.key(), Number: "C", Name: "护理", Category: "护理"}
		write(t, f.s, func(tx *models.Tx) error { return tx.AddProducts([]models.Product{tea, care}) })
		buys := func(a models.Account, products ...models.Product) models.Purchase {
			p := models.Purchase{ID: f.key(), AccountID: a.ID, RepID: a.RepID, Day: civil.Must("2026-03-01")}
			p.Number = p.ID.String()
			var lines []models.PurchaseLine
			for n, product := range products {
				lines = append(lines, models.PurchaseLine{ID: f.key(), PurchaseID: p.ID, Line: n + 1, ProductID: product.ID})
			}
			write(t, f.s, func(tx *models.Tx) error { return tx.AddPurchases([]models.Purchase{p}, lines) })
			return p
		}
		buys(f.c.Own, care, tea)
		buys(f.c.Own, tea, tea, tea)
		buys(f.c.Colleagues, f.c.Product) // of no category
		buys(f.c.Former, care)
		f.givesBack(buys(f.c.Former, tea), true)
		f.givesBack(buys(f.c.Former, tea), true)
		write(t, f.s, func(tx *models.Tx) error {
			want := map[id.ID]string{f.c.Own.ID: "茶", f.c.Former.ID: "护理"}
			if diff := cmp.Diff(want, must2(tx.SegmentsBought())); diff != "" {
				t.Errorf("bought (-want +got):\n%s", diff)
			}
			ok(t, tx.PutSegment("茶", []id.ID{f.c.Own.ID, f.c.Former.ID}))
			ok(t, tx.PutSegment("", []id.ID{f.c.Former.ID}))
			if diff := cmp.Diff(map[id.ID]string{f.c.Own.ID: "茶"}, must2(tx.SegmentsNow())); diff != "" {
				t.Errorf("now (-want +got):\n%s", diff)
			}
			return nil
		})
	})
}

func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
