package graph_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestAuthentication(t *testing.T) {
	for _, c := range []struct {
		name, header string
		status       int
		code         string // of the error, "" for none
	}{
		{"a good token", "Bearer good", 200, ""},
		{"the scheme in small letters", "bearer good", 200, ""},
		{"a bad token ends the request", "Bearer bad", 401, "UNAUTHENTICATED"},
		{"another scheme", "Basic Z29vZA==", 401, "UNAUTHENTICATED"},
		{"an empty token", "Bearer ", 401, "UNAUTHENTICATED"},
		{"an empty header", "", 401, "UNAUTHENTICATED"},
		{"an endless token", "Bearer " + strings.Repeat("x", 5000), 401, "UNAUTHENTICATED"},
		{"a verifier that is broken", "Bearer broken", 500, "INTERNAL"},
	} {
		for _, accept := range []string{"application/json", "application/graphql-response+json", "text/html"} {
			t.Run(c.name+" under "+accept, func(t *testing.T) {
				s := serve(t, nil)
				r := with(post(`{"query":"{role}"}`), "Accept", accept)
				r.Header["Authorization"] = []string{c.header}
				if c.code == "" && accept == "text/html" {
					t.Skip("not acceptable, tested elsewhere")
				}
				got := s.send(t, r)
				if c.code == "" {
					if string(got.body.Data) != `{"role":"REP"}` {
						t.Errorf("%d %s", got.status, got.text)
					}
					return
				}
				if got.status != c.status || got.code(t) != c.code {
					t.Errorf("%d %s", got.status, got.text)
				}
				if (got.header.Get("WWW-Authenticate") == "Bearer") != (c.status == 401) {
					t.Errorf("headers %v", got.header)
				}
				if strings.Contains(got.text, "10.0.0.7") {
					t.Errorf("a hidden text is shown: %s", got.text)
				}
			})
		}
	}
}

func TestTwoAuthorizationHeaders(t *testing.T) {
	r := post(`{"query":"{role}"}`)
	r.Header["Authorization"] = []string{"Bearer good", "Bearer good"}
	if got := serve(t, nil).send(t, r); got.status != http.StatusUnauthorized {
		t.Errorf("%d %s", got.status, got.text)
	}
}

func TestAnonymousGetsAsFarAsTheUseCase(t *testing.T) {
	s := serve(t, nil)
	got := s.query(t, `{role}`, `null`)
	if got.status != 200 || got.code(t) != "UNAUTHENTICATED" || s.log.Len() > 0 {
		t.Errorf("%d %s", got.status, got.text)
	}
	if got := s.query(t, `{echo(text:"x")}`, `null`); string(got.body.Data) != `{"echo":"x"}` {
		t.Errorf("%s", got.text)
	}
}

func TestBackstop(t *testing.T) {
	for _, c := range []struct{ name, document, data string }{
		{"an unchecked answer is withheld", `{leak}`, `{"leak":null}`},
		{"a checked field beside it does not cover it", `{echo(text:"x") leak}`, `{"echo":"x","leak":null}`},
		{"an unchecked answer that may not be null is withheld too", `{leakHard}`, `{"leakHard":null}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := serve(t, nil)
			got := s.query(t, c.document, `null`)
			if string(got.body.Data) != c.data || got.code(t) != "INTERNAL" || strings.Contains(got.text, "secret") {
				t.Errorf("%s", got.text)
			}
			if !strings.Contains(s.log.String(), "auth.Authorize") || !strings.Contains(s.log.String(), "path=leak") {
				t.Errorf("log: %s", s.log)
			}
		})
	}
	t.Run("the name of the type needs no check", func(t *testing.T) {
		if got := serve(t, nil).query(t, `{__typename}`, `null`); string(got.body.Data) != `{"__typename":"Query"}` {
			t.Errorf("%s", got.text)
		}
	})
}
