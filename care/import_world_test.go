package care_test

import (
	"bytes"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"huifang/care"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/sheets"
)

// files is a world whose tables can be counted.
type files struct {
	*world
	config models.Config
}

func onEachWithFiles(t *testing.T, body func(*testing.T, *files)) {
	t.Helper()
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, clock *modelstest.Clock) {
		body(t, &files{newWorld(t, modelstest.Open(t, c), clock), c})
	})
}

// rows counts the rows of every table, by another connection: what an undone transaction leaves would show.
func (f *files) rows() map[string]int {
	f.t.Helper()
	driver, source, tables := "sqlite3", f.config.Path, "SELECT name FROM sqlite_master WHERE type = 'table'"
	if f.config.DSN != "" {
		driver, source, tables = "mysql", f.config.DSN, "SHOW TABLES"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		f.t.Fatal(err)
	}
	defer db.Close()
	counts := map[string]int{}
	for _, table := range column(f.t, db, tables) {
		var n int
		if err := db.QueryRow("SELECT COUNT(*) FROM " + table).Scan(&n); err != nil {
			f.t.Fatal(err)
		}
		counts[table] = n
	}
	if len(counts) < 20 {
		f.t.Fatalf("only %d tables", len(counts))
	}
	return counts
}

func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// file is a file of lines, CSV in UTF-8.
func file(name string, lines ...string) *care.ImportFile {
	return raw(name, []byte(strings.Join(lines, "\n")+"\n"))
}

func raw(name string, data []byte) *care.ImportFile {
	return &care.ImportFile{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}
}

func reps(lines ...string) *care.ImportFile      { return file("reps.csv", lines...) }
func accounts(lines ...string) *care.ImportFile  { return file("accounts.csv", lines...) }
func purchases(lines ...string) *care.ImportFile { return file("purchases.csv", lines...) }

// loads imports for the manager and expects it to be written.
func (w *world) loads(in care.ImportInput) care.ImportReport {
	w.t.Helper()
	r := got[care.ImportReport](w.t)(w.Import(w.as(w.Manager), in))
	for _, f := range r.Files {
		for _, p := range f.Problems {
			w.t.Errorf("%s: %s", f.Name, p.In("en"))
		}
	}
	if r.Written == in.DryRun || w.t.Failed() {
		w.t.Fatalf("written %v: %+v", r.Written, r)
	}
	return r
}

// refuses imports for the manager and returns the problems: "file:line:column:value:CODE".
func (w *world) refuses(in care.ImportInput) []string {
	w.t.Helper()
	r := got[care.ImportReport](w.t)(w.Import(w.as(w.Manager), in))
	if r.Written {
		w.t.Errorf("written: %+v", r)
	}
	var out []string
	for _, f := range r.Files {
		for _, p := range f.Problems {
			out = append(out, fmt.Sprintf("%s:%d:%s:%s:%s", f.Kind, p.Line, p.Column, p.Value, p.Code))
			if p.Words.ZH == "" || p.Words.EN == "" || p.In("zh") == p.In("en") {
				w.t.Errorf("%+v lacks words in a language", p)
			}
		}
	}
	return out
}

// tally is what a file did: rows, added, updated, unchanged.
func tally(f care.FileReport) string {
	return fmt.Sprintf("%s %d: %d added, %d updated, %d unchanged", f.Kind, f.Rows, f.Added, f.Updated, f.Unchanged)
}

func tallies(r care.ImportReport) string {
	var out []string
	for _, f := range r.Files {
		out = append(out, tally(f))
	}
	return strings.Join(out, "; ")
}

// exported is the three files of an export.
type exported struct{ Reps, Accounts, Purchases []byte }

func (w *world) exports(format sheets.Format, lang string) exported {
	w.t.Helper()
	var r, a, p bytes.Buffer
	err := w.ExportNow(w.t.Context(), care.ExportInput{
		Reps: &care.ExportFile{Out: &r, Format: format}, Accounts: &care.ExportFile{Out: &a, Format: format},
		Purchases: &care.ExportFile{Out: &p, Format: format}, Lang: lang,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return exported{r.Bytes(), a.Bytes(), p.Bytes()}
}

func (e exported) input() care.ImportInput {
	in := care.ImportInput{Reps: raw("reps", e.Reps), Accounts: raw("accounts", e.Accounts)}
	if bytes.Count(e.Purchases, []byte("\n")) != 1 {
		in.Purchases = raw("purchases", e.Purchases)
	}
	return in
}
