package graph

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"huifang/care"
	"huifang/civil"
	"huifang/graph/guard"
	"huifang/graph/scalar"
	"huifang/id"
)

// status is the one table of the codes: what each means to HTTP when a request fails as a whole, before execution.
// An error of a single field travels in an answer of status 200 beside the data.
func status(code care.Code) int {
	switch code {
	case care.CodeUnauthenticated:
		return http.StatusUnauthorized
	case care.CodeNotFound:
		return http.StatusNotFound
	case care.CodeInvalid:
		return http.StatusBadRequest
	case care.CodeConflict:
		return http.StatusConflict
	case care.CodeRefused:
		return http.StatusUnprocessableEntity
	case care.CodeLimited:
		return http.StatusBadRequest
	}
	return http.StatusInternalServerError
}

// Faults tells the log what is our fault. The caller gets only the id under which it stands there.
type Faults struct {
	Log   *slog.Logger
	NewID func() string
}

// report logs the error and returns its id.
func (f Faults) report(ctx context.Context, err error, path ast.Path) string {
	id := f.NewID()
	attributes := []any{"id", id, "error", err.Error(), "path", path.String(), "operation", operationName(ctx)}
	var p *panicked
	if errors.As(err, &p) {
		attributes = append(attributes, "stack", string(p.stack))
	}
	f.Log.ErrorContext(ctx, "internal error", attributes...)
	return id
}

func operationName(ctx context.Context) string {
	if !graphql.HasOperationContext(ctx) {
		return ""
	}
	if op := graphql.GetOperationContext(ctx).Operation; op != nil {
		return op.Name
	}
	return ""
}

// panicked is a panic of a resolver turned into an error, with the stack of where it happened.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("panic: %v", p.value) }

// recovered is gqlgen's hook for panics; called while the stack still stands.
func recovered(_ context.Context, value any) error {
	return &panicked{value: value, stack: debug.Stack()}
}

// present is gqlgen's hook for errors: it turns any error of a field into what the caller may see.
func (f Faults) present(ctx context.Context, err error) *gqlerror.Error {
	shown := gqlerror.Error{Path: graphql.GetPath(ctx)}
	var placed *gqlerror.Error
	if errors.As(err, &placed) {
		shown.Path, shown.Locations = placed.Path, placed.Locations
	}
	return f.show(ctx, fieldError(ctx, err, shown.Path), shown)
}

// show fills in message and extensions, and logs what is internal.
func (f Faults) show(ctx context.Context, err error, shown gqlerror.Error) *gqlerror.Error {
	known := care.AsError(err)
	shown.Message = brief(known.Words)
	shown.Extensions = map[string]any{"code": known.Code}
	put(shown.Extensions, "field", known.Field)
	put(shown.Extensions, "rule", known.Rule)
	if all := known.All(); len(all) > 0 {
		shown.Extensions["faults"] = faultsOf(all)
	}
	var over *guard.Exceeded
	if errors.As(err, &over) {
		shown.Extensions["limit"] = over.Max
	}
	if known.Code == care.CodeInternal {
		shown.Extensions["id"] = f.report(ctx, err, shown.Path)
	}
	return &shown
}

// fault is one of several things that are wrong with an input: a form shows it at its place.
type fault struct {
	Field   string `json:"field"`
	Rule    string `json:"rule,omitempty"`
	Message string `json:"message"`
}

// mostFaults caps the list of an error.
const mostFaults = 100

func faultsOf(all []*care.Error) []fault {
	var out []fault
	for _, e := range all[:min(len(all), mostFaults)] {
		out = append(out, fault{e.Field, e.Rule, brief(e.Words)})
	}
	return out
}

func put(extensions map[string]any, key, value string) {
	if value != "" {
		extensions[key] = value
	}
}

// fieldError finds what gqlgen's own errors mean: an argument that its type refused is INVALID, and an error that only
// follows from time running out (drivers say "interrupted") is LIMITED.
func fieldError(ctx context.Context, err error, path ast.Path) error {
	if field := argument(ctx, path); field != "" {
		return care.Invalid(field, "%s", reason(err)).By("scalar")
	}
	if ctx.Err() != nil && care.CodeOf(err) == care.CodeInternal {
		return ctx.Err()
	}
	return err
}

// reason is why an argument's type refused it, without the argument.
func reason(err error) string {
	for _, known := range []error{civil.ErrDate, id.ErrID, scalar.ErrDateTime, scalar.ErrFen} {
		if errors.Is(err, known) {
			return known.Error()
		}
	}
	return "does not fit its type"
}

// argument is the part of the path below the field: which argument, and which part of it. Only errors of reading
// arguments have one: those of resolvers end at the field.
func argument(ctx context.Context, path ast.Path) string {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || len(fc.Path()) >= len(path) {
		return ""
	}
	return dotted(path[len(fc.Path()):])
}

// dotted writes a path as people do: in.items[2].day.
func dotted(path ast.Path) string { return strings.TrimPrefix(path.String(), ".") }

// Texts of the parser and the validator can hold parts of the document; they are cut, and not all are shown.
const (
	longestMessage = 300
	mostErrors     = 10
)

func brief(words string) string {
	if len(words) <= longestMessage {
		return words
	}
	return strings.ToValidUTF8(words[:longestMessage], "") + "…"
}

// refusals turns the errors of parser, validator and variables into INVALID, with the rule that said no.
func refusals(list gqlerror.List, rule string) gqlerror.List {
	shown := make(gqlerror.List, 0, min(len(list), mostErrors))
	for _, err := range list[:min(len(list), mostErrors)] {
		extensions := map[string]any{"code": care.CodeInvalid, "rule": rule}
		put(extensions, "rule", err.Rule)
		if len(err.Path) > 1 { // "variable", then which and where in it
			put(extensions, "field", dotted(err.Path[1:]))
		}
		shown = append(shown, &gqlerror.Error{
			Message: brief(err.Message), Locations: err.Locations, Extensions: extensions,
		})
	}
	return shown
}
