package schedule

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/civil"
	"huifang/schedule/search"
)

// draw makes a small, crowded problem with every feature on.
func draw(t *rapid.T) Problem {
	days := rapid.IntRange(1, 8).Draw(t, "days")
	p := Problem{From: monday, To: monday + civil.Date(days) - 1, Travel: line{}}
	for i := range rapid.IntRange(1, 3).Draw(t, "workers") {
		p.Workers = append(p.Workers, Worker{ID: fmt.Sprint("w", i), Start: drawPlace(t), End: drawPlace(t), Shifts: drawCalendar(t, days)})
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "companions") {
		p.Companions = append(p.Companions, Companion{ID: fmt.Sprint("c", i), Free: drawCalendar(t, days)})
	}
	for i := range rapid.IntRange(0, 24).Draw(t, "stops") {
		p.Stops = append(p.Stops, drawStop(t, p, days, i))
	}
	p.CapPerWeek = rapid.IntRange(0, 3).Draw(t, "cap")
	p.Frozen = rapid.IntRange(0, 3).Draw(t, "frozen")
	p.Contacts = drawContacts(t, days)
	return p
}

func drawContacts(t *rapid.T, days int) map[string][]civil.Date {
	out := map[string][]civil.Date{}
	for _, customer := range []string{"x", "y", "s03", "a customer without stops"} {
		for range rapid.IntRange(0, 3).Draw(t, "contacts") {
			out[customer] = append(out[customer], monday+civil.Date(rapid.IntRange(-8, days+8).Draw(t, "contact")))
		}
	}
	return out
}

func drawPlace(t *rapid.T) *Point {
	if rapid.IntRange(0, 2).Draw(t, "nowhere") == 0 {
		return nil
	}
	return at(rapid.IntRange(0, 90).Draw(t, "place"))
}

func drawCalendar(t *rapid.T, days int) map[civil.Date][]civil.Window {
	out := map[civil.Date][]civil.Window{}
	for d := range days {
		if rapid.IntRange(0, 5).Draw(t, "off") > 0 {
			out[monday+civil.Date(d)] = drawWindows(t)
		}
	}
	return out
}

func drawWindows(t *rapid.T) []civil.Window {
	kinds := []string{"09:00-17:00", "09:00-12:00 13:00-18:00", "08:00-10:00 10:00-12:00 15:00-16:30", "14:00-20:00"}
	return hours(rapid.SampledFrom(kinds).Draw(t, "windows"))
}

func drawStop(t *rapid.T, p Problem, days, i int) Stop {
	day := rapid.IntRange(-2, days+1)
	bounds := []int{day.Draw(t, "a"), day.Draw(t, "b")}
	slices.Sort(bounds)
	s := call(fmt.Sprintf("s%02d", i), bounds[0], day.Draw(t, "due"), bounds[1])
	s.Place = drawPlace(t)
	s.Minutes = rapid.SampledFrom([]int{10, 30, 45, 60, 120, 200}).Draw(t, "minutes")
	s.Customer = rapid.SampledFrom([]string{"", "x", "y", "z", s.ID, s.ID, s.ID}).Draw(t, "customer")
	s.Series = rapid.SampledFrom([]string{"", "", "k", "l"}).Draw(t, "series")
	for range rapid.IntRange(0, 6).Draw(t, "some days") / 4 {
		s.Days = append(s.Days, monday+civil.Date(day.Draw(t, "only")))
	}
	s.Worker = rapid.IntRange(0, len(p.Workers)-1).Draw(t, "worker")
	s.Priority = rapid.IntRange(0, 4).Draw(t, "priority")
	s.Urgent = rapid.IntRange(0, 7).Draw(t, "urgent") == 0
	if rapid.IntRange(0, 2).Draw(t, "hours") == 0 {
		s.Windows = drawWindows(t)
	}
	if rapid.IntRange(0, 2).Draw(t, "prefers") == 0 {
		s.Preferred = drawWindows(t)
	}
	if len(p.Companions) > 0 && rapid.IntRange(0, 2).Draw(t, "joint") == 0 {
		s.Companions = []int{rapid.IntRange(0, len(p.Companions)-1).Draw(t, "companion"), 0}
	}
	switch rapid.IntRange(0, 5).Draw(t, "bound") {
	case 0:
		s.Fixed = &Moment{Day: monday + civil.Date(day.Draw(t, "fixed"))}
		if rapid.Bool().Draw(t, "minute") {
			m := civil.Minute(rapid.IntRange(0, 1439).Draw(t, "at"))
			s.Fixed.At = &m
		}
	case 1, 2:
		s = was(s, day.Draw(t, "was"))
	}
	return s
}

