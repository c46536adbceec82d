package auth

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"huifang/id"
)

// DeliveryLife is how long a delivery token works; each sign-in gives a new one.
const DeliveryLife = 90 * 24 * time.Hour

const (
	deliveryAudience = "huifang-push"
	deliveryKind     = "dl+jwt"
)

// Delivery is all a delivery token says: whose work, from which device. It proves no session, so it also works after
// signing out, and after the device was revoked or the user disabled: what was done before is not lost (story 18).
// Whoever holds it can deliver work and do nothing else; see Viewer.Delivering.
type Delivery struct {
	User   id.ID
	Device id.ID
}

// Courier makes and verifies delivery tokens. Its key is not one of a Signer's: neither takes the other's tokens. It is
// safe for use by many goroutines.
type Courier struct {
	key    ed25519.PrivateKey
	parser *jwt.Parser
	now    func() time.Time
}

// NewCourier returns a Courier with the key of a seed. now is the clock. ErrSeed when the seed is of the wrong size.
func NewCourier(now func() time.Time, seed []byte) (*Courier, error) {
	if len(seed) != ed25519.SeedSize {
		return nil, ErrSeed
	}
	return &Courier{key: ed25519.NewKeyFromSeed(seed), parser: strictParser(now, deliveryAudience), now: now}, nil
}

type deliveryWire struct {
	jwt.RegisteredClaims
	Device string `json:"dev"`
}

// Sign makes a delivery token.
func (c *Courier) Sign(d Delivery) (string, error) {
	now := c.now().UTC().Truncate(time.Second)
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, deliveryWire{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer:    issuer,
			Audience:  jwt.ClaimStrings{deliveryAudience},
			Subject:   d.User.String(),
			IssuedAt:  jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(now.Add(DeliveryLife)),
		},
		Device: d.Device.String(),
	})
	token.Header["typ"] = deliveryKind
	text, err := token.SignedString(c.key)
	if err != nil {
		return "", fmt.Errorf("sign a delivery token: %w", err)
	}
	return text, nil
}

// Parse verifies a delivery token. Every failure wraps ErrUnauthenticated; the reason beside it is for the log.
func (c *Courier) Parse(token string) (Delivery, error) {
	d, err := c.parse(token)
	if err != nil {
		return Delivery{}, fmt.Errorf("delivery token: %w: %w", ErrUnauthenticated, err)
	}
	return d, nil
}

func (c *Courier) parse(token string) (Delivery, error) {
	if err := plausible(token); err != nil {
		return Delivery{}, err
	}
	var w deliveryWire
	if _, err := c.parser.ParseWithClaims(token, &w, c.verificationKey); err != nil {
		return Delivery{}, err
	}
	return w.delivery()
}

// verificationKey accepts only headers Sign writes: alg and typ.
func (c *Courier) verificationKey(t *jwt.Token) (any, error) {
	if t.Header["typ"] != deliveryKind || len(t.Header) != 2 {
		return nil, errors.New("not a delivery token of ours")
	}
	return c.key.Public(), nil
}

func (w deliveryWire) delivery() (Delivery, error) {
	if w.IssuedAt == nil || len(w.Audience) != 1 {
		return Delivery{}, errors.New("claim iat or aud is missing or double")
	}
	user, err := id.Parse(w.Subject)
	if err != nil {
		return Delivery{}, fmt.Errorf("claim sub: %w", err)
	}
	device, err := id.Parse(w.Device)
	if err != nil {
		return Delivery{}, fmt.Errorf("claim dev: %w", err)
	}
	return Delivery{User: user, Device: device}, nil
}
