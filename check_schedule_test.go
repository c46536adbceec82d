package main

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const periodicFile = "1 1 4 2\n0 2\n0 2\n0 0 0 0 0 0 0\n11 1 0 0 1 1 2 1 2\n12 2 0 0 1 1 2 1 2\n13 0 1 0 1 1 2 1 2\n14 0 2 0 1 1 2 1 2\n"

func TestCheckScheduleSolvesAFileAndMakesNoDatabase(t *testing.T) {
	data := filepath.Join(t.TempDir(), "none")
	var r scheduleReport
	out := must(t, data, "check", "schedule", writeText(t, "p", periodicFile), "--seconds", "0.1,0.2", "--seeds", "2", "--best", "8", "--json")
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	if r.File != "p" || r.Customers != 4 || r.Days != 2 || r.Vehicles != 1 || r.Windows || r.Best != 8 || len(r.Rows) != 2 {
		t.Errorf("reported %+v", r)
	}
	for _, row := range r.Rows {
		if len(row.Runs) != 2 || row.Mean == nil || *row.Mean != 8 || row.Gap == nil || *row.Gap != 0 || !row.Verified {
			t.Errorf("%g s: %+v", row.Seconds, row)
		}
	}
	if len(r.Routes) != 2 || r.Routes[0].Day == r.Routes[1].Day || r.Routes[0].Nodes[0] < 11 {
		t.Errorf("routes %+v", r.Routes)
	}
	if _, err := os.Stat(data); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the data folder was touched: %v", err)
	}
}

func TestCheckScheduleReadsTheBestKnownBesideTheFile(t *testing.T) {
	file := writeText(t, "p77", periodicFile)
	table := "instance,customers,best_known\np7,1,5\np77,4,4\n"
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "best_known.csv"), []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	out := must(t, t.TempDir(), "check", "schedule", file, "--seconds", "0.1", "--seeds", "2", "--cores", "1")
	for _, want := range []string{"p77: 4 customers, 2 days or depots, 1 vehicles", "best known: 4.00", "0.1 s: 8.00 8.00; mean 8.00, gap +100.000 %, verified"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestCheckScheduleTellsWhatIsWrong(t *testing.T) {
	good := writeText(t, "good", periodicFile)
	for name, tt := range map[string]struct {
		args []string
		code int
		want string
	}{
		"no file":                  {nil, 80, "<file>"},
		"a file that is not there": {[]string{"nowhere"}, 80, "nowhere"},
		"a file of something else": {[]string{writeText(t, "text", "Hello\n")}, 2, `line 1: "Hello" is no number`},
		"a file cut short":         {[]string{writeText(t, "cut", periodicFile[:40])}, 2, "the file ends too early"},
		"no time":                  {[]string{good, "--seconds", "0"}, 2, "--seconds: 0: choose more than 0"},
		"no seeds":                 {[]string{good, "--seeds", "0"}, 2, "--seeds: 0: choose 1 to 1000"},
		"no cores":                 {[]string{good, "--cores", "0"}, 2, "--cores: 0: choose 1 to 1024"},
		"a cost below nothing":     {[]string{good, "--best=-1"}, 2, "--best: -1: choose a cost above 0"},
	} {
		t.Run(name, func(t *testing.T) {
			out, code := huifang(t, t.TempDir(), append([]string{"check", "schedule"}, tt.args...)...)
			if code != tt.code || !strings.Contains(out, tt.want) {
				t.Errorf("exit code %d, want %d; no %q in:\n%s", code, tt.code, tt.want, out)
			}
		})
	}
}

func TestCheckScheduleSaysWhenNothingFits(t *testing.T) {
	heavy := writeText(t, "heavy", "0 1 1 1\n0 1\n0 0 0 0 0 0 0\n1 1 0 0 2 1 1 1\n")
	out := must(t, t.TempDir(), "check", "schedule", heavy, "--seconds", "0.1", "--seeds", "1")
	if !strings.Contains(out, "0.1 s: none; no solution within the limits by some searches") {
		t.Errorf("printed\n%s", out)
	}
}
