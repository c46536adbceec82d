package app

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"huifang/coding"
)

// file is one file of the build, in each encoding it is answered in.
type file struct {
	kind   string // the media type
	cache  string // Cache-Control
	hash   string // of the plain bytes
	plain  []byte
	brotli []byte        // nil when the build made none
	gzip   func() []byte // nil when it would not be smaller
}

// load reads a build. Files named x.br and x.gz are not files by themselves but x, compressed.
func load(dist fs.FS) (map[string]*file, error) {
	bodies := map[string][]byte{}
	err := fs.WalkDir(dist, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		bodies[name], err = fs.ReadFile(dist, name)
		return err
	})
	files := map[string]*file{}
	for name, body := range bodies {
		if plain, ok := compressed(name); !ok || bodies[plain] == nil {
			files[name] = newFile(name, body, bodies)
		}
	}
	return files, err
}

// compressed tells the name of the file that a name is a compressed form of.
func compressed(name string) (plain string, ok bool) {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext), ext == ".br" || ext == ".gz"
}

func newFile(name string, body []byte, bodies map[string][]byte) *file {
	sum := sha256.Sum256(body)
	f := &file{kind: mediaType(name), cache: cacheOf(name), hash: hex.EncodeToString(sum[:12]), plain: body}
	if !shrinks(f.kind) {
		return f
	}
	f.brotli = bodies[name+".br"]
	f.gzip = func() []byte { return bodies[name+".gz"] }
	if bodies[name+".gz"] == nil {
		f.gzip = sync.OnceValue(func() []byte { return gzipped(body) })
	}
	return f
}

// gzipped is made when somebody first asks for it: hardly any browser does, where the build made brotli.
func gzipped(body []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(body); err != nil || w.Close() != nil || b.Len() >= len(body) {
		return nil
	}
	return b.Bytes()
}

// cacheOf: the build names files under assets by their content, so they never change. All else is asked for anew, above
// all the page and the worker, through which an update arrives.
func cacheOf(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}

// serve answers with the file in the best encoding the browser takes.
func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	body, how := f.best(r.Header.Values("Accept-Encoding"))
	h := w.Header()
	h.Set("Cache-Control", f.cache)
	tag := f.tag(how)
	h.Set("ETag", tag)
	if shrinks(f.kind) {
		h.Set("Vary", "Accept-Encoding")
	}
	if matches(r.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", f.kind)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	if how != "" {
		h.Set("Content-Encoding", how)
	}
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the browser went away: nothing is left to tell it
	}
}

func (f *file) best(accepted []string) (body []byte, how string) {
	if f.brotli != nil && coding.Accepted(accepted, "br") {
		return f.brotli, "br"
	}
	if f.gzip != nil && coding.Accepted(accepted, "gzip") {
		if b := f.gzip(); b != nil {
			return b, "gzip"
		}
	}
	return f.plain, ""
}

// tag is strong: each encoding is other bytes, so it has a tag of its own.
func (f *file) tag(how string) string {
	if how == "" {
		return `"` + f.hash + `"`
	}
	return `"` + f.hash + "-" + how + `"`
}
