package auth

import (
	"errors"
	"strings"
	"testing"
)

const sampleHash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"

func TestParseHash(t *testing.T) {
	h, err := parseHash(sampleHash)
	if err != nil {
		t.Fatal(err)
	}
	if h.cost != passwordCost() || string(h.salt) != "saltsaltsaltsalt" || len(h.key) != keyBytes || h.key[31] != 31 {
		t.Errorf("parsed %+v", h)
	}
}

func TestParseHashRefuses(t *testing.T) {
	for _, c := range []struct{ name, from, to string }{
		{"another algorithm", "argon2id", "argon2i"},
		{"another version", "v=19", "v=16"},
		{"memory for the whole machine", "m=19456", "m=4294967295"},
		{"memory beyond 32 bits", "m=19456", "m=4294967296"},
		{"a little over the memory bound", "m=19456", "m=65537"},
		{"no memory", "m=19456", "m=0"},
		{"negative memory", "m=19456", "m=-1"},
		{"a leading zero", "m=19456", "m=019456"},
		{"a sign", "m=19456", "m=+19456"},
		{"hexadecimal", "m=19456", "m=0x4c00"},
		{"no pass", "t=2", "t=0"},
		{"a thousand passes", "t=2", "t=1000"},
		{"no thread", "p=1", "p=0"},
		{"many threads", "p=1", "p=255"},
		{"less memory than threads need", "m=19456,t=2,p=1", "m=8,t=2,p=2"},
		{"a fourth parameter", "p=1", "p=1,keyid=x"},
		{"parameters in another order", "m=19456,t=2", "t=2,m=19456"},
		{"a short salt", "c2FsdHNhbHRzYWx0c2FsdA", "c2FsdA"},
		{"no salt", "c2FsdHNhbHRzYWx0c2FsdA", ""},
		{"padding", "c2FsdHNhbHRzYWx0c2FsdA", "c2FsdHNhbHRzYWx0c2FsdA=="},
		{"bits after the end of the salt", "c2FsdHNhbHRzYWx0c2FsdA", "c2FsdHNhbHRzYWx0c2FsdB"},
		{"a line break in the salt", "c2Fs", "c2\nFs"},
		{"a short key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", "AAECAw"},
		{"no key", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8", ""},
		{"a very long key", "AAECAwQF", strings.Repeat("AAEC", 30)},
		{"a megabyte", "m=19456", "m=" + strings.Repeat("0", 1<<20) + "19456"},
		{"a seventh part", "$c2Fs", "$x$c2Fs"},
		{"text in front", "$argon2id", "x$argon2id"},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad := strings.Replace(sampleHash, c.from, c.to, 1)
			if bad == sampleHash {
				t.Fatal("the case changes nothing")
			}
			if h, err := parseHash(bad); !errors.Is(err, ErrHash) {
				t.Errorf("parsed %q as %+v, error %v", bad, h, err)
			}
		})
	}
}

// Whatever is stored, either it is refused or it is cheap and spelt in the one way.
func FuzzParseHash(f *testing.F) {
	f.Add(sampleHash)
	f.Add("$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$c2FsdHNhbHRzYWx0c2FsdA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parseHash(s)
		if err != nil {
			if !errors.Is(err, ErrHash) {
				t.Errorf("%q: error %v", s, err)
			}
			return
		}
		if h.memory > maxMemory || h.passes > maxPasses || h.threads > maxThreads || h.String() != s {
			t.Errorf("accepted %q as %+v", s, h)
		}
	})
}
