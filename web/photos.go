// Package web is what the app asks for over HTTP beside GraphQL: the bytes of photos, and the stream that tells a phone
// that something moved. Who asks is found out as in the API, and errors look as there.
package web

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"huifang/care"
	"huifang/graph"
	"huifang/id"
)

// Photos takes photos in pieces and shows them:
//
//	PUT /photos/{id}?log=&total=&sha256=&takenAt=&offset=   a piece, up to the whole; an empty one asks where to go on
//	GET /photos/{id}?size=thumb|full
type Photos struct {
	Care   *care.Service
	Verify graph.Verify
	Faults graph.Faults
}

// Handler serves the photos below /photos/.
func (p Photos) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /photos/{id}", p.answer(p.put))
	mux.HandleFunc("GET /photos/{id}", p.answer(p.get))
	return graph.Authenticate(p.Verify, p.Faults)(mux)
}

// answer writes the headers every answer has, and the error of a request that fails.
func (p Photos) answer(serve func(http.ResponseWriter, *http.Request) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		private(w.Header())
		if err := serve(w, r); err != nil {
			p.Faults.Refuse(w, r, err)
		}
	}
}

// private are the headers of what only who asks may see, and no page may run.
func private(h http.Header) {
	h.Set("Cache-Control", "private, no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

func (p Photos) get(w http.ResponseWriter, r *http.Request) error {
	photo, err := id.Parse(r.PathValue("id"))
	if err != nil {
		return care.NotFound("photo")
	}
	open, err := p.opener(r.URL.Query().Get("size"))
	if err != nil {
		return err
	}
	body, err := open(r.Context(), photo)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // the client went away: nothing is left to tell it
	return nil
}

func (p Photos) opener(size string) (func(context.Context, id.ID) ([]byte, error), error) {
	switch size {
	case "", "full":
		return p.Care.OpenPhoto, nil
	case "thumb":
		return p.Care.OpenThumb, nil
	}
	return nil, care.Invalid("size", "is thumb or full").By("enum")
}

// progress is the answer to a piece.
type progress struct {
	ID      string `json:"id"`
	Next    int    `json:"next"` // the offset of the next piece
	Done    bool   `json:"done"`
	Receipt string `json:"receipt"` // as of a push: status APPLIED, sequence 0, the hash of the photo; empty until done
}

func (p Photos) put(w http.ResponseWriter, r *http.Request) error {
	piece, err := readPiece(r.PathValue("id"), r.URL.Query())
	if err != nil {
		return err
	}
	if piece.Body, err = readBody(w, r); err != nil {
		return err
	}
	got, err := p.Care.AddPhotoPiece(r.Context(), piece)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(progress{ID: got.ID.String(), Next: got.Next, Done: got.Done, Receipt: got.Receipt})
}

// readBody reads a piece whole: one that was cut on the way is as if it had never come.
func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, care.MaxPhoto))
	var over *http.MaxBytesError
	if errors.As(err, &over) {
		return nil, care.Limited("body", "a photo has at most %d bytes", over.Limit)
	}
	if err != nil {
		return nil, care.Invalid("body", "was cut on the way: send it again").By("length")
	}
	return body, nil
}

// readPiece reads what a piece is from its address.
func readPiece(photo string, q url.Values) (care.PhotoPiece, error) {
	var in care.PhotoPiece
	read := []struct {
		field, text string
		into        func(string) error
	}{
		{"id", photo, parse(&in.ID, id.Parse)},
		{"log", q.Get("log"), parse(&in.LogID, id.Parse)},
		{"total", q.Get("total"), parse(&in.Total, strconv.Atoi)},
		{"offset", q.Get("offset"), parse(&in.Offset, strconv.Atoi)},
		{"sha256", q.Get("sha256"), parse(&in.SHA256, parseHash)},
		{"takenAt", q.Get("takenAt"), parse(&in.TakenAt, parseInstant)},
	}
	for _, part := range read {
		if err := part.into(part.text); err != nil {
			return in, care.Invalid(part.field, "is missing or not of its form").By("scalar")
		}
	}
	return in, nil
}

func parse[T any](into *T, read func(string) (T, error)) func(string) error {
	return func(text string) (err error) {
		*into, err = read(text)
		return err
	}
}

var errHash = errors.New("not 64 hexadecimal digits")

func parseHash(text string) (sum [32]byte, err error) {
	bytes, err := hex.DecodeString(text)
	if err != nil || len(bytes) != len(sum) {
		return sum, errHash
	}
	return [32]byte(bytes), nil
}

func parseInstant(text string) (time.Time, error) { return time.Parse(time.RFC3339Nano, text) }
