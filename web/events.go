package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/graph"
	"huifang/id"
)

const (
	// heartbeat keeps gateways on the way from closing a silent stream.
	heartbeat = 20 * time.Second
	// verifyEvery is how often a stream asks whether its token still opens the door.
	verifyEvery = time.Minute
	// writeWithin is how long a phone may take to receive an event.
	writeWithin = 10 * time.Second
)

// EventsConfig is what Events needs. All fields are required but the caps.
type EventsConfig struct {
	Verify   graph.Verify
	Faults   graph.Faults
	Counters func(context.Context, []id.ID) (map[id.ID]int64, error) // of the feeds of users
	Teams    func(context.Context) (map[id.ID]int64, error)          // of all teams
	Now      func() time.Time
	// PerUser and InAll cap the streams; 0 means 5 and 10,000.
	PerUser, InAll int
}

// Events tells connected phones that their feed moved (design §4), as server-sent events:
//
//	event: moved
//	data: 42
//
// with the counter of the feed, at the beginning and whenever it changes. A phone that hears of it asks for changes; one
// that is not connected misses nothing, because it asks when it comes back. Supervisors and managers hear of their teams,
// too, in the same way:
//
//	event: stirred
//	data: 4711
type Events struct {
	EventsConfig
	hub *hub
}

// NewEvents returns Events. Run makes them move, Close ends them.
func NewEvents(c EventsConfig) *Events {
	if c.PerUser == 0 {
		c.PerUser = 5
	}
	if c.InAll == 0 {
		c.InAll = 10_000
	}
	return &Events{EventsConfig: c, hub: newHub(c.PerUser, c.InAll)}
}

// Run looks at each tick whether a feed of a connected user moved, until ctx ends: one statement for all of them, none
// when nobody is connected.
func (e *Events) Run(ctx context.Context, ticks <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
			e.look(ctx)
		}
	}
}

func (e *Events) look(ctx context.Context) {
	users := e.hub.users()
	if len(users) == 0 {
		return
	}
	counters, err := e.Counters(ctx, users)
	if err != nil && ctx.Err() == nil {
		e.Faults.Log.ErrorContext(ctx, "looking for moved feeds failed; it is tried again", "error", err)
	}
	for user, n := range counters {
		e.hub.tell(user, n)
	}
	e.lookAtTeams(ctx)
}

// lookAtTeams takes one statement for all desks, none when nobody watches.
func (e *Events) lookAtTeams(ctx context.Context) {
	if !e.hub.desks() {
		return
	}
	teams, err := e.Teams(ctx)
	switch {
	case err == nil:
		e.hub.stir(teams)
	case ctx.Err() == nil:
		e.Faults.Log.ErrorContext(ctx, "looking for moved teams failed; it is tried again", "error", err)
	}
}

// Close ends all streams, for a server that stops: phones connect anew elsewhere.
func (e *Events) Close() { e.hub.close() }

// Handler serves GET /events.
func (e *Events) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /events", func(w http.ResponseWriter, r *http.Request) {
		viewer, err := e.viewer(r)
		if err != nil {
			e.Faults.Refuse(w, r, err)
			return
		}
		s, err := e.hub.join(viewer.User, deskOf(viewer))
		if err != nil {
			w.Header().Set("Retry-After", "30")
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
		defer e.hub.leave(s)
		e.serve(line{ResponseController: http.NewResponseController(w), w: w, now: e.Now}, r, s)
	})
	return mux
}

// viewer is who listens. A token that only delivers work hears nothing.
func (e *Events) viewer(r *http.Request) (auth.Viewer, error) {
	v, err := e.Verify.Viewer(r)
	if err != nil {
		return v, err
	}
	return v, auth.Can(v, auth.OwnLogin)
}

// deskOf is whose work a viewer may watch.
func deskOf(v auth.Viewer) desk {
	switch reach := v.Scope().Reach; {
	case auth.Can(v, auth.ReadTeam) != nil:
		return desk{}
	case reach == auth.ReachTeam:
		return desk{team: v.Team}
	case reach == auth.ReachCompany:
		return desk{every: true}
	}
	return desk{}
}

// serve runs a stream until the phone, the session or the server ends it.
func (e *Events) serve(l line, r *http.Request, s *stream) {
	counters, err := e.Counters(r.Context(), []id.ID{s.user})
	if err != nil {
		e.Faults.Refuse(l.w, r, err)
		return
	}
	if l.open() != nil || l.event("moved", counters[s.user]) != nil {
		return
	}
	told, stirred := counters[s.user], int64(-1)
	beat, verify := time.NewTicker(heartbeat), time.NewTicker(verifyEvery)
	defer beat.Stop()
	defer verify.Stop()
	for err == nil {
		select {
		case <-r.Context().Done():
			return
		case <-s.ended:
			return
		case n := <-s.moved:
			if n != told {
				told, err = n, l.event("moved", n)
			}
		case n := <-s.stirred:
			if n != stirred {
				stirred, err = n, l.event("stirred", n)
			}
		case <-beat.C:
			err = l.send(": still here\n\n")
		case <-verify.C:
			err = e.stillIn(r, s)
		}
	}
}

var errOut = errors.New("the session is over")

// stillIn looks whether the token still opens the door for the same user. A database that does not answer ends nothing.
func (e *Events) stillIn(r *http.Request, s *stream) error {
	v, err := e.viewer(r)
	switch {
	case care.CodeOf(err) == care.CodeInternal || care.CodeOf(err) == care.CodeLimited:
		return nil
	case err != nil || v.User != s.user:
		return errOut
	}
	return nil
}

// line is the connection of a stream.
type line struct {
	*http.ResponseController
	w   http.ResponseWriter
	now func() time.Time
}

// open begins the stream. The server's deadlines are for requests that end.
func (l line) open() error {
	if err := l.SetReadDeadline(time.Time{}); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	h := l.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Accel-Buffering", "no") // or nginx holds events back
	return l.send(": huifang\n\n")
}

func (l line) event(name string, n int64) error {
	return l.send(fmt.Sprintf("event: %s\ndata: %d\n\n", name, n))
}

func (l line) send(text string) error {
	if err := l.SetWriteDeadline(l.now().Add(writeWithin)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	if _, err := l.w.Write([]byte(text)); err != nil {
		return err
	}
	return l.Flush()
}
