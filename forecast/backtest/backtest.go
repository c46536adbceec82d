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
	"huifang/sheets"
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
	Name        string
	All, Active Score
	Fit         time.Duration // all cut-offs together
	Score       time.Duration // all customers at all cut-offs
	// Failed is why there are no scores, nil when there are: scores at fewer cut-offs than the others' would compare nothing.
	Failed *sheets.Fault
}

// Run scores forecasters at cut-offs. One that cannot be fitted says why, and the others go on; that nobody is known at a
// cut-off is an error. The clock tells how much time has passed since any fixed moment.
func Run(histories []forecast.History, cuts []civil.Date, all []Forecaster, clock func() time.Duration) ([]Result, error) {
	tallies := make([]tally, len(all))
	for _, cut := range cuts {
		m := at(histories, cut)
		if len(m.past) == 0 {
			return nil, fmt.Errorf("nobody bought anything up to %s", cut)
		}
		for i, f := range all {
			tallies[i].add(f, m, clock)
		}
	}
	out := make([]Result, len(all))
	for i, f := range all {
		out[i] = tallies[i].result(f.Name)
	}
	return out, nil
}

// moment is what is known on a day, and what came after it.
type moment struct {
	day    civil.Date
	past   []forecast.History // of who bought up to the day: nobody is shown the future
	class  []int
	active []bool
}

func at(histories []forecast.History, day civil.Date) moment {
	m := moment{day: day}
	for _, h := range histories {
		past, next := split(h, day)
		if len(past.Purchases) == 0 {
			continue
		}
		m.past, m.class, m.active = append(m.past, past), append(m.class, classOf(next)), append(m.active, isActive(past, day))
	}
	return m
}

// tally is what a forecaster has said so far.
type tally struct {
	told, active []foretold
	fit, score   time.Duration
	failed       *sheets.Fault
}

// add fits a forecaster at one more moment and holds its word against what came; who failed once is not asked again.
func (t *tally) add(f Forecaster, m moment, clock func() time.Duration) {
	if t.failed != nil {
		return
	}
	began := clock()
	within, err := f.Fit(m.past, m.day)
	if err != nil {
		t.failed = unfit(m.day, err)
		return
	}
	fitted := clock()
	for i, h := range m.past {
		one := foretold{within: within(h), class: m.class[i]}
		if !one.sound() {
			t.failed = unsound(m.day, one.within)
			return
		}
		t.told = append(t.told, one)
		if m.active[i] {
			t.active = append(t.active, one)
		}
	}
	t.fit, t.score = t.fit+fitted-began, t.score+clock()-fitted
}

func (t *tally) result(name string) Result {
	if t.failed != nil {
		return Result{Name: name, Failed: t.failed}
	}
	return Result{Name: name, All: score(t.told), Active: score(t.active), Fit: t.fit, Score: t.score}
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

// sound tells whether these are probabilities.
func (f foretold) sound() bool {
	for _, p := range f.within {
		if !(p >= 0 && p <= 1) {
			return false
		}
	}
	return true
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
