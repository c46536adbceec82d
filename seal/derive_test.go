package seal

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"testing"
)

func derive(t *testing.T, v *Vault, d Derivation, of ...[]byte) []byte {
	t.Helper()
	key, err := v.Derive(d, of...)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestDerivedKeysAreOfTheirPurposeAndOwner(t *testing.T) {
	v := newVault(t)
	base := derive(t, v, DeviceStore, []byte("ab"), []byte("c"))
	if len(base) != 32 || !bytes.Equal(base, derive(t, v, DeviceStore, []byte("ab"), []byte("c"))) {
		t.Errorf("key %x is not stable", base)
	}
	for name, other := range map[string][]byte{
		"another purpose": derive(t, v, DeviceReceipt, []byte("ab"), []byte("c")),
		"a moved letter":  derive(t, v, DeviceStore, []byte("a"), []byte("bc")),
		"one part":        derive(t, v, DeviceStore, []byte("abc")),
		"another vault":   derive(t, newVault(t), DeviceStore, []byte("ab"), []byte("c")),
	} {
		if bytes.Equal(base, other) {
			t.Errorf("%s has the same key", name)
		}
	}
}

// A device reads what it sealed before the keys were rotated, and with a file of secrets written by an older program.
func TestDerivedKeysSurviveRotationAndOldFiles(t *testing.T) {
	path, secrets := create(t)
	before := derive(t, secrets.Vault(), DeviceStore, []byte("user"), []byte("device"))
	for range 3 {
		next, err := secrets.Rotate(rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if err := next.Save(path); err != nil {
			t.Fatal(err)
		}
		secrets = reload(t, path)
		if got := derive(t, secrets.Vault(), DeviceStore, []byte("user"), []byte("device")); !bytes.Equal(before, got) {
			t.Fatal("rotation changes derived keys")
		}
	}
	file, err := os.Open(filepath.Join("testdata", "first.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	old, err := ReadSecrets(file)
	if err != nil {
		t.Fatal(err)
	}
	got := hex.EncodeToString(derive(t, old.Vault(), DeviceStore, []byte("user"), []byte("device")))
	if want := "913f542213f962a253a09c00e689aaaaa723ddc4b61c04d25b0e165ad78940e2"; got != want {
		t.Errorf("derived %s from a file of the first release, want %s", got, want)
	}
}
