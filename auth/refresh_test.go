package auth

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"strings"
	"testing"
	"time"

	"huifang/id"
)

func newRefresh(t *testing.T) (token string, hash []byte) {
	t.Helper()
	token, hash, err := NewRefresh(user1, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return token, hash
}

func TestARefreshTokenNamesItsSession(t *testing.T) {
	token, hash := newRefresh(t)
	session, again, err := ParseRefresh(token)
	if err != nil || session != user1 || !bytes.Equal(hash, again) || len(hash) != sha256.Size {
		t.Errorf("session %v, hash %x, want %x, error %v", session, again, hash, err)
	}
	if other, otherHash := newRefresh(t); other == token || bytes.Equal(hash, otherHash) {
		t.Error("two tokens are the same")
	}
}

func TestNewRefreshNeedsRandomness(t *testing.T) {
	if _, _, err := NewRefresh(user1, bytes.NewReader(make([]byte, refreshSecret-1))); err == nil {
		t.Error("made a token of too little randomness")
	}
}

func TestParseRefreshRefuses(t *testing.T) {
	token, _ := newRefresh(t)
	for name, bad := range map[string]string{
		"empty":              "",
		"cut":                token[:len(token)-1],
		"longer":             token + "A",
		"huge":               strings.Repeat("A", 1<<20),
		"the other alphabet": "+/" + token[2:],
		"padding":            token[:len(token)-2] + "==",
		"line breaks":        token[:len(token)-4] + "\r\n\r\n",
		"an access token":    "eyJhbGciOiJFZERTQSJ9.e30.AAAA",
	} {
		if _, _, err := ParseRefresh(bad); !errors.Is(err, ErrRefresh) || !errors.Is(err, ErrUnauthenticated) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func FuzzParseRefresh(f *testing.F) {
	f.Add(strings.Repeat("A", refreshText))
	f.Fuzz(func(t *testing.T, token string) {
		session, hash, err := ParseRefresh(token)
		if err != nil {
			return
		}
		raw, _, _ := NewRefresh(session, bytes.NewReader(make([]byte, refreshSecret)))
		if len(hash) != sha256.Size || raw[:21] != token[:21] {
			t.Errorf("%q names session %v", token, session)
		}
	})
}

func TestDecide(t *testing.T) {
	hash := func(s string) []byte { sum := sha256.Sum256([]byte(s)); return sum[:] }
	state := RefreshState{Current: hash("b"), Previous: hash("a"), Rotated: noon, Expires: noon.Add(RefreshLife)}
	first := RefreshState{Current: hash("a"), Rotated: noon, Expires: noon.Add(RefreshLife)}
	revoked := state
	revoked.Revoked = true
	for _, c := range []struct {
		name      string
		state     RefreshState
		presented []byte
		after     time.Duration
		want      RefreshDecision
	}{
		{"the current token", state, hash("b"), time.Hour, RefreshAccepted},
		{"the current token in the last second", state, hash("b"), RefreshLife - time.Second, RefreshAccepted},
		{"the current token after 30 days", state, hash("b"), RefreshLife, RefreshExpired},
		{"the current token of a revoked session", revoked, hash("b"), time.Hour, RefreshRefused},
		{"a revoked session stays revoked when it expires", revoked, hash("b"), RefreshLife, RefreshRefused},
		{"the token before, when the answer got lost", state, hash("a"), time.Minute, RefreshResumed},
		{"the token before, after a day without a network", state, hash("a"), 24 * time.Hour, RefreshResumed},
		{"the token before, in the last second of the grace", state, hash("a"), RefreshGrace - time.Second, RefreshResumed},
		{"the token before, at the end of the grace", state, hash("a"), RefreshGrace, RefreshReused},
		{"the token before, a week later", state, hash("a"), 7 * 24 * time.Hour, RefreshReused},
		{"the token before, of a revoked session", revoked, hash("a"), time.Minute, RefreshRefused},
		{"a token older than that", state, hash("0"), time.Minute, RefreshReused},
		{"the first token", first, hash("a"), time.Minute, RefreshAccepted},
		{"no hash against no previous token", first, nil, time.Minute, RefreshReused},
		{"no hash against an empty row", RefreshState{Expires: noon.Add(RefreshLife)}, nil, 0, RefreshReused},
		{"the zero state", RefreshState{}, hash("a"), 0, RefreshExpired},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.state.Decide(c.presented, noon.Add(c.after)); got != c.want {
				t.Errorf("decision %d, want %d", got, c.want)
			}
		})
	}
}

// session plays the part of the storage: it does with each decision what its comment says.
type session struct {
	state RefreshState
	now   time.Time
}

func (s *session) refresh(t *testing.T, token string) (string, RefreshDecision) {
	t.Helper()
	_, presented, err := ParseRefresh(token)
	if err != nil {
		t.Fatal(err)
	}
	decision := s.state.Decide(presented, s.now)
	next, hash := newRefresh(t)
	switch decision {
	case RefreshAccepted:
		s.state = RefreshState{Current: hash, Previous: s.state.Current, Rotated: s.now, Expires: s.now.Add(RefreshLife)}
	case RefreshResumed:
		s.state.Current, s.state.Expires = hash, s.now.Add(RefreshLife)
	case RefreshReused:
		s.state.Revoked = true
	}
	return next, decision
}

func (s *session) want(t *testing.T, token string, want RefreshDecision) string {
	t.Helper()
	next, got := s.refresh(t, token)
	if got != want {
		t.Fatalf("decision %d, want %d", got, want)
	}
	return next
}

func newSession(t *testing.T) (*session, string) {
	t.Helper()
	token, hash := newRefresh(t)
	return &session{RefreshState{Current: hash, Rotated: noon, Expires: noon.Add(RefreshLife)}, noon}, token
}

func TestASessionSlidesAsLongAsItIsUsed(t *testing.T) {
	s, token := newSession(t)
	for range 5 {
		s.now = s.now.Add(29 * 24 * time.Hour)
		token = s.want(t, token, RefreshAccepted)
	}
	s.now = s.now.Add(RefreshLife)
	s.want(t, token, RefreshExpired)
}

func TestAPhoneThatLosesAnswersStaysSignedIn(t *testing.T) {
	s, token := newSession(t)
	s.want(t, token, RefreshAccepted)
	for range 3 {
		s.now = s.now.Add(RefreshGrace / 4)
		s.want(t, token, RefreshResumed)
	}
	next := s.want(t, token, RefreshResumed)
	s.want(t, next, RefreshAccepted)
}

func TestAThiefAndAnOwnerCannotBothGoOn(t *testing.T) {
	t.Run("the thief comes after the grace", func(t *testing.T) {
		s, stolen := newSession(t)
		owner := s.want(t, stolen, RefreshAccepted)
		s.now = s.now.Add(RefreshGrace)
		s.want(t, stolen, RefreshReused)
		s.want(t, owner, RefreshRefused)
	})
	t.Run("the thief comes within the grace, the owner finds out", func(t *testing.T) {
		s, stolen := newSession(t)
		owner := s.want(t, stolen, RefreshAccepted)
		thief := s.want(t, stolen, RefreshResumed)
		s.want(t, owner, RefreshReused)
		s.want(t, thief, RefreshRefused)
	})
	t.Run("the thief comes first, and the owner within the grace", func(t *testing.T) {
		s, stolen := newSession(t)
		thief := s.want(t, stolen, RefreshAccepted)
		owner := s.want(t, stolen, RefreshResumed)
		s.want(t, thief, RefreshReused)
		s.want(t, owner, RefreshRefused)
	})
	t.Run("the thief comes first", func(t *testing.T) {
		s, stolen := newSession(t)
		thief := s.want(t, stolen, RefreshAccepted)
		s.now = s.now.Add(RefreshGrace)
		s.want(t, stolen, RefreshReused)
		s.want(t, thief, RefreshRefused)
	})
}

func TestRefreshTokensAreNotGuessable(t *testing.T) {
	s, _ := newSession(t)
	guess, _, err := NewRefresh(id.ID{}, bytes.NewReader(make([]byte, refreshSecret)))
	if err != nil {
		t.Fatal(err)
	}
	s.want(t, guess, RefreshReused)
}
