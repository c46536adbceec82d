package schedule

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"huifang/civil"
)

// drawHeld makes a small problem in which several stops take time of the first day at any minute, as they may.
func drawHeld(t *rapid.T) Problem {
	p := draw(t)
	for i := range p.Stops {
		s := &p.Stops[i]
		if s.Fixed == nil && len(s.Companions) == 0 && rapid.IntRange(0, 3).Draw(t, "held") == 0 {
			s.Fixed = &Moment{Day: p.From}
			s.Earliest, s.Latest = min(s.Earliest, p.From), max(s.Latest, p.From)
		}
	}
	return p
}

// settled is the problem a plan leaves behind: visits of the first day bound to their minutes, later ones to be kept on
// their days, the pinned ones still at any minute.
func settled(p Problem, plan Plan) Problem {
	out := again(p, plan)
	for _, v := range plan.Visits {
		if s := &out.Stops[v.Stop]; s.Fixed == nil && v.Day == p.From {
			start := v.Start
			s.Fixed = &Moment{Day: v.Day, At: &start}
		}
	}
	return out
}

func TestPinnedStopsMakeRoomForEachOther(t *testing.T) {
	gaps := func(stops ...Stop) Problem { // 90 minutes before an appointment, 60 after it
		return week(1, "09:00-12:00", append(stops, fix(call("appointment", 0, 0, 0), 0, "10:30"))...)
	}
	pinned := func(id string, minutes int) Stop { return fix(lasting(call(id, 0, 0, 0), minutes), 0, "") }
	leave := accompanied(week(1, fullDay, joint(fix(visitAt("b", 0, 0, 0, 0), 0, "")), joint(fix(visitAt("a", 0, 0, 0, 0), 0, ""))), calendar(1, fullDay))
	leave.Workers = append(leave.Workers, Worker{ID: "on leave"})
	leave.Stops[1].Worker = 1
	for _, test := range []struct {
		name string
		p    Problem
		want string
	}{
		{"who is on leave goes without the companion of others", leave, "0 09:00 b | 0 09:00 a | conflict a HOURS | conflict a COMPANION"},
		{"the short one leaves the long gap to the long one", gaps(pinned("a", 60), pinned("b", 90)),
			"0 09:00 b | 0 10:30 appointment | 0 11:00 a"},
		{"what fits nowhere comes last and alone is in conflict", gaps(pinned("a", 60), pinned("b", 100), pinned("c", 90)),
			"0 09:00 c | 0 10:30 appointment | 0 11:00 a | 0 12:00 b | conflict b HOURS"},
		{"longer than each part of the shift, it crosses the break", week(1, "09:00-10:00 11:00-12:00",
			pinned("a", 90), fix(call("appointment", 0, 0, 0), 0, "11:30")), "0 09:00 a | 0 11:30 appointment | conflict a HOURS"},
		{"a call does not keep the worker from getting home", based(week(1, "09:00-12:00",
			fix(visitAt("a", 60, 0, 0, 0), 0, "10:00"), pinned("b", 30)), at(0), at(0)),
			"0 10:00 a | 0 12:00 b | conflict b HOURS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := tell(test.p, solve(t, test.p)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestABoundFirstDayStillHoldsWhatIsPinnedToIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawHeld(t)
		first := plan(t, p, 1)
		if pinnedInConflict(p, first) {
			t.Skip("it did not fit in the first place")
		}
		second := plan(t, settled(p, first), 2)
		wantNoNewConflict(t, first, second)
		wantSameMinutes(t, p, first, second)
		if found := Check(p, second); len(found) > 0 {
			t.Fatalf("%v\nfirst  %s\nsecond %s", found, tell(p, first), tell(p, second))
		}
	})
}

// pinnedInConflict tells whether a stop pinned to the first day breaks a rule.
func pinnedInConflict(p Problem, plan Plan) bool {
	return slices.ContainsFunc(plan.Conflicts, func(c Conflict) bool {
		f := p.Stops[c.Stop].Fixed
		return f.Day == p.From && f.At == nil
	})
}

func wantNoNewConflict(t *rapid.T, first, second Plan) {
	for _, c := range second.Conflicts {
		if !slices.ContainsFunc(first.Conflicts, func(old Conflict) bool { return old.Stop == c.Stop }) {
			t.Fatalf("stop %d now breaks %s", c.Stop, c.Rule)
		}
	}
}

// wantSameMinutes asks for every movable visit of the first day where it was.
func wantSameMinutes(t *rapid.T, p Problem, first, second Plan) {
	starts := map[int]civil.Minute{}
	for _, v := range second.Visits {
		if v.Day == p.From {
			starts[v.Stop] = v.Start
		}
	}
	for _, v := range first.Visits {
		if v.Day == p.From && p.Stops[v.Stop].Fixed == nil && starts[v.Stop] != v.Start {
			t.Fatalf("stop %d moved from %s", v.Stop, v.Start.Clock())
		}
	}
}
