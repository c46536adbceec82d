package web_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"strings"
	"testing"

	"huifang/care"
	"huifang/id"
	"huifang/models/modelstest"
)

func snapshot(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 640, 400)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// address is where a piece of a photo is put.
func address(photo, log id.ID, body []byte, offset int) string {
	return fmt.Sprintf("/photos/%s?log=%s&total=%d&sha256=%x&takenAt=2026-03-04T01:30:00.123Z&offset=%d",
		photo, log, len(body), sha256.Sum256(body), offset)
}

type progress struct {
	ID      string
	Next    int
	Done    bool
	Receipt *string
}

func (w *world) put(path, token string, body []byte) progress {
	w.t.Helper()
	res := w.do(http.MethodPut, path, token, bytes.NewReader(body))
	var p progress
	if text := w.text(res); res.StatusCode != http.StatusOK || json.Unmarshal([]byte(text), &p) != nil || p.Receipt == nil {
		w.t.Fatalf("answered %s %s", res.Status, text)
	}
	return p
}

func TestAPhotoGoesUpAndComesDown(t *testing.T) {
	w := newWorld(t)
	body, photo, log := snapshot(t), modelstest.Key(9), w.contact()
	if p := w.put(address(photo, log.ID, body, 0), w.Rep.Login, body[:1000]); p.Next != 1000 || p.Done || p.ID != photo.String() {
		t.Fatalf("%+v", p)
	}
	if p := w.put(address(photo, log.ID, body, 0), w.Rep.Login, nil); p.Next != 1000 {
		t.Fatalf("asked where to go on: %+v", p)
	}
	if p := w.put(address(photo, log.ID, body, 1000), "delivery", body[1000:]); p.Next != len(body) || !p.Done {
		t.Fatalf("the rest, delivered after signing out: %+v", p)
	}
	for size, want := range map[string]image.Point{"": {640, 400}, "?size=full": {640, 400}, "?size=thumb": {320, 200}} {
		res := w.do(http.MethodGet, "/photos/"+photo.String()+size, w.Rep.Login, nil)
		c, err := jpeg.DecodeConfig(res.Body)
		if err != nil || image.Pt(c.Width, c.Height) != want || res.Header.Get("Content-Type") != "image/jpeg" {
			t.Errorf("%q: %d×%d %v (%v)", size, c.Width, c.Height, res.Header, err)
		}
		if h := res.Header; h.Get("Cache-Control") != "private, no-store" || h.Get("X-Content-Type-Options") != "nosniff" ||
			!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%q: headers %v", size, h)
		}
	}
}

func TestWhatIsRefusedOverHTTP(t *testing.T) {
	w := newWorld(t)
	body, photo, log := snapshot(t), modelstest.Key(9), w.contact()
	w.put(address(photo, log.ID, body, 0), w.Rep.Login, body)
	good := address(modelstest.Key(10), log.ID, body, 0)
	for name, tt := range map[string]struct {
		method, path, token string
		body                []byte
		status              int
		code                care.Code
	}{
		"nobody puts":               {"PUT", good, "", body, 401, care.CodeUnauthenticated},
		"nobody gets":               {"GET", "/photos/" + photo.String(), "", nil, 401, care.CodeUnauthenticated},
		"a bad token":               {"PUT", good, "made up", body, 401, care.CodeUnauthenticated},
		"another's photo":           {"GET", "/photos/" + photo.String(), w.BranchRep.Login, nil, 404, care.CodeNotFound},
		"with a delivery token":     {"GET", "/photos/" + photo.String(), "delivery", nil, 404, care.CodeNotFound},
		"no photo":                  {"GET", "/photos/" + modelstest.Key(11).String(), w.Rep.Login, nil, 404, care.CodeNotFound},
		"no key at all":             {"GET", "/photos/..%2f..%2fkeys.json", w.Rep.Login, nil, 404, care.CodeNotFound},
		"a size there is not":       {"GET", "/photos/" + photo.String() + "?size=huge", w.Rep.Login, nil, 400, care.CodeInvalid},
		"before its contact":        {"PUT", address(modelstest.Key(10), modelstest.Key(12), body, 0), w.Rep.Login, body, 409, care.CodeConflict},
		"other bytes, the same key": {"PUT", address(photo, log.ID, body[1:], 0), w.Rep.Login, body[1:], 409, care.CodeConflict},
		"a hash that is none":       {"PUT", strings.Replace(good, "sha256=", "sha256=x", 1), w.Rep.Login, body, 400, care.CodeInvalid},
		"no address at all":         {"PUT", "/photos/" + photo.String(), w.Rep.Login, body, 400, care.CodeInvalid},
		"more than a megabyte":      {"PUT", good, w.Rep.Login, make([]byte, 1<<20+1), 400, care.CodeLimited},
		"more than it said":         {"PUT", good, w.Rep.Login, append(bytes.Clone(body), 0), 400, care.CodeInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			w.t = t
			w.wantCode(w.do(tt.method, tt.path, tt.token, bytes.NewReader(tt.body)), tt.status, tt.code)
		})
	}
	w.t = t
	for _, method := range []string{"POST", "DELETE", "PATCH"} {
		if res := w.do(method, "/photos/"+photo.String(), w.Rep.Login, nil); res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s answered %s", method, res.Status)
		}
	}
}

// A piece that is cut on the way is as if it had never come.
func TestAPieceThatIsCut(t *testing.T) {
	w := newWorld(t)
	body, photo, log := snapshot(t), modelstest.Key(9), w.contact()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, w.url+address(photo, log.ID, body, 0),
		io.MultiReader(bytes.NewReader(body[:500]), cut{}))
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = int64(len(body))
	r.Header.Set("Authorization", "Bearer "+w.Rep.Login)
	if res, err := http.DefaultClient.Do(r); err == nil {
		res.Body.Close()
		t.Fatalf("answered %s", res.Status)
	}
	if p := w.put(address(photo, log.ID, body, 0), w.Rep.Login, nil); p.Next != 0 {
		t.Errorf("%+v", p)
	}
}

// cut is a line that breaks.
type cut struct{}

func (cut) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
