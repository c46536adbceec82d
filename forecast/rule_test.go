package forecast

import (
	"math"
	"testing"
)

func TestHorizonFollowsTheRule(t *testing.T) {
	tests := []struct {
		name     string
		chance   [3]float64
		previous Horizon
		want     Horizon
	}{
		{"D4 an even chance within 30 days is this month", [3]float64{.5, .8, .9}, Unknown, ThisMonth},
		{"D4 the first horizon that is likely wins", [3]float64{.2, .5, .9}, Unknown, WithinTwo},
		{"D4 likely only within 90 days", [3]float64{.1, .3, .6}, Unknown, WithinThree},
		{"D4 nothing likely is later", [3]float64{.1, .2, .49}, Unknown, Later},
		{"the previous horizon stays a little below the threshold", [3]float64{.46, .8, .9}, ThisMonth, ThisMonth},
		{"the previous horizon goes further below", [3]float64{.44, .8, .9}, ThisMonth, WithinTwo},
		{"a nearer horizon must clear the threshold", [3]float64{.54, .8, .9}, WithinTwo, WithinTwo},
		{"a nearer horizon that clears it comes", [3]float64{.56, .8, .9}, WithinTwo, ThisMonth},
		{"from later each horizon must clear the threshold", [3]float64{.1, .2, .53}, Later, Later},
		{"an empty previous horizon damps nothing", [3]float64{.1, .5, .6}, "", WithinTwo},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := DefaultRule().horizon(test.chance, test.previous); got != test.want {
				t.Errorf("horizon %s, want %s", got, test.want)
			}
		})
	}
}

func TestAnUnsoundRuleIsMadeSound(t *testing.T) {
	for _, r := range []Rule{{}, {Threshold: math.NaN(), Hysteresis: math.NaN()}, {Threshold: 2, Hysteresis: -1}} {
		if got := r.sound(); got.Threshold != 0.5 || got.Hysteresis != 0 {
			t.Errorf("%+v became %+v", r, got)
		}
	}
	wide := Rule{Threshold: 0.9, Hysteresis: 5}.sound()
	if wide.Threshold+wide.Hysteresis >= 1 || wide.Threshold-wide.Hysteresis <= 0 {
		t.Errorf("band %+v leaves the probabilities", wide)
	}
}

func TestDaysAheadFallIntoD4Horizons(t *testing.T) {
	for days, want := range map[int64]Horizon{
		-5: ThisMonth, 0: ThisMonth, 30: ThisMonth, 31: WithinTwo, 60: WithinTwo,
		61: WithinThree, 90: WithinThree, 91: Later, math.MaxInt64: Later,
	} {
		if got := ahead(days); got != want {
			t.Errorf("%d days ahead: %s, want %s", days, got, want)
		}
	}
}
