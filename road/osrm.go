package road

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
)

// mostAnswer bounds an answer, in bytes; a full table has about 100 kB.
const mostAnswer = 4 << 20

// answer is what OSRM writes.
type answer struct {
	Code      string       `json:"code"`
	Durations [][]*float64 `json:"durations"`
}

// refusal is an answer without a table.
type refusal struct {
	status int
	code   string // of OSRM; empty for an answer that is none of OSRM's
}

func (r *refusal) Error() string {
	switch r.code {
	case "":
		return fmt.Sprintf("HTTP status %d and no answer of OSRM: is the address right?", r.status)
	case "TooBig":
		return fmt.Sprintf("TooBig: start osrm-routed with --max-table-size %d or more", tableSize)
	case "NoSegment":
		return "NoSegment: a place lies on no road: does the server's map cover where members live?"
	}
	return r.code + ": the server does not take the request: is the address right, and the server OSRM 5.18 or newer?"
}

// errShape says that an answer is Ok and yet not what was asked for.
var errShape = errors.New("the answer has not the shape of the question: is this an OSRM server?")

// ask makes one request and writes the answer into the table. Its errors name no place: OSRM's own
// messages, which may quote the URL, are left out too.
func (l *line) ask(ctx context.Context, t *Table, a ask) error {
	ctx, cancel := context.WithTimeout(ctx, l.request)
	defer cancel()
	l.requests.Add(1)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, l.server.Base+tables+url.PathEscape(l.server.Profile)+"/"+t.path(a), nil)
	if err != nil {
		return errors.New("the address of the server cannot be asked")
	}
	r.Header.Set("Accept", "application/json")
	res, err := l.http.Do(r)
	if err != nil {
		return placeless(err)
	}
	defer res.Body.Close()
	got, err := readAnswer(res)
	if err != nil {
		return err
	}
	if !t.take(a, got.Durations) {
		return errShape
	}
	l.memory.learn(t, a)
	return nil
}

// codes are how OSRM's look: nothing else is repeated in a log.
var codes = regexp.MustCompile(`^[A-Za-z]{1,40}$`)

func readAnswer(res *http.Response) (answer, error) {
	var got answer
	text, err := io.ReadAll(io.LimitReader(res.Body, mostAnswer))
	if err != nil {
		return got, placeless(err)
	}
	bad := json.Unmarshal(text, &got)
	switch {
	case bad == nil && got.Code == "Ok" && res.StatusCode == http.StatusOK:
		return got, nil
	case bad == nil && got.Code != "Ok" && codes.MatchString(got.Code):
		return got, &refusal{res.StatusCode, got.Code}
	case res.StatusCode == http.StatusOK:
		return got, errShape
	}
	return got, &refusal{status: res.StatusCode}
}

var (
	errLate   = errors.New("no answer in time")
	errBroken = errors.New("the connection broke, or what came is no HTTP: is the address right?")
)

// placeless is what may be told of an error of the HTTP client, whose own words repeat the URL, and what the server wrote.
func placeless(err error) error {
	var network *net.OpError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return errLate
	case errors.As(err, &network):
		return network
	case errors.As(err, &certificate):
		return certificate
	}
	return errBroken
}
