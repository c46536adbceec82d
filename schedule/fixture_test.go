package schedule

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"huifang/civil"
)

var monday = civil.Must("2026-03-02")

const fullDay = "09:00-17:00"

// line is a Travel on a line: a point's Lng is its place in minutes.
type line struct{}

func (line) Minutes(a, b Point) int { return int(max(a.Lng-b.Lng, b.Lng-a.Lng)) }

func at(minutes int) *Point { return &Point{Lng: float64(minutes)} }

// clock reads "09:30".
func clock(s string) civil.Minute {
	m, err := civil.ParseClock(s)
	if err != nil {
		panic(err)
	}
	return m
}

// hours reads "09:00-12:00 13:00-17:00".
func hours(s string) []civil.Window {
	var out []civil.Window
	for _, part := range strings.Fields(s) {
		from, to, _ := strings.Cut(part, "-")
		out = append(out, civil.Window{From: clock(from), To: clock(to)})
	}
	return out
}

// week is a problem of one worker with the same hours on each of so many days.
func week(days int, shift string, stops ...Stop) Problem {
	p := Problem{From: monday, To: monday + civil.Date(days) - 1, Travel: line{}, Stops: stops}
	p.Workers = []Worker{{ID: "rep", Shifts: calendar(days, shift)}}
	return p
}

func calendar(days int, shift string) map[civil.Date][]civil.Window {
	out := map[civil.Date][]civil.Window{}
	for d := range days {
		out[monday+civil.Date(d)] = hours(shift)
	}
	return out
}

// call is a stop of 30 minutes without place, allowed and due on the days given.
func call(id string, earliest, due, latest int) Stop {
	return Stop{ID: id, Customer: id, Minutes: 30, Priority: 1,
		Earliest: monday + civil.Date(earliest), Due: monday + civil.Date(due), Latest: monday + civil.Date(latest)}
}

// visitAt is a stop of an hour at a place on the line.
func visitAt(id string, place, earliest, due, latest int) Stop {
	s := call(id, earliest, due, latest)
	s.Place, s.Minutes = at(place), 60
	return s
}

func fix(s Stop, day int, minute string) Stop {
	s.Fixed = &Moment{Day: monday + civil.Date(day)}
	if minute != "" {
		m := clock(minute)
		s.Fixed.At = &m
	}
	return s
}

func was(s Stop, day int) Stop {
	s.Was = &Moment{Day: monday + civil.Date(day)}
	return s
}

// solve plans and fails the test when the plan breaks a rule.
func solve(t *testing.T, p Problem) Plan {
	t.Helper()
	plan, err := Solve(context.Background(), p, Budget{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range Check(p, plan) {
		t.Errorf("%s: %s", v.Rule, v.Words)
	}
	return plan
}

// tell writes a plan as "0 09:00 a | 1 10:00 b | shed c NO_CAPACITY | conflict d HOURS".
func tell(p Problem, plan Plan) string {
	var out []string
	for _, v := range plan.Visits {
		out = append(out, fmt.Sprintf("%d %s %s", v.Day-p.From, v.Start.Clock(), p.Stops[v.Stop].ID))
	}
	for _, s := range plan.Shed {
		out = append(out, fmt.Sprintf("shed %s %s", p.Stops[s.Stop].ID, s.Reason))
	}
	for _, c := range plan.Conflicts {
		out = append(out, fmt.Sprintf("conflict %s %s", p.Stops[c.Stop].ID, c.Rule))
	}
	return strings.Join(out, " | ")
}
