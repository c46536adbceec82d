package forecast

import (
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
)

var today = civil.Must("2026-11-22")

// regular bought n times, every so many days, the last time so many days ago.
func regular(n, every, ago, supply int) History {
	var h History
	for i := range n {
		h.Purchases = append(h.Purchases, Purchase{Day: today - civil.Date(ago+i*every), Supply: supply})
	}
	return h
}

func project(h History) Projection { return Prior().Project(h, DefaultRule(), today, Unknown, nil) }

func TestHandCases(t *testing.T) {
	tests := []struct {
		name    string
		history History
		horizon Horizon
		source  Source
	}{
		{"a regular 30-day buyer is this month when due", regular(8, 30, 28, 0), ThisMonth, FromRhythm},
		{"and just after buying", regular(8, 30, 3, 0), ThisMonth, FromRhythm},
		{"and a little late", regular(8, 30, 36, 0), ThisMonth, FromRhythm},
		{"an account that was lost is later", regular(8, 30, 400, 0), Later, FromRhythm},
		{"every 50 days, bought just now: within two months", regular(8, 50, 2, 0), WithinTwo, FromRhythm},
		{"every 80 days, bought just now: within three months", regular(8, 80, 2, 0), WithinThree, FromRhythm},
		{"every 150 days, bought just now: later", regular(8, 150, 2, 0), Later, FromRhythm},
		{"one 30-day pack bought 25 days ago", regular(1, 0, 25, 30), ThisMonth, FromSupply},
		{"one 90-day pack bought now", regular(1, 0, 0, 90), Later, FromSupply},
		{"one purchase without supply rests on the others", regular(1, 0, 0, 0), WithinTwo, FromPopulation},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := project(test.history)
			if got.Horizon != test.horizon || got.Source != test.source {
				t.Errorf("%s from %s, want %s from %s (%.2f %.2f %.2f, active %.2f)",
					got.Horizon, got.Source, test.horizon, test.source, got.P30, got.P60, got.P90, got.Active)
			}
			if got.Model != got.Horizon {
				t.Errorf("model says %s without an override, horizon %s", got.Model, got.Horizon)
			}
		})
	}
}

func TestNeverBoughtIsUnknown(t *testing.T) {
	want := Projection{Horizon: Unknown, Model: Unknown, Source: FromPopulation, Evidence: []Evidence{{Code: neverBought}}}
	for _, h := range []History{{}, {Purchases: []Purchase{{Day: today + 1}}}} {
		if diff := cmp.Diff(want, project(h)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestExpectedDayOfARegularBuyer(t *testing.T) {
	got := project(regular(10, 30, 10, 0))
	if got.Expected == nil || *got.Expected < today+17 || *got.Expected > today+23 {
		t.Errorf("expected %v, want about 20 days from %v", got.Expected, today)
	}
	if late := project(regular(10, 30, 34, 0)); late.Expected == nil || *late.Expected <= today {
		t.Errorf("overdue buyer expected %v, want a day after %v", late.Expected, today)
	}
}

func TestALostAccountIsHardlyActiveAndNotExpected(t *testing.T) {
	got := project(regular(10, 30, 500, 0))
	if got.Active > 0.2 || got.Expected != nil || got.P90 > 0.2 {
		t.Errorf("active %.2f, expected %v, P90 %.2f", got.Active, got.Expected, got.P90)
	}
}

func TestSupplyLengthensTheGap(t *testing.T) {
	before := 2.0
	for _, supply := range []int{30, 45, 60, 90, 180} {
		got := project(regular(1, 0, 5, supply))
		if got.P30 >= before {
			t.Errorf("%d days of supply: P30 %.3f, not below %.3f", supply, got.P30, before)
		}
		before = got.P30
	}
}

func TestTheZeroModelProjectsAsThePrior(t *testing.T) {
	h := regular(3, 30, 5, 30)
	got := Model{}.Project(h, DefaultRule(), today, Unknown, nil)
	if diff := cmp.Diff(project(h), got); diff != "" {
		t.Error(diff)
	}
}

func TestNoDaysAheadIsNoChance(t *testing.T) {
	for _, h := range []History{regular(1, 0, 3, 0), regular(5, 30, 3, 30), regular(9, 20, 900, 0)} {
		if got := Prior().believe(pathOf(h, today)).within(0); got != 0 {
			t.Errorf("P(0 days) = %v", got)
		}
	}
}

func TestTheExpectedDayIsTheMedian(t *testing.T) {
	b := Prior().believe(pathOf(regular(6, 40, 7, 0), today))
	m := float64(b.median())
	if b.within(m) < 0.5 || b.within(m-1) >= 0.5 {
		t.Errorf("day %v: %.3f, the day before %.3f", m, b.within(m), b.within(m-1))
	}
}

// BenchmarkProjectCurve is what a projection costs that is kept, with its curve.
func BenchmarkProjectCurve(b *testing.B) {
	m, all := fitted(), made(1, 500, today)
	for n := 0; b.Loop(); n++ {
		_, draw := m.ProjectCurve(all[n%len(all)], DefaultRule(), today, Unknown, nil)
		draw()
	}
}
