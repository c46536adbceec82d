package web_test

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/graph"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/web"
)

// listener is a phone that listens.
type listener struct {
	t   *testing.T
	res *http.Response
	in  *bufio.Scanner
}

func (w *world) listen(token string) *listener {
	w.t.Helper()
	res := w.do(http.MethodGet, "/events", token, nil)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		w.t.Fatalf("answered %s %s", res.Status, w.text(res))
	}
	return &listener{t: w.t, res: res, in: bufio.NewScanner(res.Body)}
}

// next is the data of the next event, "" when the stream has ended.
func (l *listener) next() string {
	l.t.Helper()
	for l.in.Scan() {
		if data, ok := strings.CutPrefix(l.in.Text(), "data: "); ok {
			return data
		}
	}
	return ""
}

// event is the next event with its name, such as "moved 42".
func (l *listener) event() string {
	l.t.Helper()
	for l.in.Scan() {
		if name, ok := strings.CutPrefix(l.in.Text(), "event: "); ok {
			return name + " " + l.next()
		}
	}
	return ""
}

func (w *world) tick() {
	w.t.Helper()
	select {
	case w.ticks <- w.clock.Now():
	case <-time.After(10 * time.Second):
		w.t.Fatal("nobody takes ticks")
	}
}

func TestAPhoneHearsThatItsFeedMoved(t *testing.T) {
	w := newWorld(t)
	w.follow(w.Rep)
	w.follow(w.Colleague)
	phone, other := w.listen(w.Rep.Login), w.listen(w.Colleague.Login)
	at, others := phone.next(), other.next()
	w.tick() // nothing moved: nothing is said
	log := w.contact()
	w.tick()
	moved := phone.next()
	if moved == "" || moved == at {
		t.Fatalf("after a contact %q, before %q", moved, at)
	}
	body := snapshot(t)
	w.put(address(modelstest.Key(9), log.ID, body, 0), w.Rep.Login, body)
	w.tick()
	if again := phone.next(); again == "" || again == moved {
		t.Errorf("after a photo %q, before %q", again, moved)
	}
	w.events.Close()
	if got := other.next(); got != "" {
		t.Errorf("a colleague heard %q after %q, though nothing of theirs moved", got, others)
	}
}

// Nobody of the team has a phone yet: its desk hears all the same, and nobody else's does.
func TestADeskHearsOfItsTeamsOnly(t *testing.T) {
	w := newWorld(t)
	leads := map[string]*listener{}
	for _, u := range []models.User{w.Supervisor, w.BranchSupervisor, w.Manager} {
		leads[u.Login] = w.listen(u.Login)
		if first := leads[u.Login].event(); !strings.HasPrefix(first, "moved ") {
			t.Fatalf("%s heard %q at first", u.Login, first)
		}
	}
	w.tick()
	before := map[string]string{}
	for _, u := range []models.User{w.Supervisor, w.BranchSupervisor, w.Manager} {
		before[u.Login] = leads[u.Login].event()
	}
	w.contact()
	w.tick()
	w.tick() // nothing moved again: nothing is said
	for _, u := range []models.User{w.Supervisor, w.Manager} {
		if got := leads[u.Login].event(); !strings.HasPrefix(got, "stirred ") || got == before[u.Login] {
			t.Errorf("%s heard %q after a contact of the team, and %q before", u.Login, got, before[u.Login])
		}
	}
	w.events.Close()
	for login, l := range leads {
		if got := l.event(); strings.HasPrefix(got, "stirred ") {
			t.Errorf("%s heard %q, though nothing of theirs moved", login, got)
		}
	}
}

// The deadlines of the server are for requests that end.
func TestAStreamOutlivesTheDeadlinesOfTheServer(t *testing.T) {
	w := newWorld(t)
	w.follow(w.Rep)
	phone := w.listen(w.Rep.Login)
	at := phone.next()
	time.Sleep(serverTimeout + serverTimeout/4)
	w.contact()
	w.tick()
	if moved := phone.next(); moved == "" || moved == at {
		t.Errorf("heard %q, before %q", moved, at)
	}
}

func TestNobodyListensWithoutASession(t *testing.T) {
	w := newWorld(t)
	w.wantCode(w.do(http.MethodGet, "/events", "", nil), http.StatusUnauthorized, care.CodeUnauthenticated)
	w.wantCode(w.do(http.MethodGet, "/events", "made up", nil), http.StatusUnauthorized, care.CodeUnauthenticated)
	w.wantCode(w.do(http.MethodGet, "/events", "delivery", nil), http.StatusNotFound, care.CodeNotFound)
}

func TestNoStatementWhileNobodyListens(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithCancel(t.Context())
	ticks := make(chan time.Time)
	e := web.NewEvents(web.EventsConfig{Counters: func(context.Context, []id.ID) (map[id.ID]int64, error) {
		t.Error("asked the database")
		return nil, nil
	}})
	var running sync.WaitGroup
	running.Go(func() { e.Run(ctx, ticks) })
	ticks <- w.clock.Now()
	ticks <- w.clock.Now()
	cancel()
	running.Wait()
}

