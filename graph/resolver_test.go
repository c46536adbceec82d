package graph_test

import (
	"testing"

	"huifang/graph"
	"huifang/graph/exec"
)

func TestVersionNeedsNoSignIn(t *testing.T) {
	s := serve(t, func(c *graph.Config) {
		c.Schema = exec.NewExecutableSchema(exec.Config{Resolvers: &graph.Resolver{Release: "1.2.3"}})
	})
	if got := s.query(t, `{version}`, `null`); string(got.body.Data) != `{"version":"1.2.3"}` {
		t.Errorf("%d %s", got.status, got.text)
	}
}
