package schedule

import (
	"slices"
	"testing"

	"huifang/civil"
)

// checked is a valid plan with every kind of stop: visits a and b 20 minutes apart, call c, appointment d at 15:00,
// joint visits e and f of two workers, and g of the same customer as c.
func checked(t *testing.T) (Problem, Plan) {
	t.Helper()
	p := accompanied(based(week(3, "09:00-12:00 13:00-17:00",
		visitAt("a", 20, 0, 0, 1), open(visitAt("b", 40, 0, 0, 1), "10:00-16:00"), of(call("c", 0, 0, 1), "x"),
		fix(visitAt("d", 40, 0, 0, 0), 0, "15:00"), joint(visitAt("e", 0, 1, 1, 1)), joint(visitAt("f", 0, 1, 1, 1)),
		of(call("g", 2, 2, 2), "x")), at(0), at(0)), calendar(3, "09:00-11:00 13:00-14:00"))
	p.Workers = append(p.Workers, Worker{ID: "second", Shifts: calendar(3, fullDay)})
	p.Stops[5].Worker = 1
	plan := Plan{Visits: []Visit{
		{Stop: 0, Day: monday, Start: clock("09:20")}, {Stop: 1, Day: monday, Start: clock("10:40")},
		{Stop: 2, Day: monday, Start: clock("13:00")}, {Stop: 3, Day: monday, Start: clock("15:00")},
		{Stop: 4, Day: monday + 1, Start: clock("09:00")}, {Stop: 5, Worker: 1, Day: monday + 1, Start: clock("10:00")},
		{Stop: 6, Day: monday + 2, Start: clock("09:00")},
	}}
	if found := Check(p, plan); len(found) > 0 {
		t.Fatalf("the plan to spoil is already broken: %v", found)
	}
	return p, plan
}

