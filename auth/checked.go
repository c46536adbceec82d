package auth

import (
	"context"
	"sync/atomic"
)

type checkKey struct{}

// WithCheck returns a context that remembers whether an authorisation decision was made under it. It is the backstop
// against the use case that forgot: the transport wraps each request, and fails those that answered unchecked.
func WithCheck(ctx context.Context) context.Context {
	return context.WithValue(ctx, checkKey{}, new(atomic.Bool))
}

// Checked tells whether Authorize or Public was called under the context of WithCheck. Without WithCheck it is false.
func Checked(ctx context.Context) bool {
	done, ok := ctx.Value(checkKey{}).(*atomic.Bool)
	return ok && done.Load()
}

// Public notes that the request needs no viewer, on purpose: signing in, refreshing, asking for the version.
func Public(ctx context.Context) { note(ctx) }

func note(ctx context.Context) {
	if done, ok := ctx.Value(checkKey{}).(*atomic.Bool); ok {
		done.Store(true)
	}
}
