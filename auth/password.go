package auth

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// ErrWrongPassword says that login and password do not belong together. It is the same for a login that does not
// exist, and takes as long.
var ErrWrongPassword = errors.New("login or password is wrong")

// maxPassword bounds, in bytes, what anybody can make us hash.
const maxPassword = 256

// hashingsAtOnce bounds memory (4 × 19 MiB) and leaves processors to those who are signed in already.
const hashingsAtOnce = 4

const saltBytes, keyBytes = 16, 32

// passwordCost is OWASP's advice for argon2id; the library's own default costs four times as much.
func passwordCost() cost { return cost{memory: 19456, passes: 2, threads: 1} }

// Passwords hashes and verifies passwords, at most four at once. It is safe for use by many goroutines.
type Passwords struct {
	random io.Reader
	slots  chan struct{}
}

// NewPasswords returns a Passwords that takes its salts from random, which must be cryptographically strong and safe
// for use by many goroutines.
func NewPasswords(random io.Reader) *Passwords {
	return &Passwords{random: random, slots: make(chan struct{}, hashingsAtOnce)}
}

// Hash returns what to store for a password, as a PHC string. It does not judge the password, CheckPassword does, but
// refuses one that Verify would never accept (ErrWeakPassword). It waits for its turn until ctx ends.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if len(password) > maxPassword {
		return "", tooLong()
	}
	h := hash{cost: passwordCost(), salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}
	if _, err := io.ReadFull(p.random, h.salt); err != nil {
		return "", fmt.Errorf("read a salt: %w", err)
	}
	if err := p.take(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	h.key = h.derive(password)
	return h.String(), nil
}

// Verify returns nil when the password belongs to the stored hash and ErrWrongPassword when not. Pass an empty stored
// hash for a login that does not exist, or may not sign in: it fails after the same work. ErrHash says that the row is
// damaged. It waits for its turn until ctx ends.
func (p *Passwords) Verify(ctx context.Context, stored, password string) error {
	if len(password) > maxPassword {
		return ErrWrongPassword
	}
	h, err := storedOrDummy(stored)
	if err != nil {
		return err
	}
	if err := p.take(ctx); err != nil {
		return err
	}
	defer p.leave()
	if match := h.matches(password); !match || stored == "" {
		return ErrWrongPassword
	}
	return nil
}

// NeedsRehash tells whether a stored hash was made at another cost than today's, or cannot be read. After a sign-in
// that succeeded, store Hash of the password anew.
func (p *Passwords) NeedsRehash(stored string) bool {
	h, err := parseHash(stored)
	return err != nil || h.cost != passwordCost() || len(h.salt) != saltBytes || len(h.key) != keyBytes
}

// storedOrDummy returns the stored hash, or for a user who does not exist one that costs the same and matches nothing.
func storedOrDummy(stored string) (hash, error) {
	if stored == "" {
		return hash{cost: passwordCost(), salt: make([]byte, saltBytes), key: make([]byte, keyBytes)}, nil
	}
	return parseHash(stored)
}

func (p *Passwords) take(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("wait to hash a password: %w", err)
	}
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
}

func (p *Passwords) leave() { <-p.slots }
