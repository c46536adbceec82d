package schedule

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"huifang/civil"
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
		s.Fixed = &Fixed{Day: monday + civil.Date(day.Draw(t, "fixed"))}
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
	out, err := Solve(context.Background(), p, Budget{Iterations: 200}, seed)
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
		day := v.Day
		p.Stops[v.Stop].Was = &day
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
		s.keep()
		s.improve(s.put(), 100, 1)
		s.settle()
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

// TestCostIsKept recomputes what the solver adds up step by step.
func TestCostIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := draw(t)
		s := newSolver(context.Background(), newModel(&p))
		s.keep()
		s.improve(s.put(), 100, 1)
		s.settle()
		got := s.cost
		want := int64(0)
		for crew := range s.plans {
			for _, d := range s.plans[crew] {
				want += d.cost
			}
		}
		for i := range s.stops {
			if s.at[i] >= 0 && s.stops[i].fixed == nil {
				want += s.dayCost(i, s.at[i]) - s.stops[i].shed
			}
		}
		if want += s.unevenness(); got != want {
			t.Fatalf("kept %d, recomputed %d", got, want)
		}
	})
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

// unevenness counts every series from its fixed stops on, as the solver does.
func (s *solver) unevenness() int64 {
	sum := 0
	for _, of := range s.series {
		sum += s.gaps(of, func(i int) bool { return s.at[i] >= 0 })
		sum -= s.gaps(of, func(i int) bool { return s.at[i] >= 0 && s.stops[i].fixed != nil })
	}
	return s.weights.spacing * int64(sum)
}

func (s *solver) gaps(of []int, counts func(int) bool) int {
	sum, last := 0, -1
	for _, i := range of {
		if !counts(i) {
			continue
		}
		if last >= 0 {
			sum += s.uneven(last, s.at[last], i, s.at[i])
		}
		last = i
	}
	return sum
}
