package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"huifang/civil"
	"huifang/demo"
)

// The app in a real browser, served by the real program: what a rep lives through, from signing in to a phone that dies.
func TestStoriesInABrowser(t *testing.T) {
	b := aBrowser(t)
	sample := t.TempDir()
	book := demo.Make(1, sampleDay())
	if err := book.Foretell(1); err != nil {
		t.Fatal(err)
	}
	fillSample(t, sample, book)
	b.run(t, sample, "stories/*.test.mjs")
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
