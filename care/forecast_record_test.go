package care_test

import (
	"fmt"
	"math"
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

// foretold keeps a row of the record as if a night long ago had.
func (w *world) foretold(a models.Account, month string, p [3]float64, horizon, model cadence.Horizon, came string) {
	w.t.Helper()
	day := civil.Must(month)
	row := models.Foretold{
		AccountID: a.ID, Month: day, RepID: a.RepID, Day: day, By30: day + 30, By60: day + 60, By90: day + 90, P30: p[0], P60: p[1], P90: p[2],
		Horizon: string(horizon), Model: string(model), Settled: true, ToldAt: w.clock.Now(),
	}
	if horizon != model {
		word := w.key()
		row.OverrideID = &word
	}
	if came != "" {
		row.CameOn = ptr(civil.Must(came))
	}
	w.write(func(tx *models.Tx) error { return models.AddAll(tx, []models.Foretold{row}) })
}

func (w *world) recordOf(u models.User, in care.ForecastInput) care.ForecastRecord {
	w.t.Helper()
	in.Months = 12
	return got[care.ForecastRecord](w.t)(w.ForecastRecord(w.as(u), in))
}

// TestTheRecordIsReckonedByHand: four accounts in two months. November: 62 % and this month, bought after 20 days; 68 % and this month,
// after 40. October: 30, 70, 80 %, the rep said later against within two months, nothing came; 10 % and later, after 80 days.
func TestTheRecordIsReckonedByHand(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.foretold(w.Own, "2025-11-01", [3]float64{.62, .7, .9}, cadence.ThisMonth, cadence.ThisMonth, "2025-11-21")
		w.foretold(w.Colleagues, "2025-11-01", [3]float64{.68, .7, .8}, cadence.ThisMonth, cadence.ThisMonth, "2025-12-11")
		w.foretold(w.Own, "2025-10-01", [3]float64{.3, .7, .8}, cadence.Later, cadence.WithinTwo, "")
		w.foretold(w.OtherStores, "2025-10-01", [3]float64{.1, .2, .3}, cadence.Later, cadence.Later, "2025-12-20")
		r := w.recordOf(w.Manager, care.ForecastInput{})

		if h := r.Total; h.N != 4 || h.Hits != 2 || h.Sooner != 1 || h.After != 1 || *h.Rate() != .5 {
			t.Errorf("total %+v", h)
		}
		if len(r.Months) != 2 || r.Months[0].Month != civil.Must("2025-10-01") || r.Months[0].Hits != 1 || r.Months[1].Hits != 1 {
			t.Errorf("months %+v", r.Months)
		}
		want := map[cadence.Horizon]string{cadence.ThisMonth: "2 1 0 1", cadence.WithinTwo: "0 0 0 0", cadence.WithinThree: "0 0 0 0", cadence.Later: "2 1 1 0"}
		for _, h := range r.Horizons {
			if got := fmt.Sprint(h.N, h.Hits, h.Sooner, h.After); got != want[h.Horizon] {
				t.Errorf("%s: %s, want %s", h.Horizon, got, want[h.Horizon])
			}
		}
		c := r.Calibration[0] // within 30 days: .62 came, .68 .3 .1 did not
		if c.Days != 30 || c.N != 4 || !near(c.Said, 1.7/4) || !near(c.Came, .25) || len(c.Bins) != 3 || c.Bins[2].N != 2 || !near(c.Bins[2].Came, .5) {
			t.Errorf("within 30 days %+v", c)
		}
		if !near(c.Off, (.1+.3+2*.15)/4) {
			t.Errorf("off by %v", c.Off)
		}
		if c := r.Calibration[2]; c.Days != 90 || !near(c.Said, 2.8/4) || !near(c.Came, .75) {
			t.Errorf("within 90 days %+v", c)
		}
	})
}

