package graph

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"huifang/auth"
)

// Verify tells who a bearer token belongs to. It returns auth.ErrUnauthenticated for one that is not good, any other
// error for what is our fault.
type Verify func(ctx context.Context, bearer string) (auth.Viewer, error)

// longestToken bounds what Verify must look at, in bytes.
const longestToken = 4096

// Authenticate puts the viewer of the Authorization header into the context. Without the header the request goes on
// anonymously; with one that is not good it ends: 401, UNAUTHENTICATED. Tokens travel in this header only, never in a
// cookie, so no foreign page can act for a signed-in user.
func Authenticate(verify Verify, faults Faults) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if verify == nil || r.Header["Authorization"] == nil {
				next.ServeHTTP(w, r)
				return
			}
			viewer, err := verify.Viewer(r)
			if err != nil {
				faults.Refuse(w, r, err)
				return
			}
			next.ServeHTTP(w, r.WithContext(auth.With(r.Context(), viewer)))
		})
	}
}

// Viewer tells who sends a request, by its Authorization header. It returns auth.ErrUnauthenticated without a token, and
// for one that is not good.
func (verify Verify) Viewer(r *http.Request) (auth.Viewer, error) {
	given := r.Header["Authorization"]
	if len(given) != 1 {
		return auth.Viewer{}, auth.ErrUnauthenticated
	}
	scheme, token, _ := strings.Cut(given[0], " ")
	token = strings.TrimSpace(token)
	if !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > longestToken {
		return auth.Viewer{}, auth.ErrUnauthenticated
	}
	return verify(r.Context(), token)
}

// Refuse answers a whole request with an error, in the form and with the status that errors of the API have.
func (f Faults) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	secure(w.Header())
	mediaType, ok := negotiate(r.Header.Get("Accept"))
	if !ok {
		mediaType = plainJSON
	}
	p := f.failed(r.Context(), err)
	p.wellFormed = false // 401 under both media types: clients sign in again on it
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		p.status = http.StatusServiceUnavailable
	}
	p.write(w, mediaType)
}