func plan(t interface{ Fatal(...any) }, p Problem, seed uint64) Plan {
	out, err := Solve(context.Background(), p, Budget{Steps: 200}, seed)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestEveryPlanKeepsEveryRule(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		if found := Check(p, plan(t, p, 1)); len(found) > 0 {
			t.Fatalf("%v", found)
		}
	})
}

// again is the problem a replan meets: every stop Was where the plan put it.
func again(p Problem, plan Plan) Problem {
	p.Stops = slices.Clone(p.Stops)
	for i := range p.Stops {
		p.Stops[i].Was = nil
	}
	for _, v := range plan.Visits {
		start := v.Start
		p.Stops[v.Stop].Was = &Moment{Day: v.Day, At: &start}
	}
	return p
}

func TestReplanOfTheSameFactsChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		first := plan(t, p, 1)
		if diff := cmp.Diff(first, plan(t, again(p, first), 2)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestOrderOfTheInputDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		q := p
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)).Perm(len(p.Stops))
		q.Stops = nil
		for _, i := range order {
			q.Stops = append(q.Stops, p.Stops[i])
		}
		if diff := cmp.Diff(tell(p, plan(t, p, 1)), tell(q, plan(t, q, 1))); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestSameSeedSamePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		if diff := cmp.Diff(plan(t, p, 7), plan(t, p, 7)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestTheCapIsSharedByRank: no stop is shed for the cap where taking off one that costs less to shed would let it in on time.
func TestTheCapIsSharedByRank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		s := newSolver(context.Background(), newModel(&p))
		s.solve(Budget{Steps: 100}, 1)
		for _, shed := range s.shed() {
			if shed.Reason == WeeklyCap {
				s.wantNoLesserAlone(t, slices.IndexFunc(s.stops, func(st stop) bool { return st.number == shed.Stop }))
			}
		}
	})
}

// wantNoLesserAlone takes each less important stop of the customer off and tries to put a shed one in its place.
func (s *solver) wantNoLesserAlone(t *rapid.T, i int) {
	for _, j := range s.of[s.stops[i].customer] {
		s.log = s.log[:0]
		if lesser := j > i && s.at[j] >= 0 && s.stops[j].shed < s.stops[i].shed; lesser && s.leave(j) && s.direct(i) && !s.late(i) {
			t.Fatalf("stop %s is shed for the cap, %s is not", s.stops[i].id, s.stops[j].id)
		}
		s.rollback(0)
	}
}

// TestCostIsKept holds what the solver adds up step by step, and what the search does, against Measure.
func TestCostIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		for _, part := range p.split() {
			s := newSolver(context.Background(), newModel(&part.problem))
			s.solve(Budget{Steps: 100}, 1)
			all := int64(0)
			for i := range s.stops {
				if st := &s.stops[i]; st.fixed == nil {
					all += st.shed
				}
			}
			if got, want := s.cost+all, Measure(part.problem, s.plan()).Total; got != want {
				t.Fatalf("kept %d, measured %d", got, want)
			}
		}
	})
}

func TestTheSearchCountsAsTheSolverDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		s := newSolver(context.Background(), newModel(&p))
		s.keep()
		s.put()
		s.atlas.fill()
		problem, with := s.searched(), s.searcher()
		// Improve measures the start before it takes a step.
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		start := search.Improve(ended, problem, with, s.solution(), search.Budget{}, 1)
		found := search.Improve(context.Background(), problem, with, s.solution(), search.Budget{Steps: 200}, 1)
		before := s.cost
		s.take(found)
		if got, want := s.cost-before, found.Cost-start.Cost; got != want {
			t.Fatalf("the search says it saves %d, it is %d", -want, -got)
		}
	})
}

