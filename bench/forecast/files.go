package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"huifang/bench/measure"
	"huifang/civil"
	"huifang/forecast/backtest"
)

// cutsOf are the cut-offs of the files that are always measured; for all others the program chooses.
func cutsOf(file string) []string {
	switch filepath.Base(file) {
	case "online_retail_ii.csv":
		return []string{"2010-09-10", "2010-12-09", "2011-03-10", "2011-06-10", "2011-09-09"}
	case "cdnow_sample.csv":
		return []string{"1997-09-30", "1997-12-31", "1998-03-31"}
	case "refill_synthetic.csv":
		return []string{"2021-06-01", "2021-09-01", "2021-12-01", "2022-03-01"}
	}
	return nil
}

// check plays the forecast back on a file and tells the most memory the program held.
func (b bench) check(ctx context.Context, file string) (r backtest.Report, peak int64, err error) {
	args := []string{"check", "forecast", file, "--json", "--lang", "en"}
	if cuts := cutsOf(file); len(cuts) > 0 {
		args = append(args, "--cut", strings.Join(cuts, ","))
	}
	var out bytes.Buffer
	cmd := exec.CommandContext(ctx, b.binary, args...)
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	if err := cmd.Run(); err != nil {
		return r, 0, err
	}
	if used, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		peak = used.Maxrss << 10
	}
	return r, peak, json.Unmarshal(out.Bytes(), &r)
}

// printReport writes a file's figures as RESULTS.md has them.
func printReport(w io.Writer, r backtest.Report, peak int64) {
	fmt.Fprintf(w, "\n### %s\n\n%d purchases of %d customers, %s to %s, %d with days of supply; cut-offs %s. Peak of memory %s.\n\n",
		r.File, r.Purchases, r.Customers, r.From, r.To, r.Supplied, days(r.Cuts), measure.MiB(peak))
	fmt.Fprintln(w, "| model | accuracy | log-loss | Brier | ECE | ≤ 30 | ≤ 60 | ≤ 90 | active: customers | log-loss | accuracy | ECE | fit | score |")
	fmt.Fprintln(w, "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
	for _, l := range r.Results {
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", l.Name, all(l.All), active(l.Active), seconds(l))
	}
	fmt.Fprintf(w, "\nBest by log-loss: %s. %s\n", r.Best, worse(r))
	for _, l := range r.Results {
		if l.Failed != "" {
			fmt.Fprintf(w, "%s: %s.\n", l.Name, l.Failed)
		}
	}
}

func days(cuts []civil.Date) string {
	var out []string
	for _, c := range cuts {
		out = append(out, c.String())
	}
	return strings.Join(out, ", ")
}

func all(s *backtest.Score) string {
	if s == nil {
		return "— | — | — | — | — | — | —"
	}
	return fmt.Sprintf("%.4f | %.4f | %.4f | %.4f | %.4f | %.4f | %.4f", s.Accuracy, s.LogLoss, s.Brier, s.MeanECE, s.ECE[0], s.ECE[1], s.ECE[2])
}

func active(s *backtest.Score) string {
	if s == nil {
		return "— | — | — | —"
	}
	return fmt.Sprintf("%d | %.4f | %.4f | %.4f", s.Customers, s.LogLoss, s.Accuracy, s.MeanECE)
}

func seconds(l backtest.Line) string {
	if l.All == nil {
		return "— | —"
	}
	return fmt.Sprintf("%.2f s | %.2f s", l.FitSeconds, l.ScoreSeconds)
}

// worse is one sentence on the grid beside BG/NBD.
func worse(r backtest.Report) string {
	switch {
	case !r.Compared:
		return "There is no BG/NBD to hold the grid against."
	case len(r.Worse) == 0:
		return "The grid is nowhere worse than BG/NBD."
	}
	var out []string
	for _, m := range r.Worse {
		out = append(out, fmt.Sprintf("%s %s (%.4f, BG/NBD %.4f)", m.Part, m.Measure, m.Grid, m.BGNBD))
	}
	return "The grid is worse than BG/NBD in " + strings.Join(out, ", ") + "."
}
