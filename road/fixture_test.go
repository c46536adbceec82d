package road_test

import (
	"bytes"
	"log/slog"
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"huifang/road"
	"huifang/road/roadtest"
	"huifang/schedule"
)

// town is a server with roads that asks for tables, a clock that is set, and what was logged.
type town struct {
	*roadtest.OSRM
	*road.Roads
	config road.Config
	clock  clock
	log    logbook
}

func newTown(t *testing.T, change func(*town)) *town {
	t.Helper()
	w := &town{OSRM: roadtest.Start(t)}
	w.clock.at = time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	w.config = road.Config{
		Servers: map[string]road.Server{"CAR": {Base: w.URL, Profile: "car"}}, Now: w.clock.now,
		Log: slog.New(slog.NewTextHandler(&w.log, nil)),
	}
	if change != nil {
		change(w)
	}
	w.Roads = road.New(w.config)
	return w
}

// right holds a table of places against what the server's map says.
func (w *town) right(t *testing.T, table *road.Table, places []schedule.Point) {
	t.Helper()
	travel := table.Travel(0, wrongWay{t})
	for _, from := range places {
		for _, to := range places {
			want := 0
			if from != to {
				seconds, _ := w.Seconds("car", from, to)
				want = int(math.Ceil(math.Round(seconds*10)/600 - 1e-6))
			}
			if got := travel.Minutes(from, to); got != want {
				t.Fatalf("%v to %v takes %d minutes, want %d", from, to, got, want)
			}
		}
	}
}

// wrongWay fails a test that goes by it.
type wrongWay struct{ t *testing.T }

func (w wrongWay) Minutes(from, to schedule.Point) int {
	w.t.Errorf("%v to %v is not in the table", from, to)
	return 0
}

// oneWay is a map on which there and back differ, and no way is as long as the straight line says.
func oneWay(_ string, from, to schedule.Point) (float64, bool) {
	return math.Round(math.Mod(from.Lat*1e5*7+to.Lng*1e5*3, 5000)*10) / 10, true
}

func homes(n int) []schedule.Point {
	random := rand.New(rand.NewPCG(1, uint64(n)))
	out := make([]schedule.Point, n)
	for i := range out {
		out[i] = schedule.Point{Lat: grid(36.6 + random.Float64()/5), Lng: grid(117 + random.Float64()/5)}
	}
	return out
}

func grid(v float64) float64 { return math.Round(v*1e5) / 1e5 }

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

// lines are what was logged since the last call.
func (l *logbook) lines() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := strings.TrimSpace(l.text.String())
	l.text.Reset()
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// coordinate looks like a part of a place.
var coordinate = regexp.MustCompile(`\d{2,3}\.\d{3,}`)

// placeless holds lines of a log to naming nowhere.
func placeless(t *testing.T, lines []string) {
	t.Helper()
	for _, l := range lines {
		if _, after, ok := strings.Cut(l, "msg="); !ok || coordinate.MatchString(after) {
			t.Errorf("a place stands in the log: %s", l)
		}
	}
}
