// Package roadtest is an OSRM server for tests: it speaks what the table service documents, of a map that the test draws.
package roadtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"huifang/schedule"
)

// OSRM is a server. Set its fields before it is asked.
type OSRM struct {
	URL string
	// Seconds is how long a way takes by a profile; false where there is none. Nil: a second for each metre.
	Seconds func(profile string, from, to schedule.Point) (float64, bool)
	// Instead answers in the place of the server when it returns true.
	Instead func(w http.ResponseWriter, r *http.Request) bool
	// MaxTableSize is the number of places of a full table, 0 meaning 100.
	MaxTableSize int

	mu       sync.Mutex
	requests []string // paths with queries
}

// Start starts a server that ends with the test.
func Start(t testing.TB) *OSRM {
	t.Helper()
	o := &OSRM{}
	server := httptest.NewServer(http.HandlerFunc(o.serve))
	t.Cleanup(server.Close)
	o.URL = server.URL
	return o
}

// Requests are the paths and queries asked for so far.
func (o *OSRM) Requests() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.requests)
}

func (o *OSRM) serve(w http.ResponseWriter, r *http.Request) {
	o.mu.Lock()
	o.requests = append(o.requests, r.URL.RequestURI())
	o.mu.Unlock()
	if o.Instead != nil && o.Instead(w, r) {
		return
	}
	q, code := o.read(r)
	if code != "" {
		Refuse(w, code, "of "+r.URL.RequestURI())
		return
	}
	write(w, http.StatusOK, map[string]any{"code": "Ok", "durations": o.durations(q),
		"sources": q.waypoints(q.from), "destinations": q.waypoints(q.to)})
}

// Refuse answers with one of the documented codes, as OSRM does.
func Refuse(w http.ResponseWriter, code, message string) {
	write(w, http.StatusBadRequest, map[string]any{"code": code, "message": message})
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// question is a request for a table.
type question struct {
	profile  string
	places   []schedule.Point
	from, to []int
}

// read is as strict as OSRM. It returns the code of what is wrong.
func (o *OSRM) read(r *http.Request) (question, string) {
	parts := strings.Split(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if r.Method != http.MethodGet || len(parts) != 4 {
		return question{}, "InvalidUrl"
	}
	if parts[0] != "table" {
		return question{}, "InvalidService"
	}
	if parts[1] != "v1" {
		return question{}, "InvalidVersion"
	}
	q := question{profile: parts[2]}
	for _, text := range strings.Split(parts[3], ";") {
		var p schedule.Point
		if n, err := fmt.Sscanf(text, "%g,%g", &p.Lng, &p.Lat); n != 2 || err != nil {
			return q, "InvalidUrl"
		}
		if p.Lng < -180 || p.Lng > 180 || p.Lat < -90 || p.Lat > 90 {
			return q, "InvalidValue"
		}
		q.places = append(q.places, p)
	}
	if code := q.options(r.URL.RawQuery); code != "" {
		return q, code
	}
	most := cmp.Or(o.MaxTableSize, 100)
	if len(q.from)*len(q.to) > most*most {
		return q, "TooBig"
	}
	return q, ""
}

func (q *question) options(raw string) string {
	for i := range q.places {
		q.from, q.to = append(q.from, i), append(q.to, i)
	}
	for _, option := range strings.Split(raw, "&") {
		name, value, _ := strings.Cut(option, "=")
		ok := true
		switch name {
		case "annotations":
			ok = value == "duration"
		case "generate_hints":
			ok = value == "false"
		case "sources":
			q.from, ok = q.numbers(value)
		case "destinations":
			q.to, ok = q.numbers(value)
		default:
			return "InvalidQuery"
		}
		if !ok {
			return "InvalidOptions"
		}
	}
	return ""
}

func (q *question) numbers(text string) ([]int, bool) {
	var out []int
	for _, part := range strings.Split(text, ";") {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n >= len(q.places) {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func (o *OSRM) durations(q question) [][]*float64 {
	out := make([][]*float64, len(q.from))
	for n, i := range q.from {
		for _, j := range q.to {
			var cell *float64
			if s, ok := o.seconds(q.profile, q.places[i], q.places[j]); ok {
				cell = &s
			}
			out[n] = append(out[n], cell)
		}
	}
	return out
}

func (o *OSRM) seconds(profile string, from, to schedule.Point) (float64, bool) {
	if o.Seconds == nil {
		return schedule.Meters(from, to), true
	}
	return o.Seconds(profile, from, to)
}

func (q question) waypoints(numbers []int) []any {
	var out []any
	for _, i := range numbers {
		p := q.places[i]
		out = append(out, map[string]any{"name": "", "distance": 0, "location": []float64{p.Lng, p.Lat}})
	}
	return out
}
