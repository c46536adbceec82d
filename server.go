// Command huifang plans and records after-sale care of member accounts: one binary with the API, the app and the
// commands that look after an installation. This file reads the configuration, wires, serves and drains.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"huifang/album"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

// version is set by the build.
var version = "dev"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run executes a command line and returns its exit code: 0 done, 1 failed, 2 the input is wrong, 80 the command line is
// wrong.
func run(args []string, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c cli
	code := -1
	parser, err := kong.New(&c, kong.Name("huifang"), kong.Description(about), kong.UsageOnError(),
		kong.Writers(out, errs), kong.Exit(func(n int) { code = n }), kong.Vars{"version": version})
	if err != nil {
		fmt.Fprintln(errs, "huifang:", err)
		return 1
	}
	command, err := parser.Parse(args)
	if code >= 0 { // --help or --version answered
		return code
	}
	if err != nil {
		fmt.Fprintln(errs, "huifang:", err)
		return exitUsage
	}
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(&c.Config, &terminal{out: out, errs: errs}); err != nil {
		fmt.Fprintln(errs, "huifang:", err)
		return exitCode(err)
	}
	return 0
}

const about = `回访 Huifang: after-sale care of member accounts. Start with a sample:

    huifang demo

or with your own members and orders:

    huifang import --reps reps.xlsx --accounts members.xlsx --purchases orders.csv
    huifang serve`

const exitUsage = 80

// exitCode tells scripts what went wrong: 2 means the input, so trying again as it is will not help.
func exitCode(err error) int {
	var e *care.Error
	if errors.As(err, &e) {
		return 2
	}
	return 1
}

// serveCmd is `huifang serve`.
type serveCmd struct {
	Listen  string        `help:"Address to listen on." default:"127.0.0.1:8080" env:"HUIFANG_LISTEN"`
	Nightly string        `help:"When everybody's plan is made, in the company's time." default:"02:00" env:"HUIFANG_NIGHTLY" placeholder:"HH:MM"`
	Proxy   []string      `help:"Networks of reverse proxies whose X-Forwarded-For is believed, such as 127.0.0.1/32." env:"HUIFANG_PROXY" placeholder:"CIDR"`
	Drain   time.Duration `help:"How long running requests may take when the server stops." default:"20s" env:"HUIFANG_DRAIN"`
}

// Run serves until it is told to stop.
func (c *serveCmd) Run(ctx context.Context, cfg *Config, t *terminal) error {
	nightly, err := civil.ParseClock(c.Nightly)
	if err != nil {
		return care.Invalid("--nightly", "%w", err)
	}
	proxies, err := networks(c.Proxy)
	if err != nil {
		return err
	}
	in, err := cfg.open(ctx, t)
	if err != nil {
		return err
	}
	defer in.close()
	listener, err := listen(c.Listen)
	if err != nil {
		return err
	}
	fmt.Fprintf(t.errs, "Huifang %s on http://%s\n", version, listener.Addr())
	return in.serve(ctx, listener, serving{nightly: nightly, drain: c.Drain, proxies: proxies})
}

func listen(address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen on %s (is another Huifang running? choose another address with --listen): %w", address, err)
	}
	return l, nil
}

// serving is how an installation serves.
type serving struct {
	nightly civil.Minute
	drain   time.Duration
	proxies []netip.Prefix
	demo    bool // the GraphQL page and introspection are open
}

// serve answers requests, tends the plans and tells phones what moved until ctx ends; then it lets running requests finish.
func (in *installation) serve(ctx context.Context, l net.Listener, s serving) error {
	photos, err := album.Open(ctx, in.photos)
	if err != nil {
		return err
	}
	defer photos.Close()
	in.care.Album = photos
	site, err := in.site(s)
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           site,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       60 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
	}
	server.RegisterOnShutdown(site.events.Close) // streams never end by themselves
	var work sync.WaitGroup
	work.Go(func() { in.care.Roads.Greet(ctx) })
	work.Go(func() { everySecond(func(ticks <-chan time.Time) { in.care.Tend(ctx, ticks, s.nightly) }) })
	work.Go(func() { everySecond(func(ticks <-chan time.Time) { site.events.Run(ctx, ticks) }) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.Background(), s.drain)
	defer cancel()
	err = server.Shutdown(stopping)
	in.care.Close()
	work.Wait()
	return err
}

// everySecond runs what works at each tick.
func everySecond(run func(<-chan time.Time)) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	run(ticker.C)
}

// health answers /healthz (the process runs) and /readyz (the database answers).
func health(store *models.Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := store.Ping(r.Context()); err != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(w, "ready")
	})
	return mux
}
