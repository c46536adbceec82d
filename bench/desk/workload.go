package main

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"huifang/bench/measure"
	"huifang/care"
	"huifang/models"
)

// workloadTarget and workloadStatements are what a workload of 200 reps may take.
const (
	workloadTarget     = 300 * time.Millisecond
	workloadStatements = 12
)

// read is one thing that desks read; it tells what came.
type read struct {
	name   string
	target time.Duration
	run    func(context.Context) (note string, err error)
}

func measureWorkload(ctx context.Context, d desk) ([]measure.Row, error) {
	var rows []measure.Row
	for _, r := range d.workloadReads() {
		counted, n := models.CountStatements(as(ctx, d.manager))
		var note string
		usage, err := d.timed(func() (err error) {
			atomic.StoreInt64(n, 0)
			note, err = r.run(counted)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", r.name, err)
		}
		row := measure.Within(r.name, r.target, usage, fmt.Sprintf("%s; %d statements", note, *n))
		row.Missed = row.Missed || r.target > 0 && *n > workloadStatements
		rows = append(rows, row)
	}
	return rows, nil
}

func (d desk) workloadReads() []read {
	var all []read
	for _, by := range []care.WorkloadBy{care.ByRep, care.ByTeam, care.ByWeek} {
		all = append(all, read{fmt.Sprintf("workload by %s", by), workloadTarget, func(ctx context.Context) (string, error) {
			w, err := d.service.Workload(ctx, care.WorkloadInput{By: by})
			return fmt.Sprintf("%d rows", len(w.Rows)), err
		}})
	}
	for _, figure := range models.FigureKinds() {
		all = append(all, read{fmt.Sprintf("first page of %s", figure), 0, func(ctx context.Context) (string, error) {
			c, err := d.service.FigureRows(ctx, care.FigureInput{Figure: figure}, care.Page{First: 50})
			return fmt.Sprintf("%d rows in all", c.Total), err
		}})
	}
	return append(all, d.pictures()...)
}

// pictures are what charts and the map show.
func (d desk) pictures() []read {
	first, last := monthOf(today())
	return []read{
		{"load map", 0, func(ctx context.Context) (string, error) {
			rows, err := d.service.LoadMap(ctx, care.LoadMapInput{From: first, To: last})
			return fmt.Sprintf("%d reps × %d days", len(rows), last-first+1), err
		}},
		{"pipeline", 0, func(ctx context.Context) (string, error) {
			weeks, err := d.service.Pipeline(ctx, care.PipelineInput{})
			return fmt.Sprintf("%d weeks", len(weeks)), err
		}},
		{"map", 0, func(ctx context.Context) (string, error) {
			m, err := d.service.MapPoints(ctx, care.PipelineInput{})
			if err != nil {
				return "", err
			}
			text, err := json.Marshal(m)
			return fmt.Sprintf("%d points, %d kB of JSON", len(m.Points), len(text)/1000), err
		}},
		{"figures of the company", 0, func(ctx context.Context) (string, error) {
			f, err := d.service.CompanyFigures(ctx)
			return fmt.Sprintf("%d accounts", f.Accounts), err
		}},
	}
}
