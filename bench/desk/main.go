// Command desk measures what desks read on a company of 200 reps with 20,000 accounts, 60,000 planned contacts in the
// month and 200,000 contacts in the year: see README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"huifang/auth"
	"huifang/bench/measure"
	"huifang/care"
	"huifang/models"
	"huifang/seal"
)

// desk is the company as people at desks meet it, open on one engine.
type desk struct {
	*company
	service *care.Service
	store   *models.Store
	runs    int
}

// reading is something desks read: it measures and returns its rows.
type reading struct {
	name    string
	measure func(context.Context, desk) ([]measure.Row, error)
}

// readings are what this program measures.
func readings() []reading {
	return []reading{{"inbox", measureInbox}, {"move", measureMove}, {"workload", measureWorkload}}
}

// bench is one run of this program.
type bench struct {
	strict  bool
	runs    int
	dir, db string
	keep    bool
	only    string
	which   string
}

func main() {
	var b bench
	flag.BoolVar(&b.strict, "strict", false, "fail when a target is missed")
	flag.IntVar(&b.runs, "runs", 5, "how often each thing is read; the median counts")
	flag.StringVar(&b.dir, "dir", "", "where the SQLite file is made; a temporary directory when left out")
	flag.StringVar(&b.only, "only", "", "measure only the reading of this name")
	flag.StringVar(&b.which, "engine", "", "measure only on this engine: sqlite or mariadb")
	flag.BoolVar(&b.keep, "keep", false, "keep the databases, and print what -db takes to measure on them again")
	flag.StringVar(&b.db, "db", "", "measure on a database that was kept")
	flag.Parse()
	if err := b.main(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench/desk:", err)
		os.Exit(1)
	}
}

func (b bench) main(ctx context.Context) error {
	if b.db != "" {
		return b.on(ctx, strings.Fields(b.db)[0], measure.Parse(b.db))
	}
	if b.dir == "" {
		dir, err := os.MkdirTemp("", "huifang-bench")
		if err != nil {
			return err
		}
		if !b.keep {
			defer os.RemoveAll(dir)
		}
		b.dir = dir
	}
	for _, engine := range measure.Engines() {
		if b.which != "" && b.which != engine {
			continue
		}
		if err := b.engine(ctx, engine); err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
	}
	return nil
}

func (b bench) engine(ctx context.Context, engine string) error {
	began := time.Now()
	db, err := build(ctx, engine, b.dir)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "%s: built in %s\n", engine, measure.Seconds(time.Since(began)))
	if b.keep {
		fmt.Fprintf(os.Stderr, "-db %q\n", db)
		return b.on(ctx, engine, db)
	}
	defer db.Drop(ctx)
	return b.on(ctx, engine, db)
}

// on measures on a database that is built.
func (b bench) on(ctx context.Context, engine string, db *measure.Database) error {
	store, err := db.Open(ctx, now)
	if err != nil {
		return err
	}
	defer store.Close()
	vault, err := seal.New() // the company's notes are empty
	if err != nil {
		return err
	}
	d := desk{company: newCompany().staff(), store: store, service: &care.Service{Store: store, Vault: vault}, runs: b.runs}
	missed := false
	for _, r := range readings() {
		if b.only != "" && b.only != r.name {
			continue
		}
		rows, err := r.measure(ctx, d)
		if err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
		missed = measure.Print(os.Stdout, r.name+", "+engine, rows) || missed
	}
	if missed && b.strict {
		return fmt.Errorf("a target was missed")
	}
	return nil
}

// as is a context in which a user of the company asks.
func as(ctx context.Context, u models.User) context.Context {
	v := auth.Viewer{User: u.ID, Role: auth.Role(u.Role)}
	if u.TeamID != nil {
		v.Team, v.Store = *u.TeamID, *u.StoreID
	}
	return auth.With(ctx, v)
}

// timed reads a thing as often as asked for and tells the median.
func (d desk) timed(read func() error) (measure.Usage, error) {
	if err := read(); err != nil { // the first one warms the caches, as a server in use has them
		return measure.Usage{}, err
	}
	var all []measure.Usage
	for range d.runs {
		u, err := measure.Of(nil, read)
		if err != nil {
			return u, err
		}
		all = append(all, u)
	}
	return measure.MedianUsage(all), nil
}
