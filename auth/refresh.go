package auth

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"time"

	"huifang/id"
)

// RefreshLife is how long a session lives after its last refresh.
const RefreshLife = 30 * 24 * time.Hour

// RefreshGrace is how long the token before the current one still works, for a phone that lost the answer to its last
// refresh in a basement. It is as long as such a phone may read its rows without contact (field.leaseHours of the policy
// as it comes): whoever can still work offline is not signed out for having had no network.
const RefreshGrace = 72 * time.Hour

// ErrRefresh says that a text is no refresh token of ours. It wraps ErrUnauthenticated.
var ErrRefresh = fmt.Errorf("not a refresh token: %w", ErrUnauthenticated)

const refreshSecret = 32 // random bytes

// Base64 of 48 bytes has no padding and no loose bits, so a token has one spelling.
const refreshText = (len(id.ID{}) + refreshSecret) * 4 / 3

// NewRefresh makes the next refresh token of a session: its key and 32 bytes of random, in base64url. It returns the
// token for the client, who alone keeps it, and the SHA-256 hash to store.
func NewRefresh(session id.ID, random io.Reader) (token string, hash []byte, err error) {
	raw := append(session[:], make([]byte, refreshSecret)...)
	if _, err := io.ReadFull(random, raw[len(session):]); err != nil {
		return "", nil, fmt.Errorf("read a refresh token: %w", err)
	}
	sum := sha256.Sum256(raw)
	return base64.RawURLEncoding.EncodeToString(raw), sum[:], nil
}

// ParseRefresh returns the session a refresh token names, and its hash to compare with the stored ones; ErrRefresh when
// the text is no refresh token. Nothing is proven before RefreshState.Decide.
func ParseRefresh(token string) (session id.ID, hash []byte, err error) {
	if len(token) != refreshText {
		return id.ID{}, nil, ErrRefresh
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) != len(session)+refreshSecret {
		return id.ID{}, nil, errors.Join(ErrRefresh, err)
	}
	sum := sha256.Sum256(raw)
	return id.ID(raw[:len(session)]), sum[:], nil
}

// RefreshState is what is stored of a session's refresh tokens.
type RefreshState struct {
	Current  []byte    // hash of the token valid now
	Previous []byte    // hash of the one before, nil at first
	Rotated  time.Time // when Current was first made from Previous
	Expires  time.Time
	Revoked  bool
}

// RefreshDecision is what becomes of a refresh token that was presented. The zero value refuses.
type RefreshDecision int

// The decisions, and what the caller must store with each.
const (
	// RefreshRefused: the session was revoked. Answer UNAUTHENTICATED.
	RefreshRefused RefreshDecision = iota
	// RefreshExpired: nobody refreshed for RefreshLife. Answer UNAUTHENTICATED.
	RefreshExpired
	// RefreshReused: a token that had been replaced came back, so two hold the session; or somebody who knows the
	// session's key made one up. Revoke the session, audit, and answer UNAUTHENTICATED.
	RefreshReused
	// RefreshAccepted: make a new token; Previous becomes the old Current, Rotated now, Expires now + RefreshLife.
	RefreshAccepted
	// RefreshResumed: the client did not get the last answer. Make a new token for Current; Previous and Rotated stay,
	// Expires is now + RefreshLife. The lost token is dead: should somebody hold it after all, that is RefreshReused.
	RefreshResumed
)

// Decide judges the hash of a presented token at an instant. Since a token that is used becomes Previous, a Previous
// that comes back means that nobody has used Current yet: its answer got lost, or Previous was stolen. In both cases only
// one of the two can go on, and the other one's next refresh revokes the session.
//
// The caller stores the outcome with a condition that Current is still what was read, so that two refreshes at once do
// not both win; the client refreshes one at a time.
func (s RefreshState) Decide(presented []byte, now time.Time) RefreshDecision {
	switch {
	case s.Revoked:
		return RefreshRefused
	case !now.Before(s.Expires):
		return RefreshExpired
	case sameHash(presented, s.Current):
		return RefreshAccepted
	case sameHash(presented, s.Previous) && now.Before(s.Rotated.Add(RefreshGrace)):
		return RefreshResumed
	}
	return RefreshReused
}

func sameHash(a, b []byte) bool {
	return len(a) == sha256.Size && subtle.ConstantTimeCompare(a, b) == 1
}
