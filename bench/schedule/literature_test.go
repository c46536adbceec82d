package schedule_test

import (
	"context"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"huifang/schedule/classic"
	"huifang/schedule/search"
)

var (
	seconds = flag.Float64("seconds", 1, "seconds of each search of the literature")
	steps   = flag.Int("steps", 0, "steps of each search of the literature, instead of seconds")
	seeds   = flag.Int("seeds", 1, "searches of each problem")
	only    = flag.String("only", "", "problems, with commas between; all when left out")
)

// BenchmarkLiterature solves the problems in the folder that HUIFANG_ROUTING names, pvrp/ and tsptw/, and prints by how much the
// mean of all searches lies above the best known, in percent.
func BenchmarkLiterature(b *testing.B) {
	folder := os.Getenv("HUIFANG_ROUTING")
	if folder == "" {
		b.Skip("HUIFANG_ROUTING names no folder")
	}
	for set, pattern := range map[string]string{"pvrp": "p*", "tsptw": "n*"} {
		b.Run(set, func(b *testing.B) {
			files, _ := filepath.Glob(filepath.Join(folder, set, pattern))
			best := bestOf(b, filepath.Join(folder, set, "best_known.csv"))
			for b.Loop() {
				sum, n, none := 0.0, 0, 0
				for _, file := range files {
					name := filepath.Base(file)
					if *only != "" && !strings.Contains(","+*only+",", ","+name+",") {
						continue
					}
					g, failed := gapOf(b, file, best[name])
					fmt.Printf("%s %+.3f\n", name, g)
					sum, n, none = sum+g, n+1, none+failed
				}
				b.ReportMetric(sum/float64(max(1, n)), "%-above-best-known")
				b.ReportMetric(float64(none), "without-solution")
			}
		})
	}
}

func gapOf(b *testing.B, file string, best float64) (gap float64, failed int) {
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	p, err := classic.Read(f)
	if err != nil {
		b.Fatal(err)
	}
	for seed := range *seeds {
		ctx, cancel := context.Background(), func() {}
		if *steps == 0 {
			ctx, cancel = context.WithTimeout(ctx, time.Duration(*seconds*float64(time.Second)))
		}
		s, ok := classic.Solve(ctx, &p, search.Budget{Steps: *steps}, uint64(seed+1))
		cancel()
		if !ok {
			failed++
			continue
		}
		if err := classic.Verify(&p, s); err != nil {
			b.Fatal(file, err)
		}
		gap += classic.Gap(s.Cost, best) / float64(*seeds)
	}
	return gap, failed
}

func bestOf(b *testing.B, file string) map[string]float64 {
	f, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		b.Fatal(err)
	}
	out := map[string]float64{}
	for _, row := range rows {
		out[row[0]], _ = strconv.ParseFloat(row[len(row)-1], 64)
	}
	return out
}
