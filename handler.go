package main

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"huifang/app"
	"huifang/auth"
	"huifang/coding"
	"huifang/graph"
	"huifang/graph/exec"
	"huifang/id"
	mobileschema "huifang/mobile-schema"
)

// importBody is how large a manager's request may be: it may carry files to import. Larger ones go by command line.
const importBody = 32 << 20

// handler is everything the server answers: the API, the app, and its health.
func (in *installation) handler(s serving) (http.Handler, error) {
	door, err := in.door()
	if err != nil {
		return nil, err
	}
	trusted, err := graph.ReadTrusted(mobileschema.Manifest())
	if err != nil {
		return nil, err
	}
	page, err := app.Handler(app.Dist())
	if err != nil {
		return nil, err
	}
	api := graph.NewHandler(graph.Config{
		Schema:         exec.NewExecutableSchema(exec.Config{Resolvers: &graph.Resolver{Release: version, Care: door}}),
		Faults:         graph.Faults{Log: in.log, NewID: in.faultID},
		Verify:         door.Verify,
		MaxBody:        maxBody,
		Trusted:        trusted,
		RequireTrusted: func(context.Context) bool { return !s.demo },
		Explorer:       s.demo,
	})
	mux := http.NewServeMux()
	mux.Handle("/graphql", behind(s.proxies, graph.FromAddress(coding.Gzip(api))))
	mux.Handle("/healthz", health(in.store))
	mux.Handle("/readyz", health(in.store))
	mux.Handle("/", page)
	return mux, nil
}

// maxBody lets managers send files to import.
func maxBody(ctx context.Context) int64 {
	if v, err := auth.From(ctx); err == nil && v.Role == auth.Manager {
		return importBody
	}
	return graph.DefaultBody
}

// faultID names a fault of ours in the log and in the answer.
func (in *installation) faultID() string {
	x, err := id.V7(in.now(), rand.Reader)
	if err != nil {
		return "unnamed"
	}
	return strings.ReplaceAll(x.String(), "-", "")
}
