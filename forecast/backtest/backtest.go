// Package backtest scores forecasts by what came: every model is fitted on what was known at a cut-off, and its word on
// every customer is held against the next purchase. It is pure; time is measured by a clock that the caller hands in.
package backtest

import (
	"fmt"
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

// An active customer bought at least so often, the last time at most so many days ago.
const (
	activePurchases = 4
	activeDays      = 120
)

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
		past, class := Split(h, day)
		if len(past.Purchases) == 0 {
			continue
		}
		m.past, m.class, m.active = append(m.past, past), append(m.class, class), append(m.active, isActive(past, day))
	}
	return m
}

// tally is what a forecaster has said so far.
type tally struct {
	told, active []Foretold
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
		one := Foretold{Within: within(h), Class: m.class[i]}
		if !one.sound() {
			t.failed = unsound(m.day, one.Within)
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
	return Result{Name: name, All: ScoreOf(t.told), Active: ScoreOf(t.active), Fit: t.fit, Score: t.score}
}

func isActive(past forecast.History, cut civil.Date) bool {
	days := map[civil.Date]bool{}
	last := past.Purchases[0].Day
	for _, p := range past.Purchases {
		days[p.Day], last = true, max(last, p.Day)
	}
	return len(days) >= activePurchases && cut-last <= activeDays
}
