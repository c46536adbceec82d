package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
	"huifang/forecast"
	"huifang/forecast/backtest"
)

func TestReportsAreTablesOfMarkdown(t *testing.T) {
	score := &backtest.Score{Customers: 9, Accuracy: .5, LogLoss: 1.25, Brier: .6, ECE: [3]float64{.01, .02, .06}, MeanECE: .03}
	r := backtest.Report{
		File: "orders.csv", Purchases: 30, Customers: 9, Supplied: 4, From: civil.Must("2021-01-01"), To: civil.Must("2021-12-31"), Cuts: []civil.Date{civil.Must("2021-06-01")},
		Results: []backtest.Line{{Name: "BG/NBD", Failed: "not fitted"}, {Name: "grid", All: score, Active: score, FitSeconds: 1.5, ScoreSeconds: .25}},
		Best:    "grid",
	}
	var out strings.Builder
	printReport(&out, r, 50<<20)
	_, table, _ := strings.Cut(out.String(), "| model")
	_, got, _ := strings.Cut(table, "--- |\n")
	want := `| BG/NBD | — | — | — | — | — | — | — | — | — | — | — | — | — |
| grid | 0.5000 | 1.2500 | 0.6000 | 0.0300 | 0.0100 | 0.0200 | 0.0600 | 9 | 1.2500 | 0.5000 | 0.0300 | 1.50 s | 0.25 s |

Best by log-loss: grid. There is no BG/NBD to hold the grid against.
BG/NBD: not fitted.
`
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if !strings.Contains(out.String(), "30 purchases of 9 customers, 2021-01-01 to 2021-12-31, 4 with days of supply; cut-offs 2021-06-01. Peak of memory 50 MiB.") {
		t.Errorf("printed\n%s", out.String())
	}
}

func TestTheGridBesideBGNBD(t *testing.T) {
	r := backtest.Report{Compared: true}
	if got := worse(r); got != "The grid is nowhere worse than BG/NBD." {
		t.Error(got)
	}
	r.Worse = []backtest.Worse{{Part: "all", Measure: "brier", Grid: .5, BGNBD: .4}, {Part: "active", Measure: "accuracy", Grid: .5, BGNBD: .6}}
	if got := worse(r); got != "The grid is worse than BG/NBD in all brier (0.5000, BG/NBD 0.4000), active accuracy (0.5000, BG/NBD 0.6000)." {
		t.Error(got)
	}
}

func TestKnownFilesHaveCutOffsOfTheirOwn(t *testing.T) {
	if got := cutsOf("a/folder/cdnow_sample.csv"); len(got) != 3 {
		t.Errorf("CDNOW: %v", got)
	}
	if got := cutsOf("a/folder/online_retail_ii.csv"); len(got) != 5 {
		t.Errorf("Online Retail II: %v", got)
	}
	if got := cutsOf("orders.csv"); got != nil {
		t.Errorf("another: %v", got)
	}
}

func TestCustomersAreMadeTheSameAgain(t *testing.T) {
	one := customers(300)
	if d := cmp.Diff(one, customers(300)); d != "" {
		t.Errorf("they differ:\n%s", d)
	}
	repeats := 0
	for i, h := range one {
		for j, p := range h.Purchases {
			if p.Day > today() || p.Supply < 30 || j > 0 && p.Day <= h.Purchases[j-1].Day {
				t.Errorf("customer %d bought %+v", i, h.Purchases)
			}
		}
		repeats += len(h.Purchases) - 1
	}
	if repeats < 300 {
		t.Errorf("they came back %d times", repeats)
	}
	if m := forecast.Fit(one, today()); m.Customers() != 300 {
		t.Errorf("fitted on %d", m.Customers())
	}
}
