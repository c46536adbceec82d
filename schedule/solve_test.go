package schedule

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
)

func based(p Problem, start, end *Point) Problem {
	p.Workers[0].Start, p.Workers[0].End = start, end
	return p
}

func joint(s Stop) Stop          { s.Companions = []int{0}; return s }
func of(s Stop, c string) Stop   { s.Customer = c; return s }
func open(s Stop, w string) Stop { s.Windows = hours(w); return s }
func likes(s Stop, w string) Stop {
	s.Preferred = hours(w)
	return s
}
func urgent(s Stop) Stop               { s.Urgent = true; return s }
func rated(s Stop, priority int) Stop  { s.Priority = priority; return s }
func lasting(s Stop, minutes int) Stop { s.Minutes = minutes; return s }
func onDays(s Stop, days ...int) Stop {
	for _, d := range days {
		s.Days = append(s.Days, monday+civil.Date(d))
	}
	return s
}

func frozen(p Problem, days int) Problem {
	p.Frozen = days
	return p
}

func wasAt(s Stop, day int, minute string) Stop {
	m := clock(minute)
	s.Was = &Moment{Day: monday + civil.Date(day), At: &m}
	return s
}

func series(s Stop) Stop { s.Series = "rhythm"; return s }

func accompanied(p Problem, free map[civil.Date][]civil.Window) Problem {
	p.Companions = []Companion{{ID: "expert", Free: free}}
	return p
}

