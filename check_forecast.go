package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"huifang/care"
	"huifang/forecast/backtest"
	"huifang/sheets"
)

// checkCmd is `huifang check`: how well forecast and schedule do on data of yours. It opens no database.
type checkCmd struct {
	Forecast checkForecastCmd `cmd:"" help:"Back-test the forecast on a file of purchases, beside BG/NBD and MBG/NBD."`
	Schedule checkScheduleCmd `cmd:"" help:"Solve a routing problem of the literature with the search that plans reps' days."`
}

// checkForecastCmd is `huifang check forecast`.
type checkForecastCmd struct {
	File string   `arg:"" help:"CSV with the columns customer_id and date, and days_supply if it is known." type:"existingfile"`
	Cut  []string `help:"Days up to which purchases are known to the models, 90 days before the last one at the latest; five are chosen when left out." placeholder:"DATE"`
	JSON bool     `name:"json" help:"Print one JSON document."`
	Lang string   `help:"Language of the report." enum:"zh,en" default:"en" env:"HUIFANG_LANG"`
}

// Run reads the file, lets all forecasters foretell what it holds, and prints how well each did.
func (c *checkForecastCmd) Run(ctx context.Context, t *terminal) error {
	file, err := c.read()
	if err != nil {
		return c.told(filepath.Base(c.File), err)
	}
	cuts, err := file.Cuts()
	if len(c.Cut) > 0 {
		cuts, err = file.CutsAt(c.Cut)
	}
	if err != nil {
		return c.told("--cut", err)
	}
	began := time.Now()
	results, err := unlessStopped(ctx, func() ([]backtest.Result, error) {
		return backtest.Run(file.Histories, cuts, backtest.Forecasters(), func() time.Duration { return time.Since(began) })
	})
	if err != nil {
		return err
	}
	return c.print(t, backtest.NewReport(filepath.Base(c.File), file, cuts, results, c.Lang))
}

func (c *checkForecastCmd) read() (backtest.File, error) {
	f, err := os.Open(c.File)
	if err != nil {
		return backtest.File{}, err
	}
	defer f.Close()
	return backtest.Read(f)
}

// told is a fault of the input in the language asked for; other errors stay as they are.
func (c *checkForecastCmd) told(field string, err error) error {
	var problem *sheets.Problem
	var fault *sheets.Fault
	switch {
	case errors.As(err, &problem):
		return care.Invalid(field, "%s", problem.In(c.Lang))
	case errors.As(err, &fault):
		return care.Invalid(field, "%s", fault.Words.In(c.Lang))
	}
	return err
}

func (c *checkForecastCmd) print(t *terminal, r backtest.Report) error {
	if !c.JSON {
		r.Print(t.out, c.Lang)
		return nil
	}
	out := json.NewEncoder(t.out)
	out.SetIndent("", "  ")
	return out.Encode(r)
}

// unlessStopped waits for work that knows no context, but not after Ctrl+C: the process ends then, and the work with it.
func unlessStopped[T any](ctx context.Context, work func() (T, error)) (T, error) {
	type outcome struct {
		got T
		err error
	}
	done := make(chan outcome, 1)
	go func() {
		got, err := work()
		done <- outcome{got, err}
	}()
	select {
	case o := <-done:
		return o.got, o.err
	case <-ctx.Done():
		var nothing T
		return nothing, fmt.Errorf("stopped: %w", ctx.Err())
	}
}
