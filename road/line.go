package road

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"huifang/schedule"
)

// line is the connection to one server.
type line struct {
	server         Server
	http           *http.Client
	log            *slog.Logger
	now            func() time.Time
	request, whole time.Duration
	pause          time.Duration
	memory         *memory
	slots          chan struct{} // one for each request under way

	mu     sync.Mutex
	resume time.Time // a server that failed is not asked before
	down   bool      // it failed the last time it was asked

	tables, fallbacks, failures, requests, known, asked atomic.Int64
}

func newLine(s Server, c Config) *line {
	return &line{
		server: s, http: client(), log: c.Log.With("server", s.shown()), now: c.Now, request: c.Request, whole: c.Whole, pause: c.Pause,
		memory: newMemory(c), slots: make(chan struct{}, atOnce),
	}
}

// table is nil when it cannot be had: whoever asked goes by great circles.
func (l *line) table(ctx context.Context, places []schedule.Point) *Table {
	t, err := l.complete(ctx, places)
	if err == nil {
		l.tables.Add(1)
		return t
	}
	l.fallbacks.Add(1)
	if ctx.Err() == nil && !errors.Is(err, errResting) {
		l.failed(err)
	}
	return nil
}

// errResting says that the server failed a moment ago and is not asked yet.
var errResting = errors.New("the server rests")

func (l *line) complete(ctx context.Context, places []schedule.Point) (*Table, error) {
	t := blank(places)
	if n := len(t.spots); n > mostPlaces {
		return nil, tooMany(n)
	}
	known, missing := l.memory.recall(t)
	l.known.Add(int64(known))
	if missing == 0 {
		return t, nil
	}
	if l.resting() {
		return nil, errResting
	}
	l.asked.Add(int64(missing))
	if err := l.askAll(ctx, t); err != nil {
		return nil, err
	}
	l.answered()
	return t, nil
}

// tooMany is how many places a table was to have.
type tooMany int

func (n tooMany) Error() string { return fmt.Sprintf("%d places: at most %d", int(n), mostPlaces) }

// askAll makes the requests a table lacks, a few at a time. The first that fails ends the others.
func (l *line) askAll(ctx context.Context, t *Table) error {
	ctx, cancel := context.WithTimeout(ctx, l.whole)
	defer cancel()
	asks := t.asks()
	queue := make(chan int)
	var first error
	var once sync.Once
	var work sync.WaitGroup
	for range min(atOnce, len(asks)) {
		work.Go(func() {
			for n := range queue {
				if err := l.askInTurn(ctx, t, asks[n]); err != nil {
					once.Do(func() { first = err; cancel() })
				}
			}
		})
	}
	for n := range asks {
		queue <- n
	}
	close(queue)
	work.Wait()
	return first
}

// askInTurn waits until the server has a slot free: several plans may be made at once.
func (l *line) askInTurn(ctx context.Context, t *Table, a ask) error {
	select {
	case l.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-l.slots }()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return l.ask(ctx, t, a)
}

func (l *line) resting() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now().Before(l.resume)
}

// failed writes a line down and leaves the server alone for a while, unless it is the places that are to blame.
func (l *line) failed(err error) {
	if blamesPlaces(err) {
		l.log.Warn("no travel times by road for one plan, which goes by great circles", "error", err)
		return
	}
	l.failures.Add(1)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.now().Before(l.resume) {
		return // another plan has said so
	}
	l.resume, l.down = l.now().Add(l.pause), true
	l.log.Warn("the road server failed; plans go by great circles", "error", err, "again_in", l.pause.String())
}

func blamesPlaces(err error) bool {
	var r *refusal
	var n tooMany
	return errors.As(err, &n) || errors.As(err, &r) && (r.code == "NoSegment" || r.code == "NoTable")
}

func (l *line) answered() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.down {
		l.log.Info("the road server answers again")
	}
	l.resume, l.down = time.Time{}, false
}
