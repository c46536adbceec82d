package graph

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// secure sets the headers that every answer has: never stored, never guessed at.
func secure(h http.Header) {
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Add("Vary", "Accept")
}

// answer writes what an execution gave: data, beside the errors of single fields.
func answer(w http.ResponseWriter, mediaType string, response *graphql.Response) {
	var b bytes.Buffer
	b.WriteByte('{')
	if len(response.Errors) > 0 {
		b.WriteString(`"errors":`)
		b.Write(encode(response.Errors))
		b.WriteByte(',')
	}
	b.WriteString(`"data":`)
	b.Write(response.Data) // is JSON already; encoding/json would read it all again
	b.WriteByte('}')
	send(w, http.StatusOK, mediaType, b.Bytes())
}

// write writes the problem as an answer without data.
func (p *problem) write(w http.ResponseWriter, mediaType string) {
	code := p.status
	if p.wellFormed && mediaType == plainJSON {
		code = http.StatusOK
	}
	if p.allow != "" {
		w.Header().Set("Allow", p.allow)
	}
	if code == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	var b bytes.Buffer
	b.WriteString(`{"errors":`)
	b.Write(encode(p.errors))
	b.WriteByte('}')
	send(w, code, mediaType, b.Bytes())
}

// encode writes errors as JSON. Their extensions hold only text and numbers, which always encode.
func encode(list gqlerror.List) []byte {
	text, err := json.Marshal(list)
	if err != nil {
		return []byte(`[{"message":"internal error","extensions":{"code":"INTERNAL"}}]`)
	}
	return text
}

func send(w http.ResponseWriter, code int, mediaType string, body []byte) {
	w.Header().Set("Content-Type", mediaType+"; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(code)
	_, _ = w.Write(body) // the client went away: nothing is left to tell it
}
