package cadence

import "huifang/civil"

// Next returns the day a special date is celebrated next, from a day on; false for one that never is again.
func (s SpecialDate) Next(from civil.Date) (civil.Date, bool) {
	year, _, _ := from.YMD()
	// A lunar year begins weeks after the solar one: its last days fall into the next.
	for y := year - 1; y <= year+1; y++ {
		if day, ok := s.Of(y); ok && day >= from {
			return day, true
		}
	}
	return 0, false
}
