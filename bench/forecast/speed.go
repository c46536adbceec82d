package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strconv"
	"sync"
	"time"

	"huifang/bench/measure"
	"huifang/civil"
	"huifang/forecast"
)

// The targets, on cores cores.
const (
	fitIn     = time.Second
	projectIn = 20 * time.Second
	memory    = 200 << 20
	cores     = 2
)

// today is the day everything is fitted and projected at.
func today() civil.Date { return civil.Must("2026-03-16") }

// speed fits and projects in processes of their own.
func (b bench) speed(ctx context.Context) ([]measure.Row, error) {
	var fits, projections []measure.Usage
	if err := measure.Child(ctx, &fits, b.args("fit")...); err != nil {
		return nil, err
	}
	if err := measure.Child(ctx, &projections, b.args("project")...); err != nil {
		return nil, err
	}
	fit, project := measure.MedianUsage(fits), measure.MedianUsage(projections)
	return []measure.Row{
		measure.Within(fmt.Sprintf("a fit of %d customers", b.customers), fitIn, fit, fmt.Sprintf("median of %d", b.runs)),
		measure.Below("… memory of the process", memory, fit.Peak, "peak"),
		measure.Within(fmt.Sprintf("%d projections on %d cores", b.project, cores), projectIn, project, fmt.Sprintf("median of %d", b.runs)),
		measure.Below("… memory of the process", memory, project.Peak, "peak, with the purchases"),
	}, nil
}

func (b bench) args(child string) []string {
	return []string{"-child", child, "-customers", strconv.Itoa(b.customers), "-project", strconv.Itoa(b.project), "-runs", strconv.Itoa(b.runs)}
}

// answer measures one thing and prints what each run took.
func (b bench) answer() error {
	runtime.GOMAXPROCS(cores)
	known := customers(b.customers)
	work := func() { forecast.Fit(known, today()) }
	if b.child == "project" {
		model, all := forecast.Fit(known, today()), customers(b.project)
		work = func() { projectAll(model, all) }
	}
	var runs []measure.Usage
	for range b.runs {
		u, err := measure.Of(nil, func() error { work(); return nil })
		if err != nil {
			return err
		}
		runs = append(runs, u)
	}
	return measure.Answer(runs)
}

// projectAll shares the customers out over the cores.
func projectAll(m forecast.Model, all []forecast.History) {
	var work sync.WaitGroup
	for core := range cores {
		work.Go(func() {
			for i := core; i < len(all); i += cores {
				m.Project(all[i], forecast.DefaultRule(), today(), forecast.Unknown, nil)
			}
		})
	}
	work.Wait()
}

// customers makes buyers of two years: packs of 30, 60 or 90 days, one to three at a time, used up faster or slower, now and then
// not bought anew at once; some drop out. The same number gives the same customers.
func customers(n int) []forecast.History {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	all := make([]forecast.History, n)
	for i := range all {
		all[i] = customer(random)
	}
	return all
}

func customer(random *rand.Rand) (h forecast.History) {
	usage, leaves := math.Exp(.3*random.NormFloat64()), .2*random.Float64()
	for day := today() - civil.Date(random.IntN(730)); day <= today(); {
		supply := 30 * (1 + random.IntN(3)) * (1 + random.IntN(3))
		h.Purchases = append(h.Purchases, forecast.Purchase{Day: day, Supply: supply})
		if random.Float64() < leaves {
			return h
		}
		gap := float64(supply) * usage * math.Exp(.2*random.NormFloat64())
		if random.Float64() < .06 {
			gap *= 2
		}
		day += civil.Date(max(1, gap))
	}
	return h
}
