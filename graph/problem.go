package graph

import (
	"context"
	"errors"
	"net/http"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"huifang/care"
	"huifang/graph/guard"
)

// problem is why a request fails as a whole: there is no data, only errors.
type problem struct {
	status int
	errors gqlerror.List
	// wellFormed says that the HTTP request was all right and only its document was not. Under application/json such
	// an answer has status 200, because intermediaries write that media type too (GraphQL over HTTP, 6.4.1).
	wellFormed bool
	allow      string // for status 405
}

// malformed is a request that is no GraphQL request. The words are ours alone: they never echo what was sent.
func (f Faults) malformed(ctx context.Context, status int, err *care.Error) *problem {
	return &problem{status: status, errors: gqlerror.List{f.show(ctx, err, gqlerror.Error{})}}
}

// failed is a well-formed request that one error stops.
func (f Faults) failed(ctx context.Context, err error) *problem {
	shown := f.show(ctx, meaning(err), gqlerror.Error{})
	code := care.CodeOf(meaning(err))
	return &problem{status: status(code), errors: gqlerror.List{shown}, wellFormed: code != care.CodeInternal}
}

// timedOut is a request whose time ran out before there was any data.
func (f Faults) timedOut(ctx context.Context) *problem {
	p := f.failed(ctx, context.DeadlineExceeded)
	p.status = http.StatusServiceUnavailable
	return p
}

// refused is a document that parser or validator refuse, or variables that do not fit it.
func refused(list gqlerror.List, rule string) *problem {
	return &problem{status: http.StatusBadRequest, errors: refusals(list, rule), wellFormed: true}
}

// meaning gives the guard's errors their place in the table.
func meaning(err error) error {
	var over *guard.Exceeded
	switch {
	case errors.As(err, &over):
		return care.Limited(over.Limit, "%w", err)
	case errors.Is(err, guard.ErrCycle):
		return care.Invalid("", "%w", err).By("NoFragmentCycles")
	case errors.Is(err, guard.ErrTwice):
		return care.Invalid("", "%w", err).By("UniqueFragmentNames")
	}
	return err
}
