// Package schedule_test measures the planner; see README.md.
package schedule_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"huifang/civil"
	"huifang/schedule"
)

var monday = civil.Must("2026-03-02")

// month is a rep's four weeks: a third visits around the rep's start, the rest calls, of accounts in a town 12 km wide.
func month(stops int, seed uint64) schedule.Problem {
	dice := rand.New(rand.NewPCG(seed, 1))
	home := schedule.Point{Lat: 31.23, Lng: 121.47}
	w := schedule.Worker{ID: "rep", Start: &home, End: &home, Shifts: map[civil.Date][]civil.Window{}}
	for d := monday; d < monday+28; d++ {
		if d.Weekday() != time.Sunday {
			w.Shifts[d] = []civil.Window{{From: 540, To: 720}, {From: 810, To: 1080}}
		}
	}
	p := schedule.Problem{From: monday, To: monday + 27, Workers: []schedule.Worker{w}, Travel: schedule.Haversine{KmPerHour: schedule.EBikeSpeed}}
	for i := range stops {
		p.Stops = append(p.Stops, stop(dice, i, stops/4+1, home))
	}
	return p
}

func stop(dice *rand.Rand, i, accounts int, home schedule.Point) schedule.Stop {
	account := i % accounts
	place := rand.New(rand.NewPCG(uint64(account), 2))
	due := monday + civil.Date(i/accounts*7+dice.IntN(7))
	s := schedule.Stop{ID: fmt.Sprintf("%04d", i), Customer: fmt.Sprint(account), Earliest: due - 2, Due: due, Latest: due + 5, Minutes: 10, Priority: dice.IntN(5)}
	if dice.IntN(4) == 0 {
		s.Preferred = []civil.Window{{From: 600, To: 690}}
	}
	if i%3 > 0 {
		return s
	}
	s.Place = &schedule.Point{Lat: home.Lat + (place.Float64()-0.5)*0.11, Lng: home.Lng + (place.Float64()-0.5)*0.12}
	s.Minutes, s.Series = 45, fmt.Sprint(account)
	if dice.IntN(5) == 0 {
		s.Windows = []civil.Window{{From: 840, To: 1020}}
	}
	return s
}

func BenchmarkSolve(b *testing.B) {
	for _, stops := range []int{200, 400, 600} {
		b.Run(fmt.Sprint(stops), func(b *testing.B) { solve(b, month(stops, 1)) })
	}
}

// BenchmarkTeam plans five reps who share an expert as one problem.
func BenchmarkTeam(b *testing.B) {
	p := month(0, 1)
	rep := p.Workers[0]
	p.Workers, p.Companions = nil, []schedule.Companion{{ID: "expert", Free: rep.Shifts}}
	for w := range 5 {
		rep.ID = fmt.Sprint("rep ", w)
		p.Workers = append(p.Workers, rep)
		for i, s := range month(200, uint64(w)).Stops {
			s.ID, s.Customer, s.Worker = fmt.Sprint(w, " ", s.ID), fmt.Sprint(w, " ", s.Customer), w
			if i%20 == 0 {
				s.Companions = []int{0}
			}
			p.Stops = append(p.Stops, s)
		}
	}
	solve(b, p)
}

// BenchmarkReplan plans again with one urgent visit more.
func BenchmarkReplan(b *testing.B) {
	p := month(400, 1)
	plan, err := schedule.Solve(context.Background(), p, schedule.Budget{}, 1)
	if err != nil {
		b.Fatal(err)
	}
	for _, v := range plan.Visits {
		start := v.Start
		p.Stops[v.Stop].Was = &schedule.Moment{Day: v.Day, At: &start}
	}
	urgent := p.Stops[0]
	urgent.ID, urgent.Customer, urgent.Urgent, urgent.Was = "urgent", "new", true, nil
	urgent.Earliest, urgent.Due, urgent.Latest = monday, monday, monday+1
	p.Stops = append(p.Stops, urgent)
	solve(b, p)
}

func solve(b *testing.B, p schedule.Problem) {
	var plan schedule.Plan
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if plan, err = schedule.Solve(context.Background(), p, schedule.Budget{}, 1); err != nil {
			b.Fatal(err)
		}
	}
	travel, late, moved := 0, 0, 0
	for _, v := range plan.Visits {
		travel += v.Travel
		late += max(0, int(v.Day-p.Stops[v.Stop].Due))
		if was := p.Stops[v.Stop].Was; was != nil && was.Day != v.Day {
			moved++
		}
	}
	b.ReportMetric(float64(len(plan.Shed)), "shed")
	b.ReportMetric(float64(travel), "travel-min")
	b.ReportMetric(float64(late), "late-days")
	b.ReportMetric(float64(moved), "moved")
	if found := schedule.Check(p, plan); len(found) > 0 {
		b.Fatal(found)
	}
}
