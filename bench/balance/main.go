// Command balance measures how a team is balanced: how long a proposal takes, what it gains by its own estimate, and, on the same
// accounts, what the real planner says of it. See README.md.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"slices"
	"time"

	"huifang/auth"
	"huifang/bench/measure"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/seal"
)

// target is how long a proposal for 24 reps with 100 accounts each may take, reading included.
const target = 10 * time.Second

type bench struct {
	strict, planned bool
	reps, accounts  int
	dir             string
}

func main() {
	var b bench
	flag.BoolVar(&b.strict, "strict", false, "fail when a target is missed")
	flag.BoolVar(&b.planned, "plan", true, "also plan everybody's weeks as they are and as they would be")
	flag.IntVar(&b.reps, "reps", 24, "reps of the team")
	flag.IntVar(&b.accounts, "accounts", 100, "accounts of each, on average")
	flag.StringVar(&b.dir, "dir", "", "where the SQLite files are made; a temporary directory when left out")
	flag.Parse()
	missed, err := b.main(context.Background(), os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/balance:", err)
		os.Exit(1)
	}
	if missed && b.strict {
		os.Exit(1)
	}
}

func (b bench) main(ctx context.Context, w io.Writer) (missed bool, err error) {
	if b.dir == "" {
		if b.dir, err = os.MkdirTemp("", "huifang-bench"); err != nil {
			return false, err
		}
		defer os.RemoveAll(b.dir)
	}
	for _, engine := range measure.Engines() {
		var rows []measure.Row
		for _, m := range maps() {
			more, err := b.measure(ctx, engine, m)
			if err != nil {
				return missed, fmt.Errorf("%s, %s: %w", engine, m.name, err)
			}
			rows = append(rows, more...)
		}
		missed = measure.Print(w, "balance, "+engine, rows) || missed
	}
	return missed, nil
}

// measure proposes for one map and holds the proposal against the planner.
func (b bench) measure(ctx context.Context, engine string, m town) ([]measure.Row, error) {
	db, err := measure.NewDatabase(ctx, engine, b.dir)
	if err != nil {
		return nil, err
	}
	defer db.Drop(ctx)
	store, err := db.Open(ctx, now)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	team, manager, err := m.load(ctx, store, b.reps, b.accounts)
	if err != nil {
		return nil, err
	}
	vault, err := seal.New()
	if err != nil {
		return nil, err
	}
	s := &care.Service{Store: store, Vault: vault, Log: slog.New(slog.DiscardHandler)}
	ctx = auth.With(ctx, auth.Viewer{User: manager, Role: auth.Manager})
	var got care.Balance
	took, err := measure.Of(db, func() (err error) { got, err = s.Balance(ctx, &team); return err })
	if err != nil {
		return nil, err
	}
	rows := b.estimated(m.name, took, got)
	if b.planned && len(got.Moves) > 0 {
		row, err := plannedRow(ctx, s, m.name, got)
		return append(rows, row), err
	}
	return rows, nil
}

// estimated are the time and what the proposal says of itself.
func (b bench) estimated(name string, took measure.Usage, got care.Balance) []measure.Row {
	within := "everybody"
	if !got.Within {
		within = fmt.Sprintf("NOT everybody (%s)", got.Words("en"))
	}
	time := measure.Within(fmt.Sprintf("%s: %d reps × %d accounts, read and proposed", name, b.reps, b.accounts), target, took,
		fmt.Sprintf("%d moves; %s within %.0f–%.0f %%", len(got.Moves), within, 100*got.Low, 100*got.High))
	spread := measure.Row{What: "… spread of utilisation", Target: "no worse", Result: fmt.Sprintf("%.1f → %.1f points", got.SpreadBefore, got.SpreadAfter),
		Missed: got.SpreadAfter > got.SpreadBefore}
	travel := measure.Row{What: "… travel, estimated", Target: "no worse", Result: change(got.TravelBefore, got.TravelAfter), Missed: got.TravelAfter > got.TravelBefore}
	return []measure.Row{time, spread, travel}
}

