package coding_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"huifang/coding"
)

func TestAccepted(t *testing.T) {
	for _, tt := range []struct {
		header, coding string
		want           bool
	}{
		{"gzip, deflate, br", "br", true},
		{"gzip, deflate, br", "gzip", true},
		{"GZIP;Q=0.5", "gzip", true},
		{"gzip;q=0", "gzip", false},
		{"gzip; q=0.000, *", "gzip", false},
		{"*;q=0.1", "gzip", true},
		{"*;q=0", "gzip", false},
		{"gzip;q=much", "gzip", false},
		{"x-gzip", "gzip", false},
		{"identity", "gzip", false},
		{"", "gzip", false},
	} {
		if got := coding.Accepted([]string{tt.header}, tt.coding); got != tt.want {
			t.Errorf("%q takes %s: %v, want %v", tt.header, tt.coding, got, tt.want)
		}
	}
	if !coding.Accepted([]string{"br", "gzip"}, "gzip") {
		t.Error("a second header is not read")
	}
}

func TestGzip(t *testing.T) {
	long, short := strings.Repeat("long ", 300), "short"
	for name, tt := range map[string]struct {
		accept, body, coding string
		length               bool // whether the handler says how long the answer is
		want                 string
	}{
		"a long answer is compressed":               {"gzip", long, "", true, "gzip"},
		"a short one is not":                        {"gzip", short, "", true, ""},
		"nor for who does not take it":              {"br", long, "", true, ""},
		"nor what does not say its length: streams": {"gzip", long, "", false, ""},
		"nor what is compressed already":            {"gzip", long, "br", true, "br"},
	} {
		t.Run(name, func(t *testing.T) {
			h := coding.Gzip(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				if tt.length {
					w.Header().Set("Content-Length", strconv.Itoa(len(tt.body)))
				}
				if tt.coding != "" {
					w.Header().Set("Content-Encoding", tt.coding)
				}
				w.WriteHeader(http.StatusConflict)
				for part := range strings.SplitAfterSeq(tt.body, " ") {
					_, _ = io.WriteString(w, part)
				}
			}))
			for range 2 { // writers are used again
				res := answer(h, "GET", tt.accept)
				if got := res.Header.Get("Content-Encoding"); got != tt.want || res.StatusCode != http.StatusConflict {
					t.Fatalf("answered %s in %q, want %q", res.Status, got, tt.want)
				}
				if text := read(t, res); text != tt.body {
					t.Errorf("answered %d bytes, want %d", len(text), len(tt.body))
				}
				if res.Header.Get("Vary") != "Accept-Encoding" {
					t.Errorf("Vary: %q", res.Header.Get("Vary"))
				}
			}
		})
	}
}

func TestHeadAndNothingStayPlain(t *testing.T) {
	h := coding.Gzip(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Length", "5000") }))
	if res := answer(h, "HEAD", "gzip"); res.Header.Get("Content-Length") != "5000" || res.Header.Get("Content-Encoding") != "" {
		t.Errorf("HEAD answered %v", res.Header)
	}
}

func answer(h http.Handler, method, accept string) *http.Response {
	r := httptest.NewRequest(method, "/", nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func read(t *testing.T, res *http.Response) string {
	t.Helper()
	var from io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		zipped, err := gzip.NewReader(from)
		if err != nil {
			t.Fatal(err)
		}
		from = zipped
	}
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
