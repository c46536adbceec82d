package care

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/road"
	"huifang/road/roadtest"
	"huifang/schedule"
)

// planned is a Wednesday at eight: the policy's hours are 9–12 and 13–18 from Monday to Saturday.
var planned = civil.Must("2026-03-04")

// desk is a rep's book with one account, in the making of a test.
type desk struct {
	draft
	account models.Account
	opens   civil.Minute
}

func key(n byte) id.ID { return id.ID{6: 0x70, 8: 0x80, 15: n} }

func newDesk() *desk {
	d := &desk{account: models.Account{ID: key(1)}, opens: 8 * 60}
	d.book = &models.RepBook{Rep: models.User{ID: key(2), Role: "REP"}, Logs: map[id.ID][]models.ContactLog{}}
	d.policy, d.today = defaultPlanning(), planned
	return d
}

// wants adds a demand of the rules, from day to day after today, with the item that stands for it.
func (d *desk) wants(name string, from, to int, item *models.PlanItem) *wish {
	d.wishes = append(d.wishes, wish{account: d.account, item: item, demand: cadence.Demand{
		Key: name, Kind: cadence.Call, Minutes: 30, Priority: 1,
		Earliest: planned + civil.Date(from), Due: planned + civil.Date(from), Latest: planned + civil.Date(to),
	}})
	return &d.wishes[len(d.wishes)-1]
}

// holds adds an item a person fixed, so many days after today.
func (d *desk) holds(day int, change func(*models.PlanItem)) *models.PlanItem {
	i := item(day, 0)
	i.Pinned, i.DueOn = true, i.Day
	change(i)
	d.wishes = append(d.wishes, wish{account: d.account, item: i})
	return i
}

// item is one the planner has placed.
func item(day int, start civil.Minute) *models.PlanItem {
	return &models.PlanItem{
		ID: key(9), Kind: cadence.Call, Status: models.ItemOpen, Source: models.FromPlanner, Minutes: 30,
		Day: planned + civil.Date(day), StartMin: int(start), Seq: 1,
	}
}

// busy adds an item of another rep that takes a companion along.
func (d *desk) busy(person id.ID, start civil.Minute, minutes int) {
	d.book.Busy = append(d.book.Busy, models.PlanItem{ExpertID: &person, Day: planned, StartMin: int(start), Minutes: minutes})
}

