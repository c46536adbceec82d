package graph_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/graph"
	"huifang/graph/internal/tiny"
	"huifang/graph/internal/tiny/exec"
	"huifang/id"
	"huifang/models"
)

// rep is who the token "good" belongs to.
var rep = auth.Viewer{User: id.ID{1}, Role: auth.Rep}

// server is the transport in front of the tiny schema, with a log to look into.
type server struct {
	http.Handler
	log *bytes.Buffer
}

func serve(t testing.TB, change func(*graph.Config)) server {
	t.Helper()
	var log bytes.Buffer
	c := graph.Config{
		Schema: exec.NewExecutableSchema(exec.Config{Resolvers: &tiny.Resolver{Fail: fail}}),
		Faults: graph.Faults{
			Log:   slog.New(slog.NewTextHandler(&log, nil)),
			NewID: func() string { return "fault-1" },
		},
		Verify: verify,
	}
	if change != nil {
		change(&c)
	}
	return server{graph.NewHandler(c), &log}
}

func verify(_ context.Context, token string) (auth.Viewer, error) {
	switch token {
	case "good":
		return rep, nil
	case "broken":
		return auth.Viewer{}, errors.New("dial tcp 10.0.0.7: no route")
	}
	return auth.Viewer{}, fmt.Errorf("read token: %w", auth.ErrUnauthenticated)
}

func fail(how string) error {
	switch how {
	case "missing":
		return care.NotFound("account")
	case "forbidden":
		return fmt.Errorf("read an account: %w", auth.ErrForbidden)
	case "no row":
		return fmt.Errorf("read an account: %w", models.ErrNotFound)
	case "invalid":
		return care.Invalid("visit.day", "is in the future").By("past")
	case "conflict":
		return fmt.Errorf("log: %w", care.Conflict("another visit has this id"))
	case "refused":
		return care.Refused("D19", "the customer opted out of calls")
	case "limited":
		return care.Limited("page", "more than 100 rows")
	case "late":
		return fmt.Errorf("query: %w", context.DeadlineExceeded)
	case "panic":
		panic("nil map of hunter2")
	case "nothing":
		return nil
	}
	return errors.New("dial tcp 10.0.0.7:3306: password hunter2")
}

// reply is an answer of the server.
type reply struct {
	status int
	header http.Header
	text   string
	body   struct {
		Data   json.RawMessage `json:"data"`
		Errors []shown         `json:"errors"`
	}
}

type shown struct {
	Message    string         `json:"message"`
	Path       []any          `json:"path"`
	Locations  []any          `json:"locations"`
	Extensions map[string]any `json:"extensions"`
}

func (s server) send(t testing.TB, r *http.Request) reply {
	t.Helper()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	got := reply{status: w.Code, header: w.Header(), text: w.Body.String()}
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &got.body); err != nil {
			t.Fatalf("the answer is no JSON: %v\n%s", err, got.text)
		}
	}
	return got
}

// post sends a body as a well-behaved client does.
func post(body string) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/graphql-response+json")
	return r
}

// query sends a document with variables.
func (s server) query(t testing.TB, document, variables string) reply {
	t.Helper()
	return s.send(t, post(fmt.Sprintf(`{"query":%s,"variables":%s}`, quoted(document), variables)))
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// code is the code of the only error of an answer.
func (r reply) code(t testing.TB) string {
	t.Helper()
	if len(r.body.Errors) != 1 {
		t.Fatalf("want one error, got %s", r.text)
	}
	code, _ := r.body.Errors[0].Extensions["code"].(string)
	return code
}

// reader gives n bytes.
func reader(n int) io.Reader { return io.LimitReader(endless{}, int64(n)) }

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

const soon = 20 * time.Millisecond
