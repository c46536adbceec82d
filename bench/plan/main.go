// Command plan measures planning from the database to the saved plan: one rep with 300 accounts, and a whole company of
// 200 reps with 100 accounts each, once from nothing and once again when nothing has changed; and plans that are only
// reckoned: the effect of a move of 500 accounts, and a dry run of a policy for the company.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"huifang/bench/company"
	"huifang/bench/measure"
	"huifang/civil"
	"huifang/demo"
	"huifang/models"
	"huifang/seal"
)

// The targets.
const (
	oneRep  = time.Second
	allReps = time.Minute
	memory  = 512 << 20
)

// bench is one run of this program.
type bench struct {
	strict                bool
	reps, accounts, large int
	runs                  int
	dir                   string
	only                  string
	child, db, profile    string
}

func main() {
	var b bench
	flag.BoolVar(&b.strict, "strict", false, "fail when a target is missed")
	flag.IntVar(&b.reps, "reps", 200, "reps of the company")
	flag.IntVar(&b.accounts, "accounts", 100, "accounts of each")
	flag.IntVar(&b.large, "large", 300, "accounts of the reps who are planned one by one")
	flag.IntVar(&b.runs, "runs", 3, "how often the company is planned from nothing")
	flag.StringVar(&b.dir, "dir", "", "where SQLite files are made; a temporary one when left out")
	flag.StringVar(&b.profile, "profile", "", "write a CPU profile of the child processes to files of this name")
	flag.StringVar(&b.only, "only", "", "only one part: large, company or whatif")
	flag.StringVar(&b.child, "child", "", "")
	flag.StringVar(&b.db, "db", "", "")
	flag.Parse()
	if err := b.main(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench/plan:", err)
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
	missed := false
	for _, engine := range measure.Engines() {
		rows, err := b.engine(ctx, engine)
		if err != nil {
			return fmt.Errorf("%s: %w", engine, err)
		}
		missed = measure.Print(os.Stdout, "plan, "+engine, rows) || missed
	}
	if missed && b.strict {
		return fmt.Errorf("a target was missed")
	}
	return nil
}

func (b bench) engine(ctx context.Context, engine string) ([]measure.Row, error) {
	var rows []measure.Row
	for _, part := range []struct {
		name    string
		measure func(context.Context, string) ([]measure.Row, error)
	}{{"large", b.measureLarge}, {"company", b.measureCompany}, {"whatif", b.measureWhatIf}} {
		if b.only != "" && b.only != part.name {
			continue
		}
		more, err := part.measure(ctx, engine)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// measureLarge plans eight reps with many accounts one by one.
func (b bench) measureLarge(ctx context.Context, engine string) ([]measure.Row, error) {
	const reps = 8
	db, err := b.load(ctx, engine, reps, b.large)
	if err != nil {
		return nil, err
	}
	defer db.Drop(ctx)
	var made []run
	if err := measure.Child(ctx, &made, b.args("one", engine, db)...); err != nil {
		return nil, err
	}
	u := measure.MedianUsage(usages(made))
	worst := time.Duration(0)
	for _, r := range made {
		worst = max(worst, r.Usage.Wall)
	}
	what := fmt.Sprintf("one rep, %d accounts, four weeks, from nothing", b.large)
	note := fmt.Sprintf("median of %d reps; longest %s; %d contacts planned, %d without room", len(made), measure.Seconds(worst), made[0].Planned, made[0].Shed)
	return []measure.Row{measure.Within(what, oneRep, u, note)}, nil
}

func usages(runs []run) []measure.Usage {
	var out []measure.Usage
	for _, r := range runs {
		out = append(out, r.Usage)
	}
	return out
}

// measureCompany plans everybody from nothing, and again.
func (b bench) measureCompany(ctx context.Context, engine string) ([]measure.Row, error) {
	db, err := b.load(ctx, engine, b.reps, b.accounts)
	if err != nil {
		return nil, err
	}
	defer db.Drop(ctx)
	var first, again []run
	for range b.runs {
		if err := forget(ctx, db); err != nil {
			return nil, err
		}
		var made [2]run
		if err := measure.Child(ctx, &made, b.args("all", engine, db)...); err != nil {
			return nil, err
		}
		first, again = append(first, made[0]), append(again, made[1])
	}
	return b.companyRows(first, again), nil
}

func (b bench) companyRows(first, again []run) []measure.Row {
	what := fmt.Sprintf("%d reps × %d accounts", b.reps, b.accounts)
	one, two := measure.MedianUsage(usages(first)), measure.MedianUsage(usages(again))
	note := fmt.Sprintf("median of %d runs; %d contacts planned, %d without room", b.runs, first[0].Planned, first[0].Shed)
	if first[0].Reps != b.reps {
		note = fmt.Sprintf("ONLY %d REPS PLANNED; ", first[0].Reps) + note
	}
	rows := []measure.Row{
		measure.Within(what+", forecast fitted, from nothing", allReps, one, note),
		measure.Below("… memory of the process", memory, one.Peak, "peak, with the connections' caches"),
		measure.Within(what+", again", 0, two, ""),
	}
	written := measure.Row{What: "… plans and rows written by the second run", Target: "0, 0", Note: "plans that changed; changes the database saw"}
	for _, r := range again {
		written.Result = fmt.Sprintf("%d, %d", r.Wrote, r.Changes)
		if written.Missed = r.Wrote > 0 || r.Changes > 0; written.Missed {
			break
		}
	}
	return append(rows, written, clashRow(first))
}

// clashRow tells whether reps who were planned side by side asked the same person to come along at the same time.
func clashRow(runs []run) measure.Row {
	worst := 0
	for _, r := range runs {
		worst = max(worst, r.Clashes)
	}
	return measure.Row{What: "… companions booked twice by the first run", Target: "0", Result: fmt.Sprint(worst), Missed: worst > 0}
}

// today is the day of all plans: a Monday.
func today() civil.Date { return civil.Must("2026-03-16") }

// now is six o'clock in the morning of that day in the company's zone.
func now() time.Time { return today().At(6*60, time.FixedZone("Asia/Shanghai", 8*60*60)) }

func (b bench) load(ctx context.Context, engine string, reps, each int) (*measure.Database, error) {
	fmt.Fprintf(os.Stderr, "%s: making %d reps × %d accounts\n", engine, reps, each)
	book, err := company.Make(today(), reps, each)
	if err != nil {
		return nil, err
	}
	vault, err := seal.New()
	if err != nil {
		return nil, err
	}
	db, err := measure.NewDatabase(ctx, engine, b.dir)
	if err != nil {
		return nil, err
	}
	store, err := db.Open(ctx, now)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	return db, demo.Load(ctx, store, vault, book, "x")
}

// forget takes off what planning wrote, so that everybody is planned from nothing.
func forget(ctx context.Context, db *measure.Database) error {
	plain, err := db.Plain()
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"DELETE FROM plan_items WHERE source = '" + string(models.FromPlanner) + "'",
		"DELETE FROM shed_items", "DELETE FROM projections", "DELETE FROM forecast_models",
		"UPDATE accounts SET horizon = 'UNKNOWN', expected_on = NULL, next_due_on = NULL",
	} {
		if _, err := plain.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// args are the arguments of a child that measures one thing on one database.
func (b bench) args(child, engine string, db *measure.Database) []string {
	args := []string{"-child", child, "-db", db.String()}
	if b.profile != "" {
		args = append(args, "-profile", fmt.Sprintf("%s.%s.%s", b.profile, engine, child))
	}
	return args
}
