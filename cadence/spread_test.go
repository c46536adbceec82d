package cadence

import (
	"testing"

	"huifang/civil"
)

func TestFirstContactsOfAListAreSpread(t *testing.T) {
	today := civil.Must("2026-03-02")
	perDay := map[civil.Date]int{}
	for n := range 300 {
		f := Facts{Since: today, Spread: n + 1, Service: OnProduct, Horizon: Later, Lifecycle: Established, Activity: NormalActivity,
			Purchases: []Purchase{{ID: "p", Day: today - 300}, {ID: "q", Day: today - 40}}}
		for _, d := range Demands(f, DefaultPolicy(), today, today+29) {
			if d.Kind == HomeVisit {
				perDay[d.Due]++
			}
		}
	}
	for day := today + 1; day <= today+29; day++ {
		if perDay[day] < 5 || perDay[day] > 20 {
			t.Errorf("%d of 300 first visits on day %d", perDay[day], day-today)
		}
	}
	if perDay[today] > 0 {
		t.Errorf("%d visits due on the day the list came", perDay[today])
	}
}
