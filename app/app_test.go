package app_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"huifang/app"
)

const (
	page   = "<!doctype html><title>the page</title>"
	forms  = "public, max-age=31536000, immutable"
	anew   = "no-cache"
	br     = "br, gzip"
	script = "text/javascript; charset=utf-8"
)

var chunk = strings.Repeat("export const a = 1\n", 100)

func build() fstest.MapFS {
	files := fstest.MapFS{}
	for name, body := range map[string]string{
		".keep": "", "index.html": page, "sw.js": "self", "manifest.webmanifest": "{}", "icon.png": "png",
		"assets/index-1a2b.js": chunk, "assets/index-1a2b.js.br": "in brotli", "assets/desk-3c4d.js": chunk,
		"assets/index-5e6f.css": "a{}", "assets/icons-7a8b.woff2": "font", "data.br": "of no other file",
	} {
		files[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return files
}

func handler(t *testing.T, files fstest.MapFS) http.Handler {
	t.Helper()
	h, err := app.Handler(files)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func ask(h http.Handler, method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func TestWhatIsAnswered(t *testing.T) {
	h := handler(t, build())
	for name, tt := range map[string]struct {
		path, kind, cache, body string
	}{
		"the root gets the page":            {"/", "text/html; charset=utf-8", anew, page},
		"a route gets the page":             {"/accounts/0190a000-0000-7000-8000-000000000001", "text/html; charset=utf-8", anew, page},
		"a deep route gets the page":        {"/plan/month", "text/html; charset=utf-8", anew, page},
		"the page by its name":              {"/index.html", "text/html; charset=utf-8", anew, page},
		"the worker is asked for anew":      {"/sw.js", script, anew, "self"},
		"the manifest has its type":         {"/manifest.webmanifest", "application/manifest+json", anew, "{}"},
		"an icon":                           {"/icon.png", "image/png", anew, "png"},
		"a chunk never changes":             {"/assets/index-1a2b.js", script, forms, chunk},
		"a style never changes":             {"/assets/index-5e6f.css", "text/css; charset=utf-8", forms, "a{}"},
		"a font has its type":               {"/assets/icons-7a8b.woff2", "font/woff2", forms, "font"},
		"a file that only looks compressed": {"/data.br", "application/octet-stream", anew, "of no other file"},
	} {
		t.Run(name, func(t *testing.T) {
			res := ask(h, "GET", tt.path)
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != http.StatusOK || string(body) != tt.body {
				t.Errorf("answered %s %q (%v)", res.Status, body, err)
			}
			if k, c := res.Header.Get("Content-Type"), res.Header.Get("Cache-Control"); k != tt.kind || c != tt.cache {
				t.Errorf("type %q, want %q; cache %q, want %q", k, tt.kind, c, tt.cache)
			}
		})
	}
}

func TestWhatIsNotThereIsNeverThePage(t *testing.T) {
	h := handler(t, build())
	for _, path := range []string{
		"/assets/index-old.js", "/assets/", "/assets", "/assets/old", "/robots.txt", "/photos/1", "/graphql/x", "/events/1",
		"/healthz/x", "/.keep", "/assets/index-1a2b.js.br", "/../go.mod", "/assets/../index.html", "//index.html",
	} {
		res := ask(h, "GET", path)
		body, err := io.ReadAll(res.Body)
		if err != nil || res.StatusCode != http.StatusNotFound || strings.Contains(string(body), "<") {
			t.Errorf("%s answered %s %q (%v)", path, res.Status, body, err)
		}
		if c := res.Header.Get("Cache-Control"); c != "no-store" {
			t.Errorf("%s may be kept: %q", path, c)
		}
	}
}

func TestOnlyReading(t *testing.T) {
	h := handler(t, build())
	if res := ask(h, "POST", "/"); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST answered %s, Allow %q", res.Status, res.Header.Get("Allow"))
	}
	res := ask(h, "HEAD", "/")
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || len(body) != 0 || res.Header.Get("Content-Length") != "38" {
		t.Errorf("HEAD answered %s, %d bytes, length %q (%v)", res.Status, len(body), res.Header.Get("Content-Length"), err)
	}
}

func TestEncodings(t *testing.T) {
	h := handler(t, build())
	for name, tt := range map[string]struct{ path, accept, want string }{
		"brotli when the build made it":      {"/assets/index-1a2b.js", br, "br"},
		"gzip when the build made no brotli": {"/assets/desk-3c4d.js", br, "gzip"},
		"gzip for who takes no brotli":       {"/assets/index-1a2b.js", "gzip, deflate", "gzip"},
		"a weight of 0 is a no":              {"/assets/index-1a2b.js", "br;q=0, gzip;q=0.0", ""},
		"the star takes what is best":        {"/assets/index-1a2b.js", "*", "br"},
		"a named no beats the star":          {"/assets/index-1a2b.js", "br; q=0, *", "gzip"},
		"nothing asked for":                  {"/assets/index-1a2b.js", "", ""},
		"what would grow stays plain":        {"/sw.js", br, ""},
		"what is small already stays plain":  {"/assets/icons-7a8b.woff2", br, ""},
	} {
		t.Run(name, func(t *testing.T) {
			res := ask(h, "GET", tt.path, "Accept-Encoding", tt.accept)
			if got := res.Header.Get("Content-Encoding"); got != tt.want {
				t.Errorf("encoding %q, want %q", got, tt.want)
			}
			if vary := res.Header.Get("Vary"); (vary == "Accept-Encoding") != !strings.Contains(tt.path, "woff2") {
				t.Errorf("Vary: %q", vary)
			}
		})
	}
}

func TestGzipIsTheFile(t *testing.T) {
	res := ask(handler(t, build()), "GET", "/assets/desk-3c4d.js", "Accept-Encoding", "gzip")
	zipped, err := gzip.NewReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(zipped)
	if err != nil || string(body) != chunk {
		t.Errorf("unpacked %d bytes, want %d (%v)", len(body), len(chunk), err)
	}
}

func TestWhatTheBrowserHasIsNotSentAgain(t *testing.T) {
	h := handler(t, build())
	plain := ask(h, "GET", "/assets/index-1a2b.js").Header.Get("ETag")
	packed := ask(h, "GET", "/assets/index-1a2b.js", "Accept-Encoding", "br").Header.Get("ETag")
	if plain == packed || !strings.HasPrefix(plain, `"`) {
		t.Fatalf("tags %q and %q: each encoding is other bytes", plain, packed)
	}
	for name, tt := range map[string]struct {
		have, accept string
		want         int
	}{
		"the same":            {packed, "br", http.StatusNotModified},
		"weakly the same":     {"W/" + packed, "br", http.StatusNotModified},
		"one of several":      {`"x", ` + packed, "br", http.StatusNotModified},
		"anything":            {"*", "br", http.StatusNotModified},
		"in another encoding": {plain, "br", http.StatusOK},
		"another":             {`"x"`, "br", http.StatusOK},
	} {
		t.Run(name, func(t *testing.T) {
			res := ask(h, "GET", "/assets/index-1a2b.js", "If-None-Match", tt.have, "Accept-Encoding", tt.accept)
			body, err := io.ReadAll(res.Body)
			if err != nil || res.StatusCode != tt.want || (len(body) == 0) != (tt.want == http.StatusNotModified) {
				t.Errorf("answered %s, %d bytes (%v)", res.Status, len(body), err)
			}
			if res.Header.Get("ETag") != packed || res.Header.Get("Cache-Control") != forms {
				t.Errorf("headers %v", res.Header)
			}
		})
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	for name, h := range map[string]http.Handler{"built": handler(t, build()), "not built": handler(t, fstest.MapFS{})} {
		for _, path := range []string{"/", "/nothing.js"} {
			header := ask(h, "GET", path).Header
			csp := header.Get("Content-Security-Policy")
			for _, want := range []string{"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "worker-src 'self'"} {
				if !strings.Contains(csp, want) {
					t.Errorf("%s %s: no %s in %q", name, path, want, csp)
				}
			}
			if strings.Contains(csp, "unsafe") || header.Get("X-Content-Type-Options") != "nosniff" ||
				!strings.Contains(header.Get("Permissions-Policy"), "geolocation=(self), camera=(self)") ||
				header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
				t.Errorf("%s %s: headers %v", name, path, header)
			}
		}
	}
}

func TestAProgramWithoutTheAppSaysSo(t *testing.T) {
	h := handler(t, fstest.MapFS{".keep": &fstest.MapFile{}})
	res := ask(h, "GET", "/accounts")
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusServiceUnavailable || !bytes.Contains(body, []byte("make build")) {
		t.Errorf("answered %s %q (%v)", res.Status, body, err)
	}
	if res := ask(h, "GET", "/sw.js"); res.StatusCode != http.StatusNotFound {
		t.Errorf("a file answered %s", res.Status)
	}
}

func TestTheEmbeddedBuildIsServed(t *testing.T) {
	h, err := app.Handler(app.Dist())
	if err != nil {
		t.Fatal(err)
	}
	if res := ask(h, "GET", "/"); !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		t.Errorf("answered %s %v", res.Status, res.Header)
	}
}
