package cadence

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"huifang/civil"
)

func readVectors(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(b, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestLunarVectors(t *testing.T) {
	var v struct {
		SpringFestivals []civil.Date `json:"springFestivals"`
		LeapMonths      map[int]int  `json:"leapMonths"`
		Days            []struct {
			Lunar string     `json:"lunar"`
			Leap  bool       `json:"leap"`
			Solar civil.Date `json:"solar"`
		} `json:"days"`
	}
	readVectors(t, "testdata/lunar.json", &v)
	for _, want := range v.SpringFestivals {
		year, _, _ := want.YMD()
		if got, ok := (LunarDay{Year: year, Month: 1, Day: 1}).Solar(); !ok || got != want {
			t.Errorf("Spring Festival %d: got %v, want %v", year, got, want)
		}
	}
	for year, want := range v.LeapMonths {
		if got := leapMonth(year); got != want {
			t.Errorf("leap month of %d: got %d, want %d", year, got, want)
		}
	}
	for _, d := range v.Days {
		l := LunarDay{Leap: d.Leap}
		if _, err := fmt.Sscanf(d.Lunar, "%d-%d-%d", &l.Year, &l.Month, &l.Day); err != nil {
			t.Fatal(err)
		}
		if got, ok := l.Solar(); !ok || got != d.Solar {
			t.Errorf("%+v: got %v, want %v", l, got, d.Solar)
		}
	}
}

func TestEveryDayFrom1900To2101HasOneLunarDay(t *testing.T) {
	last := civil.Must("2101-01-28")
	before := LunarDay{}
	for d := civil.Must("1900-01-31"); d <= last; d++ {
		l, ok := ToLunar(d)
		if !ok {
			t.Fatalf("%v has no lunar day", d)
		}
		if back, ok := l.Solar(); !ok || back != d {
			t.Fatalf("%v is %+v, which is %v", d, l, back)
		}
		if l.Day != 1 && l.Day != before.Day+1 {
			t.Fatalf("%v: %+v follows %+v", d, l, before)
		}
		before = l
	}
}

func TestNoDayOutsideTheTable(t *testing.T) {
	for _, d := range []civil.Date{civil.Must("1900-01-30"), civil.Must("2101-01-29"), -1 << 30, 1 << 30} {
		if l, ok := ToLunar(d); ok {
			t.Errorf("%v became %+v", d, l)
		}
	}
	for _, l := range []LunarDay{
		{Year: 1899, Month: 1, Day: 1}, {Year: 2101, Month: 1, Day: 1}, {Year: 2024, Month: 0, Day: 1}, {Year: 2024, Month: 13, Day: 1},
		{Year: 2024, Month: 1, Day: 0}, {Year: 2024, Month: 1, Day: 30}, {Year: 2024, Month: 2, Day: 1, Leap: true},
	} {
		if d, ok := l.Solar(); ok {
			t.Errorf("%+v became %v", l, d)
		}
	}
}

func TestSpecialDateRules(t *testing.T) {
	tests := []struct {
		name string
		date SpecialDate
		year int
		want string // empty: no day
	}{
		{"a lunar birthday", SpecialDate{Calendar: Lunar, Month: 8, Day: 15}, 2025, "2025-10-06"},
		{"a birthday in a leap month, in a year that has it", SpecialDate{Calendar: Lunar, Month: 6, Day: 10, Leap: true}, 2025, "2025-08-03"},
		{"a birthday in a leap month, in a year without it: the plain month", SpecialDate{Calendar: Lunar, Month: 6, Day: 10, Leap: true}, 2026, "2026-07-23"},
		{"a birthday in a plain month stays there in a year with the leap month", SpecialDate{Calendar: Lunar, Month: 6, Day: 10}, 2025, "2025-07-04"},
		{"the 30th in a month of 29 days: the last day", SpecialDate{Calendar: Lunar, Month: 12, Day: 30}, 2024, "2025-01-28"},
		{"the 30th in a month of 30 days", SpecialDate{Calendar: Lunar, Month: 12, Day: 30}, 2023, "2024-02-09"},
		{"the 30th of a leap month of 29 days", SpecialDate{Calendar: Lunar, Month: 6, Day: 30, Leap: true}, 2025, "2025-08-22"},
		{"29 February in a leap year", SpecialDate{Calendar: Solar, Month: 2, Day: 29}, 2028, "2028-02-29"},
		{"29 February in a common year: the 28th", SpecialDate{Calendar: Solar, Month: 2, Day: 29}, 2027, "2027-02-28"},
		{"29 February in 2100: the 28th", SpecialDate{Calendar: Solar, Month: 2, Day: 29}, 2100, "2100-02-28"},
		{"31 April never is", SpecialDate{Calendar: Solar, Month: 4, Day: 31}, 2027, ""},
		{"a lunar year outside the table", SpecialDate{Calendar: Lunar, Month: 1, Day: 1}, 2101, ""},
		{"a month that is none", SpecialDate{Calendar: Solar, Month: 13, Day: 1}, 2027, ""},
		{"a lunar 31st", SpecialDate{Calendar: Lunar, Month: 1, Day: 31}, 2027, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, ok := tt.date.Of(tt.year)
			if ok != (tt.want != "") || (ok && d != civil.Must(tt.want)) {
				t.Errorf("got %v %v, want %q", d, ok, tt.want)
			}
		})
	}
}