func change(before, after int) string {
	return fmt.Sprintf("%d → %d min (%+.1f %%)", before, after, 100*float64(after-before)/math.Max(1, float64(before)))
}

// plannedRow plans givers and receivers in memory by the real planner, as they are and with all moves made.
func plannedRow(ctx context.Context, s *care.Service, name string, b care.Balance) (measure.Row, error) {
	to := map[id.ID][]id.ID{}
	for _, m := range b.Moves {
		to[m.ToRep.ID] = append(to[m.ToRep.ID], m.AccountID)
	}
	var moves []care.MoveTo
	for rep, accounts := range to {
		moves = append(moves, care.MoveTo{Accounts: accounts, ToRep: rep})
	}
	slices.SortFunc(moves, func(a, b care.MoveTo) int { return a.ToRep.Compare(b.ToRep) })
	e, err := s.MoveEffect(ctx, moves)
	if err != nil {
		return measure.Row{}, err
	}
	return compared(b, e), nil
}

// compared holds the estimate of the reps concerned against their plans: the totals, and how the two agree about who gets more.
func compared(b care.Balance, e care.MoveEffect) measure.Row {
	estimates := map[id.ID]care.RepLoad{}
	for _, r := range b.Reps {
		estimates[r.Rep.ID] = r
	}
	var before, after, was, will, care, contacts int
	var guess, plan []float64
	shedBefore, shedAfter := 0, 0
	var used, uses []float64
	for _, s := range e.Sides {
		l := estimates[s.Rep.ID]
		before, after, was, will = before+s.Before.TravelMinutes, after+s.After.TravelMinutes, was+l.TravelBefore, will+l.TravelAfter
		care, contacts = care+l.CareBefore, contacts+s.Before.ContactMinutes
		shedBefore, shedAfter = shedBefore+s.Before.Shed, shedAfter+s.After.Shed
		guess, plan = append(guess, float64(l.TravelAfter-l.TravelBefore)), append(plan, float64(s.After.TravelMinutes-s.Before.TravelMinutes))
		used = append(used, load(s.Before))
		uses = append(uses, load(s.After))
	}
	return measure.Row{
		What: fmt.Sprintf("… travel of the %d reps concerned, planned by the planner for four weeks", len(e.Sides)), Target: "no worse",
		Result: change(before, after), Missed: after > before,
		Note: fmt.Sprintf("estimate is %.2f of the plan before and %.2f after (of its contacts %.2f), changes of a rep agree by r = %.2f; spread in the plans %.1f → %.1f points; without room %d → %d",
			share(was, before), share(will, after), share(care, contacts), agreement(guess, plan), spread(used), spread(uses), shedBefore, shedAfter),
	}
}

// load of a plan.
func load(m care.PlanMeasures) float64 {
	return float64(m.ContactMinutes+m.TravelMinutes) / math.Max(1, float64(m.Capacity))
}

// share of an estimate of thirty days in a plan of twenty-eight.
func share(estimate, plan int) float64 {
	return float64(estimate) * 28 / 30 / math.Max(1, float64(plan))
}

func spread(v []float64) float64 {
	mean, sum := 0.0, 0.0
	for _, x := range v {
		mean += x / float64(len(v))
	}
	for _, x := range v {
		sum += (x - mean) * (x - mean) / float64(len(v))
	}
	return 100 * math.Sqrt(sum)
}

// agreement is the correlation of two lists.
func agreement(a, b []float64) float64 {
	var ma, mb, ab, aa, bb float64
	for i := range a {
		ma, mb = ma+a[i]/float64(len(a)), mb+b[i]/float64(len(a))
	}
	for i := range a {
		ab, aa, bb = ab+(a[i]-ma)*(b[i]-mb), aa+(a[i]-ma)*(a[i]-ma), bb+(b[i]-mb)*(b[i]-mb)
	}
	return ab / cmp.Or(math.Sqrt(aa*bb), 1)
}

// today is a Monday, now six o'clock in the morning of it.
func today() civil.Date { return civil.Must("2026-03-16") }

func now() time.Time { return today().At(6*60, time.FixedZone("Asia/Shanghai", 8*60*60)) }
