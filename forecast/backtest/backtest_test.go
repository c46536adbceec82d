package backtest_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
)

var cut = civil.Must("2026-03-01")

func bought(days ...int) (h forecast.History) {
	for _, d := range days {
		h.Purchases = append(h.Purchases, forecast.Purchase{Day: cut + civil.Date(d)})
	}
	return h
}

// Four customers: one comes back within 30 days, one within 60, one never, and one is not known yet.
func four() []forecast.History {
	return []forecast.History{bought(-100, 0, 30), bought(-10, 31), bought(-300), bought(5)}
}

func saying(p ...float64) backtest.Forecaster {
	return backtest.Forecaster{Name: "fixed", Fit: func(h []forecast.History, day civil.Date) (func(forecast.History) [3]float64, error) {
		for _, one := range h {
			for _, b := range one.Purchases {
				if b.Day > day {
					return nil, errors.New("it was shown the future")
				}
			}
		}
		return func(forecast.History) [3]float64 { return [3]float64(p) }, nil
	}}
}

func TestScoresAreThoseReckonedByHand(t *testing.T) {
	ticks := time.Duration(0)
	clock := func() time.Duration { ticks += time.Second; return ticks }
	results, err := backtest.Run(four(), []civil.Date{cut}, []backtest.Forecaster{saying(.5, .7, .8)}, clock)
	if err != nil {
		t.Fatal(err)
	}
	r := results[0]
	near := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s %v, want %v", what, got, want)
		}
	}
	// Shares .5 .2 .1 .2; what came: the first, the second and the last class.
	near("customers", float64(r.All.Customers), 3)
	near("accuracy", r.All.Accuracy, 1./3)
	near("log-loss", r.All.LogLoss, -(math.Log(.5)+math.Log(.2)+math.Log(.2))/3)
	near("Brier", r.All.Brier, ((.25+.04+.01+.04)+(.25+.64+.01+.04)+(.25+.04+.01+.64))/3)
	near("fit seconds", r.Fit.Seconds(), 1)
	near("score seconds", r.Score.Seconds(), 1)
	near("active", float64(r.Active.Customers), 0)
}

