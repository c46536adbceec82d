package web

import (
	"errors"
	"slices"
	"sync"

	"huifang/id"
)

var (
	errFull     = errors.New("too many phones are connected: try again later")
	errStopping = errors.New("the server stops: try again")
)

// hub is who is connected.
type hub struct {
	perUser, inAll int

	mu      sync.Mutex
	streams map[id.ID][]*stream // of each user, the oldest first
	n       int
	closed  bool
}

// stream is one connected phone or desk.
type stream struct {
	user    id.ID
	desk    desk
	moved   chan int64    // the newest counter of the feed that was not told yet
	stirred chan int64    // the newest counter of the desk that was not told yet
	ended   chan struct{} // closed when the server ends the stream
}

// desk is whose work a stream watches: one team, every team, or nobody's.
type desk struct {
	team  id.ID
	every bool
}

// counter is what changes with whatever the desk shows.
func (d desk) counter(teams map[id.ID]int64) (n int64) {
	if !d.every {
		return teams[d.team]
	}
	for _, of := range teams {
		n += of
	}
	return n
}

func newHub(perUser, inAll int) *hub {
	return &hub{perUser: perUser, inAll: inAll, streams: map[id.ID][]*stream{}}
}

// join adds a stream of a user; the oldest of one who has too many ends.
func (h *hub) join(user id.ID, d desk) (*stream, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, errStopping
	}
	if len(h.streams[user]) >= h.perUser {
		h.end(h.streams[user][0])
	}
	if h.n >= h.inAll {
		return nil, errFull
	}
	s := &stream{user: user, desk: d, moved: make(chan int64, 1), stirred: make(chan int64, 1), ended: make(chan struct{})}
	h.streams[user] = append(h.streams[user], s)
	h.n++
	return s, nil
}

// leave takes a stream off, once it is over.
func (h *hub) leave(s *stream) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.end(s)
}

// end ends a stream, unless it has ended. The hub is locked.
func (h *hub) end(s *stream) {
	i := slices.Index(h.streams[s.user], s)
	if i < 0 {
		return
	}
	close(s.ended)
	h.n--
	h.streams[s.user] = slices.Delete(h.streams[s.user], i, i+1)
	if len(h.streams[s.user]) == 0 {
		delete(h.streams, s.user)
	}
}

// users are those who are connected.
func (h *hub) users() []id.ID {
	h.mu.Lock()
	defer h.mu.Unlock()
	users := make([]id.ID, 0, len(h.streams))
	for user := range h.streams {
		users = append(users, user)
	}
	return users
}

// tell hands a counter to the streams of a user. It never waits: a stream that is slow hears of the newest one only.
func (h *hub) tell(user id.ID, n int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.streams[user] {
		newest(s.moved, n)
	}
}

// stir hands their counters to the streams of desks, and never waits either.
func (h *hub) stir(teams map[id.ID]int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, of := range h.streams {
		for _, s := range of {
			if s.desk != (desk{}) {
				newest(s.stirred, s.desk.counter(teams))
			}
		}
	}
}

// newest leaves only n in a channel of one. The hub is locked.
func newest(c chan int64, n int64) {
	select {
	case <-c: // was not told in time
	default:
	}
	c <- n
}

// desks tells whether anybody watches the work of others.
func (h *hub) desks() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, of := range h.streams {
		if slices.ContainsFunc(of, func(s *stream) bool { return s.desk != (desk{}) }) {
			return true
		}
	}
	return false
}

// close ends all streams, and lets nobody in any more.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, of := range h.streams {
		for _, s := range slices.Clone(of) {
			h.end(s)
		}
	}
}
