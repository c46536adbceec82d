// Package graph is the transport of the API: GraphQL over HTTP, strict, in front of gqlgen's executor.
//
// A request passes, in this order: who asks (Authenticate), what is asked (read), which document (Trusted), what it
// would cost (guard), whether it fits the schema (documents), and then the resolvers, each of which calls one use case.
// Errors leave by one table (errors.go).
package graph

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"

	"huifang/graph/guard"
)

// Config is what the handler needs. Schema and Faults are required, the zero value of all else is the safe default.
type Config struct {
	Schema graphql.ExecutableSchema // exec.NewExecutableSchema(exec.Config{Resolvers: &Resolver{…}})
	Faults Faults
	Verify Verify // nil: everyone is anonymous

	Limits  guard.Limits                // zero: guard.Default()
	MaxBody func(context.Context) int64 // bytes, by who asks; nil: 1 MiB for everyone
	Timeout time.Duration               // zero: 10 s, a push has more; a resolver that ignores its context is waited for

	Trusted        Trusted                    // documents that may be called by id
	RequireTrusted func(context.Context) bool // who may run nothing else; nil: nobody

	Introspection bool
	Explorer      bool // a page for people at the same address, with introspection: for the demo
}

// Defaults of Config.
const (
	DefaultBody    = 1 << 20
	defaultTimeout = 10 * time.Second
)

// NewHandler serves the API at the address where it is mounted.
func NewHandler(c Config) http.Handler {
	h := &handler{Config: c.withDefaults()}
	h.documents = &documents{schema: c.Schema.Schema(), limits: h.Limits, introspection: h.Introspection}
	h.executor = executor.New(c.Schema)
	h.executor.SetQueryCache(prepared{})
	h.executor.SetErrorPresenter(h.Faults.present)
	h.executor.SetRecoverFunc(recovered)
	h.executor.AroundRootFields(backstop)
	return Authenticate(c.Verify, c.Faults)(h)
}

func (c Config) withDefaults() Config {
	if c.Limits == (guard.Limits{}) {
		c.Limits = guard.Default()
	}
	if c.MaxBody == nil {
		c.MaxBody = func(context.Context) int64 { return DefaultBody }
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.RequireTrusted == nil {
		c.RequireTrusted = func(context.Context) bool { return false }
	}
	c.Introspection = c.Introspection || c.Explorer
	return c
}

// errNoData is a fault of the generated code: it answers every operation that validates.
var errNoData = errors.New("the executor gave no data")

type handler struct {
	Config
	documents *documents
	executor  *executor.Executor
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	secure(w.Header())
	if h.Explorer && wantsPage(r) {
		servePage(w)
		return
	}
	mediaType, ok := negotiate(r.Header.Get("Accept"))
	if !ok {
		h.Faults.malformed(r.Context(), http.StatusNotAcceptable, errAccept).write(w, plainJSON)
		return
	}
	response, p := h.serve(w, r)
	if p != nil {
		p.write(w, mediaType)
		return
	}
	answer(w, mediaType, response)
}

// serve runs the request. Exactly one of its results is nil.
func (h *handler) serve(w http.ResponseWriter, r *http.Request) (response *graphql.Response, p *problem) {
	ctx := r.Context()
	defer func() {
		if value := recover(); value != nil {
			response, p = nil, h.Faults.failed(ctx, recovered(ctx, value))
		}
	}()
	req, status, err := read(w, r, h.MaxBody(ctx), h.Limits)
	if err != nil {
		p := h.Faults.malformed(ctx, status, err)
		p.allow = allowed(status)
		return nil, p
	}
	return h.run(ctx, req, r.Method == http.MethodGet)
}

func allowed(status int) string {
	if status == http.StatusMethodNotAllowed {
		return "GET, POST"
	}
	return ""
}

// run finds the document, and executes it.
func (h *handler) run(ctx context.Context, req request, reading bool) (*graphql.Response, *problem) {
	text, err := h.Trusted.text(req, h.RequireTrusted(ctx))
	if err != nil {
		return nil, h.Faults.failed(ctx, err)
	}
	doc, refusals, err := h.documents.prepare(text)
	switch {
	case err != nil:
		return nil, h.Faults.failed(ctx, err)
	case len(refusals) > 0:
		return nil, refused(refusals, "Validation")
	}
	if p := h.permitted(ctx, doc, req, reading); p != nil {
		return nil, p
	}
	ctx, cancel := context.WithTimeout(ctx, h.timeFor(doc.Operations.ForName(req.operationName)))
	defer cancel()
	return h.execute(context.WithValue(h.withRunner(ctx), preparedKey{}, doc), text, req)
}

// permitted checks the kind of the operation: a GET reads only, and nothing here streams.
func (h *handler) permitted(ctx context.Context, doc *ast.QueryDocument, req request, reading bool) *problem {
	op := doc.Operations.ForName(req.operationName)
	switch {
	case op == nil:
		return h.Faults.failed(ctx, errOperation)
	case op.Operation == ast.Subscription:
		return h.Faults.failed(ctx, errSubscription)
	case reading && op.Operation != ast.Query:
		p := h.Faults.malformed(ctx, http.StatusMethodNotAllowed, errMethod)
		p.allow = http.MethodPost
		return p
	}
	return nil
}

func (h *handler) execute(ctx context.Context, text string, req request) (*graphql.Response, *problem) {
	ctx = graphql.StartOperationTrace(ctx) // the executor panics without
	op, list := h.executor.CreateOperationContext(ctx, &graphql.RawParams{
		Query: text, OperationName: req.operationName, Variables: req.variables,
	})
	if len(list) > 0 {
		return nil, refused(list, "Variables")
	}
	op.DisableIntrospection = !h.Introspection
	next, ctx := h.executor.DispatchOperation(ctx, op)
	response := next(ctx)
	if response == nil || len(response.Data) == 0 {
		return nil, h.unanswered(ctx)
	}
	return response, nil
}

// unanswered tells why an execution gave no data at all.
func (h *handler) unanswered(ctx context.Context) *problem {
	if ctx.Err() != nil {
		return h.Faults.timedOut(ctx)
	}
	return h.Faults.failed(ctx, errNoData)
}
