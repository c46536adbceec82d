// Package road asks an OSRM server how long the ways between places take, and remembers the answers. Whoever plans gets a
// table that does not change, or none: then great circles must do. A plan waits for the server for a bounded time only, and
// no place ever stands in a log.
package road

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"huifang/schedule"
)

// What holds where a Config says nothing.
const (
	defaultRequest = 5 * time.Second
	defaultWhole   = 10 * time.Second
	defaultPause   = time.Minute
	defaultKeep    = 7 * 24 * time.Hour
	defaultPairs   = 1_000_000 // some 30 MB a server
)

const (
	// atOnce is how many requests a server has to answer at the same time.
	atOnce = 4
	// mostPlaces is how many places a table may have: a rep's book has a few hundred.
	mostPlaces = 1000
)

// Config is where tables come from, and how patiently. Zero fields mean the defaults.
type Config struct {
	Servers map[string]Server // by mode of travelling; other modes have no tables
	Log     *slog.Logger
	Now     func() time.Time
	Request time.Duration // how long one request may take
	Whole   time.Duration // how long all requests of a table may take
	Pause   time.Duration // how long a server that failed is left alone
	Keep    time.Duration // how long an answer is remembered
	Pairs   int           // how many answers of a server are remembered
}

// Roads gives tables of travel times by road. The nil value knows no roads.
type Roads struct {
	lines map[string]*line // by mode
}

// New makes no request. It returns nil where no server is named.
func New(c Config) *Roads {
	if len(c.Servers) == 0 {
		return nil
	}
	c = c.complete()
	r, lines := &Roads{lines: map[string]*line{}}, map[Server]*line{}
	for mode, server := range c.Servers {
		if lines[server] == nil {
			lines[server] = newLine(server, c)
		}
		r.lines[mode] = lines[server]
	}
	return r
}

func (c Config) complete() Config {
	c.Request, c.Whole = cmp.Or(c.Request, defaultRequest), cmp.Or(c.Whole, defaultWhole)
	c.Pause, c.Keep, c.Pairs = cmp.Or(c.Pause, defaultPause), cmp.Or(c.Keep, defaultKeep), cmp.Or(c.Pairs, defaultPairs)
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// Table is the travel times among some places for who travels by a mode. It is nil where the mode has no server, there are
// too many places, or the server failed: what is not known whole is not known. It waits for Config.Whole at the longest.
func (r *Roads) Table(ctx context.Context, mode string, places []schedule.Point) *Table {
	if r == nil || r.lines[mode] == nil {
		return nil
	}
	return r.lines[mode].table(ctx, places)
}

// Counts is what was asked and answered since the start, for all servers together.
type Counts struct {
	Tables    int64 // given
	Fallbacks int64 // not given, because the server failed, rests, or is asked for too much
	Failures  int64 // of a server
	Requests  int64
	Known     int64 // ways that were remembered
	Asked     int64 // ways that were not
}

// Counts may be read at any time.
func (r *Roads) Counts() Counts {
	var sum Counts
	for _, l := range r.all() {
		sum.Tables += l.tables.Load()
		sum.Fallbacks += l.fallbacks.Load()
		sum.Failures += l.failures.Load()
		sum.Requests += l.requests.Load()
		sum.Known += l.known.Load()
		sum.Asked += l.asked.Load()
	}
	return sum
}

// all are the servers, in order.
func (r *Roads) all() []*line {
	var out []*line
	if r == nil {
		return out
	}
	for _, l := range r.lines {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b *line) int {
		return cmp.Or(cmp.Compare(a.server.Base, b.server.Base), cmp.Compare(a.server.Profile, b.server.Profile))
	})
	return out
}

// client speaks to a server: at most atOnce connections, and none left open for as long as the server would close it, which
// OSRM does after five seconds. It follows no redirect: places go to the server that was named, and to no other.
func client() *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxConnsPerHost, t.MaxIdleConnsPerHost, t.IdleConnTimeout = atOnce, atOnce, 4*time.Second
	return &http.Client{
		Transport:     t,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}