// told plans and writes the plan as "+0 09:00 a | shed b NO_CAPACITY | conflict c HOURS", days counted from today.
func (d *desk) told(t *testing.T) string {
	t.Helper()
	d.calendar = newCalendar(d.book, d.policy, d.today, d.today+27, d.opens)
	p := d.problem()
	plan, err := schedule.Solve(context.Background(), p, schedule.Budget{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range schedule.Check(p, plan) {
		t.Errorf("%s: %s", v.Rule, v.Words)
	}
	var out []string
	for _, v := range plan.Visits {
		out = append(out, fmt.Sprintf("%+d %s %s", v.Day-planned, v.Start.Clock(), d.name(v.Stop)))
	}
	for _, s := range plan.Shed {
		out = append(out, fmt.Sprintf("shed %s %s", d.name(s.Stop), s.Reason))
	}
	for _, c := range plan.Conflicts {
		out = append(out, fmt.Sprintf("conflict %s %s", d.name(c.Stop), c.Rule))
	}
	return strings.Join(out, " | ")
}

func (d *desk) name(stop int) string {
	if w := d.wishes[stop]; !w.held() {
		return w.demand.Key
	}
	return "held"
}

func leave(user id.ID, from, to int) models.Leave {
	return models.Leave{UserID: user, FromDay: planned + civil.Date(from), ToDay: planned + civil.Date(to), Granted: true}
}

func log(day int, outcome cadence.Outcome) models.ContactLog {
	return models.ContactLog{Day: planned + civil.Date(day), Outcome: outcome}
}

func TestProblem(t *testing.T) {
	expert, other := models.User{ID: key(3), Role: "EXPERT"}, models.User{ID: key(4), Role: "EXPERT"}
	rest := func(day int, working bool) models.Holiday {
		return models.Holiday{Day: planned + civil.Date(day), Working: working}
	}
	for _, test := range []struct {
		name string
		set  func(*desk)
		want string
	}{
		{"D19 quiet hours: the call waits for their end", func(d *desk) {
			d.account.Quiet = []civil.Window{{From: 8 * 60, To: 14 * 60}}
			d.wants("a", 0, 0, nil)
		}, "+0 14:00 a"},
		{"D19 quiet all day: no call, and the plan says so", func(d *desk) {
			d.account.Quiet = []civil.Window{{From: 0, To: 24 * 60}}
			d.wants("a", 0, 1, nil)
		}, "shed a CUSTOMER_HOURS"},
		{"D19 no calls at noon though visits may be made", func(d *desk) {
			d.opens = 11*60 + 45
			d.policy.Hours[3] = []civil.Window{{From: 9 * 60, To: 18 * 60}}
			d.wants("a", 0, 0, nil)
			d.wants("b", 0, 0, nil).demand.Kind = cadence.HomeVisit
			d.wishes[1].account.ID = key(5)
		}, "+0 11:45 b | +0 13:30 a"},
		{"what is over of today is not planned", func(d *desk) {
			d.opens = 10*60 + 7
			d.wants("a", 0, 0, nil)
		}, "+0 10:07 a"},

		{"the expert is with another rep", func(d *desk) {
			d.book.Companions = []models.User{expert}
			d.busy(expert.ID, 9*60, 90)
			d.wants("a", 0, 0, nil).with = []id.ID{expert.ID}
		}, "+0 10:30 a"},
		{"another rep's item with somebody else does not matter", func(d *desk) {
			d.book.Companions = []models.User{expert, other}
			d.busy(other.ID, 9*60, 90)
			d.wants("a", 0, 0, nil).with = []id.ID{expert.ID}
		}, "+0 09:00 a"},
		{"the expert is on leave", func(d *desk) {
			d.book.Companions, d.book.Leaves = []models.User{expert}, []models.Leave{leave(expert.ID, -1, 0)}
			d.wants("a", 0, 1, nil).with = []id.ID{expert.ID}
		}, "+1 09:00 a"},

		{"the rep is on leave until tomorrow", func(d *desk) {
			d.book.Leaves = []models.Leave{leave(d.book.Rep.ID, -3, 1)}
			d.wants("a", 0, 5, nil)
		}, "+2 09:00 a"},
		{"a public holiday", func(d *desk) {
			d.book.Holidays = []models.Holiday{rest(0, false), rest(1, false)}
			d.wants("a", 0, 5, nil)
		}, "+2 09:00 a"},
		{"Sunday is off", func(d *desk) { d.wants("a", 4, 4, nil) }, "shed a NO_WORKING_DAY"},
		{"a Sunday worked instead (调休) has Monday's hours", func(d *desk) {
			d.policy.Hours[1] = []civil.Window{{From: 10 * 60, To: 12 * 60}}
			d.book.Holidays = []models.Holiday{rest(4, true)}
			d.wants("a", 4, 4, nil)
		}, "+4 10:00 a"},
		{"hours of one's own count, not the policy's", func(d *desk) {
			d.book.Rep.Hours = models.Hours{4: {{From: 15 * 60, To: 16 * 60}}}
			d.wants("a", 0, 5, nil)
		}, "+1 15:00 a"},

		{"an item of today keeps its minute", func(d *desk) { d.wants("a", 0, 3, item(0, 16*60)) }, "+0 16:00 a"},
		{"even once it is past", func(d *desk) {
			d.opens = 11 * 60
			d.wants("a", 0, 3, item(0, 9*60))
		}, "+0 09:00 a | conflict a HOURS"},
		{"an item of today waits when the rules do not want it yet", func(d *desk) { d.wants("a", 2, 3, item(0, 16*60)) }, "+2 09:00 a"},
		{"an item of another day stays there", func(d *desk) {
			d.wants("a", 0, 3, item(2, 9*60)).demand.Due = planned + 3
		}, "+2 09:00 a"},
		{"but not when that makes it late", func(d *desk) { d.wants("a", 0, 3, item(2, 9*60)) }, "+0 09:00 a"},
		{"an item left over is planned anew", func(d *desk) { d.wants("a", -3, -1, item(-2, 16*60)) }, "+0 09:00 a"},

		{"an appointment is kept, others go round it", func(d *desk) {
			d.holds(1, func(i *models.PlanItem) { i.AtFixed, i.StartMin, i.Seq = true, 9*60+10, 0 })
			d.wants("a", 1, 1, nil)
			d.wishes[1].account.ID = key(5)
		}, "+1 09:10 held | +1 09:40 a"},
		{"an appointment in quiet hours is a conflict", func(d *desk) {
			d.account.Quiet = []civil.Window{{From: 9 * 60, To: 10 * 60}}
			d.holds(1, func(i *models.PlanItem) { i.AtFixed, i.StartMin = true, 9*60 })
		}, "+1 09:00 held | conflict held CUSTOMER"},
		{"a pinned item stays on its day, its minute may change", func(d *desk) {
			d.holds(2, func(i *models.PlanItem) { i.StartMin = 17 * 60 })
		}, "+2 09:00 held"},
		{"a pinned item of today keeps its minute", func(d *desk) {
			d.holds(0, func(i *models.PlanItem) { i.StartMin = 17 * 60 })
		}, "+0 17:00 held"},
		{"an item just put on today gets a minute", func(d *desk) {
			d.opens = 15 * 60
			d.holds(0, func(i *models.PlanItem) { i.Seq, i.StartMin = 0, 10*60 })
		}, "+0 15:00 held"},
		{"a missed pinned item takes time of today", func(d *desk) {
			d.opens = 10 * 60
			d.holds(-2, func(i *models.PlanItem) { i.StartMin = 9 * 60 })
		}, "+0 10:00 held"},
		{"a missed appointment too, its minute is gone", func(d *desk) {
			d.holds(-2, func(i *models.PlanItem) { i.AtFixed, i.StartMin = true, 16*60 })
		}, "+0 09:00 held"},
		{"an item pinned beyond the planned days keeps its minute", func(d *desk) {
			d.holds(40, func(i *models.PlanItem) { i.StartMin = 17 * 60 })
		}, "+40 17:00 held | conflict held PERIOD"},

		{"D19 the cap of the week counts what happened", func(d *desk) {
			d.weeklyCap = 2
			d.book.Logs[d.account.ID] = []models.ContactLog{log(-7, cadence.Met), log(-6, cadence.Talked), log(-1, cadence.Met)}
			d.wants("a", 0, 5, nil)
		}, "+1 09:00 a"},
		{"D19 an attempt does not count, nor another customer's contact", func(d *desk) {
			d.weeklyCap = 1
			d.book.Logs[d.account.ID] = []models.ContactLog{log(-1, cadence.NotHome)}
			d.book.Logs[key(5)] = []models.ContactLog{log(-1, cadence.Met)}
			d.wants("a", 0, 5, nil)
		}, "+0 09:00 a"},
		{"D19 what happened today counts", func(d *desk) {
			d.weeklyCap = 1
			d.book.Logs[d.account.ID] = []models.ContactLog{log(0, cadence.Met)}
			d.wants("a", 1, 9, nil)
		}, "+7 09:00 a"},
		{"D19 a missed item counts as today's", func(d *desk) {
			d.weeklyCap = 1
			d.holds(-2, func(*models.PlanItem) {})
			d.wants("a", 0, 9, nil)
		}, "+0 09:00 held | +7 09:00 a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDesk()
			test.set(d)
			for i := range d.wishes {
				if d.wishes[i].account.ID == d.account.ID {
					d.wishes[i].account = d.account
				}
			}
			if got := d.told(t); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestARoadDecidesTheOrder: three homes in a row, as far on a straight line one way round as the other. One-way roads say which.
func TestARoadDecidesTheOrder(t *testing.T) {
	row := []schedule.Point{{Lat: 36.60, Lng: 117}, {Lat: 36.61, Lng: 117}, {Lat: 36.62, Lng: 117}, {Lat: 36.63, Lng: 117}}
	for _, test := range []struct {
		name string
		next int // along the road, from one of the row to another
		want string
	}{
		{"a road that leads to the farthest first", 3, "+0 09:05 c | +0 09:40 b | +0 10:15 a"},
		{"a road that leads to the nearest first", 1, "+0 09:05 a | +0 09:40 b | +0 10:15 c"},
	} {
		server := roadtest.Start(t)
		server.Seconds = func(_ string, from, to schedule.Point) (float64, bool) {
			if slices.Index(row, to) == (slices.Index(row, from)+test.next)%len(row) {
				return 300, true
			}
			return 3600, true
		}
		roads := road.New(road.Config{Servers: map[string]road.Server{"EBIKE": {Base: server.URL, Profile: "bike"}}})
		d := newDesk()
		d.roads = roads.Table(t.Context(), "EBIKE", row)
		d.book.Rep.StartLat, d.book.Rep.StartLng = &row[0].Lat, &row[0].Lng
		for n, name := range []string{"a", "b", "c"} {
			d.account = models.Account{ID: key(byte(10 + n)), Lat: &row[n+1].Lat, Lng: &row[n+1].Lng}
			d.wants(name, 0, 0, nil).demand.Kind = cadence.HomeVisit
		}
		if got := d.told(t); got != test.want {
			t.Errorf("%s: got  %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestAnyMapGivesASafePlan: times by road are no distances. There and back differ, and a detour may be faster.
func TestAnyMapGivesASafePlan(t *testing.T) {
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		server := roadtest.Start(t)
		var mu sync.Mutex
		server.Seconds = func(string, schedule.Point, schedule.Point) (float64, bool) {
			mu.Lock()
			defer mu.Unlock()
			return float64(random.IntN(5400)), random.IntN(20) > 0
		}
		roads := road.New(road.Config{Servers: map[string]road.Server{"EBIKE": {Base: server.URL, Profile: "bike"}}})
		d := newDesk()
		var places []schedule.Point
		for n := range 25 {
			at := schedule.Point{Lat: 36.6 + float64(n%5)/100, Lng: 117 + float64(n/5)/100}
			places = append(places, at)
			d.account = models.Account{ID: key(byte(10 + n)), Lat: &at.Lat, Lng: &at.Lng}
			d.wants(fmt.Sprint("visit ", n), n%7, n%7+3, nil).demand.Kind = cadence.HomeVisit
		}
		d.book.Rep.StartLat, d.book.Rep.StartLng = &places[0].Lat, &places[0].Lng
		if d.roads = roads.Table(t.Context(), "EBIKE", places); d.roads == nil {
			t.Fatal("no table")
		}
		d.told(t)
	}
}

func TestCompanions(t *testing.T) {
	supervisor, manager := models.User{ID: key(3), Role: "SUPERVISOR"}, models.User{ID: key(4), Role: "MANAGER"}
	first, second := models.User{ID: key(5), Role: "EXPERT"}, models.User{ID: key(6), Role: "EXPERT"}
	names := func(u models.User) *models.PlanItem { return &models.PlanItem{ExpertID: &u.ID} }
	all := []models.User{first, manager, second, supervisor}
	for _, test := range []struct {
		name   string
		people []models.User
		role   cadence.Role
		item   *models.PlanItem
		away   *models.User
		want   *models.User
	}{
		{"the first expert", all, cadence.Expert, nil, nil, &first},
		{"the expert the item names", all, cadence.Expert, names(second), nil, &second},
		{"the supervisor before the manager", all, cadence.Manager, nil, nil, &supervisor},
		{"the manager the item names before any supervisor", all, cadence.Manager, names(manager), nil, &manager},
		{"the manager where there is no supervisor", []models.User{first, manager}, cadence.Supervisor, nil, nil, &manager},
		{"somebody named for another role is not meant", all, cadence.Manager, names(second), nil, &supervisor},
		{"the second expert while the first is away", all, cadence.Expert, nil, &first, &second},
		{"the manager while the supervisor is away", all, cadence.Manager, nil, &supervisor, &manager},
		{"the expert the item names, away or not", all, cadence.Expert, names(first), &first, &first},
		{"the only expert, though away: the plan says so", []models.User{first}, cadence.Expert, nil, &first, &first},
		{"nobody", []models.User{first}, cadence.Manager, nil, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := companions(&models.RepBook{Companions: test.people}, []cadence.Role{test.role}, test.item,
				func(u models.User) bool { return test.away == nil || u.ID != test.away.ID })
			if want := test.want; want == nil && len(got) > 0 || want != nil && (len(got) != 1 || got[0] != want.ID) {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}