func TestSolve(t *testing.T) {
	two := week(2, fullDay)
	two.Workers = append(two.Workers, Worker{ID: "second", Shifts: calendar(2, fullDay)})
	second := func(s Stop) Stop { s.Worker = 1; return s }
	leave := week(3, fullDay, call("a", 0, 0, 2))
	delete(leave.Workers[0].Shifts, monday)
	shared := accompanied(two, calendar(2, "09:00-10:00"))
	shared.Stops = []Stop{joint(visitAt("a", 0, 0, 0, 1)), second(joint(visitAt("b", 0, 0, 0, 1)))}

	for _, test := range []struct {
		name string
		p    Problem
		want string
	}{
		{"nothing to do", week(1, fullDay), ""},
		{"a stop lies on its due day", week(5, fullDay, call("a", 0, 3, 4)), "3 09:00 a"},
		{"the way from the start comes first", based(week(1, fullDay, visitAt("a", 20, 0, 0, 0)), at(0), nil), "0 09:20 a"},
		{"stops follow the way, not their importance", based(week(1, fullDay,
			rated(visitAt("a", 60, 0, 0, 0), 3), rated(visitAt("b", 30, 0, 0, 0), 2), visitAt("c", 90, 0, 0, 0)), at(0), nil),
			"0 09:30 b | 0 11:00 a | 0 12:30 c"},
		{"the worker must be home in time", based(week(1, "09:00-11:00", visitAt("a", 31, 0, 0, 0)), at(0), at(0)), "shed a TOO_LONG"},
		{"home in time to the minute", based(week(1, "09:00-11:00", visitAt("a", 30, 0, 0, 0)), at(0), at(0)), "0 09:30 a"},
		{"a stop does not cross the break", week(1, "09:00-10:00 12:00-14:00", visitAt("a", 0, 0, 0, 0), lasting(visitAt("b", 0, 0, 0, 0), 61)),
			"0 09:00 a | 0 12:00 b"},
		{"travel crosses the break", based(week(1, "09:00-10:00 12:00-13:00", visitAt("a", 0, 0, 0, 0), visitAt("b", 120, 0, 0, 0)), at(0), nil),
			"0 09:00 a | 0 12:00 b"},
		{"a call on the way takes its minutes off the travel", week(1, "09:00-12:10",
			open(visitAt("a", 0, 0, 0, 0), "09:00-10:00"), open(visitAt("b", 40, 0, 0, 0), "11:10-12:10"), call("c", 0, 0, 0)),
			"0 09:00 a | 0 10:00 c | 0 11:10 b"},
		{"no call where the way needs the time", week(1, "09:00-12:09",
			rated(open(visitAt("a", 0, 0, 0, 0), "09:00-10:00"), 2), rated(open(visitAt("b", 40, 0, 0, 0), "11:09-12:09"), 2), call("c", 0, 0, 0)),
			"0 09:00 a | 0 11:09 b | shed c NO_CAPACITY"},
		{"leave moves a stop to the next day", leave, "1 09:00 a"},
		{"customer's hours", week(1, fullDay, open(call("a", 0, 0, 0), "08:00-09:20 15:10-16:00")), "0 15:10 a"},
		{"preferred hours are met when nothing is lost", week(1, fullDay, likes(call("a", 0, 0, 0), "14:00-15:00")), "0 14:00 a"},
		{"preferred hours give way", week(1, "09:00-10:00", likes(call("a", 0, 0, 0), "14:00-15:00")), "0 09:00 a"},
		{"an appointment keeps its minute and others go round it", week(1, "09:00-11:00", fix(call("a", 0, 0, 0), 0, "09:50"), call("b", 0, 0, 0), call("c", 0, 0, 0)),
			"0 09:00 b | 0 09:50 a | 0 10:20 c"},
		{"a pinned stop comes before an urgent one", week(1, "09:00-09:30", fix(call("a", 0, 0, 0), 0, ""), urgent(call("b", 0, 0, 0))), "0 09:00 a | shed b NO_CAPACITY"},
		{"urgent comes before priority", week(1, "09:00-09:30", rated(call("a", 0, 0, 0), 9), urgent(call("b", 0, 0, 0))), "0 09:00 b | shed a NO_CAPACITY"},
		{"the less important stop is late", week(2, "09:00-09:30", rated(call("a", 0, 0, 1), 1), rated(call("b", 0, 0, 1), 2)), "0 09:00 b | 1 09:00 a"},
		{"after its latest day a stop is shed, not late", week(2, "09:00-09:30", rated(call("a", 0, 0, 0), 1), rated(call("b", 0, 0, 0), 2)), "0 09:00 b | shed a NO_CAPACITY"},
		{"the more important stop is late when the other can then be done at all", week(2, "09:00-09:30", rated(call("a", 0, 0, 0), 1), rated(call("b", 0, 0, 1), 2)), "0 09:00 a | 1 09:00 b"},
		{"two contacts of a customer lie on two days", week(2, fullDay, of(call("a", 0, 0, 1), "x"), of(call("b", 0, 0, 1), "x")), "0 09:00 a | 1 09:00 b"},
		{"a joint visit waits for the companion", accompanied(week(2, fullDay, joint(visitAt("a", 0, 0, 0, 1))),
			map[civil.Date][]civil.Window{monday: hours("10:00-10:59 13:15-15:00")}), "0 13:15 a"},
		{"a busy companion moves a joint visit to another day", accompanied(week(2, fullDay, joint(visitAt("a", 0, 0, 0, 1))),
			map[civil.Date][]civil.Window{monday: hours("10:00-10:59"), monday + 1: hours("16:00-17:00")}), "1 16:00 a"},
		{"two workers do not get one companion at once", shared, "0 09:00 a | 1 09:00 b"},
		{"the order of urgent work beats the day it was", week(2, "09:00-09:30", was(call("a", 0, 0, 1), 0), urgent(call("b", 0, 0, 0))), "0 09:00 b | 1 09:00 a"},
		{"a stop stays on the day it was though its due day is free", week(3, fullDay, was(call("a", 0, 1, 2), 0)), "0 09:00 a"},
		{"only some days", week(5, fullDay, onDays(call("a", 0, 1, 4), 3, 4)), "3 09:00 a"},
		{"none of its days is planned", week(2, fullDay, onDays(call("a", 0, 1, 4), 3, 4)), "shed a OUTSIDE_PERIOD"},
		{"a settled day is left alone by the more important", frozen(week(2, "09:00-09:30", was(call("a", 0, 0, 1), 0), rated(call("b", 0, 0, 0), 9)), 1), "0 09:00 a | shed b NO_CAPACITY"},
		{"an unsettled day is not", frozen(week(2, "09:00-09:30", was(call("a", 0, 0, 1), 0), rated(call("b", 0, 0, 0), 9)), 0), "0 09:00 b | 1 09:00 a"},
		{"nor is a settled one by what is urgent", frozen(week(2, "09:00-09:30", was(call("a", 0, 0, 1), 0), urgent(call("b", 0, 0, 0))), 1), "0 09:00 b | 1 09:00 a"},
		{"those that stay keep their order", based(week(1, fullDay, wasAt(visitAt("a", 30, 0, 0, 0), 0, "12:00"), wasAt(visitAt("b", 60, 0, 0, 0), 0, "09:30")), at(0), nil),
			"0 10:00 b | 0 11:30 a"},
		{"a new one puts its day in order again", based(week(1, fullDay, wasAt(visitAt("a", 30, 0, 0, 0), 0, "12:00"), wasAt(visitAt("b", 60, 0, 0, 0), 0, "09:30"), visitAt("c", 62, 0, 0, 0)), at(0), nil),
			"0 09:30 a | 0 11:00 b | 0 12:02 c"},
		{"late work comes back when there is room", week(3, fullDay, was(call("a", 0, 0, 2), 2)), "0 09:00 a"},
		{"visits of a series keep their distance", week(9, fullDay, series(of(fix(visitAt("a", 0, 0, 0, 0), 2, ""), "x")), series(of(visitAt("b", 0, 0, 7, 8), "x"))),
			"2 09:00 a | 7 09:00 b | conflict a PERIOD"},
		{"neighbours share a day", based(week(2, fullDay, rated(visitAt("a", 90, 0, 0, 1), 2), visitAt("b", 90, 0, 1, 1)), at(0), at(0)), "0 10:30 a | 0 11:30 b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := tell(test.p, solve(t, test.p)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestConflicts(t *testing.T) {
	twice := week(1, fullDay, of(fix(call("a", 0, 0, 0), 0, ""), "x"), of(fix(call("b", 0, 0, 0), 0, ""), "x"))
	for _, test := range []struct {
		name string
		p    Problem
		want string
	}{
		{"an appointment after hours", week(1, fullDay, fix(call("a", 0, 0, 0), 0, "19:00")), "0 19:00 a | conflict a HOURS"},
		{"an appointment in the break", week(1, "09:00-12:00 13:00-17:00", fix(call("a", 0, 0, 0), 0, "11:45")), "0 11:45 a | conflict a HOURS"},
		{"an appointment on leave", week(1, "", fix(call("a", 0, 0, 0), 0, "10:00")), "0 10:00 a | conflict a HOURS"},
		{"pinned to a day of leave", week(1, "", fix(visitAt("a", 0, 0, 0, 0), 0, "")), "0 09:00 a | conflict a HOURS"},
		{"outside the customer's hours", week(1, fullDay, open(fix(call("a", 0, 0, 0), 0, "10:00"), "14:00-15:00")), "0 10:00 a | conflict a CUSTOMER"},
		{"pinned, and the customer's hours never meet the shift", week(1, fullDay, open(fix(call("a", 0, 0, 0), 0, ""), "18:00-19:00")), "0 09:00 a | conflict a CUSTOMER"},
		{"two appointments at once", week(1, fullDay, fix(call("a", 0, 0, 0), 0, "10:00"), fix(call("b", 0, 0, 0), 0, "10:20")), "0 10:00 a | 0 10:20 b | conflict b TRAVEL"},
		{"no time between two appointments", week(1, fullDay, fix(visitAt("a", 0, 0, 0, 0), 0, "10:00"), fix(visitAt("b", 11, 0, 0, 0), 0, "11:10")), "0 10:00 a | 0 11:10 b | conflict b TRAVEL"},
		{"just time enough between two appointments", week(1, fullDay, fix(visitAt("a", 0, 0, 0, 0), 0, "10:00"), fix(visitAt("b", 10, 0, 0, 0), 0, "11:10")), "0 10:00 a | 0 11:10 b"},
		{"an appointment too far to get home from", based(week(1, fullDay, fix(visitAt("a", 30, 0, 0, 0), 0, "15:45")), at(0), at(0)), "0 15:45 a | conflict a TRAVEL"},
		{"the companion is away", accompanied(week(1, fullDay, joint(fix(visitAt("a", 0, 0, 0, 0), 0, "10:00"))), calendar(1, "12:00-15:00")), "0 10:00 a | conflict a COMPANION"},
		{"two appointments with one customer", twice, "0 09:00 a | 0 09:30 b | conflict b SAME_DAY"},
		{"a full day of pinned stops runs over", week(1, "09:00-09:40", fix(call("a", 0, 0, 0), 0, ""), fix(call("b", 0, 0, 0), 0, "")), "0 09:00 a | 0 09:30 b | conflict b HOURS"},
		{"fixed outside the planned days", week(1, fullDay, fix(call("a", 0, 0, 0), 3, "10:00")), "3 10:00 a | conflict a PERIOD"},
		{"others keep clear of a conflict", week(1, "09:00-11:00", fix(call("a", 0, 0, 0), 0, "09:00"), fix(call("b", 0, 0, 0), 0, "09:10"), lasting(call("c", 0, 0, 0), 80)),
			"0 09:00 a | 0 09:10 b | 0 09:40 c | conflict b TRAVEL"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := tell(test.p, solve(t, test.p)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestShedReasons(t *testing.T) {
	closed := week(3, fullDay, call("a", 1, 1, 1))
	delete(closed.Workers[0].Shifts, monday+1)
	for _, test := range []struct {
		reason ShedReason
		p      Problem
	}{
		{NoWorkingDay, closed},
		{CustomerHours, week(2, fullDay, open(call("a", 0, 0, 1), "17:00-20:00"))},
		{CompanionAway, accompanied(week(2, fullDay, joint(call("a", 0, 0, 1))), calendar(2, "07:00-09:00"))},
		{WeeklyCap, capped(week(2, fullDay, of(call("a", 0, 0, 1), "x")), 1, "x", -5)},
		{WeeklyCap, capped(week(2, fullDay, of(call("a", 0, 0, 1), "x"), of(fix(call("b", 0, 0, 0), 0, "10:00"), "x")), 1, "x")},
		{SameDayContact, week(2, fullDay, of(call("a", 0, 0, 0), "x"), of(fix(call("b", 0, 0, 0), 0, "10:00"), "x"))},
		{TooLong, week(2, "09:00-12:00 13:00-17:00", lasting(call("a", 0, 0, 1), 241))},
		{TooLong, based(week(1, "09:00-11:00", visitAt("a", 70, 0, 0, 0)), at(0), nil)},
		{NoCapacity, week(1, "09:00-10:00", call("a", 0, 0, 0), fix(call("b", 0, 0, 0), 0, "09:15"))},
		{OutsidePeriod, week(2, fullDay, call("a", 5, 5, 9))},
	} {
		t.Run(string(test.reason), func(t *testing.T) {
			if got := solve(t, test.p).Shed; len(got) != 1 || got[0].Stop != 0 || got[0].Reason != test.reason {
				t.Errorf("shed %v", got)
			}
		})
	}
}

func TestShedSaysWhatWouldMakeRoom(t *testing.T) {
	for _, test := range []struct {
		name string
		p    Problem
		want string
	}{
		{"a less important stop could go", week(1, "09:00-10:00", rated(call("a", 0, 0, 0), 5), lasting(rated(call("b", 0, 0, 0), 3), 40), lasting(rated(call("c", 0, 0, 0), 2), 20)), ""},
		{"nothing", week(1, "09:00-09:30", rated(call("a", 0, 0, 0), 5), call("b", 0, 0, 0)), ""},
		{"a later day", week(2, "09:00-09:30", rated(call("a", 0, 0, 0), 5), call("b", 0, 0, 0)), "LATER 1"},
		{"the day after leave", week(3, fullDay, call("b", -1, -1, -1)), "LATER 0"},
		{"the contact of that day", week(2, fullDay, of(fix(call("a", 0, 0, 0), 0, "10:00"), "x"), of(call("b", 0, 0, 0), "x")), "JOIN 0 a, LATER 1"},
		{"what is less important on a settled day", frozen(week(1, "09:00-09:30", was(call("a", 0, 0, 0), 0), rated(call("b", 0, 0, 0), 9)), 1), "SWAP 0 a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			plan := solve(t, test.p)
			var got []string
			for _, s := range plan.Shed {
				for _, r := range s.Room {
					text := fmt.Sprint(r.Way, " ", int(r.Day-test.p.From))
					if r.Stop >= 0 {
						text += " " + test.p.Stops[r.Stop].ID
					}
					got = append(got, text)
				}
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("shed %v: got %s, want %s", plan.Shed, strings.Join(got, ", "), test.want)
			}
		})
	}
}

func TestShedComesMostImportantFirst(t *testing.T) {
	p := week(1, "", call("low", 0, 0, 0), rated(call("high", 0, 0, 0), 8), urgent(call("urgent", 0, 0, 0)), rated(call("also high", 0, 0, 0), 8))
	want := "shed urgent NO_WORKING_DAY | shed also high NO_WORKING_DAY | shed high NO_WORKING_DAY | shed low NO_WORKING_DAY"
	if got := tell(p, solve(t, p)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// crowd is a month with more work than hours.
func crowd(stops int) Problem {
	p := based(week(28, "09:00-12:00 13:30-18:00"), at(0), at(0))
	for i := range stops {
		s := call(fmt.Sprintf("%03d", i), i%23-2, i%23, i%23+4)
		if i%3 == 0 {
			s = visitAt(s.ID, i*7%80, i%23-2, i%23, i%23+4)
		}
		p.Stops = append(p.Stops, rated(of(s, fmt.Sprint(i%90)), i%5))
	}
	return p
}

func TestOneUrgentStopMovesFewOthers(t *testing.T) {
	p := crowd(300)
	before := solve(t, p)
	p = again(p, before)
	p.Stops = append(p.Stops, urgent(visitAt("urgent", 40, 0, 0, 0)))
	moved := 0
	for _, v := range solve(t, p).Visits {
		if was := p.Stops[v.Stop].Was; was != nil && was.Day != v.Day {
			moved++
		}
	}
	if after := solve(t, p); !slices.ContainsFunc(after.Visits, func(v Visit) bool { return v.Stop == 300 && v.Day == monday }) || moved > 15 {
		t.Errorf("the urgent stop must lie on its day and few others move: %d moved", moved)
	}
}

func TestAReplanOfAMonthChangesNothing(t *testing.T) {
	p := crowd(400)
	first := solve(t, p)
	if diff := cmp.Diff(first, solve(t, again(p, first))); diff != "" {
		t.Error(diff)
	}
}

func TestCancelledSolveStillGivesAValidPlan(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p := crowd(400)
	out, err := Solve(ctx, p, Budget{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if found := Check(p, out); len(found) > 0 || len(out.Visits) < 200 {
		t.Errorf("%d visits, broken: %v", len(out.Visits), found)
	}
}

func TestSolveLeavesTheProblemAlone(t *testing.T) {
	p, same := crowd(60), crowd(60)
	solve(t, p)
	if diff := cmp.Diff(same, p); diff != "" {
		t.Error(diff)
	}
}

func TestInvalidProblems(t *testing.T) {
	late := clock("24:00")
	for name, spoil := range map[string]func(p *Problem){
		"To before From":           func(p *Problem) { p.To = p.From - 1 },
		"too many days":            func(p *Problem) { p.To = p.From + MaxDays },
		"days that overflow":       func(p *Problem) { p.From, p.To = math.MinInt32, math.MaxInt32 },
		"worker index too high":    func(p *Problem) { p.Stops[0].Worker = 1 },
		"worker index negative":    func(p *Problem) { p.Stops[0].Worker = -1 },
		"companion index":          func(p *Problem) { p.Stops[0].Companions = []int{0} },
		"no minutes":               func(p *Problem) { p.Stops[0].Minutes = 0 },
		"more minutes than a day":  func(p *Problem) { p.Stops[0].Minutes = 1441 },
		"priority negative":        func(p *Problem) { p.Stops[0].Priority = -1 },
		"latest before earliest":   func(p *Problem) { p.Stops[0].Latest = p.Stops[0].Earliest - 1 },
		"fixed after midnight":     func(p *Problem) { p.Stops[0].Fixed = &Moment{Day: p.From, At: &late} },
		"windows out of order":     func(p *Problem) { p.Stops[0].Windows = hours("10:00-11:00 09:00-10:00") },
		"a window that is empty":   func(p *Problem) { p.Stops[0].Preferred = hours("10:00-10:00") },
		"shifts that overlap":      func(p *Problem) { p.Workers[0].Shifts[monday] = hours("09:00-11:00 10:00-12:00") },
		"companion's hours":        func(p *Problem) { p.Companions = []Companion{{Free: calendar(1, "12:00-11:00")}} },
		"a place that is no place": func(p *Problem) { p.Stops[0].Place = &Point{Lat: math.NaN()} },
		"a start off the earth":    func(p *Problem) { p.Workers[0].Start = &Point{Lng: 181} },
		"one ID twice":             func(p *Problem) { p.Stops = append(p.Stops, p.Stops[0]) },
		"days frozen below zero":   func(p *Problem) { p.Frozen = -1 },
		"was after midnight":       func(p *Problem) { p.Stops[0].Was = &Moment{Day: p.From, At: &late} },
		"a cap below zero":         func(p *Problem) { p.CapPerWeek = -1 },
		"a weight below zero":      func(p *Problem) { p.Weights.Travel = -1 },
		"a weight not a number":    func(p *Problem) { p.Weights.Move = math.NaN() },
	} {
		t.Run(name, func(t *testing.T) {
			p := week(2, fullDay, call("a", 0, 0, 1))
			spoil(&p)
			if _, err := Solve(context.Background(), p, Budget{}, 1); !errors.Is(err, ErrProblem) {
				t.Errorf("got %v", err)
			}
			if found := Check(p, Plan{}); len(found) != 1 || found[0].Rule != RuleProblem {
				t.Errorf("Check found %v", found)
			}
		})
	}
}

// TestNothingIsKeptAroundAVisitNobodyCanReach: an appointment in another town is a conflict, and no call stays on its way.
func TestNothingIsKeptAroundAVisitNobodyCanReach(t *testing.T) {
	far := fix(visitAt("far", 170, 0, 0, 0), 0, "10:00")
	p := week(2, "09:00-12:00", far, call("before", 0, 0, 1), call("after", 0, 0, 1))
	p.Workers[0].Start, p.Workers[0].End = at(0), at(0)
	for i, minute := range map[int]string{1: "09:00", 2: "11:00"} {
		m := clock(minute)
		p.Stops[i].Was = &Moment{Day: monday, At: &m}
	}
	plan := solve(t, p)
	if len(plan.Shed) > 0 {
		t.Errorf("shed: %s", tell(p, plan))
	}
}
