package schedule_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"huifang/civil"
	"huifang/schedule"
)

// long is how many seconds the plan gets that others are held against.
var long = flag.Float64("long", 60, "seconds of the longest search")

// book is a rep's four weeks as they are: accounts with calls and visits that come again, hours of theirs, wishes, leave of
// three days, and an expert who comes along now and then.
func book(accounts, stops int, seed uint64) schedule.Problem {
	dice := rand.New(rand.NewPCG(seed, 3))
	home := schedule.Point{Lat: 31.23, Lng: 121.47}
	w := schedule.Worker{ID: "rep", Start: &home, End: &home, Shifts: map[civil.Date][]civil.Window{}}
	for d := monday; d < monday+28; d++ {
		if d.Weekday() != time.Sunday && d != monday+9 && d != monday+10 && d != monday+11 {
			w.Shifts[d] = []civil.Window{{From: 540, To: 720}, {From: 810, To: 1080}}
		}
	}
	p := schedule.Problem{From: monday, To: monday + 27, Workers: []schedule.Worker{w}, CapPerWeek: 2, Frozen: 2,
		Travel: schedule.Haversine{KmPerHour: schedule.EBikeSpeed}, Companions: []schedule.Companion{{ID: "expert", Free: w.Shifts}}}
	for i := range stops {
		p.Stops = append(p.Stops, contact(dice, i, i%accounts, i/accounts, home))
	}
	return p
}

func contact(dice *rand.Rand, i, account, nth int, home schedule.Point) schedule.Stop {
	place := rand.New(rand.NewPCG(uint64(account), 2))
	due := monday + civil.Date(min(27, nth*12+account%12+dice.IntN(4)))
	s := schedule.Stop{ID: fmt.Sprintf("%04d", i), Customer: fmt.Sprint(account), Earliest: due - 2, Due: due, Latest: due + 6, Minutes: 10, Priority: dice.IntN(5)}
	switch dice.IntN(6) {
	case 0:
		s.Preferred = []civil.Window{{From: 600, To: 690}}
	case 1:
		s.Windows = []civil.Window{{From: 540, To: 690}, {From: 900, To: 1080}}
	}
	if (account+nth)%3 > 0 {
		return s
	}
	s.Place = &schedule.Point{Lat: home.Lat + (place.Float64()-0.5)*0.11, Lng: home.Lng + (place.Float64()-0.5)*0.12}
	s.Minutes, s.Series = 40, fmt.Sprint(account)
	if dice.IntN(25) == 0 {
		s.Companions = []int{0}
	}
	return s
}

// within plans for so many seconds.
func within(b testing.TB, p schedule.Problem, seconds float64) schedule.Plan {
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(seconds*float64(time.Second)))
	defer cancel()
	plan, err := schedule.Solve(ctx, p, schedule.Budget{Steps: 1 << 40}, 1)
	if err != nil {
		b.Fatal(err)
	}
	if found := schedule.Check(p, plan); len(found) > 0 {
		b.Fatal(found)
	}
	return plan
}

// BenchmarkAnytime tells how soon a rep's month is good: the first plan, and by how much plans after one and five seconds cost
// more than the one after a long search, in percent.
func BenchmarkAnytime(b *testing.B) {
	for _, size := range [][2]int{{120, 220}, {200, 300}, {300, 400}} {
		b.Run(fmt.Sprintf("%d_accounts_%d_demands", size[0], size[1]), func(b *testing.B) {
			var first time.Duration
			var one, five, shed, travel float64
			for b.Loop() {
				p := book(size[0], size[1], 1)
				began := time.Now()
				if _, err := schedule.Solve(context.Background(), p, schedule.Budget{Steps: -1}, 1); err != nil {
					b.Fatal(err)
				}
				first = time.Since(began)
				best := within(b, p, *long)
				full := float64(schedule.Measure(p, best).Total)
				one = (float64(schedule.Measure(p, within(b, p, 1)).Total)/full - 1) * 100
				five = (float64(schedule.Measure(p, within(b, p, 5)).Total)/full - 1) * 100
				shed, travel = float64(len(best.Shed)), float64(schedule.Measure(p, best).Travel)/100
			}
			b.ReportMetric(float64(first.Microseconds())/1000, "first-ms")
			b.ReportMetric(one, "%-after-1s")
			b.ReportMetric(five, "%-after-5s")
			b.ReportMetric(shed, "shed")
			b.ReportMetric(travel, "travel-min")
		})
	}
}

// BenchmarkCompany plans a hundred reps as one problem.
func BenchmarkCompany(b *testing.B) {
	p := book(1, 0, 1)
	rep := p.Workers[0]
	p.Workers, p.Companions = nil, nil
	for w := range 100 {
		rep.ID = fmt.Sprint("rep ", w)
		p.Workers = append(p.Workers, rep)
		for _, s := range book(200, 300, uint64(w)).Stops {
			s.ID, s.Customer, s.Worker, s.Companions = fmt.Sprint(w, " ", s.ID), fmt.Sprint(w, " ", s.Customer), w, nil
			if s.Series != "" {
				s.Series = s.Customer
			}
			p.Stops = append(p.Stops, s)
		}
	}
	solve(b, p)
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.Sys)/(1<<20), "MiB-from-the-system")
}
