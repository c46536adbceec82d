package cadence_test

import (
	"testing"

	"huifang/cadence"
	"huifang/civil"
)

func TestTheNextDayOfASpecialDate(t *testing.T) {
	for _, x := range []struct {
		name string
		date cadence.SpecialDate
		from string
		want string
	}{
		{"later this year", cadence.SpecialDate{Calendar: cadence.Solar, Month: 5, Day: 1}, "2026-03-04", "2026-05-01"},
		{"today counts", cadence.SpecialDate{Calendar: cadence.Solar, Month: 3, Day: 4}, "2026-03-04", "2026-03-04"},
		{"gone by, next year", cadence.SpecialDate{Calendar: cadence.Solar, Month: 3, Day: 3}, "2026-03-04", "2027-03-03"},
		{"29 February in a common year", cadence.SpecialDate{Calendar: cadence.Solar, Month: 2, Day: 29}, "2026-01-01", "2026-02-28"},
		{"Mid-Autumn", cadence.SpecialDate{Calendar: cadence.Lunar, Month: 8, Day: 15}, "2026-03-04", "2026-09-25"},
		{"the end of a lunar year lies in the next solar one", cadence.SpecialDate{Calendar: cadence.Lunar, Month: 12, Day: 23}, "2026-01-01", "2026-02-10"},
	} {
		t.Run(x.name, func(t *testing.T) {
			got, found := x.date.Next(civil.Must(x.from))
			if !found || got != civil.Must(x.want) {
				t.Errorf("%v %v, want %s", got, found, x.want)
			}
		})
	}
	if day, found := (cadence.SpecialDate{Calendar: cadence.Solar, Month: 2, Day: 30}).Next(civil.Must("2026-01-01")); found {
		t.Errorf("30 February is on %v", day)
	}
}
