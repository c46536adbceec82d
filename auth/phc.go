package auth

import (
	"bytes"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"

	"golang.org/x/crypto/argon2"
)

// ErrHash says that a stored password hash is damaged or of a kind this program does not make.
var ErrHash = errors.New("stored password hash is not usable")

// cost is what one hashing takes.
type cost struct {
	memory  uint32 // KiB
	passes  uint32
	threads uint8
}

// hash is one stored password: argon2id of the password with this salt and cost.
type hash struct {
	cost
	salt, key []byte
}

// Bounds of what a stored hash may ask for, so that a row that was tampered with cannot take the server's memory.
const (
	maxPHC     = 256
	maxMemory  = 64 * 1024 // KiB
	maxPasses  = 10
	maxThreads = 4
	minSalt    = 8
	minKey     = 16
	maxBytes   = 64 // of salt and of key
)

const phcFormat = "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"

var phcEncoding = base64.RawStdEncoding

// String writes the PHC string form, the only spelling parseHash accepts.
func (h hash) String() string {
	return fmt.Sprintf(phcFormat, argon2.Version, h.memory, h.passes, h.threads,
		phcEncoding.EncodeToString(h.salt), phcEncoding.EncodeToString(h.key))
}

// parseHash reads a PHC string. Everything but the spelling String writes, within the bounds above, is ErrHash.
func parseHash(s string) (hash, error) {
	if len(s) > maxPHC {
		return hash{}, fmt.Errorf("%d bytes: %w", len(s), ErrHash)
	}
	h, err := scanHash([]byte(s))
	if err != nil {
		return hash{}, err
	}
	if !h.inBounds() || h.String() != s {
		return hash{}, fmt.Errorf("out of bounds or misspelt: %w", ErrHash)
	}
	return h, nil
}

func scanHash(s []byte) (hash, error) {
	parts := bytes.Split(s, []byte("$"))
	if len(parts) != 6 {
		return hash{}, fmt.Errorf("%d parts: %w", len(parts), ErrHash)
	}
	var h hash
	if _, err := fmt.Sscanf(string(parts[3]), "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.threads); err != nil {
		return hash{}, fmt.Errorf("cost: %w: %w", ErrHash, err)
	}
	var saltErr, keyErr error
	h.salt, saltErr = phcEncoding.AppendDecode(nil, parts[4])
	h.key, keyErr = phcEncoding.AppendDecode(nil, parts[5])
	if err := errors.Join(saltErr, keyErr); err != nil {
		return hash{}, fmt.Errorf("base64: %w: %w", ErrHash, err)
	}
	return h, nil
}

func (h hash) inBounds() bool {
	return h.passes >= 1 && h.passes <= maxPasses &&
		h.threads >= 1 && h.threads <= maxThreads &&
		h.memory >= 8*uint32(h.threads) && h.memory <= maxMemory &&
		len(h.salt) >= minSalt && len(h.salt) <= maxBytes &&
		len(h.key) >= minKey && len(h.key) <= maxBytes
}

// derive computes the key of a password, as long as the stored one.
func (h hash) derive(password string) []byte {
	return argon2.IDKey([]byte(password), h.salt, h.passes, h.memory, h.threads, uint32(len(h.key)))
}

// matches compares in constant time.
func (h hash) matches(password string) bool {
	return subtle.ConstantTimeCompare(h.derive(password), h.key) == 1
}
