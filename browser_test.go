package main

import (
	"cmp"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	companies "huifang/bench/company"
	"huifang/civil"
	"huifang/demo"
)

// The app in a real browser, served by the real program: what a rep lives through, from signing in to a phone that dies.
func TestStoriesInABrowser(t *testing.T) {
	b := aBrowser(t)
	sample := t.TempDir()
	fillSample(t, sample, demo.Make(1, sampleDay()))
	b.run(t, sample, "stories/*.test.mjs")
}

// A rep with 300 accounts and the logs of a year: how soon the rows are there, on a slow phone and over a slow line.
func TestALargeBookIsQuickInABrowser(t *testing.T) {
	b := aBrowser(t)
	book, err := companies.Make(sampleDay(), 1, 300)
	if err != nil {
		t.Fatal(err)
	}
	sample := t.TempDir()
	fillSample(t, sample, withLogs(book, 2000))
	b.run(t, sample, "speed/*.test.mjs")
}

// browser is what the stories need on this machine.
type browser struct{ chromium, node string }

func aBrowser(t *testing.T) browser {
	t.Helper()
	b := browser{chromium: need(t, "chromium"), node: need(t, "node")}
	for path, how := range map[string]string{
		"app/browser/node_modules/playwright-core": "run `npm ci --prefix app/browser` first",
		"app/dist/index.html":                      "run `make build` first",
	} {
		if _, err := os.Stat(path); err != nil {
			leaveOut(t, how)
		}
	}
	return b
}

// run runs stories over copies of a sample.
func (b browser) run(t *testing.T, sample, stories string) {
	t.Helper()
	files, err := filepath.Glob("app/browser/" + stories)
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories in %s (%v)", stories, err)
	}
	pictures, err := filepath.Abs("bin/screens")
	if err != nil {
		t.Fatal(err)
	}
	args := append([]string{"--test", "--test-concurrency=1", "--test-reporter=spec"}, files...)
	cmd := exec.CommandContext(t.Context(), b.node, args...)
	cmd.Env = append(os.Environ(), "CHROMIUM="+b.chromium, "HUIFANG="+built(t), "SAMPLE="+sample, "PICTURES="+pictures, "REP="+firstRep)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}

// firstRep is the login of the first rep of a sample.
const firstRep = "rep"

func sampleDay() civil.Date { return civil.In(time.Now(), time.FixedZone(defaultZone, 8*60*60)) }

// fillSample makes a data folder of a book, with today's plan.
func fillSample(t *testing.T, data string, book demo.Book) {
	t.Helper()
	cfg := &Config{Data: data, LogLevel: "error"}
	now := time.Now().Truncate(time.Millisecond)
	if err := fill(t.Context(), cfg, &terminal{out: io.Discard, errs: io.Discard}, book, now); err != nil {
		t.Fatal(err)
	}
}

// withLogs keeps the latest contacts.
func withLogs(book demo.Book, n int) demo.Book {
	slices.SortStableFunc(book.Logs, func(a, b demo.Log) int { return cmp.Compare(b.Log.Day, a.Log.Day) })
	book.Logs = book.Logs[:min(n, len(book.Logs))]
	return book
}

// need finds a program; without it the test is left out, which CI does not allow.
func need(t *testing.T, program string) string {
	t.Helper()
	path, err := exec.LookPath(program)
	if err != nil {
		leaveOut(t, program+" is not installed")
	}
	return path
}

func leaveOut(t *testing.T, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}
