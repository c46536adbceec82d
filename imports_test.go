package main

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house is who may import whom of ours, and which third-party modules. A package not named here fails the test: say
// what it may import before it is written. "gorm…" stands for every package whose path starts so.
var house = map[string]struct {
	ours  []string
	third []string
	why   string
}{
	"civil":             {why: "the calendar is the ground everything stands on"},
	"id":                {why: "keys are the ground everything stands on"},
	"geo":               {why: "positions are pure"},
	"cadence":           {ours: []string{"civil"}, why: "the care rules are pure"},
	"forecast":          {ours: []string{"civil", "forecast/btyd"}, third: []string{"gonum.org/"}, why: "the forecast is pure"},
	"forecast/btyd":     {third: []string{"gonum.org/"}, why: "the papers' models know no domain"},
	"forecast/backtest": {ours: []string{"forecast", "forecast/btyd", "sheets", "civil"}, why: "a back-test is pure, and reads tables as import does"},
	"forecast/gate":     {ours: []string{"forecast", "forecast/backtest", "civil"}, why: "whether a fit may stand is arithmetic"},
	"standing":          {ours: []string{"cadence", "civil"}, why: "where an account stands follows from what it did"},
	"schedule":          {ours: []string{"civil", "schedule/search"}, why: "the schedule is pure"},
	"schedule/search":   {why: "the search knows no domain"},
	"schedule/classic":  {ours: []string{"schedule/search"}, why: "problems of the literature know no domain"},
	"schedule/order":    {ours: []string{"civil"}, why: "the order of a day is pure"},
	"balance":           {why: "who should care for whom is arithmetic"},
	"road":              {ours: []string{"schedule"}, why: "the road server hears of places, and of nobody"},
	"road/roadtest":     {ours: []string{"schedule"}, why: "the server of tests is another program"},
	"seal":              {ours: []string{"id"}, third: []string{"github.com/tink-crypto/"}, why: "one place for keys"},
	"auth":              {ours: []string{"id", "civil"}, third: []string{"github.com/golang-jwt/", "golang.org/x/crypto/"}, why: "who may what needs no database"},
	"sheets":            {ours: []string{"civil"}, third: []string{"golang.org/x/text/"}, why: "tables know no domain"},
	"models": {
		ours:  []string{"auth", "cadence", "forecast", "standing", "civil", "id"},
		third: []string{"gorm.io/", "github.com/ncruces/", "github.com/go-sql-driver/", "github.com/pressly/goose/", "github.com/mozillazg/go-pinyin"},
		why:   "only storage knows the database",
	},
	"models/modelstest": {
		ours:  []string{"models", "auth", "cadence", "civil", "id"},
		third: []string{"github.com/go-sql-driver/"},
		why:   "the test harness makes databases",
	},
	"care": {
		ours: []string{"models", "auth", "seal", "album", "cadence", "forecast", "forecast/gate", "standing", "schedule", "road", "balance", "sheets", "geo", "civil", "id"},
		why:  "use cases know neither the database nor the transport",
	},
	"demo": {
		ours: []string{"models", "auth", "seal", "cadence", "forecast", "forecast/gate", "standing", "civil", "id"},
		why:  "a sample is data",
	},
	"graph": {
		ours:  []string{"graph/...", "care", "auth", "models", "cadence", "forecast", "forecast/gate", "standing", "schedule", "civil", "id", "mobile-schema"},
		third: []string{"github.com/99designs/gqlgen/", "github.com/vektah/gqlparser/"},
		why:   "transport calls use cases",
	},
	"graph/manifest": {
		ours:  []string{"graph", "graph/..."},
		third: []string{"github.com/vektah/gqlparser/"},
		why:   "the manifest is made from the schema",
	},
	"mobile-schema": {why: "the contract is files"},
	"coding":        {why: "content codings know no domain"},
	"app":           {ours: []string{"coding"}, why: "the app talks to the API only"},
	"album": {
		ours:  []string{"id"},
		third: []string{"gocloud.dev/", "golang.org/x/image/"},
		why:   "one place for the bytes of photos, which knows nobody",
	},
	"web": {
		ours: []string{"graph", "care", "auth", "models", "cadence", "civil", "id"},
		why:  "HTTP beside GraphQL calls use cases and asks the same door",
	},
}

func TestPackagesImportOnlyWhatTheHouseAllows(t *testing.T) {
	for _, pkg := range listPackages(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(pkg.ImportPath, "huifang"), "/")
		if name == "" || strings.HasPrefix(name, "bench") {
			continue // main wires everything; benches measure everything
		}
		rule, ok := house[room(name)]
		if !ok {
			t.Errorf("package %s has no line in the import table", name)
			continue
		}
		for _, imported := range pkg.Imports {
			if !allowed(imported, rule.ours, rule.third) {
				t.Errorf("%s imports %s, but %s", name, imported, rule.why)
			}
		}
	}
}

// room is the line of the table a package falls under.
func room(name string) string {
	if _, ok := house[name]; ok {
		return name
	}
	top, _, _ := strings.Cut(name, "/")
	return top
}

func allowed(imported string, ours, third []string) bool {
	if own, ok := strings.CutPrefix(imported, "huifang/"); ok {
		return slices.ContainsFunc(ours, func(o string) bool {
			return o == own || strings.HasSuffix(o, "/...") && strings.HasPrefix(own, strings.TrimSuffix(o, "..."))
		})
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true // standard library
	}
	return slices.ContainsFunc(third, func(p string) bool { return strings.HasPrefix(imported, p) })
}

type listed struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); dec.More(); {
		var p listed
		if err := dec.Decode(&p); err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
	if len(pkgs) < 10 {
		t.Fatalf("only %d packages found", len(pkgs))
	}
	return pkgs
}

func TestTheProductNeedsNoC(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if .CgoFiles}}{{if not .Standard}}{{.ImportPath}}{{end}}{{end}}", ".")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	if found := strings.Fields(string(out)); len(found) > 0 {
		t.Errorf("packages with cgo: %v", found)
	}
}
