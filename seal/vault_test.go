package seal

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"huifang/id"
)

var (
	rowA  = id.ID{15: 1}
	rowB  = id.ID{15: 2}
	place = Context("accounts", "phone", rowA)
)

const phone = "13800138000"

func newVault(t *testing.T) *Vault {
	t.Helper()
	v, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func seal(t *testing.T, v *Vault, clear string) []byte {
	t.Helper()
	sealed, err := v.Seal(clear, place)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func index(t *testing.T, v *Vault, p Purpose, value string) []byte {
	t.Helper()
	b, err := v.Index(p, value)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhatIsSealedOpens(t *testing.T) {
	v := newVault(t)
	for _, clear := range []string{phone, "高血压，对青霉素过敏", "a", strings.Repeat("长", 100_000), "\x00\xff"} {
		sealed := seal(t, v, clear)
		if len(clear) > 1 && bytes.Contains(sealed, []byte(clear)) {
			t.Errorf("%.20q shows in its ciphertext", clear)
		}
		if len(sealed) != len(clear)+33 {
			t.Errorf("%d bytes sealed to %d", len(clear), len(sealed))
		}
		if got, err := v.Open(sealed, place); err != nil || got != clear {
			t.Errorf("opened %.20q as %.20q, error %v", clear, got, err)
		}
	}
}

func TestOneValueSealsDifferentlyEachTime(t *testing.T) {
	v := newVault(t)
	if bytes.Equal(seal(t, v, phone), seal(t, v, phone)) {
		t.Error("two rows with one phone number can be told from their ciphertexts")
	}
}

func TestNothingSealsToNothing(t *testing.T) {
	v := newVault(t)
	if sealed := seal(t, v, ""); sealed != nil {
		t.Errorf("sealed to %x", sealed)
	}
	for _, sealed := range [][]byte{nil, {}} {
		if got, err := v.Open(sealed, place); err != nil || got != "" {
			t.Errorf("opened as %q, error %v", got, err)
		}
	}
}

func TestASealedValueOpensOnlyInItsPlace(t *testing.T) {
	v := newVault(t)
	sealed := seal(t, v, phone)
	for name, other := range map[string][]byte{
		"another row":    Context("accounts", "phone", rowB),
		"another column": Context("accounts", "health", rowA),
		"another table":  Context("users", "phone", rowA),
		"no place":       nil,
	} {
		if got, err := v.Open(sealed, other); !errors.Is(err, ErrSealed) || got != "" {
			t.Errorf("%s: opened as %q, error %v", name, got, err)
		}
	}
}

func TestNoTwoPlacesSpellAlike(t *testing.T) {
	if bytes.Equal(Context("ab", "c", rowA), Context("a", "bc", rowA)) {
		t.Error("a letter moved from table to column makes no difference")
	}
	shifted := string(rowA[:15])
	if bytes.HasPrefix(Context("a", "b"+shifted, rowA), Context("a", "b", rowA)) {
		t.Error("a row can hide in a column's name")
	}
}

func TestATamperedValueDoesNotOpen(t *testing.T) {
	v := newVault(t)
	sealed := seal(t, v, phone)
	for i := range sealed {
		bad := slices.Clone(sealed)
		bad[i] ^= 1
		if got, err := v.Open(bad, place); !errors.Is(err, ErrSealed) || got != "" {
			t.Fatalf("byte %d changed: opened as %q, error %v", i, got, err)
		}
		if i == 0 {
			continue // nothing left is the empty value
		}
		if got, err := v.Open(sealed[:i], place); !errors.Is(err, ErrSealed) {
			t.Fatalf("cut to %d bytes: opened as %q, error %v", i, got, err)
		}
	}
	if _, err := v.Open(append(sealed, 0), place); !errors.Is(err, ErrSealed) {
		t.Errorf("a byte added: error %v", err)
	}
}

func TestAnotherVaultDoesNotOpen(t *testing.T) {
	sealed := seal(t, newVault(t), phone)
	if got, err := newVault(t).Open(sealed, place); !errors.Is(err, ErrSealed) {
		t.Errorf("opened as %q, error %v", got, err)
	}
}

func TestRotation(t *testing.T) {
	old := newVault(t)
	before := seal(t, old, phone)
	rotated, err := old.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	after := seal(t, rotated, phone)
	for name, sealed := range map[string][]byte{"before": before, "after": after} {
		if got, err := rotated.Open(sealed, place); err != nil || got != phone {
			t.Errorf("sealed %s: opened as %q, error %v", name, got, err)
		}
	}
	if _, err := old.Open(after, place); !errors.Is(err, ErrSealed) {
		t.Errorf("the old vault opens what the new key sealed, error %v", err)
	}
	if !rotated.Stale(before) || rotated.Stale(after) || old.Stale(before) || rotated.Stale(nil) {
		t.Error("Stale does not tell the old key from the new")
	}
	if !bytes.Equal(index(t, old, Phone, phone), index(t, rotated, Phone, phone)) {
		t.Error("rotation changes blind indexes")
	}
}

func TestIndex(t *testing.T) {
	v, other := newVault(t), newVault(t)
	base := index(t, v, Phone, phone)
	if len(base) != indexBytes || !bytes.Equal(base, index(t, v, Phone, phone)) {
		t.Errorf("index %x is not stable", base)
	}
	for name, different := range map[string][]byte{
		"another value":   index(t, v, Phone, "13800138001"),
		"another purpose": index(t, v, PhoneTail, phone),
		"another vault":   index(t, other, Phone, phone),
		"a moved letter":  index(t, v, Phone+"1", phone[1:]),
	} {
		if bytes.Equal(base, different) {
			t.Errorf("%s has the same index", name)
		}
	}
	if empty := index(t, v, Phone, ""); empty != nil {
		t.Errorf("the empty value has index %x", empty)
	}
}

func TestAVaultSurvivesItsFile(t *testing.T) {
	v, err := newVault(t).Rotate()
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := v.Write(&file); err != nil {
		t.Fatal(err)
	}
	loaded, err := Load(&file)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := loaded.Open(seal(t, v, phone), place); err != nil || got != phone {
		t.Errorf("opened as %q, error %v", got, err)
	}
	if !bytes.Equal(index(t, v, Phone, phone), index(t, loaded, Phone, phone)) {
		t.Error("the file changes blind indexes")
	}
}

func TestLoadRefuses(t *testing.T) {
	var good bytes.Buffer
	if err := newVault(t).Write(&good); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]string{
		"nothing":           "",
		"an empty object":   "{}",
		"null keysets":      `{"columns":null,"index":null}`,
		"empty keysets":     `{"columns":{},"index":{}}`,
		"cut":               good.String()[:good.Len()/2],
		"text after it":     good.String() + "{}",
		"an unknown field":  strings.Replace(good.String(), "{", `{"extra":1,`, 1),
		"keysets exchanged": strings.NewReplacer(`"columns"`, `"index"`, `"index"`, `"columns"`).Replace(good.String()),
		"too long":          good.String() + strings.Repeat(" ", maxFile),
	} {
		if v, err := Load(strings.NewReader(bad)); !errors.Is(err, ErrSecrets) || v != nil {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestKeysDoNotShowInLogs(t *testing.T) {
	s, err := NewSecrets(bytes.NewReader(bytes.Repeat([]byte{'Z'}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%v %+v %#v %s %v %#v", s, *s, s, s, *s.Vault(), *s.Vault())
	const want = "secrets secrets seal.Secrets{} secrets vault seal.Vault{}"
	if got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func BenchmarkOpen(b *testing.B) {
	v, err := New()
	if err != nil {
		b.Fatal(err)
	}
	sealed, err := v.Seal(phone, place)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := v.Open(sealed, place); err != nil {
			b.Fatal(err)
		}
	}
}
