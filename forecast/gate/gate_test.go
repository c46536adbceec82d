package gate

import (
	"math"
	"math/rand/v2"
	"testing"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
)

var today = civil.Must("2026-03-04")

// buyers are customers who come back about every so many days for two years, each with a chance to be gone after an order.
func buyers(n int, gap float64, gone float64, seed uint64) []forecast.History {
	rnd := rand.New(rand.NewPCG(seed, 7))
	out := make([]forecast.History, n)
	for i := range out {
		day := float64(today) - 730 + 600*rnd.Float64()
		for day <= float64(today) {
			out[i].Purchases = append(out[i].Purchases, forecast.Purchase{Day: civil.Date(day)})
			if rnd.Float64() < gone {
				break
			}
			day += gap * math.Exp(.3*rnd.NormFloat64())
		}
	}
	return out
}

func TestAFitThatForetoldBetterThanThePriorIsPromoted(t *testing.T) {
	trial := NewTrial(buyers(400, 75, .15, 1), today)
	j, reason := trial.Judge(trial.Fit(), forecast.Prior())
	if reason != "" || j == nil {
		t.Fatalf("kept back: %s, %+v", reason, j)
	}
	if j.Cut != today-90 || j.Customers < 300 || j.Rival == nil || j.Candidate.LogLoss >= j.Standing.LogLoss || j.Candidate.LogLoss > j.Rival.LogLoss {
		t.Errorf("judged by %+v, BG/NBD %+v", j, j.Rival)
	}
}

func TestAFitThatForetoldWorseIsKeptBack(t *testing.T) {
	trial := NewTrial(buyers(400, 75, .15, 1), today)
	strange := forecast.Fit(buyers(400, 9, 0, 2), today-90)
	j, reason := trial.Judge(strange, trial.Fit())
	if reason != WorseThanStanding || j.Candidate.LogLoss <= j.Standing.LogLoss {
		t.Errorf("reason %q, %+v", reason, j)
	}
}

func TestACompanyTooYoungToJudge(t *testing.T) {
	var histories []forecast.History
	for i := range 19 {
		histories = append(histories, bought(-100-i, -20))
	}
	histories = append(histories, bought(-89), bought(-5))
	trial := NewTrial(histories, today)
	if j, reason := trial.Judge(forecast.Prior(), forecast.Prior()); reason != TooYoung || j != nil {
		t.Errorf("19 customers then: %q, %+v", reason, j)
	}
	trial = NewTrial(append(histories, bought(-90)), today)
	if j, reason := trial.Judge(forecast.Prior(), forecast.Prior()); reason == TooYoung || j.Customers != 20 {
		t.Errorf("20 customers then: %q, %+v", reason, j)
	}
}

// mixed are old customers, and as many again who came lately: of those their own rhythm says little, that of their like much.
func mixed(n int, gap float64, seed uint64) []forecast.History {
	old, late := buyers(n, gap, .05, seed), buyers(n, gap, .05, seed+100)
	for i, h := range late {
		shift := today - Back - civil.Date(i%60) - h.Purchases[0].Day
		for k := range h.Purchases {
			late[i].Purchases[k].Day += shift
		}
	}
	return append(old, late...)
}

func bought(days ...int) (h forecast.History) {
	for _, d := range days {
		h.Purchases = append(h.Purchases, forecast.Purchase{Day: today + civil.Date(d)})
	}
	return h
}