func TestMoreStepsAreNeverWorse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		before := int64(-1)
		for _, steps := range []int{-1, 64, 300, 1000} {
			out, err := Solve(context.Background(), p, Budget{Steps: steps}, 1)
			if err != nil {
				t.Fatal(err)
			}
			if cost := Measure(p, out).Total; before >= 0 && cost > before {
				t.Fatalf("%d with %d steps, %d with fewer", cost, steps, before)
			} else {
				before = cost
			}
		}
	})
}

// TestNoPlanIsWorseThanTheOneItStartsFrom: a plan that keeps every rule is kept or made better.
func TestNoPlanIsWorseThanTheOneItStartsFrom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		first := plan(t, p, 1)
		q := again(p, first)
		for i := range q.Stops { // other facts, by which the plan still stands
			if q.Stops[i].Fixed == nil && rapid.IntRange(0, 3).Draw(t, "other priority") == 0 {
				q.Stops[i].Priority = rapid.IntRange(0, 9).Draw(t, "priority")
			}
		}
		if len(Check(q, first)) > 0 {
			return
		}
		if got, given := Measure(q, plan(t, q, 2)).Total, Measure(q, first).Total; got > given {
			t.Fatalf("%d, started from %d", got, given)
		}
	})
}

func TestWorkersWhoShareNothingArePlannedAsIfAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		whole := newSolver(context.Background(), newModel(&p))
		whole.keep()
		whole.put()
		whole.settle()
		parts := p.join(p.split(), func(part *Problem) Plan {
			s := newSolver(context.Background(), newModel(part))
			s.keep()
			s.put()
			s.settle()
			return s.plan()
		})
		together := whole.plan()
		p.sort(&together)
		if diff := cmp.Diff(together, parts); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAnyNumberOfCoresGivesTheSamePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		many := plan(t, p, 1)
		cores := runtime.GOMAXPROCS(1)
		one := plan(t, p, 1)
		runtime.GOMAXPROCS(cores)
		if diff := cmp.Diff(many, one); diff != "" {
			t.Fatal(diff)
		}
	})
}

// TestWhatWouldMakeRoomDoes follows each advice and looks whether the stop has a place then.
func TestWhatWouldMakeRoomDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		out := plan(t, p, 1)
		for _, shed := range out.Shed {
			for _, room := range shed.Room {
				followAdvice(t, p, out, shed.Stop, room)
			}
		}
	})
}

func followAdvice(t *rapid.T, p Problem, out Plan, stop int, room Room) {
	q := again(p, out)
	s := &q.Stops[stop]
	switch room.Way {
	case WayLater:
		s.Earliest, s.Latest, s.Days = room.Day, room.Day, nil
	case WaySwap:
		other := &q.Stops[room.Stop]
		if room.Day < s.Earliest || room.Day > s.Latest || q.compareRank(s, other) > 0 {
			t.Fatalf("%v is no swap for stop %d", room, stop)
		}
		other.Earliest, other.Due, other.Latest, other.Was = p.To+9, p.To+9, p.To+9, nil
	case WayJoin:
		if a, b := s.Customer, q.Stops[room.Stop].Customer; a != b || a == "" {
			t.Fatalf("%v joins customers %q and %q", room, a, b)
		}
		return
	}
	for _, v := range plan(t, q, 1).Visits {
		if v.Stop == stop {
			return
		}
	}
	t.Fatalf("stop %d has no place with %v", stop, room)
}

// TestWhatFitsFits holds the constant-time test of a place in a route against the whole day worked out anew.
func TestWhatFitsFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		s := newSolver(context.Background(), newModel(&p))
		s.keep()
		for i := range s.stops {
			for on := 0; on < s.days && s.stops[i].fixed == nil && s.at[i] < 0; on++ {
				s.tryEveryPlace(t, i, on)
			}
		}
	})
}

func (s *solver) tryEveryPlace(t *rapid.T, i, on int) {
	w := &s.workers[s.stops[i].worker]
	d := s.plans[w.crew][on]
	r := d.routes[w.seat]
	spans := s.allowed(d, i)
	for at := range len(r.seq) + 1 {
		found, fits := s.fit(r, at, &s.stops[i], spans)
		if !fits {
			continue
		}
		if s.inserted(r, i, found) == nil {
			t.Fatalf("stop %s was said to fit into day %d at %d", s.stops[i].id, on, at)
		}
	}
}