func TestActiveCustomersBoughtFourTimesAndLately(t *testing.T) {
	histories := []forecast.History{
		bought(-400, -300, -200, -120), bought(-400, -300, -200, -121), bought(-30, -20, -10), bought(-30, -20, -10, -10), bought(-3, -2, -1, 0),
	}
	results, err := backtest.Run(histories, []civil.Date{cut}, []backtest.Forecaster{saying(0, 0, 0)}, func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	if got := results[0].Active.Customers; got != 2 {
		t.Errorf("%d active customers, want 2", got)
	}
}

func TestASurpriseCostsNoMoreThanTheFloor(t *testing.T) {
	results, err := backtest.Run([]forecast.History{bought(-1, 1)}, []civil.Date{cut}, []backtest.Forecaster{saying(0, 0, 0)}, func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	if got, want := results[0].All.LogLoss, -math.Log(5e-4); math.Abs(got-want) > 1e-12 {
		t.Errorf("log-loss %v, want %v", got, want)
	}
}

// TestCalibration: what is said with 30 % and comes in 30 of 100 is well said; what is said with 80 % and comes half the time is not.
func TestCalibration(t *testing.T) {
	var said []backtest.Said
	for i := range 100 {
		said = append(said, backtest.Said{P: .3, Came: i%10 < 3}, backtest.Said{P: .8, Came: i%2 == 0})
	}
	groups := backtest.Calibration(said)
	if len(groups) != 10 {
		t.Fatalf("%d groups", len(groups))
	}
	for i, g := range groups {
		want := backtest.Bin{N: 20, Said: .3, Came: .3}
		if i >= 5 {
			want = backtest.Bin{N: 20, Said: .8, Came: .5}
		}
		if g.N != want.N || math.Abs(g.Said-want.Said) > 1e-9 || math.Abs(g.Came-want.Came) > 1e-9 {
			t.Errorf("group %d: %+v, want %+v", i, g, want)
		}
	}
	if got := backtest.Calibration(nil); len(got) != 0 {
		t.Errorf("groups of nobody: %v", got)
	}
}

func TestForecastersAreFittedOnThePastAlone(t *testing.T) {
	var histories []forecast.History
	for i := range 300 {
		h := bought()
		for d := -400 + i; d < 200; d += 10 + i%7*5 + d*d%23 {
			h.Purchases = append(h.Purchases, forecast.Purchase{Day: cut + civil.Date(d)})
		}
		histories = append(histories, h)
	}
	all := append(backtest.Forecasters(), saying(.2, .4, .6))
	results, err := backtest.Run(histories, []civil.Date{cut - 60, cut}, all, func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		if r.Failed != nil {
			t.Errorf("%s: %v", r.Name, r.Failed)
		}
		if math.IsNaN(r.All.LogLoss) || r.All.LogLoss <= 0 || r.All.Customers != results[0].All.Customers {
			t.Errorf("%s: %+v", r.Name, r.All)
		}
	}
}

func failing(words string) backtest.Forecaster {
	return backtest.Forecaster{Name: "failing", Fit: func([]forecast.History, civil.Date) (func(forecast.History) [3]float64, error) {
		return nil, errors.New(words)
	}}
}

func TestOneThatCannotBeFittedStopsNobodyElse(t *testing.T) {
	all := []backtest.Forecaster{failing("too hot"), saying(math.NaN(), 0, 1), saying(.1, .2, .3)}
	results, err := backtest.Run(four(), []civil.Date{cut}, all, func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	if f := results[0].Failed; f == nil || f.Code != "NOT_FITTED" || !strings.Contains(f.Words.EN, "2026-03-01: too hot") || !strings.Contains(f.Words.ZH, "too hot") {
		t.Errorf("the one that cannot be fitted says %v", f)
	}
	if f := results[1].Failed; f == nil || !strings.Contains(f.Words.EN, "no probabilities") {
		t.Errorf("the one that tells no probabilities says %v", f)
	}
	if results[2].Failed != nil || results[2].All.Customers != 3 {
		t.Errorf("the third: %+v", results[2])
	}
}

func TestACutOffBeforeAnybodyBoughtIsRefused(t *testing.T) {
	_, err := backtest.Run(four(), []civil.Date{cut - 301}, []backtest.Forecaster{saying(0, 0, 0)}, func() time.Duration { return 0 })
	if err == nil || !strings.Contains(err.Error(), "nobody bought anything up to "+(cut-301).String()) {
		t.Errorf("got %v", err)
	}
}

// some are so many customers with gaps of their own over a year and a half.
func some(n int) []forecast.History {
	var out []forecast.History
	for i := range n {
		h := forecast.History{}
		for d := 7 * i % 60; d < 540-i*13%200; d += 20 + i*11%45 + d%9 {
			h.Purchases = append(h.Purchases, forecast.Purchase{Day: cut - 450 + civil.Date(d)})
		}
		out = append(out, h)
	}
	return out
}

func TestAFewCustomersAreScoredAsFarAsTheyCan(t *testing.T) {
	for _, n := range []int{1, 2, 5, 20, 25} {
		results, err := backtest.Run(some(n), []civil.Date{cut - 200, cut}, backtest.Forecasters(), func() time.Duration { return 0 })
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range results {
			if rival := strings.HasSuffix(r.Name, "NBD"); r.Failed != nil && !rival || r.Failed == nil && r.All.Customers != 2*n {
				t.Errorf("%s of %d customers: %+v", r.Name, n, r)
			}
			if s := r.All; r.Failed == nil && !(s.LogLoss >= 0 && s.Brier >= 0 && s.MeanECE >= 0) {
				t.Errorf("%s of %d customers: %+v", r.Name, n, s)
			}
		}
		grid, prior := results[3], results[4]
		if same := grid.All == prior.All; same != (n < 20) {
			t.Errorf("the grid of %d customers is the shipped prior: %v", n, same)
		}
	}
}

// Customers who never came back teach the challengers nothing; the grid reads them too.
func TestChallengersSayWhyTheyCannotBeFitted(t *testing.T) {
	var histories []forecast.History
	for i := range 30 {
		histories = append(histories, bought(-200-i, 1+i))
	}
	results, err := backtest.Run(histories, []civil.Date{cut}, backtest.Forecasters(), func() time.Duration { return 0 })
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range results {
		rival := strings.HasSuffix(r.Name, "NBD")
		if (r.Failed != nil) != rival {
			t.Errorf("%s: %v", r.Name, r.Failed)
		}
		if rival && !strings.Contains(r.Failed.Words.EN, "not fitted at 2026-03-01: too few customers, or none who came back") {
			t.Errorf("%s: %v", r.Name, r.Failed)
		}
	}
}

func TestTheNaiveOneBelievesInTheMedianGap(t *testing.T) {
	everybody := []forecast.History{bought(-120, -80, -50), bought(-200, -160)} // the median of all gaps is 40
	within, err := backtest.Forecasters()[0].Fit(everybody, cut)
	if err != nil {
		t.Fatal(err)
	}
	first, second, third, never := [3]float64{.97, .98, .99}, [3]float64{.01, .98, .99}, [3]float64{.01, .02, .99}, [3]float64{.01, .02, .03}
	for name, tt := range map[string]struct {
		history forecast.History
		want    [3]float64
	}{
		"due in 30 days":                    {bought(-100, -50, 0, -20, -70), first},
		"due in 31":                         {bought(-40, -1), second},
		"the median of two gaps, 60 and 80": {bought(-140, -80, 0), third},
		"due in 91":                         {bought(-91, 0), never},
		"overdue by less than two gaps":     {bought(-60, -40, -20), first},
		"three gaps of silence":             {bought(-80, -60), first},
		"more than three gaps":              {bought(-81, -61), never},
		"no gap of her own: everybody's":    {bought(0), second},
		"no gap of her own, gone":           {bought(-121), never},
	} {
		got := within(tt.history)
		for i := range got {
			if math.Abs(got[i]-tt.want[i]) > 1e-12 {
				t.Errorf("%s: %v, want %v", name, got, tt.want)
				break
			}
		}
	}
}
