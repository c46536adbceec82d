package cadence

import (
	"time"

	"huifang/civil"
)

// LunarDay is a day of the Chinese calendar; Leap marks the leap month that follows the plain month of the same number.
type LunarDay struct {
	Year, Month, Day int
	Leap             bool
}

const (
	firstLunarYear = 1900
	lastLunarYear  = firstLunarYear + len(lunarYears) - 1
)

// firstLunarDay opens the lunar year 1900.
func firstLunarDay() civil.Date { return civil.Of(1900, time.January, 31) }

// Solar returns the civil day of a lunar one; false when there is no such day or its year is outside 1900–2100.
func (l LunarDay) Solar() (civil.Date, bool) {
	first, length := lunarMonth(l.Year, l.Month, l.Leap)
	if l.Day < 1 || l.Day > length {
		return 0, false
	}
	return first + civil.Date(l.Day-1), true
}

// ToLunar returns the lunar day of a civil one; false outside 1900-01-31 … 2101-01-28.
func ToLunar(d civil.Date) (LunarDay, bool) {
	first := firstLunarDay()
	if d < first {
		return LunarDay{}, false
	}
	for year := firstLunarYear; year <= lastLunarYear; year++ {
		for i := range monthsIn(year) {
			length := civil.Date(monthLength(year, i))
			if d < first+length {
				month, leap := monthAt(year, i)
				return LunarDay{Year: year, Month: month, Day: int(d-first) + 1, Leap: leap}, true
			}
			first += length
		}
	}
	return LunarDay{}, false
}

// lunarMonth returns the first day and the length of a month, length 0 when the year has no such month.
func lunarMonth(year, month int, leap bool) (civil.Date, int) {
	if year < firstLunarYear || year > lastLunarYear || month < 1 || month > 12 {
		return 0, 0
	}
	first := newYear(year)
	for i := range monthsIn(year) {
		if m, isLeap := monthAt(year, i); m == month && isLeap == leap {
			return first, monthLength(year, i)
		}
		first += civil.Date(monthLength(year, i))
	}
	return 0, 0
}

// newYear returns the day of Spring Festival of a year within the table.
func newYear(year int) civil.Date {
	first := firstLunarDay()
	for y := firstLunarYear; y < year; y++ {
		for i := range monthsIn(y) {
			first += civil.Date(monthLength(y, i))
		}
	}
	return first
}

func leapMonth(year int) int { return int(lunarYears[year-firstLunarYear] & 0xf) }

func monthsIn(year int) int {
	if leapMonth(year) == 0 {
		return 12
	}
	return 13
}

// monthLength returns the days, 29 or 30, of the i-th month of the year as they follow each other, leap month included.
func monthLength(year, i int) int {
	return 29 + int(lunarYears[year-firstLunarYear]>>(4+i)&1)
}

// monthAt names the i-th month of the year.
func monthAt(year, i int) (month int, leap bool) {
	after := leapMonth(year)
	if after == 0 || i < after {
		return i + 1, false
	}
	return i, i == after
}

// Of returns the day a special date is celebrated in a year of its own calendar; false for a day that never is, and for
// lunar years outside 1900–2100. A date of a leap month falls into the plain month in years without that leap month,
// the 30th of a month of 29 days on the 29th, and 29 February on the 28th in common years (D6 b).
func (s SpecialDate) Of(year int) (civil.Date, bool) {
	if s.Calendar == Lunar {
		return lunarDate(year, s.Month, s.Day, s.Leap)
	}
	return solarDate(year, s.Month, s.Day)
}

func lunarDate(year, month, day int, leap bool) (civil.Date, bool) {
	first, length := lunarMonth(year, month, leap)
	if length == 0 && leap {
		first, length = lunarMonth(year, month, false)
	}
	if length == 0 || day < 1 || day > 30 {
		return 0, false
	}
	return first + civil.Date(min(day, length)-1), true
}

func solarDate(year, month, day int) (civil.Date, bool) {
	const leapYear = 2000
	if month < 1 || month > 12 || day < 1 || !sameMonth(civil.Of(leapYear, time.Month(month), day), month) {
		return 0, false
	}
	if d := civil.Of(year, time.Month(month), day); sameMonth(d, month) {
		return d, true
	}
	return civil.Of(year, time.March, 0), true // 29 February in a common year
}

func sameMonth(d civil.Date, month int) bool {
	_, m, _ := d.YMD()
	return int(m) == month
}
