package auth

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"huifang/id"
)

// AccessLife is how long an access token works. Disabling a user does not wait for it: see Claims.
const AccessLife = 10 * time.Minute

const (
	issuer   = "huifang"
	audience = "huifang-api"
	kind     = "at+jwt" // RFC 9068: an access token and nothing else
	leeway   = 30 * time.Second
	maxToken = 1024 // bytes; ours have about 400
)

// ErrSeed says that a signing seed has not the 32 bytes of Ed25519, or that there is none.
var ErrSeed = errors.New("signing seed is not 32 bytes")

// Claims is all an access token says: who, from which session, and the user's token epoch when it was made. Role, team
// and store are not in it: they are loaded on every request, with a check of session and epoch, so that disabling a
// user, moving them or ending a session works at once.
type Claims struct {
	User    id.ID
	Session id.ID
	Epoch   int
}

// Signer makes access tokens with one key and verifies those of a few. It is safe for use by many goroutines.
type Signer struct {
	kid    string
	key    ed25519.PrivateKey
	known  map[string]ed25519.PublicKey
	parser *jwt.Parser
	now    func() time.Time
}

// Now is the clock of the Signer.
func (s *Signer) Now() time.Time { return s.now() }

// NewSigner returns a Signer that signs with the first seed and verifies with all, so that tokens of the previous key
// live out their ten minutes after a rotation. now is the clock. ErrSeed when a seed is of the wrong size or none is given.
func NewSigner(now func() time.Time, seeds ...[]byte) (*Signer, error) {
	if len(seeds) == 0 {
		return nil, ErrSeed
	}
	s := &Signer{known: map[string]ed25519.PublicKey{}, parser: strictParser(now, audience), now: now}
	for i, seed := range seeds {
		if len(seed) != ed25519.SeedSize {
			return nil, fmt.Errorf("seed %d: %w", i, ErrSeed)
		}
		key := ed25519.NewKeyFromSeed(seed)
		public := key.Public().(ed25519.PublicKey)
		s.known[keyID(public)] = public
		if i == 0 {
			s.kid, s.key = keyID(public), key
		}
	}
	return s, nil
}

// strictParser closes what the library leaves open by default: any algorithm, no exp, any aud and iss.
func strictParser(now func() time.Time, audience string) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(leeway),
		jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(now),
	)
}

func keyID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return base64.RawURLEncoding.EncodeToString(sum[:8])
}

// wire is Claims as they travel.
type wire struct {
	jwt.RegisteredClaims
	Session string `json:"sid"`
	Epoch   *int   `json:"epo"`
}

// Sign makes an access token and returns it with the instant it expires.
func (s *Signer) Sign(c Claims) (string, time.Time, error) {
	now := s.now().UTC().Truncate(time.Second)
	expires := now.Add(AccessLife)
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, wire{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer:    issuer,
			Audience:  jwt.ClaimStrings{audience},
			Subject:   c.User.String(),
			IssuedAt:  jwt.NewNumericDate(now),
			ExpiresAt: jwt.NewNumericDate(expires),
		},
		Session: c.Session.String(),
		Epoch:   &c.Epoch,
	})
	token.Header["kid"], token.Header["typ"] = s.kid, kind
	text, err := token.SignedString(s.key)
	if err != nil {
		return "", time.Time{}, fmt.Errorf("sign an access token: %w", err)
	}
	return text, expires, nil
}

// Parse verifies an access token and returns its claims. Every failure wraps ErrUnauthenticated; the reason beside it
// is for the log, not for the client.
func (s *Signer) Parse(token string) (Claims, error) {
	c, err := s.parse(token)
	if err != nil {
		return Claims{}, fmt.Errorf("access token: %w: %w", ErrUnauthenticated, err)
	}
	return c, nil
}

func (s *Signer) parse(token string) (Claims, error) {
	if err := plausible(token); err != nil {
		return Claims{}, err
	}
	var w wire
	if _, err := s.parser.ParseWithClaims(token, &w, s.verificationKey); err != nil {
		return Claims{}, err
	}
	return w.claims()
}

// plausible refuses what cannot be a token of ours before it is decoded. The base64 decoder skips line breaks, which would
// give one token many spellings.
func plausible(token string) error {
	if len(token) > maxToken || strings.ContainsAny(token, "\r\n") {
		return fmt.Errorf("%d bytes are no token of ours", len(token))
	}
	return nil
}

// verificationKey accepts only headers Sign writes: alg, typ and kid, no key and no extension ("crit") of the sender's.
func (s *Signer) verificationKey(t *jwt.Token) (any, error) {
	kid, _ := t.Header["kid"].(string)
	public, ok := s.known[kid]
	if !ok || t.Header["typ"] != kind || len(t.Header) != 3 {
		return nil, errors.New("header names no key of ours")
	}
	return public, nil
}

func (w wire) claims() (Claims, error) {
	if w.IssuedAt == nil || w.Epoch == nil || len(w.Audience) != 1 {
		return Claims{}, errors.New("claim iat, epo or aud is missing or double")
	}
	user, err := id.Parse(w.Subject)
	if err != nil {
		return Claims{}, fmt.Errorf("claim sub: %w", err)
	}
	session, err := id.Parse(w.Session)
	if err != nil {
		return Claims{}, fmt.Errorf("claim sid: %w", err)
	}
	return Claims{User: user, Session: session, Epoch: *w.Epoch}, nil
}
