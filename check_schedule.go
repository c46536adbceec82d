package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"huifang/care"
	"huifang/schedule/classic"
	"huifang/schedule/search"
)

// checkScheduleCmd is `huifang check schedule`.
type checkScheduleCmd struct {
	File    string    `arg:"" help:"A problem in the format of Cordeau (periodic, several depots, time windows), of Solomon, or a matrix with time windows (Dumas)." type:"existingfile"`
	Seconds []float64 `help:"How long to search: one row for each." default:"1" placeholder:"S"`
	Seeds   int       `help:"How many searches in each row." default:"5"`
	Cores   int       `help:"How many cores to use; the search has two threads." default:"2"`
	Best    float64   `help:"The best known cost, for the gap. Left out, it is taken from the last column of best_known.csv beside the file, if that names it." placeholder:"COST"`
	JSON    bool      `name:"json" help:"Print one JSON document, with the routes of the best solution."`
}

// scheduleReport is what was found.
type scheduleReport struct {
	File      string        `json:"file"`
	Customers int           `json:"customers"`
	Days      int           `json:"days"`
	Vehicles  int           `json:"vehicles"`
	Windows   bool          `json:"windows"`
	Best      float64       `json:"bestKnown,omitempty"`
	Rows      []scheduleRow `json:"rows"`
	Routes    []routeReport `json:"routes"`
	best      classic.Solution
}

// scheduleRow is all searches of one length.
type scheduleRow struct {
	Seconds  float64       `json:"seconds"`
	Runs     []scheduleRun `json:"runs"`
	Mean     *float64      `json:"mean"` // nil unless every search found a solution
	Gap      *float64      `json:"gapPercent,omitempty"`
	Verified bool          `json:"verified"`
}

type scheduleRun struct {
	Seed uint64   `json:"seed"`
	Cost *float64 `json:"cost"` // nil when nothing within the limits was found
	Took float64  `json:"tookSeconds"`
}

type routeReport struct {
	Day   int   `json:"day"`   // or depot, from 1
	Nodes []int `json:"nodes"` // as the file numbers them; a matrix from 0
}

// Run solves the file as often as asked and prints what it cost; each solution is verified from the numbers of the file.
func (c *checkScheduleCmd) Run(ctx context.Context, t *terminal) error {
	if err := c.validate(); err != nil {
		return err
	}
	p, best, err := c.read()
	if err != nil {
		return err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(c.Cores))
	r := scheduleReport{File: filepath.Base(c.File), Days: len(p.Days), Vehicles: p.Vehicles, Windows: p.Windows, Best: best}
	for _, n := range p.Nodes {
		if len(n.Combinations) > 0 {
			r.Customers++
		}
	}
	for _, seconds := range c.Seconds {
		row, err := c.row(ctx, &p, seconds, &r)
		if err != nil {
			return err
		}
		r.Rows = append(r.Rows, row)
	}
	for _, route := range r.best.Routes {
		out := routeReport{Day: route.Day + 1}
		for _, n := range route.Nodes {
			out.Nodes = append(out.Nodes, p.Nodes[n].Number)
		}
		r.Routes = append(r.Routes, out)
	}
	return c.print(t, r)
}

func (c *checkScheduleCmd) validate() error {
	for _, s := range c.Seconds {
		if !(s > 0 && s <= 86400) {
			return care.Invalid("--seconds", "%g: choose more than 0 and at most 86400", s)
		}
	}
	switch {
	case c.Seeds < 1 || c.Seeds > 1000:
		return care.Invalid("--seeds", "%d: choose 1 to 1000", c.Seeds)
	case c.Cores < 1 || c.Cores > 1024:
		return care.Invalid("--cores", "%d: choose 1 to 1024", c.Cores)
	case c.Best < 0 || math.IsInf(c.Best, 0) || math.IsNaN(c.Best):
		return care.Invalid("--best", "%g: choose a cost above 0", c.Best)
	}
	return nil
}

