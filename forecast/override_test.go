package forecast

import (
	"testing"

	"huifang/civil"
)

func TestOverride(t *testing.T) {
	on := func(d civil.Date) *civil.Date { return &d }
	tests := []struct {
		name     string
		override Override
		want     Horizon
		source   Source
		expected *civil.Date // checked when set
	}{
		{"a horizon wins", Override{Horizon: WithinThree, Given: today - 1, Until: today + 89}, WithinThree, FromRep, on(today + 61)},
		{"a day wins and gives its horizon", Override{On: on(today + 45), Given: today, Until: today + 60}, WithinTwo, FromRep, on(today + 45)},
		{"a day that has passed is due today", Override{On: on(today - 4), Given: today - 9, Until: today + 5}, ThisMonth, FromRep, on(today)},
		{"the day is more exact than the horizon", Override{On: on(today + 80), Horizon: ThisMonth, Given: today, Until: today + 90}, WithinThree, FromRep, on(today + 80)},
		{"it holds on its last day", Override{Horizon: Later, Given: today - 9, Until: today}, Later, FromRep, nil},
		{"it ends after its last day", Override{Horizon: Later, Given: today - 9, Until: today - 1}, ThisMonth, FromRhythm, nil},
		{"it ends with the next purchase", Override{Horizon: Later, Given: today - 21, Until: today + 60}, ThisMonth, FromRhythm, nil},
		{"a purchase of the day it was given does not end it", Override{Horizon: Later, Given: today - 20, Until: today + 60}, Later, FromRep, nil},
		{"one that says nothing is no override", Override{Given: today, Until: today + 60}, ThisMonth, FromRhythm, nil},
		{"unknown is nothing said", Override{Horizon: Unknown, Given: today, Until: today + 60}, ThisMonth, FromRhythm, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := Prior().Project(regular(8, 30, 20, 0), DefaultRule(), today, Unknown, &test.override)
			if got.Horizon != test.want || got.Source != test.source {
				t.Errorf("%s from %s, want %s from %s", got.Horizon, got.Source, test.want, test.source)
			}
			if test.expected != nil && (got.Expected == nil || *got.Expected != *test.expected) {
				t.Errorf("expected %v, want %v", got.Expected, *test.expected)
			}
			if got.Model != ThisMonth {
				t.Errorf("the model's own horizon is hidden: %s", got.Model)
			}
		})
	}
}

func TestOverrideOfAnAccountThatNeverBought(t *testing.T) {
	got := Prior().Project(History{}, DefaultRule(), today, Unknown, &Override{Horizon: WithinTwo, Given: today, Until: today + 90})
	if got.Horizon != WithinTwo || got.Model != Unknown || got.Source != FromRep || got.Expected != nil {
		t.Errorf("%+v", got)
	}
}

func TestAPurchaseInTheFutureDoesNotEndAnOverride(t *testing.T) {
	h := regular(8, 30, 20, 0)
	h.Purchases = append(h.Purchases, Purchase{Day: today + 3})
	got := Prior().Project(h, DefaultRule(), today, Unknown, &Override{Horizon: Later, Given: today - 5, Until: today + 9})
	if got.Horizon != Later {
		t.Errorf("horizon %s", got.Horizon)
	}
}
