package cadence

import "testing"

// BenchmarkDemands is one account near a sale for four weeks: the busiest rhythm.
func BenchmarkDemands(b *testing.B) {
	f, p := regular(ThisMonth), DefaultPolicy()
	f.Dates = []SpecialDate{{ID: "b", Occasion: Birthday, Calendar: Lunar, Month: 6, Day: 30}}
	for b.Loop() {
		Demands(f, p, on(0), on(28))
	}
}
