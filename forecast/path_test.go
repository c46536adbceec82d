package forecast

import (
	"math"
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
)

func TestPathReadsAHistory(t *testing.T) {
	day := civil.Must("2026-03-01")
	tests := []struct {
		name      string
		purchases []Purchase
		want      path
	}{
		{"never bought", nil, path{}},
		{"one purchase has no gap", []Purchase{{day - 10, 30}}, path{bought: 1, supply: 30, elapsed: 10}},
		{"any order", []Purchase{{day, 0}, {day - 40, 30}, {day - 10, 60}},
			path{bought: 3, gaps: []gap{{30, 30}, {10, 60}}}},
		{"purchases of one day are one, with the longest supply", []Purchase{{day - 9, 30}, {day - 9, 60}, {day - 9, 0}},
			path{bought: 1, supply: 60, elapsed: 9}},
		{"a purchase in the future is not known yet", []Purchase{{day - 9, 30}, {day + 1, 60}},
			path{bought: 1, supply: 30, elapsed: 9}},
		{"absurd supplies are unknown or cut", []Purchase{{day - 9, -3}, {day - 5, math.MaxInt}},
			path{bought: 2, supply: longestSupply, elapsed: 5, gaps: []gap{{4, 0}}}},
		{"the ends of the calendar do not overflow", []Purchase{{math.MinInt32, 0}, {day, 0}},
			path{bought: 2, gaps: []gap{{longest, 0}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := pathOf(History{Purchases: test.purchases}, day)
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(path{}, gap{})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTheCallersHistoryIsLeftAlone(t *testing.T) {
	day := civil.Must("2026-03-01")
	h := History{Purchases: []Purchase{{day, -1}, {day - 9, 0}, {day, 30}}}
	before := append([]Purchase(nil), h.Purchases...)
	Prior().Project(h, DefaultRule(), day, Unknown, nil)
	if diff := cmp.Diff(before, h.Purchases); diff != "" {
		t.Error(diff)
	}
}

func TestClockRunsSlowerOnALongSupply(t *testing.T) {
	c := clock{usual: 30, power: 0.5}
	for supply, want := range map[int]float64{30: 1, 0: 1, 120: 0.5} {
		if got := c.speed(supply); math.Abs(got-want) > 1e-12 {
			t.Errorf("speed at %d days of supply: %v, want %v", supply, got, want)
		}
	}
}

func TestSumsFadeOlderGaps(t *testing.T) {
	s := clock{usual: 30, power: 0}.sums([]gap{{10, 0}, {20, 0}})
	if want := 1 + fade; math.Abs(s.weight-want) > 1e-12 {
		t.Errorf("weight %v, want %v", s.weight, want)
	}
	if want := 20 + fade*10; math.Abs(s.days-want) > 1e-12 {
		t.Errorf("days %v, want %v", s.days, want)
	}
}