func (c *checkScheduleCmd) read() (classic.Problem, float64, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return classic.Problem{}, 0, err
	}
	defer f.Close()
	p, err := classic.Read(f)
	if errors.Is(err, classic.ErrFile) {
		return p, 0, care.Invalid(filepath.Base(c.File), "%s", err)
	}
	best := c.Best
	if best == 0 && err == nil {
		best, err = bestKnown(c.File)
	}
	return p, best, err
}

// bestKnown looks a file up in the table beside it; 0 for none.
func bestKnown(file string) (float64, error) {
	table := filepath.Join(filepath.Dir(file), "best_known.csv")
	f, err := os.Open(table)
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	defer f.Close()
	in := csv.NewReader(f)
	in.FieldsPerRecord = -1
	rows, err := in.ReadAll()
	if err != nil {
		return 0, care.Invalid(filepath.Base(table), "%s", err)
	}
	for _, row := range rows {
		if row[0] == filepath.Base(file) {
			if v, err := strconv.ParseFloat(row[len(row)-1], 64); err == nil && v > 0 {
				return v, nil
			}
		}
	}
	return 0, nil
}

// row searches once with every seed.
func (c *checkScheduleCmd) row(ctx context.Context, p *classic.Problem, seconds float64, r *scheduleReport) (scheduleRow, error) {
	row, sum, found := scheduleRow{Seconds: seconds, Verified: true}, 0.0, 0
	for seed := range uint64(c.Seeds) {
		run := scheduleRun{Seed: seed + 1}
		began := time.Now()
		limit, cancel := context.WithTimeout(ctx, time.Duration(seconds*float64(time.Second)))
		s, ok := classic.Solve(limit, p, search.Budget{}, run.Seed)
		cancel()
		if ctx.Err() != nil {
			return row, fmt.Errorf("stopped: %w", ctx.Err())
		}
		run.Took = math.Round(time.Since(began).Seconds()*1000) / 1000
		if ok {
			if err := classic.Verify(p, s); err != nil {
				return row, fmt.Errorf("%s, seed %d: the solution breaks the rules, please report it: %w", r.File, run.Seed, err)
			}
			cost := math.Round(s.Cost*1e6) / 1e6
			run.Cost, sum, found = &cost, sum+s.Cost, found+1
			if r.best.Routes == nil || s.Cost < r.best.Cost {
				r.best = s
			}
		}
		row.Runs = append(row.Runs, run)
	}
	if row.Verified = found > 0; found == c.Seeds {
		mean := math.Round(sum/float64(found)*1e6) / 1e6
		row.Mean = &mean
		if r.Best > 0 {
			gap := classic.Gap(mean, r.Best)
			row.Gap = &gap
		}
	}
	return row, nil
}

func (c *checkScheduleCmd) print(t *terminal, r scheduleReport) error {
	if c.JSON {
		out := json.NewEncoder(t.out)
		out.SetIndent("", "  ")
		return out.Encode(r)
	}
	fmt.Fprintf(t.out, "%s: %d customers, %d days or depots, %d vehicles\n", r.File, r.Customers, r.Days, r.Vehicles)
	if r.Best > 0 {
		fmt.Fprintf(t.out, "best known: %.2f\n", r.Best)
	}
	for _, row := range r.Rows {
		fmt.Fprintf(t.out, "%g s:", row.Seconds)
		for _, run := range row.Runs {
			if run.Cost == nil {
				fmt.Fprint(t.out, " none")
			} else {
				fmt.Fprintf(t.out, " %.2f", *run.Cost)
			}
		}
		switch {
		case row.Gap != nil:
			fmt.Fprintf(t.out, "; mean %.2f, gap %+.3f %%, verified\n", *row.Mean, *row.Gap)
		case row.Mean != nil:
			fmt.Fprintf(t.out, "; mean %.2f, verified\n", *row.Mean)
		default:
			fmt.Fprintln(t.out, "; no solution within the limits by some searches: give them more seconds")
		}
	}
	return nil
}
