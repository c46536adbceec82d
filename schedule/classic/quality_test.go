package classic

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"huifang/schedule/search"
)

// update writes the costs found with many steps into testdata: go test ./schedule/classic -run Quality -update
var update = flag.Bool("update", false, "look for the best known costs of the made problems again")

// instance is a problem as text, with the best cost known.
type instance struct {
	name, text string
	best       float64
}

func made() (periodic, travellers []instance) {
	for k, size := range [][3]int{{40, 2, 3}, {50, 5, 1}, {60, 4, 2}, {75, 5, 4}, {80, 4, 3}, {100, 5, 4}, {100, 8, 2}, {120, 4, 5}, {72, 6, 3}, {144, 4, 4}} {
		longest := 0.0
		if k >= 8 {
			longest = 480
		}
		periodic = append(periodic, instance{name: fmt.Sprintf("periodic-%02d", k+1), text: madePeriodic(uint64(k+1), size[0], size[1], size[2], longest)})
	}
	for k := range 20 {
		travellers = append(travellers, instance{name: fmt.Sprintf("traveller-%02d", k+1), text: madeTraveller(uint64(k+1), 20+k%2*20, 20+k%5*20)})
	}
	return periodic, travellers
}

const costsFile = "testdata/best.csv"

func known(t *testing.T, file string, of []instance) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for k := range of {
		for _, row := range rows {
			if row[0] == of[k].name {
				of[k].best, _ = strconv.ParseFloat(row[len(row)-1], 64)
			}
		}
		if of[k].best == 0 {
			t.Fatalf("%s does not know %s", file, of[k].name)
		}
	}
}

// gap solves problems with so many steps and returns by how much they lie above the best known, in percent on average. Every
// solution is verified, and judged by the second reader.
func gap(t *testing.T, of []instance, steps int) float64 {
	t.Helper()
	sum := 0.0
	for _, i := range of {
		s := judged(t, i, steps, 1)
		t.Logf("%s: %.2f, %+.3f %%", i.name, s.Cost, Gap(s.Cost, i.best))
		sum += Gap(s.Cost, i.best)
	}
	return sum / float64(len(of))
}

func judged(t *testing.T, i instance, steps int, seed uint64) Solution {
	t.Helper()
	p := read(t, i.text)
	s, ok := Solve(context.Background(), &p, search.Budget{Steps: steps}, seed)
	if !ok {
		t.Fatalf("%s: no solution within the limits", i.name)
	}
	if err := Verify(&p, s); err != nil {
		t.Fatalf("%s: %v", i.name, err)
	}
	cost, err := judge(i.text, s.Routes)
	if err != nil || math.Abs(cost-s.Cost) > 1e-6*cost {
		t.Fatalf("%s: the second reader says %v, %v; the solver %v", i.name, cost, err, s.Cost)
	}
	return s
}

// TestQuality keeps the search as good as it is, in about the steps of a second: on problems made like those of the
// literature, whose best costs were found with many more.
func TestQuality(t *testing.T) {
	periodic, travellers := made()
	if *update {
		remember(t, slices.Concat(periodic, travellers))
	}
	known(t, costsFile, periodic)
	known(t, costsFile, travellers)
	if g := gap(t, periodic, 30_000); g > 0.8 {
		t.Errorf("periodic problems lie %.3f %% above the best known", g)
	}
	if g := gap(t, travellers, 8_000); g > 0.1 {
		t.Errorf("travellers' problems lie %.3f %% above the best known", g)
	}
}

func remember(t *testing.T, of []instance) {
	f, err := os.Create(costsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, i := range of {
		best := math.Inf(1)
		for seed := range uint64(2) {
			best = min(best, judged(t, i, 150_000, seed+1).Cost)
		}
		fmt.Fprintf(f, "%s,%.4f\n", i.name, best)
	}
}

// TestQualityOnTheLiterature does the same with files that are not ours to hand on: HUIFANG_ROUTING names a folder with
// pvrp/ and tsptw/, each with best_known.csv.
func TestQualityOnTheLiterature(t *testing.T) {
	folder := os.Getenv("HUIFANG_ROUTING")
	if folder == "" {
		t.Skip("HUIFANG_ROUTING is not set")
	}
	for _, set := range []struct {
		pattern string
		n       int
		steps   int
		most    float64
	}{{"pvrp/p*", 10, 50_000, 1.0}, {"tsptw/n*", 20, 10_000, 0.1}} {
		files, _ := filepath.Glob(filepath.Join(folder, set.pattern))
		var all []instance
		for _, file := range files[:min(set.n, len(files))] {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, instance{name: filepath.Base(file), text: string(text)})
		}
		if len(all) < set.n {
			t.Fatalf("%d files like %s in %s", len(all), set.pattern, folder)
		}
		known(t, filepath.Join(folder, filepath.Dir(set.pattern), "best_known.csv"), all)
		if g := gap(t, all, set.steps); g > set.most {
			t.Errorf("%s: %.3f %% above the best known", set.pattern, g)
		}
	}
}
