package graph

import (
	"context"
	"net/http"
	"net/netip"
)

type addressKey struct{}

// FromAddress notes where a request comes from, for the throttle of sign-in. It believes the connection only: behind a
// proxy, the proxy's server must rewrite RemoteAddr.
func FromAddress(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if from, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
			r = r.WithContext(context.WithValue(r.Context(), addressKey{}, from.Addr().Unmap()))
		}
		next.ServeHTTP(w, r)
	})
}

// address is where the request comes from; the zero address when nobody noted it.
func address(ctx context.Context) netip.Addr {
	from, _ := ctx.Value(addressKey{}).(netip.Addr)
	return from
}
