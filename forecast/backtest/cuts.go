package backtest

import (
	"slices"
	"strings"

	"huifang/civil"
)

const (
	// horizon is how many days of data a cut-off needs after it: less, and a purchase within 90 days may be missing.
	horizon = 90
	// chosen is how many cut-offs are taken when none are given.
	chosen = 5
)

// Cuts chooses cut-offs, spaced evenly from the middle of the time told of to 90 days before its end; fewer than five,
// or one, where the time is short. The error is a *sheets.Fault: too short for any.
func (f File) Cuts() ([]civil.Date, error) {
	last := f.To - horizon
	if last <= f.From {
		return nil, tooShort(f)
	}
	first := min(f.From+(f.To-f.From)/2, last)
	var cuts []civil.Date
	for i := range civil.Date(chosen) {
		cuts = append(cuts, first+(last-first)*i/(chosen-1))
	}
	return slices.Compact(cuts), nil
}

// CutsAt reads cut-offs written YYYY-MM-DD and returns them in order. Each must lie after the first purchase and leave 90
// days of data after it, and none may come twice; the error is a *sheets.Fault that says which days are possible.
func (f File) CutsAt(days []string) ([]civil.Date, error) {
	if f.To-horizon <= f.From {
		return nil, tooShort(f)
	}
	var cuts []civil.Date
	for _, text := range days {
		cut, err := civil.Parse(strings.TrimSpace(text))
		switch {
		case err != nil:
			return nil, cutNoDay(text)
		case cut <= f.From || cut > f.To-horizon:
			return nil, cutOutside(f, cut)
		case slices.Contains(cuts, cut):
			return nil, cutTwice(cut)
		}
		cuts = append(cuts, cut)
	}
	slices.Sort(cuts)
	return cuts, nil
}
