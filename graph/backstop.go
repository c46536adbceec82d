package graph

import (
	"context"
	"errors"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"huifang/auth"
)

// errUnchecked is the fault of a use case that answered without asking who may know.
var errUnchecked = errors.New("a root field answered, and nothing was authorised: its use case must call auth.Authorize or auth.Public")

// backstop fails each field of Query and Mutation that answers although no authorisation was decided under it. It is
// there for the use case somebody forgets it in; introspection needs none.
func backstop(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	ctx = auth.WithCheck(ctx)
	answer := next(ctx)
	switch {
	case answer == nil: // a panic left nothing
		return graphql.Null
	case answer == graphql.Null, answer == graphql.RequiredNull: // says nothing
		return answer
	case auth.Checked(ctx), introspects(ctx):
		return answer
	}
	graphql.AddError(atRoot(ctx), errUnchecked)
	return graphql.Null
}

// atRoot lets the error name the field as its path.
func atRoot(ctx context.Context) context.Context {
	if root := graphql.GetRootFieldContext(ctx); root != nil {
		return graphql.WithFieldContext(ctx, &graphql.FieldContext{Field: root.Field})
	}
	return ctx
}

func introspects(ctx context.Context) bool {
	root := graphql.GetRootFieldContext(ctx)
	return root != nil && strings.HasPrefix(root.Field.Name, "__")
}
