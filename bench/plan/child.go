package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime/pprof"

	"huifang/bench/measure"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/seal"
)

// run is one piece of planning as a child process measured it.
type run struct {
	Usage               measure.Usage
	Reps, Planned, Shed int
	Wrote               int   // plans that differ from the ones before
	Changes             int64 // writes the database saw
	Clashes             int   // pairs of contacts that want the same expert, supervisor or manager at the same time
}

func (r *run) add(p care.PlanResult) {
	r.Reps++
	r.Planned += p.Planned
	r.Shed += p.Shed
	if p.Wrote() {
		r.Wrote++
	}
}

// planning is an open company in the child.
type planning struct {
	service *care.Service
	db      *measure.Database
}

// answer measures one thing on a database that the parent filled, and prints what came of it.
func (b bench) answer(ctx context.Context) error {
	db := measure.Parse(b.db)
	store, err := db.Open(ctx, now)
	if err != nil {
		return err
	}
	defer store.Close()
	vault, err := seal.New() // planning opens nothing that is sealed
	if err != nil {
		return err
	}
	p := planning{db: db, service: &care.Service{Store: store, Vault: vault, Log: slog.New(slog.DiscardHandler)}}
	stop, err := b.profiled()
	if err != nil {
		return err
	}
	defer stop()
	switch b.child {
	case "one":
		return p.one(ctx)
	case "move":
		return p.move(ctx)
	case "try":
		return p.try(ctx)
	}
	return p.twice(ctx)
}

func (b bench) profiled() (stop func(), err error) {
	if b.profile == "" {
		return func() {}, nil
	}
	f, err := os.Create(b.profile)
	if err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, pprof.StartCPUProfile(f)
}

// one plans every rep by itself.
func (p planning) one(ctx context.Context) error {
	var reps []id.ID
	err := p.service.Store.Read(ctx, func(tx *models.Tx) (err error) { reps, err = tx.RepsToPlan(); return err })
	if err != nil {
		return err
	}
	var runs []run
	for _, rep := range reps {
		r, err := p.measured(ctx, func(r *run) error {
			result, err := p.service.PlanNow(ctx, rep)
			r.add(result)
			return err
		})
		if err != nil {
			return err
		}
		runs = append(runs, r)
	}
	if len(runs) == 0 {
		return fmt.Errorf("there is no rep to plan")
	}
	return measure.Answer(runs)
}

// twice plans everybody, and then everybody again.
func (p planning) twice(ctx context.Context) error {
	var runs [2]run
	for i := range runs {
		var err error
		runs[i], err = p.measured(ctx, func(r *run) error { return p.service.PlanAll(ctx, r.add) })
		if err != nil {
			return err
		}
	}
	return measure.Answer(runs)
}

// measured runs work and tells what it took and how often the database was written.
func (p planning) measured(ctx context.Context, work func(*run) error) (r run, err error) {
	before, err := p.db.Changes(ctx)
	if err != nil {
		return r, err
	}
	if r.Usage, err = measure.Of(p.db, func() error { return work(&r) }); err != nil {
		return r, err
	}
	after, err := p.db.Changes(ctx)
	if err != nil {
		return r, err
	}
	r.Changes = after - before
	plain, err := p.db.Plain()
	if err != nil {
		return r, err
	}
	return r, plain.QueryRowContext(ctx, clashes, models.ItemOpen, models.ItemOpen).Scan(&r.Clashes)
}

// clashes counts who is asked to be in two places at once, among what is planned.
const clashes = `SELECT COUNT(*) FROM plan_items a JOIN plan_items b ON a.expert_id = b.expert_id AND a.day = b.day AND a.id < b.id
	WHERE a.status = ? AND b.status = ? AND a.start_min < b.start_min + b.minutes AND b.start_min < a.start_min + a.minutes`