// TestTheRepsWordsAgainstTheModel: three words that came true and one that did not are read as 4 in 8 sure, the other outcomes as 1 in 6.
func TestTheRepsWordsAgainstTheModel(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		p := [3]float64{.6, .7, .8}
		w.foretold(w.Own, "2025-11-01", p, cadence.Later, cadence.ThisMonth, "")
		w.foretold(w.Own, "2025-10-01", p, cadence.WithinTwo, cadence.ThisMonth, "2025-11-10")
		w.foretold(w.Colleagues, "2025-10-01", p, cadence.Later, cadence.ThisMonth, "")
		w.foretold(w.OtherTeams, "2025-10-01", p, cadence.Later, cadence.ThisMonth, "2025-10-02")
		w.foretold(w.OtherStores, "2025-10-01", p, cadence.ThisMonth, cadence.ThisMonth, "2025-10-02") // no word against it
		r := w.recordOf(w.Manager, care.ForecastInput{}).Words
		if r.N != 4 || r.RepHits != 3 || r.ModelHits != 1 || r.OnlyRep != 3 || r.OnlyModel != 1 {
			t.Fatalf("words %+v", r)
		}
		if want := -(3*math.Log(.5) + math.Log(.5/3)) / 4; !near(*r.RepLoss, want) {
			t.Errorf("the reps lose %v, want %v", *r.RepLoss, want)
		}
		if want := -(2*math.Log(.2) + math.Log(.1) + math.Log(.6)) / 4; !near(*r.ModelLoss, want) {
			t.Errorf("the model loses %v, want %v", *r.ModelLoss, want)
		}
		if !r.RepsFavour {
			t.Error("the reps foretold better")
		}
		if none := w.recordOf(w.Manager, care.ForecastInput{Rep: &w.BranchRep.ID}).Words; none.N != 0 || none.RepLoss != nil || none.RepsFavour {
			t.Errorf("without words %+v", none)
		}
	})
}

func TestWhoSeesWhichRecord(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, a := range []models.Account{w.Own, w.Colleagues, w.OtherTeams, w.OtherStores} {
			w.foretold(a, "2025-11-01", [3]float64{.6, .7, .8}, cadence.ThisMonth, cadence.ThisMonth, "")
		}
		for _, c := range []struct {
			name string
			who  models.User
			in   care.ForecastInput
			n    int
		}{
			{"a manager sees the company", w.Manager, care.ForecastInput{}, 4},
			{"a store", w.Manager, care.ForecastInput{Store: &w.Branch.ID}, 1},
			{"a team", w.Manager, care.ForecastInput{Team: &w.Team.ID}, 2},
			{"a rep", w.Manager, care.ForecastInput{Rep: &w.Rep.ID}, 1},
			{"a supervisor sees the team", w.Supervisor, care.ForecastInput{}, 2},
		} {
			if n := w.recordOf(c.who, c.in).Total.N; n != c.n {
				t.Errorf("%s: %d, want %d", c.name, n, c.n)
			}
		}
		_, err := w.ForecastRecord(w.as(w.Supervisor), care.ForecastInput{Rep: &w.BranchRep.ID, Months: 12})
		wantCode(t, err, care.CodeNotFound)
		_, err = w.ForecastRecord(w.as(w.Manager), care.ForecastInput{Months: 37})
		wantCode(t, err, care.CodeInvalid)
		_, err = w.ForecastRecord(w.as(w.Rep), care.ForecastInput{Months: 12})
		if err == nil {
			t.Error("a rep read it")
		}
	})
}

// TestTheNightlyRunKeepsTheRecord: what stands is kept once, what came follows, and a second run in the same night changes nothing.
func TestTheNightlyRunKeepsTheRecord(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		night := func() {
			if err := d.PlanAll(t.Context(), func(care.PlanResult) {}); err != nil {
				t.Fatal(err)
			}
		}
		rows := func() (out []models.Foretold) {
			d.write(func(tx *models.Tx) error { out = must2(tx.ForetoldOf(a.ID)); return nil })
			return out
		}
		night()
		first := rows()
		if len(first) != 1 || first[0].Day != d.today || first[0].Horizon != string(cadence.ThisMonth) || first[0].RepID != d.Rep.ID {
			t.Fatalf("kept %+v", first)
		}
		if r := d.recordOf(d.Manager, care.ForecastInput{}); r.Total.N != 0 || r.Calibration[0].N != 0 || r.FirstOn == nil || *r.FirstOn != d.today+31 {
			t.Errorf("first figures on %v of %+v", r.FirstOn, r)
		}
		d.at("2026-03-06", 9)
		d.buys(d.Rep, a)
		night()
		night()
		after := rows()
		if len(after) != 1 || after[0].P30 != first[0].P30 || after[0].CameOn == nil || *after[0].CameOn != d.today {
			t.Errorf("after the order %+v", after)
		}
		d.at("2026-07-06", 2) // 30 days after the 90 are over, and more
		night()
		if all := rows(); len(all) != 2 || !all[1].Settled || all[0].Settled {
			t.Errorf("settled %+v", all)
		}
		if r := d.recordOf(d.Manager, care.ForecastInput{}); r.Total.N != 1 || r.Total.Hits != 1 {
			t.Errorf("the record %+v", r.Total)
		}
	})
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
