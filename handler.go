package main

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"huifang/app"
	"huifang/auth"
	"huifang/care"
	"huifang/coding"
	"huifang/graph"
	"huifang/graph/exec"
	"huifang/id"
	mobileschema "huifang/mobile-schema"
	"huifang/web"
)

// importBody is how large a manager's request may be: it may carry files to import. Larger ones go by command line.
const importBody = 32 << 20

// site is everything the server answers. Its events move while somebody runs them.
type site struct {
	http.Handler
	events *web.Events
}

// site is the API, photos, events, the app, and the server's health.
func (in *installation) site(s serving) (*site, error) {
	door, err := in.door()
	if err != nil {
		return nil, err
	}
	api, err := in.api(door, s.demo)
	if err != nil {
		return nil, err
	}
	pages, err := app.Handler(app.Dist())
	if err != nil {
		return nil, err
	}
	photos := web.Photos{Care: in.care, Verify: door.Verify, Faults: in.faults()}
	exports := web.Exports{Care: in.care, Verify: door.Verify, Faults: in.faults()}
	events := web.NewEvents(web.EventsConfig{
		Verify: door.Verify, Faults: in.faults(), Counters: in.care.Counters, Teams: in.care.TeamCounters, Now: in.now,
	})
	mux := http.NewServeMux()
	mux.Handle("/graphql", behind(s.proxies, graph.FromAddress(coding.Gzip(api))))
	mux.Handle("/photos/", photos.Handler())
	mux.Handle("/export/", exports.Handler())
	mux.Handle("/events", events.Handler())
	mux.Handle("/healthz", health(in.store))
	mux.Handle("/readyz", health(in.store))
	mux.Handle("/", pages)
	return &site{Handler: mux, events: events}, nil
}

func (in *installation) api(door *care.Door, demo bool) (http.Handler, error) {
	trusted, err := graph.ReadTrusted(mobileschema.Manifest())
	if err != nil {
		return nil, err
	}
	return graph.NewHandler(graph.Config{
		Schema:         exec.NewExecutableSchema(exec.Config{Resolvers: &graph.Resolver{Release: version, Care: door}}),
		Faults:         in.faults(),
		Verify:         door.Verify,
		MaxBody:        maxBody,
		Trusted:        trusted,
		RequireTrusted: func(context.Context) bool { return !demo },
		Explorer:       demo,
	}), nil
}

func (in *installation) faults() graph.Faults { return graph.Faults{Log: in.log, NewID: in.faultID} }

// maxBody lets managers send files to import.
func maxBody(ctx context.Context) int64 {
	if v, err := auth.From(ctx); err == nil && v.Role == auth.Manager && !v.Delivering {
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