func TestTheOldestOfTooManyStreamsEnds(t *testing.T) {
	w := newWorld(t)
	first := w.listen(w.Rep.Login)
	first.next()
	second := w.listen(w.Rep.Login)
	second.next()
	w.listen(w.Rep.Login).next() // two are allowed here
	if got := first.next(); got != "" {
		t.Errorf("the oldest goes on: %q", got)
	}
	w.listen(w.Colleague.Login).next() // three in all
	if res := w.do(http.MethodGet, "/events", w.Manager.Login, nil); res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Errorf("the fourth was answered %s", res.Status)
	}
	second.res.Body.Close()
	deadline := time.Now().Add(10 * time.Second)
	for w.do(http.MethodGet, "/events", w.Manager.Login, nil).StatusCode != http.StatusOK {
		if time.Now().After(deadline) {
			t.Fatal("a stream that has gone keeps its place")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestAServerThatStopsEndsItsStreams(t *testing.T) {
	w := newWorld(t)
	phone := w.listen(w.Rep.Login)
	phone.next()
	w.events.Close()
	if got := phone.next(); got != "" {
		t.Errorf("heard %q", got)
	}
	if res := w.do(http.MethodGet, "/events", w.Rep.Login, nil); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("a new one was answered %s", res.Status)
	}
}

// quiet is a listener within a bubble of time: what it heard can be read at any moment.
type quiet struct {
	header http.Header
	mu     sync.Mutex
	text   strings.Builder
}

func (q *quiet) Header() http.Header { return q.header }
func (q *quiet) WriteHeader(int)     {}
func (q *quiet) Flush()              {}
func (q *quiet) Write(b []byte) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.text.Write(b)
}

func (q *quiet) heard() string {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.text.String()
}

// stillness is Events over a door and counters that a test holds in its hand.
type stillness struct {
	*web.Events
	out     atomic.Pointer[error] // what the door says
	counter atomic.Int64
}

func newStillness() *stillness {
	s := &stillness{}
	user := auth.Viewer{User: id.ID{1}, Role: auth.Rep}
	s.Events = web.NewEvents(web.EventsConfig{
		Verify: func(context.Context, string) (auth.Viewer, error) {
			if err := s.out.Load(); err != nil {
				return auth.Viewer{}, *err
			}
			return user, nil
		},
		Faults: graph.Faults{NewID: func() string { return "" }},
		Counters: func(context.Context, []id.ID) (map[id.ID]int64, error) {
			return map[id.ID]int64{user.User: s.counter.Load()}, nil
		},
		Now: time.Now,
	})
	return s
}

// listen returns what a phone hears, and a channel that closes when its stream has ended.
func (s *stillness) listen(ctx context.Context) (*quiet, chan struct{}) {
	q, ended := &quiet{header: http.Header{}}, make(chan struct{})
	r := httptest.NewRequest(http.MethodGet, "/events", nil).WithContext(ctx)
	r.Header.Set("Authorization", "Bearer x")
	go func() {
		defer close(ended)
		s.Handler().ServeHTTP(q, r)
	}()
	return q, ended
}

func hasEnded(ended chan struct{}) bool {
	select {
	case <-ended:
		return true
	default:
		return false
	}
}

func TestASilentStreamBeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		q, ended := newStillness().listen(ctx)
		time.Sleep(50 * time.Second)
		synctest.Wait()
		if n := strings.Count(q.heard(), ": still here\n\n"); n != 2 || hasEnded(ended) {
			t.Errorf("%d beats in 50 s: %q", n, q.heard())
		}
		cancel()
		<-ended
	})
}

func TestAStreamEndsWithItsSession(t *testing.T) {
	for name, tt := range map[string]struct {
		says error
		ends bool
	}{
		"signed out":                      {auth.ErrUnauthenticated, true},
		"the database does not answer":    {errors.New("no connection"), false},
		"nor within the time it may take": {context.DeadlineExceeded, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				s := newStillness()
				_, ended := s.listen(ctx)
				synctest.Wait()
				s.out.Store(&tt.says)
				time.Sleep(59 * time.Second)
				synctest.Wait()
				if hasEnded(ended) {
					t.Error("ended before the door was asked again")
				}
				time.Sleep(2 * time.Second)
				synctest.Wait()
				if hasEnded(ended) != tt.ends {
					t.Errorf("ended: %v, want %v", hasEnded(ended), tt.ends)
				}
				cancel()
				<-ended
			})
		})
	}
}

// A phone that hears slowly is told the newest counter, and holds up nobody.
func TestManyMovesAreToldAsOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := newStillness()
		q, ended := s.listen(ctx)
		synctest.Wait()
		ticks := make(chan time.Time)
		running := make(chan struct{})
		go func() { defer close(running); s.Run(ctx, ticks) }()
		for n := range int64(3) {
			s.counter.Store(n + 7)
			ticks <- time.Now()
			ticks <- time.Now()
		}
		synctest.Wait()
		if got := q.heard(); !strings.HasSuffix(got, "event: moved\ndata: 9\n\n") || strings.Count(got, "data: 9") != 1 {
			t.Errorf("heard %q", got)
		}
		cancel()
		<-ended
		<-running
	})
}
