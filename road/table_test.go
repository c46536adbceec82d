package road_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"huifang/road"
	"huifang/schedule"
)

func TestATableIsWhatTheServerAnswers(t *testing.T) {
	for _, c := range []struct{ places, requests int }{{1, 0}, {2, 1}, {100, 1}, {101, 8}, {230, 25}} {
		w := newTown(t, func(w *town) { w.Seconds = oneWay })
		places := homes(c.places)
		table := w.Table(t.Context(), "CAR", places)
		if table == nil {
			t.Fatalf("%d places: no table: %v", c.places, w.log.lines())
		}
		w.right(t, table, places)
		requests := w.Requests()
		if len(requests) != c.requests {
			t.Errorf("%d places: %d requests, want %d", c.places, len(requests), c.requests)
		}
		for _, r := range requests {
			path, _, _ := strings.Cut(r, "?")
			if n := strings.Count(path, ",") + strings.Count(path, "%2C"); n > 100 || len(r) > 4000 {
				t.Errorf("a request of %d places and %d bytes", n, len(r))
			}
		}
	}
}

func TestTheRequestIsTheDocumentedOne(t *testing.T) {
	w := newTown(t, nil)
	w.Table(t.Context(), "CAR", []schedule.Point{{Lat: 36.651234567, Lng: 117.12}, {Lat: -0.000004, Lng: 117}})
	want := "/table/v1/car/117.12000,36.65123;117.00000,0.00000?annotations=duration&generate_hints=false&sources=0;1&destinations=0;1"
	if got := w.Requests(); len(got) != 1 || got[0] != want {
		t.Errorf("asked %q, want %q", got, want)
	}
}

func TestOnlyWhatIsMissingIsAskedFor(t *testing.T) {
	w := newTown(t, func(w *town) { w.Seconds = oneWay })
	places := homes(61)
	w.Table(t.Context(), "CAR", places[:60])
	w.Table(t.Context(), "CAR", places[20:50])
	if c := w.Counts(); c.Requests != 1 || c.Asked != 60*59 || c.Known != 30*29 {
		t.Errorf("a part of what is known: %+v", c)
	}
	w.right(t, w.Table(t.Context(), "CAR", places), places)
	if c := w.Counts(); c.Requests != 2 || c.Asked != 60*59+2*60 || c.Tables != 3 || c.Fallbacks != 0 {
		t.Errorf("one more: %+v", c)
	}
	// To a metre it is the same place.
	near := []schedule.Point{places[0], {Lat: places[1].Lat + 4e-6, Lng: places[1].Lng - 4e-6}}
	if w.Table(t.Context(), "CAR", near); w.Counts().Requests != 2 {
		t.Error("asked for a metre")
	}
	w.clock.pass(7 * 24 * time.Hour)
	if w.Table(t.Context(), "CAR", places); w.Counts().Requests != 3 {
		t.Error("a week later the map may have changed")
	}
}

func TestMemoryIsBounded(t *testing.T) {
	w := newTown(t, func(w *town) { w.Seconds, w.config.Pairs = oneWay, 200 })
	places := homes(30)
	for i := 0; i+5 <= len(places); i++ { // 5 × 4 ways each time
		w.right(t, w.Table(t.Context(), "CAR", places[i:i+5]), places[i:i+5])
	}
	before := w.Counts()
	w.Table(t.Context(), "CAR", places[25:])
	w.Table(t.Context(), "CAR", places[:5])
	if after := w.Counts(); after.Known != before.Known+20 || after.Asked != before.Asked+20 {
		t.Errorf("the latest is known and the first forgotten: %+v, then %+v", before, after)
	}
}

