// Command forecast measures the forecast: how fast it fits and projects, and how good it is on files of purchases, beside the
// models of the papers. See README.md.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"

	"huifang/bench/measure"
)

// bench is one run of this program.
type bench struct {
	strict             bool
	customers, project int
	runs               int
	folder             string
	binary, child      string
}

func main() {
	var b bench
	flag.BoolVar(&b.strict, "strict", false, "fail when a target is missed")
	flag.IntVar(&b.customers, "customers", 1_500, "customers of a fit")
	flag.IntVar(&b.project, "project", 100_000, "customers who are projected")
	flag.IntVar(&b.runs, "runs", 5, "how often each is measured")
	flag.StringVar(&b.folder, "purchases", os.Getenv("PURCHASES"), "folder of CSV files that the forecast is played back on; left out, nothing is")
	flag.StringVar(&b.binary, "binary", "", "the huifang to play back with; built when left out")
	flag.StringVar(&b.child, "child", "", "")
	flag.Parse()
	missed, err := b.main(context.Background(), os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench/forecast:", err)
		os.Exit(1)
	}
	if missed && b.strict {
		os.Exit(1)
	}
}

func (b bench) main(ctx context.Context, w io.Writer) (missed bool, err error) {
	if b.child != "" {
		return false, b.answer()
	}
	rows, err := b.speed(ctx)
	if err != nil {
		return false, err
	}
	missed = measure.Print(w, "forecast", rows)
	if b.folder == "" {
		fmt.Fprintln(os.Stderr, "PURCHASES names no folder of files: how good the forecast is was not measured")
		return missed, nil
	}
	return missed, b.playBack(ctx, w)
}

// playBack runs `huifang check forecast` on every file of the folder.
func (b bench) playBack(ctx context.Context, w io.Writer) error {
	files, err := filepath.Glob(filepath.Join(b.folder, "*.csv"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s holds no CSV file", b.folder)
	}
	if b.binary == "" {
		dir, err := os.MkdirTemp("", "huifang-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if b.binary, err = build(ctx, dir); err != nil {
			return err
		}
	}
	for _, file := range files {
		r, peak, err := b.check(ctx, file)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		printReport(w, r, peak)
	}
	return nil
}

func build(ctx context.Context, dir string) (string, error) {
	path := filepath.Join(dir, "huifang")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", path, "huifang")
	build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("build the program: %w", err)
	}
	return path, nil
}
