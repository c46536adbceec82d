package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"huifang/album"
	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/graph"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
	"huifang/web"
)

// world is the small company behind a real server: photos, events, and a door that knows users by their login.
type world struct {
	modelstest.Company
	*care.Service
	t      *testing.T
	clock  *modelstest.Clock
	url    string
	events *web.Events
	ticks  chan time.Time
	doors  *doors
}

// serverTimeout is what requests may take, streams excepted.
const serverTimeout = 2 * time.Second

// doors knows tokens: each is the login of its user.
type doors struct {
	mu    sync.Mutex
	users map[string]auth.Viewer
}

func (d *doors) verify(_ context.Context, bearer string) (auth.Viewer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	v, ok := d.users[bearer]
	if !ok {
		return v, auth.ErrUnauthenticated
	}
	return v, nil
}

func newWorld(t *testing.T) *world {
	t.Helper()
	store, clock := modelstest.SQLite(t)
	vault, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	photos, err := album.Open(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { photos.Close() })
	w := &world{Company: modelstest.Seed(t, store), t: t, clock: clock, ticks: make(chan time.Time), doors: &doors{users: map[string]auth.Viewer{}}}
	w.Service = &care.Service{Store: store, Vault: vault, Album: photos, Log: slog.New(slog.DiscardHandler)}
	for _, u := range w.Company.Users() {
		w.doors.users[u.Login] = modelstest.Viewer(u)
	}
	delivering := modelstest.Viewer(w.Rep)
	delivering.Delivering = true
	w.doors.users["delivery"] = delivering
	w.serve()
	return w
}

func (w *world) serve() {
	faults := graph.Faults{Log: w.Log, NewID: func() string { return "fault" }}
	w.events = web.NewEvents(web.EventsConfig{
		Verify: w.doors.verify, Faults: faults, Counters: w.Counters, Teams: w.TeamCounters, Now: time.Now, PerUser: 2, InAll: 3,
	})
	mux := http.NewServeMux()
	mux.Handle("/photos/", web.Photos{Care: w.Service, Verify: w.doors.verify, Faults: faults}.Handler())
	mux.Handle("/export/", web.Exports{Care: w.Service, Verify: w.doors.verify, Faults: faults}.Handler())
	mux.Handle("/events", w.events.Handler())
	server := httptest.NewUnstartedServer(mux)
	server.Config.RegisterOnShutdown(w.events.Close)
	server.Config.ReadTimeout, server.Config.WriteTimeout = serverTimeout, serverTimeout
	server.Start()
	w.url = server.URL
	ctx, cancel := context.WithCancel(w.t.Context())
	var running sync.WaitGroup
	running.Go(func() { w.events.Run(ctx, w.ticks) })
	w.t.Cleanup(func() {
		cancel()
		running.Wait()
		w.events.Close()
		server.Close()
	})
}

// do sends a request; token is the login of who asks, "" for nobody.
func (w *world) do(method, path, token string, body io.Reader) *http.Response {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), method, w.url+path, body)
	if err != nil {
		w.t.Fatal(err)
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { res.Body.Close() })
	return res
}

func (w *world) text(res *http.Response) string {
	w.t.Helper()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return string(text)
}

// contact is a contact of the rep with their own account.
func (w *world) contact() models.ContactLog {
	w.t.Helper()
	log, err := w.LogContact(auth.With(w.t.Context(), modelstest.Viewer(w.Rep)), care.LogContact{
		ID: modelstest.Key(77), AccountID: w.Own.ID, Kind: cadence.Call, Outcome: cadence.Talked, StartedAt: w.clock.Now().Add(-time.Hour),
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return log
}

// follow builds the feed of a user, as their phone does when it first asks.
func (w *world) follow(u models.User) {
	w.t.Helper()
	if _, err := w.Changes(auth.With(w.t.Context(), modelstest.Viewer(u)), "", 1000); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) wantCode(res *http.Response, status int, code care.Code) {
	w.t.Helper()
	if text := w.text(res); res.StatusCode != status || !strings.Contains(text, `"code":"`+string(code)+`"`) {
		w.t.Errorf("answered %s %s, want %d %s", res.Status, text, status, code)
	}
}
