package civil_test

import (
	"encoding/json"
	"os"
	"testing"
	"time"
	_ "time/tzdata" // zones of machines without a zone database

	"huifang/civil"
)

// borders are the vectors that hold days here and on the phone (app/src/rules) to the same calendar.
type borders struct {
	Days []struct {
		Name    string
		Instant time.Time
		Zone    string
		Day     civil.Date
	}
	AddDays, AddMonths []struct {
		Name string
		Day  civil.Date
		Add  int
		Want civil.Date
	}
	Weekdays []struct {
		Name    string
		Day     civil.Date
		Weekday time.Weekday
	}
}

func TestTheSharedVectorsOfDays(t *testing.T) {
	text, err := os.ReadFile("testdata/dayborders.json")
	if err != nil {
		t.Fatal(err)
	}
	var v borders
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Days) < 10 || len(v.AddDays) < 10 || len(v.AddMonths) < 10 || len(v.Weekdays) < 8 {
		t.Fatalf("too few vectors: %d, %d, %d, %d", len(v.Days), len(v.AddDays), len(v.AddMonths), len(v.Weekdays))
	}
	for _, c := range v.Days {
		zone, err := time.LoadLocation(c.Zone)
		if err != nil {
			t.Fatal(err)
		}
		if got := civil.In(c.Instant, zone); got != c.Day {
			t.Errorf("%s: %v in %s is %v, want %v", c.Name, c.Instant, c.Zone, got, c.Day)
		}
	}
	for _, c := range v.AddDays {
		if got := c.Day + civil.Date(c.Add); got != c.Want {
			t.Errorf("%s: %v and %d days is %v, want %v", c.Name, c.Day, c.Add, got, c.Want)
		}
	}
	for _, c := range v.AddMonths {
		if got := c.Day.AddMonths(c.Add); got != c.Want {
			t.Errorf("%s: %v and %d months is %v, want %v", c.Name, c.Day, c.Add, got, c.Want)
		}
	}
	for _, c := range v.Weekdays {
		if got := c.Day.Weekday(); got != c.Weekday {
			t.Errorf("%s: %v is a %v, want %v", c.Name, c.Day, got, c.Weekday)
		}
	}
}
