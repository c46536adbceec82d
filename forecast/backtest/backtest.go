// Package backtest scores forecasts by what came: every model is fitted on what was known at a cut-off, and its word on
// every customer is held against the next purchase. It is pure; time is measured by a clock that the caller hands in.
package backtest

import (
	"fmt"
	"math"
	"slices"
	"time"

	"huifang/civil"
	"huifang/forecast"
)

// Forecaster is a way to foretell.
type Forecaster struct {
	Name string
	// Fit learns from what was bought up to a day; what it returns tells the probabilities that the next purchase comes
	// within 30, 60 and 90 days of that day.
	Fit func(histories []forecast.History, day civil.Date) (func(forecast.History) [3]float64, error)
}

// The classes of outcomes: the next purchase in ≤ 30, 31–60, 61–90 days, and later or never.
const classes = 4

// floor is the least probability that a logarithm is taken of: certainty that is wrong costs this much.
const floor = 5e-4

// An active customer bought at least so often, the last time at most so many days ago.
const (
	activePurchases = 4
	activeDays      = 120
)

// Score is how well a forecaster did: means over customers and cut-offs.
type Score struct {
	Customers int     `json:"customers"`
	Accuracy  float64 `json:"accuracy"` // of the most probable class
	LogLoss   float64 `json:"logLoss"`  // natural
	Brier     float64 `json:"brier"`    // summed over the classes, 0 to 2
	// ECE is the expected calibration error of the cumulative probabilities for 30, 60 and 90 days, and their mean.
	ECE     [3]float64 `json:"ece"`
	MeanECE float64    `json:"meanEce"`
}

// Result is what a forecaster did on a file.
type Result struct {
	Name   string        `json:"name"`
	All    Score         `json:"all"`
	Active Score         `json:"active"`
	Fit    time.Duration `json:"fitNs"`   // all cut-offs together
	Score  time.Duration `json:"scoreNs"` // all customers at all cut-offs
}

// Run scores forecasters at cut-offs. The clock tells how much time has passed since any fixed moment.
func Run(histories []forecast.History, cuts []civil.Date, all []Forecaster, clock func() time.Duration) ([]Result, error) {
	var out []Result
	for _, f := range all {
		r := Result{Name: f.Name}
		var told, active []foretold
		for _, cut := range cuts {
			began := clock()
			within, err := f.Fit(known(histories, cut), cut)
			if err != nil {
				return nil, fmt.Errorf("fit %s at %s: %w", f.Name, cut, err)
			}
			fitted := clock()
			for _, h := range histories {
				past, next := split(h, cut)
				if len(past.Purchases) == 0 {
					continue
				}
				one := foretold{within: within(past), class: classOf(next)}
				told = append(told, one)
				if isActive(past, cut) {
					active = append(active, one)
				}
			}
			r.Fit, r.Score = r.Fit+fitted-began, r.Score+clock()-fitted
		}
		r.All, r.Active = score(told), score(active)
		out = append(out, r)
	}
	return out, nil
}

// known are the histories up to a day: nobody is shown the future.
func known(histories []forecast.History, cut civil.Date) []forecast.History {
	var out []forecast.History
	for _, h := range histories {
		if past, _ := split(h, cut); len(past.Purchases) > 0 {
			out = append(out, past)
		}
	}
	return out
}

// split parts a history at a day; next is how many days after it the first purchase came, 0 for never.
func split(h forecast.History, cut civil.Date) (past forecast.History, next int) {
	for _, p := range h.Purchases {
		switch days := int(p.Day - cut); {
		case days <= 0:
			past.Purchases = append(past.Purchases, p)
		case next == 0 || days < next:
			next = days
		}
	}
	return past, next
}

func classOf(next int) int {
	if next == 0 || next > 90 {
		return classes - 1
	}
	return (next - 1) / 30
}

func isActive(past forecast.History, cut civil.Date) bool {
	days := map[civil.Date]bool{}
	last := past.Purchases[0].Day
	for _, p := range past.Purchases {
		days[p.Day], last = true, max(last, p.Day)
	}
	return len(days) >= activePurchases && cut-last <= activeDays
}

// foretold is what was said of a customer, and what came.
type foretold struct {
	within [3]float64
	class  int
}

func (f foretold) shares() [classes]float64 {
	w := f.within
	return [classes]float64{w[0], w[1] - w[0], w[2] - w[1], 1 - w[2]}
}

func score(all []foretold) Score {
	s := Score{Customers: len(all)}
	if len(all) == 0 {
		return s
	}
	n := float64(len(all))
	for _, f := range all {
		shares := f.shares()
		likeliest := 0
		for c, p := range shares {
			if p > shares[likeliest] {
				likeliest = c
			}
			came := 0.0
			if c == f.class {
				came = 1
			}
			s.Brier += (p - came) * (p - came) / n
		}
		if likeliest == f.class {
			s.Accuracy += 1 / n
		}
		s.LogLoss -= math.Log(max(shares[f.class], floor)) / n
	}
	for i := range s.ECE {
		s.ECE[i] = calibrationError(all, i)
		s.MeanECE += s.ECE[i] / float64(len(s.ECE))
	}
	return s
}

// bins are the groups of equal size that calibration is looked at in.
const bins = 10

// calibrationError is the mean distance between what was said of a horizon and how often it came, over bins.
func calibrationError(all []foretold, horizon int) float64 {
	sum := 0.0
	for _, b := range Calibration(saidAndCame(all, horizon)) {
		sum += float64(b.N) / float64(len(all)) * math.Abs(b.Said-b.Came)
	}
	return sum
}

func saidAndCame(all []foretold, horizon int) []Said {
	said := make([]Said, len(all))
	for i, f := range all {
		said[i] = Said{P: f.within[horizon], Came: f.class <= horizon}
	}
	return said
}

// Said is a probability that was told and whether it came so.
type Said struct {
	P    float64
	Came bool
}

// Bin is a group of customers of whom about the same was said.
type Bin struct {
	N          int
	Said, Came float64 // means
}

// Calibration puts what was said into ten bins of equal size, the least likely first.
func Calibration(said []Said) []Bin {
	sorted := slices.Clone(said)
	slices.SortStableFunc(sorted, func(a, b Said) int {
		switch {
		case a.P < b.P:
			return -1
		case a.P > b.P:
			return 1
		}
		return 0
	})
	var out []Bin
	for i := range bins {
		part := sorted[i*len(sorted)/bins : (i+1)*len(sorted)/bins]
		if len(part) == 0 {
			continue
		}
		b := Bin{N: len(part)}
		for _, s := range part {
			b.Said += s.P / float64(len(part))
			if s.Came {
				b.Came += 1 / float64(len(part))
			}
		}
		out = append(out, b)
	}
	return out
}
