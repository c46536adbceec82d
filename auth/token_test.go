package auth

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"huifang/id"
)

var (
	seedA = bytes.Repeat([]byte{1}, ed25519.SeedSize)
	seedB = bytes.Repeat([]byte{2}, ed25519.SeedSize)
	noon  = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

func newSigner(t *testing.T, now time.Time, seeds ...[]byte) *Signer {
	t.Helper()
	s, err := NewSigner(at(now), seeds...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func someClaims() Claims { return Claims{User: user1, Session: id.ID{15: 7}, Epoch: 3} }

func sign(t *testing.T, s *Signer) string {
	t.Helper()
	token, _, err := s.Sign(someClaims())
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestATokenSaysWhoItIsFrom(t *testing.T) {
	s := newSigner(t, noon.Add(700*time.Millisecond), seedA)
	token, expires, err := s.Sign(someClaims())
	if err != nil {
		t.Fatal(err)
	}
	if !expires.Equal(noon.Add(AccessLife)) {
		t.Errorf("expires %v", expires)
	}
	got, err := s.Parse(token)
	if err != nil || got != someClaims() {
		t.Errorf("claims %+v, error %v", got, err)
	}
	if len(token) > maxToken/2 {
		t.Errorf("a token of %d bytes leaves no room below the bound", len(token))
	}
}

func TestATokenCarriesNoRights(t *testing.T) {
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(sign(t, newSigner(t, noon, seedA)), ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"role", "team", "store", "REP"} {
		if bytes.Contains(payload, []byte(word)) {
			t.Errorf("%s says %q", payload, word)
		}
	}
}

func TestATokenLivesTenMinutes(t *testing.T) {
	token := sign(t, newSigner(t, noon, seedA))
	for _, c := range []struct {
		name string
		now  time.Time
		ok   bool
	}{
		{"at once", noon, true},
		{"by a clock 29 seconds behind", noon.Add(-29 * time.Second), true},
		{"from the future, by a clock 31 seconds behind", noon.Add(-31 * time.Second), false},
		{"in the last second", noon.Add(AccessLife - time.Second), true},
		{"within the leeway", noon.Add(AccessLife + 29*time.Second), true},
		{"after the leeway", noon.Add(AccessLife + 31*time.Second), false},
		{"a year later", noon.AddDate(1, 0, 0), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := newSigner(t, c.now, seedA).Parse(token)
			if (err == nil) != c.ok || (err != nil && !errors.Is(err, ErrUnauthenticated)) {
				t.Errorf("error %v, want accepted %v", err, c.ok)
			}
		})
	}
}

func TestRotationOfTheKey(t *testing.T) {
	old, rotated := newSigner(t, noon, seedA), newSigner(t, noon, seedB, seedA)
	if _, err := rotated.Parse(sign(t, old)); err != nil {
		t.Errorf("a token of the previous key: %v", err)
	}
	if _, err := old.Parse(sign(t, rotated)); !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("a token of a key not known yet: error %v", err)
	}
	if _, err := newSigner(t, noon, seedB).Parse(sign(t, old)); !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("a token of a key taken out: error %v", err)
	}
}

func TestNewSignerRefusesSeeds(t *testing.T) {
	for name, seeds := range map[string][][]byte{
		"none":       nil,
		"empty":      {{}},
		"short":      {seedA[:31]},
		"second bad": {seedA, seedB[:16]},
	} {
		if _, err := NewSigner(at(noon), seeds...); !errors.Is(err, ErrSeed) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// forgery is a token built by hand: start from a good one and spoil one thing.
type forgery struct {
	header, claims map[string]any
	method         jwt.SigningMethod
	key            any
}

func goodForgery() forgery {
	key := ed25519.NewKeyFromSeed(seedA)
	return forgery{
		header: map[string]any{"alg": "EdDSA", "typ": kind, "kid": keyID(key.Public().(ed25519.PublicKey))},
		claims: map[string]any{
			"iss": issuer, "aud": []string{audience}, "sub": user1.String(), "sid": user1.String(), "epo": 0,
			"iat": noon.Unix(), "exp": noon.Add(time.Minute).Unix(),
		},
		method: jwt.SigningMethodEdDSA,
		key:    key,
	}
}

func (f forgery) text(t *testing.T) string {
	t.Helper()
	token := &jwt.Token{Header: f.header, Claims: jwt.MapClaims(f.claims), Method: f.method}
	text, err := token.SignedString(f.key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// claim sets or, with nil, removes a claim.
func claim(name string, value any) func(*forgery) {
	return func(f *forgery) {
		f.claims[name] = value
		maps.DeleteFunc(f.claims, func(_ string, v any) bool { return v == nil })
	}
}

func header(name string, value any) func(*forgery) {
	return func(f *forgery) {
		f.header[name] = value
		maps.DeleteFunc(f.header, func(_ string, v any) bool { return v == nil })
	}
}

func TestForgedTokens(t *testing.T) {
	public := []byte(ed25519.NewKeyFromSeed(seedA).Public().(ed25519.PublicKey))
	for _, c := range []struct {
		name  string
		spoil func(*forgery)
	}{
		{"alg none", func(f *forgery) {
			f.header["alg"], f.method, f.key = "none", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
		}},
		{"HS256 keyed with the public key", func(f *forgery) {
			f.header["alg"], f.method, f.key = "HS256", jwt.SigningMethodHS256, public
		}},
		{"signed by another key under our name", func(f *forgery) { f.key = ed25519.NewKeyFromSeed(seedB) }},
		{"alg none in the header of a signed token", header("alg", "none")},
		{"no key named", header("kid", nil)},
		{"a key that is not text", header("kid", 7)},
		{"an unknown key", header("kid", "../../etc/passwd")},
		{"a key of the sender's", header("jwk", map[string]any{"kty": "OKP"})},
		{"an extension we do not know", header("crit", []string{"b64"})},
		{"another kind of token", header("typ", "JWT")},
		{"no kind", header("typ", nil)},
		{"another issuer", claim("iss", "huifang2")},
		{"no issuer", claim("iss", nil)},
		{"another audience", claim("aud", "other-api")},
		{"no audience", claim("aud", nil)},
		{"a second audience", claim("aud", []string{audience, "other-api"})},
		{"no expiry", claim("exp", nil)},
		{"expired", claim("exp", noon.Add(-time.Minute).Unix())},
		{"an expiry that is text", claim("exp", "tomorrow")},
		{"no instant of issue", claim("iat", nil)},
		{"issued in the future", claim("iat", noon.Add(time.Minute).Unix())},
		{"not valid yet", claim("nbf", noon.Add(time.Minute).Unix())},
		{"no user", claim("sub", nil)},
		{"a user that is no key", claim("sub", "admin")},
		{"no session", claim("sid", nil)},
		{"a session that is no key", claim("sid", "1 OR 1=1")},
		{"no epoch", claim("epo", nil)},
		{"an epoch that is text", claim("epo", "3")},
		{"huge", claim("pad", strings.Repeat("x", maxToken))},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := goodForgery()
			c.spoil(&f)
			claims, err := newSigner(t, noon, seedA).Parse(f.text(t))
			if !errors.Is(err, ErrUnauthenticated) || claims != (Claims{}) {
				t.Errorf("claims %+v, error %v", claims, err)
			}
		})
	}
	if _, err := newSigner(t, noon, seedA).Parse(goodForgery().text(t)); err != nil {
		t.Errorf("the unspoilt token is refused too: %v", err)
	}
}

const base64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func TestMangledTokens(t *testing.T) {
	s := newSigner(t, noon, seedA)
	token := sign(t, s)
	parts := strings.Split(token, ".")
	for name, bad := range map[string]string{
		"empty":             "",
		"only dots":         "..",
		"a fourth part":     token + ".x",
		"no signature":      parts[0] + "." + parts[1] + ".",
		"padding":           token + "==",
		"a space in front":  " " + token,
		"a line break":      token + "\n",
		"the bearer scheme": "Bearer " + token,
		"null":              "bnVsbA.bnVsbA.bnVsbA",
		"a megabyte":        strings.Repeat("a.", 1<<19),
	} {
		if _, err := s.Parse(bad); !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("%s: error %v", name, err)
		}
	}
	// A signature of 64 bytes leaves four bits of its last letter unused: only one of 16 spellings is ours.
	last := strings.IndexByte(base64URL, token[len(token)-1])
	if _, err := s.Parse(token[:len(token)-1] + string(base64URL[last^1])); !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("another spelling of the signature: error %v", err)
	}
	for cut := range len(token) {
		if _, err := s.Parse(token[:cut]); !errors.Is(err, ErrUnauthenticated) {
			t.Fatalf("cut to %d bytes: error %v", cut, err)
		}
	}
}

// No bytes but our own are accepted, and none make the parser panic.
func FuzzParseToken(f *testing.F) {
	s, err := NewSigner(at(noon), seedA)
	if err != nil {
		f.Fatal(err)
	}
	good, _, err := s.Sign(someClaims())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Fuzz(func(t *testing.T, token string) {
		if _, err := s.Parse(token); (err == nil) != (token == good) {
			t.Errorf("%q: error %v", token, err)
		}
	})
}
