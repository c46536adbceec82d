package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models"
)

// demoCmd is `huifang demo`.
type demoCmd struct {
	Listen string `help:"Address to listen on; a free port is taken when it is in use." default:"127.0.0.1:8080" env:"HUIFANG_LISTEN"`
	Seed   uint64 `help:"Another number, another sample." default:"1"`
}

const (
	// demoPassword opens every login of the sample.
	demoPassword = "huifang-demo"
	// demoMorning is when the sample's plans are made, so that its day is whole whenever it is opened.
	demoMorning = 6 * 60
)

// Run makes the sample when there is none of today, and serves it.
func (c *demoCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	if cfg.DSN != "" || cfg.DSNFile != "" {
		return care.Invalid("--dsn", "the demo lives in a folder of its own; leave the database out")
	}
	cfg.Data = filepath.Join(cfg.Data, "demo")
	if cfg.LogLevel == "info" {
		cfg.LogLevel = "error" // the terminal belongs to whoever tries the product
	}
	if err := c.make(ctx, cfg, t); err != nil {
		return err
	}
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	listener, err := listen(c.Listen)
	if err != nil {
		if listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return err
		}
	}
	welcome(t, "http://"+listener.Addr().String())
	return in.serve(ctx, listener, serving{nightly: 2 * 60, drain: 5 * time.Second, demo: true})
}

// make makes the sample of today; one of another day is kept beside it, for its visits are all late by now.
func (c *demoCmd) make(ctx context.Context, cfg *Config, t *terminal) error {
	zone, err := time.LoadLocation(defaultZone)
	if err != nil {
		return err
	}
	today := civil.In(time.Now(), zone)
	mark := filepath.Join(cfg.Data, "sample-of")
	made, err := os.ReadFile(mark)
	if err == nil && string(made) == sampleName(today, c.Seed) {
		return nil
	}
	if err := setAside(cfg.Data, t); err != nil {
		return err
	}
	started := time.Now()
	fmt.Fprintln(t.errs, "Making a sample: 3 stores, 24 reps, 2,400 accounts, 18 months …")
	morning := min(time.Now().UnixMilli(), today.At(demoMorning, zone).UnixMilli())
	book := demo.Make(c.Seed, today)
	if err := book.Foretell(c.Seed); err != nil {
		return err
	}
	if err := fill(ctx, cfg, t, book, time.UnixMilli(morning)); err != nil {
		return err
	}
	fmt.Fprintf(t.errs, "… made in %.0f s\n", time.Since(started).Seconds())
	return os.WriteFile(mark, []byte(sampleName(today, c.Seed)), 0o600)
}

func sampleName(day civil.Date, seed uint64) string { return fmt.Sprintf("%s, seed %d\n", day, seed) }

// fill loads a sample and plans everybody, as it was in the morning.
func fill(ctx context.Context, cfg *Config, t *terminal, book demo.Book, morning time.Time) error {
	in, err := cfg.openAt(ctx, t, func() time.Time { return morning })
	if err != nil {
		return err
	}
	defer in.close()
	hash, err := auth.NewPasswords(rand.Reader).Hash(ctx, demoPassword)
	if err != nil {
		return err
	}
	if err := demo.Load(ctx, in.store, in.secrets.Vault(), book, hash); err != nil {
		return fmt.Errorf("load the sample: %w", err)
	}
	if err := in.settle(ctx); err != nil {
		return err
	}
	if err := handOver(ctx, in.care, book); err != nil {
		return fmt.Errorf("hand accounts over: %w", err)
	}
	return in.care.PlanAll(ctx, func(care.PlanResult) {})
}

// handOver moves accounts as the sample's supervisors decided this morning.
func handOver(ctx context.Context, service *care.Service, book demo.Book) error {
	leaders := map[id.ID]models.User{}
	for _, u := range book.Users {
		leaders[u.User.ID] = u.User
	}
	for _, h := range book.Handovers {
		by := leaders[h.By]
		as := auth.With(ctx, auth.Viewer{User: by.ID, Role: auth.Supervisor, Store: *by.StoreID, Team: *by.TeamID})
		in := care.MoveAccounts{ID: h.ID, Moves: []care.MoveTo{{Accounts: h.Accounts, ToRep: h.To}}, Reason: h.Reason, Note: h.Note}
		if _, err := service.MoveAccounts(as, in); err != nil {
			return err
		}
	}
	return nil
}

// setAside moves an older sample out of the way; nothing a person tried in it is lost.
func setAside(data string, t *terminal) error {
	if _, err := os.Stat(data); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	aside := data + "-" + time.Now().Format("20060102-150405")
	if err := os.Rename(data, aside); err != nil {
		return fmt.Errorf("set the older sample aside: %w", err)
	}
	fmt.Fprintf(t.errs, "The sample of another day is kept in %s\n", aside)
	return nil
}

// welcome prints where to go and who one can be.
func welcome(t *terminal, url string) {
	fmt.Fprintf(t.out, `
  回访 Huifang is running:   %s
  GraphQL page:              %s/graphql

  login        role                          password of all
  rep          售后代表 rep                  %s
  expert       专家 expert
  supervisor   主管 supervisor
  manager      经理 manager
  admin        管理员 administrator

  Ctrl+C stops it.

`, url, url, demoPassword)
}
