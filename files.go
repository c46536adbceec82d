package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"huifang/care"
	"huifang/sheets"
)

// importCmd is `huifang import`.
type importCmd struct {
	Reps      string `help:"File of people: staff number, name, role, store, team." type:"existingfile" placeholder:"FILE"`
	Accounts  string `help:"File of members: number, name, rep, and what is known of them." type:"existingfile" placeholder:"FILE"`
	Purchases string `help:"File of orders: number, member, date, amount, product, days of supply." type:"existingfile" placeholder:"FILE"`
	DryRun    bool   `help:"Check everything, write nothing."`
	Passwords string `help:"Write first passwords of the people added to this file (login, password)." placeholder:"FILE"`
	NoPlan    bool   `help:"Leave the planning to the server or the night."`
	Lang      string `help:"Language of the report." enum:"zh,en" default:"en" env:"HUIFANG_LANG"`
}

// errNotImported ends an import whose files have problems: exit code 2.
var errNotImported = care.Invalid("", "nothing was imported: mend the rows above and import again")

// Run imports and prints a report.
func (c *importCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	input, done, err := c.input(t)
	if err != nil {
		return err
	}
	defer done()
	report, err := in.care.ImportNow(ctx, input)
	if err != nil {
		return err
	}
	t.report(report, c.Lang)
	switch {
	case problems(report):
		return errNotImported
	case c.DryRun:
		return nil
	}
	if err := c.passwords(ctx, in, t, report.Logins); err != nil {
		return err
	}
	return c.plan(ctx, in, t)
}

func (c *importCmd) input(t *terminal) (care.ImportInput, func(), error) {
	input := care.ImportInput{DryRun: c.DryRun, Progress: t.progress()}
	var open []*os.File
	done := func() {
		for _, f := range open {
			_ = f.Close()
		}
	}
	for _, file := range []struct {
		path string
		to   **care.ImportFile
	}{{c.Reps, &input.Reps}, {c.Accounts, &input.Accounts}, {c.Purchases, &input.Purchases}} {
		if file.path == "" {
			continue
		}
		f, err := os.Open(file.path)
		if err != nil {
			done()
			return input, nil, err
		}
		open = append(open, f)
		info, err := f.Stat()
		if err != nil {
			done()
			return input, nil, err
		}
		*file.to = &care.ImportFile{Name: filepath.Base(file.path), Data: f, Size: info.Size()}
	}
	return input, done, nil
}

// progress shows a bar on a terminal, and nothing elsewhere.
func (t *terminal) progress() func(file, step string, share float64) {
	f, ok := t.errs.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return nil
	}
	var bar *progressbar.ProgressBar
	var shown string
	return func(file, step string, share float64) {
		if label := step + " " + file; label != shown {
			shown = label
			bar = progressbar.NewOptions(1000, progressbar.OptionSetWriter(t.errs), progressbar.OptionSetDescription(label),
				progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(30), progressbar.OptionShowCount())
		}
		_ = bar.Set(int(share * 1000))
	}
}

func (t *terminal) report(r care.ImportReport, lang string) {
	for _, f := range r.Files {
		fmt.Fprintf(t.out, "%s: %d rows, %d added, %d updated, %d unchanged\n", f.Name, f.Rows, f.Added, f.Updated, f.Unchanged)
		for _, p := range f.Problems {
			fmt.Fprintf(t.out, "  %s\n", p.In(lang))
		}
		if f.More > 0 {
			fmt.Fprintf(t.out, "  … and %d more\n", f.More)
		}
	}
	if r.DryRun {
		fmt.Fprintln(t.out, "dry run: nothing was written")
	}
}

func problems(r care.ImportReport) bool {
	for _, f := range r.Files {
		if len(f.Problems) > 0 {
			return true
		}
	}
	return false
}

// passwords gives the people added their first passwords, in a file only its owner can read.
func (c *importCmd) passwords(ctx context.Context, in *installation, t *terminal, logins []string) error {
	if len(logins) == 0 {
		return nil
	}
	if c.Passwords == "" {
		fmt.Fprintf(t.out, "%d people have no password yet: `huifang user reset LOGIN` gives one, or import with --passwords FILE\n", len(logins))
		return nil
	}
	door, err := in.door()
	if err != nil {
		return err
	}
	return writeFile(c.Passwords, func(w io.Writer) error {
		rows := csv.NewWriter(w)
		rows.Write([]string{"login", "password"})
		for _, login := range logins {
			welcome, err := care.Console{Door: door}.ResetPassword(ctx, login)
			if err != nil {
				return err
			}
			rows.Write([]string{login, welcome.Password})
		}
		rows.Flush()
		return rows.Error()
	})
}

func (c *importCmd) plan(ctx context.Context, in *installation, t *terminal) error {
	if c.NoPlan {
		return nil
	}
	if err := in.care.RefitForecast(ctx); err != nil {
		return err
	}
	reps, err := in.care.DrainReplans(ctx)
	if err == nil && reps > 0 {
		fmt.Fprintf(t.out, "planned %d reps\n", reps)
	}
	return err
}

// exportCmd is `huifang export`.
type exportCmd struct {
	Reps      string `help:"Where people go: FILE.csv or FILE.xlsx." placeholder:"FILE"`
	Accounts  string `help:"Where members go." placeholder:"FILE"`
	Purchases string `help:"Where orders go." placeholder:"FILE"`
	Lang      string `help:"Language of the headers." enum:"zh,en" default:"zh" env:"HUIFANG_LANG"`
}

// Run writes the files. They hold members' data in the clear: only their owner can read them.
func (c *exportCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	for _, file := range []struct {
		path string
		to   func(*care.ExportFile) care.ExportInput
	}{
		{c.Reps, func(f *care.ExportFile) care.ExportInput { return care.ExportInput{Reps: f, Lang: c.Lang} }},
		{c.Accounts, func(f *care.ExportFile) care.ExportInput { return care.ExportInput{Accounts: f, Lang: c.Lang} }},
		{c.Purchases, func(f *care.ExportFile) care.ExportInput { return care.ExportInput{Purchases: f, Lang: c.Lang} }},
	} {
		if file.path == "" {
			continue
		}
		format, err := formatOf(file.path)
		if err != nil {
			return err
		}
		err = writeFile(file.path, func(w io.Writer) error {
			return in.care.ExportNow(ctx, file.to(&care.ExportFile{Out: w, Format: format}))
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "wrote %s\n", file.path)
	}
	if c.Reps+c.Accounts+c.Purchases == "" {
		return care.Invalid("--reps, --accounts, --purchases", "name at least one file to write")
	}
	return nil
}

func formatOf(path string) (sheets.Format, error) {
	switch ext := strings.ToLower(filepath.Ext(path)); ext {
	case ".csv":
		return sheets.CSV, nil
	case ".xlsx":
		return sheets.XLSX, nil
	default:
		return "", care.Invalid(path, "files end in .csv or .xlsx, not %q", ext)
	}
}

// writeFile writes a file whole or not at all, readable by its owner only.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".huifang-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
