package seal

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

// derivedBytes is the length of a derived key.
const derivedBytes = 32

// Derivation says what a derived key is for. Keys for two purposes have nothing in common.
type Derivation string

// The derivations.
const (
	DeviceStore   Derivation = "device-store"    // under which a device seals the rows it keeps
	DeviceReceipt Derivation = "device-receipt"  // under which receipts for a device are made
	DeliverySeed  Derivation = "delivery-tokens" // the Ed25519 seed that signs delivery tokens
)

// Derive returns 32 bytes that follow from the installation's secrets, a purpose and whose they are: HKDF-SHA256 of a
// root that comes from the index key. That key stands in every file of secrets and never rotates, so a device finds
// under the same key what it sealed years ago.
func (v *Vault) Derive(d Derivation, of ...[]byte) ([]byte, error) {
	// The root shares no input with a blind index: those begin with a purpose that is none of this name.
	root, err := v.prf.ComputePrimaryPRF(appendPart(nil, "derivation root"), derivedBytes)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	info := appendPart(nil, string(d))
	for _, part := range of {
		info = appendPart(info, string(part))
	}
	key, err := hkdf.Key(sha256.New, root, nil, string(info), derivedBytes)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return key, nil
}
