// Command serve measures how long the server takes until it is ready on an existing SQLite file of a whole company, and
// how much memory it holds while nobody asks for anything.
package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"huifang/bench/measure"
	"huifang/care"
	"huifang/civil"
	"huifang/demo"
	"huifang/models"
	"huifang/seal"
)

// The targets.
const (
	readyIn = 500 * time.Millisecond
	idle    = 60 << 20
)

// bench is one run of this program.
type bench struct {
	strict bool
	runs   int
	rest   time.Duration
	binary string
	dir    string
}

func main() {
	var b bench
	flag.BoolVar(&b.strict, "strict", false, "fail when a target is missed")
	flag.IntVar(&b.runs, "runs", 5, "how often the server is started")
	flag.DurationVar(&b.rest, "rest", 5*time.Second, "how long it rests before its memory is read")
	flag.StringVar(&b.binary, "binary", "", "the server; built when left out")
	flag.Parse()
	if err := b.main(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, "bench/serve:", err)
		os.Exit(1)
	}
}

func (b bench) main(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "huifang-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b.dir = dir
	if err := b.prepare(ctx); err != nil {
		return err
	}
	var starts []run
	for range b.runs {
		r, err := b.start(ctx)
		if err != nil {
			return err
		}
		starts = append(starts, r)
	}
	if measure.Print(os.Stdout, "serve, sqlite", rows(starts)) && b.strict {
		return fmt.Errorf("a target was missed")
	}
	return nil
}

// run is one start of the server.
type run struct {
	ready    time.Duration
	cpu      time.Duration // of the whole life of the server
	rss, hwm int64
}

func rows(runs []run) []measure.Row {
	var ready, cpu []time.Duration
	var rss []int64
	var peak int64
	for _, r := range runs {
		ready, cpu, rss, peak = append(ready, r.ready), append(cpu, r.cpu), append(rss, r.rss), max(peak, r.hwm)
	}
	note := fmt.Sprintf("median of %d starts; 24 reps, 2,400 accounts", len(runs))
	start := measure.Within("start until /readyz says yes", readyIn, measure.Usage{Wall: measure.Median(ready)}, note)
	rest := measure.Below("resident memory of the idle server", idle, measure.Median(rss), "median; CPU of start, rest and stop together")
	rest.Peak, rest.CPU = peak, measure.Median(cpu)
	return []measure.Row{start, rest}
}

// prepare builds the server and a data folder: the demo's company of today, planned, so that there is nothing to do.
func (b *bench) prepare(ctx context.Context) error {
	if b.binary == "" {
		b.binary = filepath.Join(b.dir, "huifang")
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w", "-o", b.binary, "huifang")
		build.Env, build.Stderr = append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("build the server: %w", err)
		}
	}
	secrets, err := seal.LoadOrCreate(filepath.Join(b.dir, "keys.json"), rand.Reader)
	if err != nil {
		return err
	}
	db := measure.Database{Path: filepath.Join(b.dir, "huifang.db")}
	store, err := db.Open(ctx, time.Now)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return err
	}
	return fill(ctx, store, secrets.Vault())
}

func fill(ctx context.Context, store *models.Store, vault *seal.Vault) error {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return err
	}
	today := civil.Of(time.Now().In(zone).Date())
	if err := demo.Load(ctx, store, vault, demo.Make(1, today), "x"); err != nil {
		return err
	}
	service := &care.Service{Store: store, Vault: vault, Log: slog.New(slog.DiscardHandler)}
	return service.PlanAll(ctx, func(care.PlanResult) {})
}

// start starts the server, waits until it is ready, lets it rest, reads its memory and stops it.
func (b bench) start(ctx context.Context) (r run, err error) {
	began := time.Now()
	// A nightly plan at the last minute of the day: what is measured is a server at rest.
	server := exec.CommandContext(ctx, b.binary, "serve", "--data", b.dir, "--listen", "127.0.0.1:0", "--nightly", "23:59")
	told, err := server.StderrPipe()
	if err != nil {
		return r, err
	}
	if err := server.Start(); err != nil {
		return r, err
	}
	defer server.Process.Kill() // when something below failed
	url, err := address(told)
	if err != nil {
		return r, err
	}
	if err := ready(ctx, url); err != nil {
		return r, err
	}
	r.ready = time.Since(began)
	time.Sleep(b.rest)
	if r, err = memory(r, strconv.Itoa(server.Process.Pid)); err != nil {
		return r, err
	}
	if err := server.Process.Signal(syscall.SIGTERM); err != nil {
		return r, err
	}
	err = server.Wait()
	r.cpu = server.ProcessState.UserTime() + server.ProcessState.SystemTime()
	return r, err
}

func memory(r run, pid string) (run, error) {
	var err error
	if r.rss, err = measure.Memory(pid, "VmRSS"); err != nil {
		return r, err
	}
	r.hwm, err = measure.Memory(pid, "VmHWM")
	return r, err
}

// address reads from what the server says where it listens; the rest of what it says goes on.
func address(told io.Reader) (string, error) {
	in := bufio.NewReader(told)
	for {
		line, err := in.ReadString('\n')
		if _, url, ok := strings.Cut(strings.TrimSpace(line), " on http://"); ok {
			go io.Copy(os.Stderr, in)
			return "http://" + url, nil
		}
		if err != nil {
			return "", fmt.Errorf("the server did not say where it listens: %w", err)
		}
		fmt.Fprint(os.Stderr, line)
	}
}

// ready waits until the server answers that it is.
func ready(ctx context.Context, url string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/readyz", nil)
		if err != nil {
			return err
		}
		if res, err := http.DefaultClient.Do(r); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server is not ready: %w", ctx.Err())
		case <-time.After(time.Millisecond):
		}
	}
}
