package schedule

import (
	"testing"

	"huifang/civil"
)

// capped gives a problem a cap and a customer the days on which contacts were made, counted from monday.
func capped(p Problem, most int, customer string, days ...int) Problem {
	p.CapPerWeek, p.Contacts = most, map[string][]civil.Date{}
	for _, d := range days {
		p.Contacts[customer] = append(p.Contacts[customer], monday+civil.Date(d))
	}
	return p
}

// same is a call with customer x.
func same(id string, earliest, due, latest int) Stop { return of(call(id, earliest, due, latest), "x") }

func TestWeeklyCap(t *testing.T) {
	three := func(latest int) Problem { // a is the least important
		return week(10, fullDay, same("a", 0, 2, latest), rated(same("b", 0, 1, 3), 2), rated(same("c", 0, 0, 0), 3))
	}
	for _, test := range []struct {
		name string
		p    Problem
		want string
	}{
		{"no cap: three contacts in a week", three(6), "0 09:00 c | 1 09:00 b | 2 09:00 a"},
		{"the third of three is late rather than within the seven days", capped(three(8), 2, "x"), "0 09:00 c | 1 09:00 b | 7 09:00 a"},
		{"the third of three is shed when its days all lie within", capped(three(6), 2, "x"), "0 09:00 c | 1 09:00 b | shed a WEEKLY_CAP"},
		{"a cap of three holds three", capped(three(6), 3, "x"), "0 09:00 c | 1 09:00 b | 2 09:00 a"},
		{"seven days are any seven, not a calendar week", capped(week(10, fullDay, same("a", 5, 5, 5), same("b", 6, 6, 9)), 1, "x", -1),
			"6 09:00 b | shed a WEEKLY_CAP"},
		{"other customers have caps of their own", capped(week(1, fullDay, call("a", 0, 0, 0), call("b", 0, 0, 0)), 1, "x", 0), "0 09:00 a | 0 09:30 b"},
		{"stops of nobody in particular have no cap", capped(week(2, fullDay, of(call("a", 0, 0, 0), ""), of(call("b", 0, 1, 1), "")), 1, "", 0),
			"0 09:00 a | 1 09:00 b"},

		{"a contact of yesterday counts", capped(week(10, fullDay, same("a", 0, 0, 9)), 1, "x", -1), "6 09:00 a"},
		{"a contact six days ago counts for today, not tomorrow", capped(week(3, fullDay, same("a", 0, 0, 2)), 1, "x", -6), "1 09:00 a"},
		{"a contact seven days ago does not count", capped(week(3, fullDay, same("a", 0, 0, 2)), 1, "x", -7), "0 09:00 a"},
		{"two contacts on one day count once", capped(week(3, fullDay, same("a", 0, 0, 2)), 2, "x", -1, -1), "0 09:00 a"},
		{"a contact made today leaves today open, it counts anyway", capped(week(3, fullDay, same("a", 0, 0, 2)), 1, "x", 0), "0 09:00 a"},
		{"seven days across the planned start: two before, one of two after", capped(week(9, fullDay, same("a", 0, 0, 8), same("b", 0, 1, 8)), 3, "x", -3, -2),
			"0 09:00 a | 4 09:00 b"},
		{"a contact fixed after the planned days counts", capped(week(3, fullDay, same("a", 0, 1, 2)), 1, "x", 7), "0 09:00 a"},
		{"contacts over the cap keep everything else away", capped(week(9, fullDay, same("a", 0, 0, 8)), 2, "x", -1, -2, -3), "5 09:00 a"},

		{"fixed stops count", capped(week(9, fullDay, same("a", 0, 0, 8), fix(same("b", 1, 1, 1), 1, "10:00")), 1, "x"), "1 10:00 b | 8 09:00 a"},
		{"fixed stops come before urgent ones", capped(week(3, fullDay, urgent(same("a", 0, 0, 2)), fix(same("b", 1, 1, 1), 1, "10:00")), 1, "x"),
			"1 10:00 b | shed a WEEKLY_CAP"},
		{"a fixed stop over the cap stays, as a conflict", capped(week(3, fullDay, fix(same("a", 1, 1, 1), 1, "10:00")), 1, "x", -1), "1 10:00 a | conflict a CAP"},
		{"of three fixed stops the least important is the conflict", capped(week(7, fullDay, fix(same("a", 0, 0, 0), 0, ""),
			rated(fix(same("b", 3, 3, 3), 3, ""), 2), rated(fix(same("c", 6, 6, 6), 6, ""), 3)), 2, "x"), "0 09:00 a | 3 09:00 b | 6 09:00 c | conflict a CAP"},
		{"moving the one in the middle would be enough", capped(week(13, fullDay, rated(fix(same("a", 0, 0, 0), 0, ""), 3),
			rated(fix(same("b", 6, 6, 6), 6, ""), 2), fix(same("c", 12, 12, 12), 12, "")), 1, "x"), "0 09:00 a | 6 09:00 b | 12 09:00 c | conflict b CAP"},
		{"a fixed stop that is a conflict counts for others", capped(week(9, fullDay, same("a", 0, 0, 8), fix(same("b", 1, 1, 1), 1, "10:00")), 1, "x", -1),
			"1 10:00 b | 8 09:00 a | conflict b CAP"},
		{"fixed beyond the planned days a stop counts and is no conflict of the cap", capped(week(3, fullDay, same("a", 0, 1, 2), fix(same("b", 7, 7, 7), 7, "10:00"), fix(same("c", 8, 8, 8), 8, "10:00")), 1, "x"),
			"0 09:00 a | 7 10:00 b | 8 10:00 c | conflict b PERIOD | conflict c PERIOD"},

		{"a new urgent contact takes the place of one seen by others", capped(week(9, fullDay, was(same("a", 0, 3, 8), 3), urgent(same("b", 0, 0, 1))), 1, "x"),
			"0 09:00 b | 7 09:00 a"},
		{"even on the same day", capped(week(9, fullDay, was(same("a", 0, 0, 8), 0), urgent(same("b", 0, 0, 0))), 1, "x"), "0 09:00 b | 7 09:00 a"},
		{"a less important one does not", capped(week(5, fullDay, rated(was(same("a", 0, 3, 4), 3), 2), same("b", 0, 0, 1)), 1, "x"),
			"3 09:00 a | shed b WEEKLY_CAP"},
		{"as many give way as must", capped(week(7, fullDay, was(same("a", 0, 4, 6), 4), was(same("c", 0, 5, 6), 5), urgent(same("b", 0, 3, 3))), 2, "x"),
			"3 09:00 b | 4 09:00 a | shed c WEEKLY_CAP"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := tell(test.p, solve(t, test.p)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestCheckExcusesWhatTheCapCannotHelp(t *testing.T) {
	p, plan := checked(t)
	p.CapPerWeek, p.Contacts = 1, map[string][]civil.Date{"x": {monday - 1, monday - 2}}
	p.Stops[2], p.Stops[6] = fix(p.Stops[2], 0, "13:00"), fix(p.Stops[6], 2, "09:00")
	plan.Conflicts = []Conflict{{2, RuleCap}, {6, RuleCap}}
	if found := Check(p, plan); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}
