package road_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"huifang/road"
	"huifang/road/roadtest"
	"huifang/schedule"
)

// says answers with a status and a text.
func says(status int, text string) func(*town) {
	return func(w *town) {
		w.Instead = func(out http.ResponseWriter, _ *http.Request) bool {
			out.WriteHeader(status)
			_, _ = io.WriteString(out, text)
			return true
		}
	}
}

// refuses answers with a code and, as OSRM may, with what was asked.
func refuses(code string) func(*town) {
	return func(w *town) {
		w.Instead = func(out http.ResponseWriter, r *http.Request) bool {
			roadtest.Refuse(out, code, "near "+r.URL.RequestURI())
			return true
		}
	}
}

func hangs(out http.ResponseWriter, r *http.Request) bool {
	<-r.Context().Done()
	return true
}

func TestAServerThatFails(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	stranger := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a place was sent to a stranger") }))
	defer stranger.Close()
	for _, c := range []struct {
		name string
		set  func(*town)
		says string // what the log says
	}{
		{"smaller tables than asked for", func(w *town) { w.MaxTableSize = 2 }, "--max-table-size 100"},
		{"another path", func(w *town) {
			w.config.Servers = map[string]road.Server{"CAR": {Base: w.URL + "/osrm", Profile: "car"}}
		}, "is the address right"},
		{"an older server", refuses("InvalidOptions"), "InvalidOptions"},
		{"an unknown version", refuses("InvalidVersion"), "InvalidVersion"},
		{"a broken server", says(500, "Internal Server Error at 117.12000,36.65000"), "status 500"},
		{"a proxy whose server is gone", says(502, "<html>Bad Gateway</html>"), "status 502"},
		{"nothing there", says(404, ""), "status 404"},
		{"no JSON", says(200, "<html>Welcome</html>"), "shape"},
		{"half a JSON", says(200, `{"code":"Ok","durations":[[0,1],[1`), "shape"},
		{"other JSON", says(200, `{"routes":[]}`), "shape"},
		{"no durations", says(200, `{"code":"Ok"}`), "shape"},
		{"too few rows", says(200, `{"code":"Ok","durations":[[0,1,2],[1,0,1]]}`), "shape"},
		{"too few columns", says(200, `{"code":"Ok","durations":[[0,1,2],[1,0,1],[1,2]]}`), "shape"},
		{"a row of null", says(200, `{"code":"Ok","durations":[[0,1,2],null,[1,2,0]]}`), "shape"},
		{"words for numbers", says(200, `{"code":"Ok","durations":[["0","1","2"],[1,0,1],[1,2,0]]}`), "shape"},
		{"a way back in time", says(200, `{"code":"Ok","durations":[[0,1,2],[1,0,-1],[1,2,0]]}`), "shape"},
		{"an endless answer", says(200, `{"code":"Ok","x":"`+strings.Repeat("x", 5<<20)+`"}`), "shape"},
		{"a code that quotes the question", refuses("Bad 117.12000,36.65000"), "status 400"},
		{"a hanging server", func(w *town) { w.config.Request, w.Instead = 30*time.Millisecond, hangs }, "no answer in time"},
		{"a server that hangs in its answer", func(w *town) {
			w.config.Request = 30 * time.Millisecond
			w.Instead = func(out http.ResponseWriter, r *http.Request) bool {
				_, _ = io.WriteString(out, `{"code":"Ok",`)
				out.(http.Flusher).Flush()
				return hangs(out, r)
			}
		}, "no answer in time"},
		{"a slow server", func(w *town) { w.config.Whole, w.Instead = 30*time.Millisecond, hangs }, "no answer in time"},
		{"a server that hangs up", func(w *town) {
			w.Instead = func(http.ResponseWriter, *http.Request) bool { panic(http.ErrAbortHandler) }
		}, "the connection broke"},
		{"what is no HTTP", func(w *town) {
			w.Instead = func(out http.ResponseWriter, r *http.Request) bool {
				conn, _, err := out.(http.Hijacker).Hijack()
				if err == nil {
					_, _ = fmt.Fprintf(conn, "no %s\r\n", r.URL.RequestURI())
					_ = conn.Close()
				}
				return true
			}
		}, "the connection broke"},
		{"nobody there", func(w *town) {
			w.config.Servers = map[string]road.Server{"CAR": {Base: "http://" + closed.Addr().String(), Profile: "car"}}
		}, "connection refused"},
		{"a detour to a stranger", func(w *town) {
			w.Instead = func(out http.ResponseWriter, r *http.Request) bool {
				http.Redirect(out, r, stranger.URL+r.URL.RequestURI(), http.StatusFound)
				return true
			}
		}, "status 302"},
	} {
		t.Run(c.name, func(t *testing.T) {
			newTown(t, c.set).fails(t, homes(3), c.says)
		})
	}
}

