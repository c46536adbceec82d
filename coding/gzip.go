package coding

import (
	"compress/gzip"
	"io"
	"net/http"
	"strconv"
	"sync"
)

// least is from how many bytes on compressing pays: below, an answer fits into one packet either way.
const least = 1 << 10

// Gzip compresses the answers of a handler that say their length, where the client takes it and it pays.
//
// Compression tells an attacker who watches the line something when one answer holds a secret beside text of the
// attacker's, and when the attacker can have it asked for again and again (BREACH). Nobody can here: tokens travel in a
// header that no foreign page can make a browser send, and answers are never stored.
func Gzip(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if r.Method == http.MethodHead || !Accepted(r.Header.Values("Accept-Encoding"), "gzip") {
			next.ServeHTTP(w, r)
			return
		}
		z := &zipped{ResponseWriter: w}
		defer z.close()
		next.ServeHTTP(z, r)
	})
}

// zipped decides with the headers of an answer whether it is compressed.
type zipped struct {
	http.ResponseWriter
	to      *gzip.Writer // nil: plain
	decided bool
}

// writers are used again: each holds 800 kB.
var writers = sync.Pool{New: func() any { return gzip.NewWriter(io.Discard) }}

// WriteHeader begins the answer.
func (z *zipped) WriteHeader(status int) {
	if !z.decided && status >= http.StatusOK {
		z.decide()
	}
	z.ResponseWriter.WriteHeader(status)
}

func (z *zipped) decide() {
	z.decided = true
	h := z.Header()
	n, err := strconv.Atoi(h.Get("Content-Length"))
	if err != nil || n < least || h.Get("Content-Encoding") != "" {
		return
	}
	h.Del("Content-Length")
	h.Set("Content-Encoding", "gzip")
	z.to = writers.Get().(*gzip.Writer)
	z.to.Reset(z.ResponseWriter)
}

// Write adds to the answer.
func (z *zipped) Write(body []byte) (int, error) {
	if !z.decided {
		z.WriteHeader(http.StatusOK)
	}
	if z.to == nil {
		return z.ResponseWriter.Write(body)
	}
	return z.to.Write(body)
}

// Unwrap lets http.ResponseController find what is beneath.
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

func (z *zipped) close() {
	if z.to == nil {
		return
	}
	_ = z.to.Close() // the client went away: nothing is left to tell it
	z.to.Reset(io.Discard)
	writers.Put(z.to)
}