func TestCheckCatches(t *testing.T) {
	start := func(visit int, at string) func(*Problem, *Plan) {
		return func(_ *Problem, plan *Plan) { plan.Visits[visit].Start = clock(at) }
	}
	day := func(visit int, day civil.Date) func(*Problem, *Plan) {
		return func(_ *Problem, plan *Plan) { plan.Visits[visit].Day = monday + day }
	}
	for _, test := range []struct {
		name  string
		rule  Rule
		stop  int
		spoil func(*Problem, *Plan)
	}{
		{"a stop left out", RuleOnce, 2, func(_ *Problem, plan *Plan) { plan.Visits = slices.Delete(plan.Visits, 2, 3) }},
		{"a stop visited and shed", RuleOnce, 2, func(_ *Problem, plan *Plan) { plan.Shed = []Shed{{Stop: 2}} }},
		{"a stop visited twice", RuleOnce, 2, func(_ *Problem, plan *Plan) { plan.Visits = append(plan.Visits, plan.Visits[2]) }},
		{"a stop that does not exist", RuleOnce, -1, func(_ *Problem, plan *Plan) { plan.Visits = append(plan.Visits, Visit{Stop: 99}) }},
		{"a shed stop that does not exist", RuleOnce, -1, func(_ *Problem, plan *Plan) { plan.Shed = []Shed{{Stop: -5}} }},
		{"after the latest day", RulePeriod, 2, day(2, 2)},
		{"before the earliest day", RulePeriod, 6, day(6, 1)},
		{"outside the planned days", RulePeriod, 6, day(6, 9)},
		{"before the shift", RuleHours, 6, start(6, "08:59")},
		{"into the break", RuleHours, 6, start(6, "11:31")},
		{"after the shift", RuleHours, 6, start(6, "16:31")},
		{"on leave", RuleHours, 6, func(p *Problem, _ *Plan) { delete(p.Workers[0].Shifts, monday+2) }},
		{"before the customer's hours", RuleCustomer, 1, func(p *Problem, _ *Plan) { p.Stops[1].Windows = hours("10:41-16:00") }},
		{"after the customer's hours", RuleCustomer, 1, func(p *Problem, _ *Plan) { p.Stops[1].Windows = hours("09:00-11:39") }},
		{"two stops at once", RuleTravel, 2, start(2, "10:50")},
		{"too little time from the start of the day", RuleTravel, 0, start(0, "09:19")},
		{"too little time between two visits", RuleTravel, 1, start(1, "10:39")},
		{"a call takes the time of the way", RuleTravel, 1, func(_ *Problem, plan *Plan) {
			plan.Visits[1].Start, plan.Visits[2].Start = clock("11:00"), clock("10:25")
		}},
		{"too little time home", RuleTravel, 3, func(p *Problem, plan *Plan) {
			*p.Stops[3].Fixed.At, plan.Visits[3].Start = clock("15:21"), clock("15:21")
		}},
		{"the companion is away", RuleCompanion, 4, start(4, "11:00")},
		{"the companion is elsewhere", RuleCompanion, 5, start(5, "09:59")},
		{"the companion is on the way", RuleCompanion, 5, func(p *Problem, _ *Plan) { p.Stops[5].Place = at(1) }},
		{"a second contact that day", RuleSameDay, 6, func(p *Problem, plan *Plan) {
			p.Stops[6].Earliest, plan.Visits[6].Day, plan.Visits[6].Start = monday, monday, clock("14:00")
		}},
		{"a second contact in seven days", RuleCap, 6, func(p *Problem, _ *Plan) { p.CapPerWeek = 1 }},
		{"both could have gone elsewhere", RuleCap, 2, func(p *Problem, _ *Plan) { p.CapPerWeek = 1 }},
		{"a contact made six days before", RuleCap, 6, func(p *Problem, plan *Plan) {
			p.CapPerWeek, p.Contacts = 2, map[string][]civil.Date{"x": {monday - 4}}
		}},
		{"a contact fixed six days after", RuleCap, 6, func(p *Problem, plan *Plan) {
			p.CapPerWeek, p.Contacts = 1, map[string][]civil.Date{"x": {monday + 8}}
		}},
		{"a fixed stop over the cap that nobody reports", RuleCap, 6, func(p *Problem, plan *Plan) {
			p.CapPerWeek, p.Contacts = 1, map[string][]civil.Date{"x": {monday - 1}}
			p.Stops[6] = fix(p.Stops[6], 2, "09:00")
		}},
		{"a reported fixed stop still counts for others", RuleCap, 2, func(p *Problem, plan *Plan) {
			p.CapPerWeek, p.Stops[6] = 1, fix(p.Stops[6], 2, "09:00")
			plan.Conflicts = []Conflict{{6, RuleCap}}
		}},
		{"an appointment on another minute", RuleFixed, 3, start(3, "14:59")},
		{"an appointment on another day", RuleFixed, 3, day(3, 1)},
		{"an appointment shed", RuleFixed, 3, func(_ *Problem, plan *Plan) {
			plan.Visits, plan.Shed = slices.Delete(plan.Visits, 3, 4), []Shed{{Stop: 3}}
		}},
		{"by somebody else", RuleWorker, 6, func(_ *Problem, plan *Plan) { plan.Visits[6].Worker = 1 }},
		{"a reported conflict excuses no other rule", RuleHours, 3, func(p *Problem, plan *Plan) {
			*p.Stops[3].Fixed.At, plan.Visits[3].Start = clock("18:00"), clock("18:00")
			plan.Conflicts = []Conflict{{3, RuleTravel}}
		}},
		{"a reported conflict excuses no stop that could move", RuleHours, 6, func(_ *Problem, plan *Plan) {
			plan.Visits[6].Start = clock("08:00")
			plan.Conflicts = []Conflict{{6, RuleHours}}
		}},
		{"a reported appointment excuses nobody who overlaps it", RuleTravel, 2, func(_ *Problem, plan *Plan) {
			plan.Visits[2].Start = clock("15:10")
			plan.Conflicts = []Conflict{{3, RuleTravel}}
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, plan := checked(t)
			test.spoil(&p, &plan)
			found := Check(p, plan)
			if !slices.ContainsFunc(found, func(v Violation) bool { return v.Rule == test.rule && v.Stop == test.stop }) {
				t.Errorf("want %s of stop %d, found %v", test.rule, test.stop, found)
			}
		})
	}
}

func TestCheckExcusesAReportedConflict(t *testing.T) {
	p, plan := checked(t)
	*p.Stops[3].Fixed.At, plan.Visits[3].Start = clock("18:00"), clock("18:00")
	plan.Conflicts = []Conflict{{3, RuleHours}}
	if found := Check(p, plan); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}
