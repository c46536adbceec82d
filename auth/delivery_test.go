package auth

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"huifang/id"
)

func newCourier(t *testing.T, now time.Time, seed []byte) *Courier {
	t.Helper()
	c, err := NewCourier(at(now), seed)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func someDelivery() Delivery { return Delivery{User: user1, Device: id.ID{15: 8}} }

func deliver(t *testing.T, c *Courier) string {
	t.Helper()
	token, err := c.Sign(someDelivery())
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestADeliveryTokenLivesNinetyDays(t *testing.T) {
	token := deliver(t, newCourier(t, noon, seedA))
	for _, c := range []struct {
		name string
		now  time.Time
		ok   bool
	}{
		{"at once", noon, true},
		{"on the last day", noon.Add(DeliveryLife - time.Hour), true},
		{"after it", noon.Add(DeliveryLife + time.Minute), false},
		{"from the future", noon.Add(-time.Minute), false},
	} {
		got, err := newCourier(t, c.now, seedA).Parse(token)
		if c.ok && (err != nil || got != someDelivery()) || !c.ok && !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("%s: %+v, error %v", c.name, got, err)
		}
	}
}

// Even with one key for both, neither kind of token passes for the other.
func TestAccessAndDeliveryAreNotExchanged(t *testing.T) {
	signer, courier := newSigner(t, noon, seedA), newCourier(t, noon, seedA)
	if _, err := signer.Parse(deliver(t, courier)); !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("a delivery token opens the API: %v", err)
	}
	if _, err := courier.Parse(sign(t, signer)); !errors.Is(err, ErrUnauthenticated) {
		t.Errorf("an access token delivers: %v", err)
	}
	if _, err := NewCourier(at(noon), seedA[:31]); !errors.Is(err, ErrSeed) {
		t.Errorf("a short seed: %v", err)
	}
}

func goodDelivery() forgery {
	return forgery{
		header: map[string]any{"alg": "EdDSA", "typ": deliveryKind},
		claims: map[string]any{
			"iss": issuer, "aud": []string{deliveryAudience}, "sub": user1.String(), "dev": user1.String(),
			"iat": noon.Unix(), "exp": noon.Add(time.Minute).Unix(),
		},
		method: jwt.SigningMethodEdDSA,
		key:    ed25519.NewKeyFromSeed(seedA),
	}
}

func TestForgedDeliveryTokens(t *testing.T) {
	courier := newCourier(t, noon, seedA)
	for name, spoil := range map[string]func(*forgery){
		"alg none": func(f *forgery) {
			f.header["alg"], f.method, f.key = "none", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType
		},
		"HS256 keyed with the public key": func(f *forgery) {
			public := []byte(courier.key.Public().(ed25519.PublicKey))
			f.header["alg"], f.method, f.key = "HS256", jwt.SigningMethodHS256, public
		},
		"another key":                   func(f *forgery) { f.key = ed25519.NewKeyFromSeed(seedB) },
		"another kind":                  header("typ", kind),
		"no kind":                       header("typ", nil),
		"an extension we do not know":   header("crit", []string{"b64"}),
		"another issuer":                claim("iss", "huifang2"),
		"the audience of the API":       claim("aud", audience),
		"a second audience":             claim("aud", []string{deliveryAudience, audience}),
		"no expiry":                     claim("exp", nil),
		"no instant of issue":           claim("iat", nil),
		"no user":                       claim("sub", nil),
		"no device":                     claim("dev", nil),
		"a device that is no key":       claim("dev", "1 OR 1=1"),
		"longer than any token of ours": claim("pad", strings.Repeat("x", maxToken)),
	} {
		f := goodDelivery()
		spoil(&f)
		if d, err := courier.Parse(f.text(t)); !errors.Is(err, ErrUnauthenticated) || d != (Delivery{}) {
			t.Errorf("%s: %+v, error %v", name, d, err)
		}
	}
	if _, err := courier.Parse(goodDelivery().text(t)); err != nil {
		t.Errorf("the unspoilt token is refused too: %v", err)
	}
}

func TestWhoDeliversMayDoNothingElse(t *testing.T) {
	for _, role := range Roles() {
		v := Viewer{User: user1, Role: role, Team: team1, Delivering: true}
		for _, action := range Actions() {
			checkPermission(t, v, action, action == PushWork)
		}
		if v.Scope() != (Scope{}) {
			t.Errorf("a delivering %s sees %+v", role, v.Scope())
		}
	}
}
