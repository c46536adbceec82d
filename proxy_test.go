package main

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestAddressBehindAProxy(t *testing.T) {
	for name, tt := range map[string]struct {
		peer, header, want string
	}{
		"a trusted proxy tells the client":                  {"10.0.0.1:99", "203.0.113.7", "203.0.113.7:0"},
		"a chain of proxies tells the last one not trusted": {"10.0.0.1:99", "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7:0"},
		"a stranger is not believed":                        {"203.0.113.9:99", "198.51.100.1", "203.0.113.9:99"},
		"a proxy without the header stands for itself":      {"10.0.0.1:99", "", "10.0.0.1:99"},
		"a header that is no address is not believed":       {"10.0.0.1:99", "localhost", "10.0.0.1:99"},
		"an address of the sixth version is taken as it is": {"10.0.0.1:99", "2001:db8::1", "[2001:db8::1]:0"},
	} {
		t.Run(name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
			r.RemoteAddr = tt.peer
			if tt.header != "" {
				r.Header.Set("X-Forwarded-For", tt.header)
			}
			var got string
			next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })
			behind([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, next).ServeHTTP(httptest.NewRecorder(), r)
			if got != tt.want {
				t.Errorf("address is %s, want %s", got, tt.want)
			}
		})
	}
}

func TestNetworksThatAreNone(t *testing.T) {
	if _, err := networks([]string{"10.0.0.0/8", "everywhere"}); err == nil {
		t.Error("everywhere passed for a network")
	}
}
