package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/pprof"
	"time"

	"huifang/bench/measure"
	"huifang/care"
	"huifang/models"
	"huifang/seal"
	"huifang/sheets"
)

// run is one import with what follows, as a child process measured it. The peak of First is that of the import alone.
type run struct {
	First, Again, Out, Back measure.Usage
	Lines                   int // of the orders' file
}

// loading is an open company in the child.
type loading struct {
	service *care.Service
	db      *measure.Database
	dir     string
}

// answer imports the files of a folder into an empty database, once more, exports them, and imports that.
func (b bench) answer(ctx context.Context) error {
	db := measure.Parse(b.db)
	store, err := db.Open(ctx, func() time.Time { return today().At(6*60, time.FixedZone("Asia/Shanghai", 8*60*60)) })
	if err != nil {
		return err
	}
	defer store.Close()
	secrets, err := seal.NewSecrets(rand.Reader)
	if err != nil {
		return err
	}
	service := &care.Service{Store: store, Vault: secrets.Vault(), Log: slog.New(slog.DiscardHandler)}
	if err := found(ctx, store); err != nil {
		return err
	}
	stop, err := b.profiled()
	if err != nil {
		return err
	}
	defer stop()
	r, err := loading{service: service, db: db, dir: b.child}.measure(ctx)
	if err != nil {
		return err
	}
	return measure.Answer(r)
}

func found(ctx context.Context, store *models.Store) error {
	return store.Write(ctx, func(tx *models.Tx) error {
		_, err := tx.CreateCompany("康颐健康生活馆", "Asia/Shanghai")
		return err
	})
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

func (l loading) measure(ctx context.Context) (r run, err error) {
	steps := []struct {
		usage *measure.Usage
		do    func() error
	}{
		{&r.First, func() error { return l.load(ctx, l.dir, &r, added) }},
		{&r.Again, func() error { return l.load(ctx, l.dir, &r, unchanged) }},
		{&r.Out, func() error { return l.export(ctx) }},
		{&r.Back, func() error { return l.load(ctx, l.exported(), &r, unchanged) }},
	}
	for _, s := range steps {
		if *s.usage, err = measure.Of(l.db, s.do); err != nil {
			return r, err
		}
	}
	return r, nil
}

// added and unchanged are what every row must have come to.
func added(f care.FileReport) bool     { return f.Added > 0 && f.Updated+f.Unchanged == 0 }
func unchanged(f care.FileReport) bool { return f.Unchanged > 0 && f.Updated+f.Added == 0 }

// load imports the files of a folder and holds the report to what is expected.
func (l loading) load(ctx context.Context, dir string, r *run, expected func(care.FileReport) bool) error {
	var in care.ImportInput
	for name, file := range map[string]**care.ImportFile{"reps.csv": &in.Reps, "accounts.csv": &in.Accounts, "purchases.csv": &in.Purchases} {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return err
		}
		*file = &care.ImportFile{Name: name, Data: f, Size: info.Size()}
	}
	report, err := l.service.ImportNow(ctx, in)
	if err != nil {
		return err
	}
	r.Lines = report.Files[2].Rows
	for _, f := range report.Files {
		if len(f.Problems) > 0 {
			return fmt.Errorf("%s: %+v", f.Name, f.Problems[0])
		}
		if !expected(f) {
			return fmt.Errorf("%s: unexpectedly %d added, %d updated, %d unchanged", filepath.Join(dir, f.Name), f.Added, f.Updated, f.Unchanged)
		}
	}
	return nil
}

// exported is the folder of the files that were exported, beside the files that were imported.
func (l loading) exported() string { return l.dir + "-out" }

func (l loading) export(ctx context.Context) error {
	if err := os.MkdirAll(l.exported(), 0o700); err != nil {
		return err
	}
	in := care.ExportInput{Lang: "zh"}
	var close []io.Closer
	for name, file := range map[string]**care.ExportFile{"reps.csv": &in.Reps, "accounts.csv": &in.Accounts, "purchases.csv": &in.Purchases} {
		f, err := os.Create(filepath.Join(l.exported(), name))
		if err != nil {
			return err
		}
		close = append(close, f)
		*file = &care.ExportFile{Out: f, Format: sheets.CSV}
	}
	errs := []error{l.service.ExportNow(ctx, in)}
	for _, f := range close {
		errs = append(errs, f.Close())
	}
	return errors.Join(errs...)
}