func TestTravelByTheTable(t *testing.T) {
	a, b, c := schedule.Point{Lat: 36.6, Lng: 117.1}, schedule.Point{Lat: 36.61, Lng: 117.1}, schedule.Point{Lat: 36.62, Lng: 117.1}
	w := newTown(t, func(w *town) {
		w.Seconds = func(_ string, from, to schedule.Point) (float64, bool) {
			switch {
			case from == a && to == b:
				return 600, true
			case from == b && to == a:
				return 600.1, true
			case from == c && to == b:
				return 1e12, true
			}
			return 0, from == to
		}
	})
	circles := schedule.Haversine{KmPerHour: 5}
	table := w.Table(t.Context(), "CAR", []schedule.Point{a, b, c})
	travel := table.Travel(0, circles)
	for _, x := range []struct {
		name     string
		travel   schedule.Travel
		from, to schedule.Point
		want     int
	}{
		{"as the server says", travel, a, b, 10},
		{"rounded up", travel, b, a, 11},
		{"no time to stay", travel, a, a, 0},
		{"slower than the server says", table.Travel(28.0/15, circles), a, b, 19},
		{"no way: by great circle", travel, a, c, circles.Minutes(a, c)},
		{"no way: slower is not for great circles", table.Travel(2, circles), a, c, circles.Minutes(a, c)},
		{"a place the table does not know", travel, a, schedule.Point{Lat: 36.7, Lng: 117.1}, circles.Minutes(a, schedule.Point{Lat: 36.7, Lng: 117.1})},
		{"a week at the longest", travel, c, b, 7 * 24 * 60},
	} {
		if got := x.travel.Minutes(x.from, x.to); got != x.want {
			t.Errorf("%s: %d minutes, want %d", x.name, got, x.want)
		}
	}
	var none *road.Table
	if got := none.Travel(2, circles); got != schedule.Travel(circles) {
		t.Errorf("no table gives %v", got)
	}
}

func TestNoRoads(t *testing.T) {
	var none *road.Roads
	none.Greet(t.Context())
	if none.Table(t.Context(), "CAR", homes(3)) != nil || none.Counts() != (road.Counts{}) || road.New(road.Config{}) != nil {
		t.Error("roads out of nothing")
	}
	w := newTown(t, nil)
	if w.Table(t.Context(), "WALK", homes(3)) != nil || len(w.Requests()) > 0 {
		t.Error("a walker was sent over the roads of cars")
	}
}

func TestTooManyPlaces(t *testing.T) {
	w := newTown(t, nil)
	if w.Table(t.Context(), "CAR", homes(1001)) != nil || len(w.Requests()) > 0 {
		t.Error("a table of 1001 places")
	}
	if lines := w.log.lines(); len(lines) != 1 || !strings.Contains(lines[0], "at most 1000") {
		t.Errorf("logged %q", lines)
	}
	if w.Table(t.Context(), "CAR", homes(3)) == nil {
		t.Error("the server was blamed for it")
	}
}

// TestAFewRequestsAtOnce lets each request wait for three others, and counts.
func TestAFewRequestsAtOnce(t *testing.T) {
	var now, most atomic.Int64
	four := make(chan struct{})
	var once sync.Once
	w := newTown(t, func(w *town) {
		w.Instead = func(_ http.ResponseWriter, r *http.Request) bool {
			n := now.Add(1)
			defer now.Add(-1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			if n == 4 {
				once.Do(func() { close(four) })
			}
			select {
			case <-four:
			case <-r.Context().Done():
			}
			return false
		}
	})
	var work sync.WaitGroup
	for n := range 2 { // two plans are made side by side
		work.Go(func() {
			if w.Table(t.Context(), "CAR", homes(160+n)) == nil {
				t.Error("no table")
			}
		})
	}
	work.Wait()
	if most.Load() != 4 {
		t.Errorf("%d requests at once, want 4", most.Load())
	}
}

func TestManyAskAtOnce(t *testing.T) {
	w := newTown(t, func(w *town) { w.Seconds, w.config.Pairs = oneWay, 5000 })
	places := homes(140)
	var work sync.WaitGroup
	for n := range 8 {
		work.Go(func() {
			some := places[n*5 : n*5+100]
			w.right(t, w.Table(t.Context(), "CAR", some), some)
		})
	}
	work.Wait()
}

func TestACancelledRunBlamesNobody(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newTown(t, func(w *town) {
		w.Instead = func(_ http.ResponseWriter, r *http.Request) bool {
			if ctx.Err() != nil {
				return false
			}
			cancel()
			<-r.Context().Done()
			return true
		}
	})
	if w.Table(ctx, "CAR", homes(120)) != nil {
		t.Error("a table after the end")
	}
	if lines := w.log.lines(); len(lines) > 0 {
		t.Errorf("logged %q", lines)
	}
	if w.Table(t.Context(), "CAR", homes(3)) == nil {
		t.Error("the server rests, though it did not fail")
	}
}

func ExampleTable_Travel() {
	var none *road.Table
	travel := none.Travel(1, schedule.Haversine{Detour: 1.3, KmPerHour: 18})
	fmt.Println(travel.Minutes(schedule.Point{Lat: 36.65, Lng: 117.12}, schedule.Point{Lat: 36.66, Lng: 117.12}))
	// Output: 5
}
