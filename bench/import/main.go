// Command import measures loading a company from its own files: 200 reps, 20,000 accounts and 100,000 orders, the same
// files once more, and the way out and back in again; and twice as many orders, to see what memory does.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"huifang/bench/measure"
)

// target is how long the import of the smaller files may take.
const target = time.Minute

// bench is one run of this program.
type bench struct {
	strict         bool
	reps, accounts int
	orders         int
	runs           int
	dir            string
	child, db      string
	profile        string
}

func main() {
	var b bench
	flag.BoolVar(&b.strict, "strict", false, "fail when a target is missed")
	flag.IntVar(&b.reps, "reps", 200, "reps of the company")
	flag.IntVar(&b.accounts, "accounts", 20_000, "accounts of the company")
	flag.IntVar(&b.orders, "orders", 100_000, "orders of the smaller file; the larger has twice as many")
	flag.IntVar(&b.runs, "runs", 3, "how often the smaller files are imported; the larger are imported once")
	flag.StringVar(&b.dir, "dir", "", "where files are made; a temporary one when left out")
	flag.StringVar(&b.profile, "profile", "", "write a CPU profile of the child processes to files of this name")
	flag.StringVar(&b.child, "child", "", "")
	flag.StringVar(&b.db, "db", "", "")
	flag.Parse()
	if err := b.main(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench/import:", err)
		os.Exit(1)
	}
}

func (b bench) main(ctx context.Context) error {
	if b.child != "" {
		return b.answer(ctx)
	}
	if b.dir == "" {
		dir, err := os.MkdirTemp("", "huifang-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		b.dir = dir
	}
	small, large := filepath.Join(b.dir, "small"), filepath.Join(b.dir, "large")
	for dir, orders := range map[string]int{small: b.orders, large: 2 * b.orders} {
		if err := write(dir, size{reps: b.reps, accounts: b.accounts, orders: orders}); err != nil {
			return err
		}
	}
	missed := false
	for _, engine := range measure.Engines() {
		rows, err := b.engine(ctx, engine, small, large)
		if err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
		missed = measure.Print(os.Stdout, "import, "+engine, rows) || missed
	}
	if missed && b.strict {
		return fmt.Errorf("a target was missed")
	}
	return nil
}

func (b bench) engine(ctx context.Context, engine, small, large string) ([]measure.Row, error) {
	var runs []run
	for range b.runs {
		r, err := b.once(ctx, engine, small)
		if err != nil {
			return nil, err
		}
		runs = append(runs, r)
	}
	twice, err := b.once(ctx, engine, large)
	if err != nil {
		return nil, err
	}
	return b.rows(runs, twice), nil
}

// once imports the files of a folder into a database of their own, by a process of its own.
func (b bench) once(ctx context.Context, engine, dir string) (r run, err error) {
	fmt.Fprintf(os.Stderr, "%s: importing %s\n", engine, filepath.Base(dir))
	db, err := measure.NewDatabase(ctx, engine, b.dir)
	if err != nil {
		return r, err
	}
	defer db.Drop(ctx)
	args := []string{"-child", dir, "-db", db.String()}
	if b.profile != "" {
		args = append(args, "-profile", fmt.Sprintf("%s.%s.%s", b.profile, engine, filepath.Base(dir)))
	}
	return r, measure.Child(ctx, &r, args...)
}

func (b bench) rows(runs []run, twice run) []measure.Row {
	median := func(pick func(run) measure.Usage) measure.Usage {
		var usages []measure.Usage
		for _, r := range runs {
			usages = append(usages, pick(r))
		}
		return measure.MedianUsage(usages)
	}
	what := func(orders int) string {
		return fmt.Sprintf("%d reps, %d accounts, %d orders", b.reps, b.accounts, orders)
	}
	first := median(func(r run) measure.Usage { return r.First })
	return []measure.Row{
		measure.Within(what(b.orders), target, first, fmt.Sprintf("median of %d runs; %d lines of orders", b.runs, runs[0].Lines)),
		measure.Within("… the same files again: nothing changes", 0, median(func(r run) measure.Usage { return r.Again }), ""),
		measure.Within("… exported", 0, median(func(r run) measure.Usage { return r.Out }), ""),
		measure.Within("… and imported from what was exported: nothing changes", 0, median(func(r run) measure.Usage { return r.Back }), ""),
		measure.Within(what(2*b.orders), 0, twice.First, fmt.Sprintf("%d lines of orders; %+d MiB against half of it", twice.Lines, (twice.First.Peak-first.Peak)>>20)),
	}
}