// fails holds a failure to its consequences: great circles for the whole plan, one line without a place, a count, and a pause.
func (w *town) fails(t *testing.T, places []schedule.Point, says string) {
	t.Helper()
	circles := schedule.Haversine{KmPerHour: 18}
	if got := w.Table(t.Context(), "CAR", places).Travel(0, circles); got != schedule.Travel(circles) {
		t.Error("went by a table")
	}
	lines := w.log.lines()
	placeless(t, lines)
	if len(lines) != 1 || !strings.Contains(lines[0], says) {
		t.Errorf("logged %q, want one line with %q", lines, says)
	}
	asked := w.Counts()
	if asked.Failures != 1 || asked.Fallbacks != 1 || asked.Tables != 0 {
		t.Errorf("counted %+v", asked)
	}
	w.clock.pass(59 * time.Second)
	if w.Table(t.Context(), "CAR", places) != nil || w.Counts().Requests != asked.Requests || len(w.log.lines()) > 0 {
		t.Error("asked, or told, again in the pause")
	}
	w.clock.pass(time.Second)
	if w.Table(t.Context(), "CAR", places); w.Counts().Requests == asked.Requests {
		t.Error("not asked again after the pause")
	}
}

func TestAServerThatComesBack(t *testing.T) {
	down := true
	w := newTown(t, func(w *town) {
		w.Seconds = oneWay
		w.Instead = func(out http.ResponseWriter, _ *http.Request) bool {
			if down {
				out.WriteHeader(http.StatusBadGateway)
			}
			return down
		}
	})
	known := homes(9)
	down = false
	w.Table(t.Context(), "CAR", known)
	down = true
	more := append(homes(7), known...)
	if w.Table(t.Context(), "CAR", more) != nil {
		t.Error("a table from nowhere")
	}
	// What is known needs no server.
	w.right(t, w.Table(t.Context(), "CAR", known), known)
	down = false
	w.clock.pass(time.Minute)
	w.right(t, w.Table(t.Context(), "CAR", more), more)
	lines := w.log.lines()
	if len(lines) != 2 || !strings.Contains(lines[1], "answers again") {
		t.Errorf("logged %q", lines)
	}
}

func TestAPlaceOffTheRoadsIsNoFaultOfTheServer(t *testing.T) {
	far := schedule.Point{Lat: 0, Lng: 0}
	w := newTown(t, func(w *town) {
		w.Instead = func(out http.ResponseWriter, r *http.Request) bool {
			off := strings.Contains(r.URL.Path, "0.00000,0.00000")
			if off {
				roadtest.Refuse(out, "NoSegment", "Could not find a matching segment for coordinate 0")
			}
			return off
		}
	})
	if w.Table(t.Context(), "CAR", append(homes(3), far)) != nil {
		t.Error("a table with a place off the roads")
	}
	if lines := w.log.lines(); len(lines) != 1 || !strings.Contains(lines[0], "map cover") {
		t.Errorf("logged %q", lines)
	}
	if w.Table(t.Context(), "CAR", homes(3)) == nil {
		t.Error("others wait for it")
	}
}

func TestAFailureEndsTheOtherRequests(t *testing.T) {
	w := newTown(t, func(w *town) {
		w.Instead = func(out http.ResponseWriter, _ *http.Request) bool {
			out.WriteHeader(http.StatusInternalServerError)
			return true
		}
	})
	w.Table(t.Context(), "CAR", homes(500))
	if n := w.Counts().Requests; n > 8 {
		t.Errorf("%d of 100 requests were made after the first failed", n)
	}
}
