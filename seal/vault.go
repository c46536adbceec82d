// Package seal keeps sensitive columns unreadable outside the program (D23): phone, address, health, medical history,
// allergies, and notes about them.
//
// A value is sealed with AES-256-GCM under a Tink keyset that rotates, bound to its table, column and row, so that a
// ciphertext moved to another place does not open. Because sealed values cannot be searched, a keyed blind index lets
// the database find the few values that are looked up by equality. Whoever holds the database alone reads nothing;
// whoever holds database and secrets file reads all, so the two belong into different backups.
package seal

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"

	"huifang/id"
)

// ErrSealed says that a sealed value does not open: it was changed, moved from another place, or sealed with a key the
// vault does not hold.
var ErrSealed = errors.New("sealed value does not open")

// indexBytes is the length of a blind index: 2^64 values before two are likely to meet.
const indexBytes = 16

// Vault seals and opens values. It is safe for use by many goroutines. Its String tells nothing.
type Vault struct {
	columns *keyset.Handle // AES-256-GCM, rotates
	index   *keyset.Handle // HMAC-SHA256, never rotates: every stored index would have to be made anew
	aead    tink.AEAD
	prf     *prf.Set
}

// New makes a vault of fresh keys, which Tink takes from the operating system's randomness.
func New() (*Vault, error) {
	columns, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make a column key: %w", err)
	}
	index, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("make an index key: %w", err)
	}
	return fromKeysets(columns, index)
}

func fromKeysets(columns, index *keyset.Handle) (*Vault, error) {
	sealer, err := aead.New(columns)
	if err != nil {
		return nil, fmt.Errorf("use the column keys: %w", err)
	}
	indexer, err := prf.NewPRFSet(index)
	if err != nil {
		return nil, fmt.Errorf("use the index key: %w", err)
	}
	return &Vault{columns: columns, index: index, aead: sealer, prf: indexer}, nil
}

// Rotate returns a vault that seals with a new key and still opens what the old ones sealed. Blind indexes stay the
// same. Write it before its first use: what it seals, the old vault cannot open.
func (v *Vault) Rotate() (*Vault, error) {
	manager := keyset.NewManagerFromHandle(v.columns)
	key, err := manager.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("add a column key: %w", err)
	}
	if err := manager.SetPrimary(key); err != nil {
		return nil, fmt.Errorf("make the new column key the first: %w", err)
	}
	columns, err := manager.Handle()
	if err != nil {
		return nil, fmt.Errorf("take the column keys: %w", err)
	}
	return fromKeysets(columns, v.index)
}

// Context is the place of a value, and the associated data that binds it there. Parts carry their length, so that no
// two places spell alike.
func Context(table, column string, row id.ID) []byte {
	return append(appendPart(appendPart(nil, table), column), row[:]...)
}

func appendPart(b []byte, part string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(part))), part...)
}

// Seal returns the ciphertext of a value for its place, made by Context: 33 bytes longer than the value, and another
// one each time. An empty value seals to nil: nothing is stored, and that a file has no phone number is no secret.
func (v *Vault) Seal(clear string, context []byte) ([]byte, error) {
	if clear == "" {
		return nil, nil
	}
	sealed, err := v.aead.Encrypt([]byte(clear), context)
	if err != nil {
		return nil, fmt.Errorf("seal a value: %w", err)
	}
	return sealed, nil
}

// Open returns the value that was sealed for this place, or ErrSealed. Nothing sealed opens to the empty value.
func (v *Vault) Open(sealed, context []byte) (string, error) {
	if len(sealed) == 0 {
		return "", nil
	}
	clear, err := v.aead.Decrypt(sealed, context)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrSealed, err)
	}
	return string(clear), nil
}

// keyPrefix is what Tink puts before a ciphertext: a version byte and the number of the key.
const keyPrefix = 5

// Stale tells whether a sealed value was sealed with a key that Rotate has replaced, so that it is worth sealing anew.
func (v *Vault) Stale(sealed []byte) bool {
	if len(sealed) < keyPrefix {
		return false
	}
	return binary.BigEndian.Uint32(sealed[1:keyPrefix]) != v.columns.KeysetInfo().GetPrimaryKeyId()
}

// Purpose says what a blind index is for. Indexes of one value for two purposes have nothing in common.
type Purpose string

// The purposes. Bring a number to its one spelling before; the vault indexes the text as it is. The last four digits
// have only 10,000 values: without the key they tell which rows share them, no more.
const (
	Phone     Purpose = "phone"
	PhoneTail Purpose = "phone-last-four"
	// Installation is for one fixed text kept in the database from the first start on: when its index no longer
	// matches, the secrets file is not the one this database was sealed with, and the server must not go on.
	Installation Purpose = "installation"
)

// Index returns the blind index of a value, 16 bytes of HMAC-SHA256 under the index key: equal for equal values and
// purposes, and without the key not to be told from random. An empty value has none: nil.
func (v *Vault) Index(purpose Purpose, value string) ([]byte, error) {
	if value == "" {
		return nil, nil
	}
	index, err := v.prf.ComputePrimaryPRF(appendPart(appendPart(nil, string(purpose)), value), indexBytes)
	if err != nil {
		return nil, fmt.Errorf("index a value: %w", err)
	}
	return index, nil
}

// String keeps keys out of logs.
func (Vault) String() string { return "vault" }

// GoString keeps keys out of %#v.
func (Vault) GoString() string { return "seal.Vault{}" }
