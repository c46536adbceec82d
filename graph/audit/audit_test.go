// Package audit_test runs the public audits of GraphQL over HTTP (npm package graphql-http) against the transport.
// It needs node, and `npm ci` in this folder.
package audit_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"

	"huifang/graph"
	"huifang/graph/internal/tiny"
	tinyexec "huifang/graph/internal/tiny/exec"
)

// audits is how many there are in the version that package.json names: a run of fewer proves nothing.
const audits = 61

// verdict is a line of audit.mjs.
type verdict struct{ ID, Name, Failure string }

func TestGraphQLOverHTTP(t *testing.T) {
	node := needNode(t)
	server := httptest.NewServer(graph.NewHandler(graph.Config{
		Schema:        tinyexec.NewExecutableSchema(tinyexec.Config{Resolvers: &tiny.Resolver{}}),
		Faults:        graph.Faults{Log: slog.New(slog.DiscardHandler), NewID: func() string { return "fault" }},
		Introspection: true, // some audits ask for a type
	}))
	defer server.Close()

	verdicts := run(t, node, server.URL)
	for _, v := range verdicts {
		if v.Failure != "" {
			t.Errorf("%s %s: %s", v.ID, v.Name, v.Failure)
		}
	}
	if len(verdicts) != audits {
		t.Errorf("%d audits ran, want %d", len(verdicts), audits)
	}
}

// needNode skips the test where node or the package is missing, except in CI, where that is a failure.
func needNode(t *testing.T) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err == nil {
		_, err = os.Stat("node_modules/graphql-http")
	}
	if err == nil {
		return node
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("run `npm ci` in graph/audit first: %v", err)
	}
	t.Skipf("run `npm ci` in graph/audit to audit the transport: %v", err)
	return ""
}

func run(t *testing.T, node, url string) []verdict {
	t.Helper()
	command := exec.CommandContext(t.Context(), node, "audit.mjs", url)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	out, err := command.Output()
	if err != nil {
		t.Fatalf("audit.mjs: %v\n%s", err, complaints.String())
	}
	var verdicts []verdict
	for lines := json.NewDecoder(bytes.NewReader(out)); ; {
		var v verdict
		switch err := lines.Decode(&v); err {
		case nil:
			verdicts = append(verdicts, v)
		case io.EOF:
			return verdicts
		default:
			t.Fatalf("audit.mjs printed %q: %v", out, err)
		}
	}
}