func TestWhatAVersionIsKeptBackFor(t *testing.T) {
	fine := Score{LogLoss: .9, ECE: .05}
	worse := Score{LogLoss: .894, ECE: .05}
	for _, c := range []struct {
		name string
		j    Judged
		want Reason
	}{
		{"as good as both", Judged{Candidate: fine, Standing: fine, Rival: &fine, MostECE: .06}, ""},
		{"no rival could be fitted", Judged{Candidate: fine, Standing: fine, MostECE: .06}, ""},
		{"a difference of half a hundredth is none", Judged{Candidate: fine, Standing: Score{LogLoss: .8951}, Rival: &Score{LogLoss: .8951}, MostECE: .06}, ""},
		{"worse than the version that stood", Judged{Candidate: fine, Standing: worse, Rival: &fine, MostECE: .06}, WorseThanStanding},
		{"worse than BG/NBD", Judged{Candidate: fine, Standing: fine, Rival: &worse, MostECE: .06}, WorseThanBGNBD},
		{"calibrated worse than is let pass", Judged{Candidate: Score{LogLoss: .5, ECE: .0601}, Standing: fine, Rival: &fine, MostECE: .06}, BadlyCalibrated},
		{"no number", Judged{Candidate: Score{LogLoss: math.NaN()}, Standing: fine, Rival: &fine, MostECE: .06}, Failed},
		{"no calibration", Judged{Candidate: Score{LogLoss: .5, ECE: math.NaN()}, Standing: fine, Rival: &fine, MostECE: .06}, Failed},
		{"the one that stood tells no number", Judged{Candidate: fine, Standing: Score{LogLoss: math.NaN()}, MostECE: .06}, WorseThanStanding},
	} {
		if got := c.j.reason(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestASegmentHasAModelOnlyWhereItHelps(t *testing.T) {
	slow, fast := mixed(300, 80, 3), mixed(300, 20, 4)
	all := append(append([]forecast.History{}, slow...), fast...)
	company := NewTrial(all, today).Fit()

	own := NewTrial(slow, today)
	if j, reason := own.JudgeSegment(own.Fit(), company); reason != "" {
		t.Errorf("of slow buyers among fast ones: %q, %+v", reason, j)
	}
	half := NewTrial(buyers(600, 75, .15, 5), today)
	same := NewTrial(buyers(1200, 75, .15, 6), today).Fit()
	if j, reason := half.JudgeSegment(half.Fit(), same); reason != NoGain {
		t.Errorf("of buyers like all others: %q, %+v", reason, j)
	}
}

func TestAGainThatMayBeChanceIsNone(t *testing.T) {
	sure, unsure := backtest.Foretold{Within: [3]float64{.9, .9, .9}, Class: 0}, backtest.Foretold{Within: [3]float64{.5, .5, .5}, Class: 0}
	wrong := backtest.Foretold{Within: [3]float64{.9, .9, .9}, Class: 3}
	for _, c := range []struct {
		name     string
		own, old []backtest.Foretold
		want     bool
	}{
		{"always better", []backtest.Foretold{sure, sure, sure}, []backtest.Foretold{unsure, unsure, unsure}, true},
		{"the same", []backtest.Foretold{sure, wrong}, []backtest.Foretold{sure, wrong}, false},
		{"better once, worse once", []backtest.Foretold{sure, wrong}, []backtest.Foretold{wrong, sure}, false},
		{"better on the whole, by one customer", []backtest.Foretold{sure, unsure, unsure}, []backtest.Foretold{wrong, unsure, unsure}, false},
	} {
		if got := clearlyLess(c.own, c.old); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestScoresAreThoseReckonedByHand(t *testing.T) {
	// Shares .5 .2 .1 .2; what came: the first, the second and the last class.
	all := []backtest.Foretold{{Within: [3]float64{.5, .7, .8}, Class: 0}, {Within: [3]float64{.5, .7, .8}, Class: 1}, {Within: [3]float64{.5, .7, .8}, Class: 3}}
	s := scoreOf(all)
	near(t, "log-loss", s.LogLoss, -(math.Log(.5)+math.Log(.2)+math.Log(.2))/3)
	near(t, "accuracy", s.Accuracy, 1./3)
	// Three customers are three bins of one: within 30 days .5 against 1, 0, 0, then .3 .3 .7, and .2 .2 .8.
	near(t, "ECE", s.ECE, (1.5/3+1.3/3+1.2/3)/3)
}

func TestChanceIsLetPass(t *testing.T) {
	var all []backtest.Foretold
	for i := range 1000 {
		all = append(all, backtest.Foretold{Within: [3]float64{.5, .5, .5}, Class: 3 * (i % 2)})
	}
	// Ten bins of a hundred: a share of one half is off by √(2/π·¼/100) on average.
	near(t, "what is let pass", mostECE(all), math.Hypot(.06, math.Sqrt(2/math.Pi*.25/100)))
	certain := []backtest.Foretold{{Within: [3]float64{0, 0, 1}, Class: 2}, {Within: [3]float64{0, 0, 1}, Class: 2}}
	near(t, "of what is certain", mostECE(certain), .06)
}

func TestATrialReadsAtMostSomeCustomers(t *testing.T) {
	histories := make([]forecast.History, 20_000)
	for i := range histories {
		histories[i] = bought(-100)
	}
	if n := len(NewTrial(histories, today).past); n != most {
		t.Errorf("%d customers", n)
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-12 {
		t.Errorf("%s %v, want %v", what, got, want)
	}
}
