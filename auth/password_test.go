package auth

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"golang.org/x/crypto/argon2"
)

const goodPassword = "回访 every 3 days"

// cheapHash makes a hash of the right form at little cost, and so one that needs rehashing.
func cheapHash(password string) string {
	h := hash{cost: cost{memory: 8, passes: 1, threads: 1}, salt: []byte("saltsaltsaltsalt")}
	h.key = argon2.IDKey([]byte(password), h.salt, 1, 8, 1, keyBytes)
	return h.String()
}

func TestHashAndVerify(t *testing.T) {
	p := NewPasswords(rand.Reader)
	stored, err := p.Hash(t.Context(), goodPassword)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("stored %q", stored)
	}
	again, err := p.Hash(t.Context(), goodPassword)
	if err != nil || again == stored {
		t.Errorf("the same password hashed twice gave %q and %q, error %v", stored, again, err)
	}
	if err := p.Verify(t.Context(), stored, goodPassword); err != nil {
		t.Error(err)
	}
	if p.NeedsRehash(stored) {
		t.Error("a fresh hash needs rehashing")
	}
}

func TestVerify(t *testing.T) {
	p := NewPasswords(rand.Reader)
	stored := cheapHash(goodPassword)
	for _, c := range []struct {
		name, stored, password string
		want                   error
	}{
		{"the password", stored, goodPassword, nil},
		{"another password", stored, "回访 every 7 days", ErrWrongPassword},
		{"no password", stored, "", ErrWrongPassword},
		{"a password cut short", stored, goodPassword[:len(goodPassword)-1], ErrWrongPassword},
		{"a login that does not exist", "", goodPassword, ErrWrongPassword},
		{"a login that does not exist, no password", "", "", ErrWrongPassword},
		{"a password longer than we hash", stored, strings.Repeat("a", maxPassword+1), ErrWrongPassword},
		{"a damaged hash", stored[:40], goodPassword, ErrHash},
		{"a hash that wants 4 GiB", strings.Replace(stored, "m=8,", "m=4194304,", 1), goodPassword, ErrHash},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := p.Verify(t.Context(), c.stored, c.password); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
		})
	}
}

func TestALoginThatDoesNotExistCostsTheSame(t *testing.T) {
	dummy, err := storedOrDummy("")
	if err != nil || dummy.cost != passwordCost() {
		t.Errorf("cost %+v, error %v", dummy.cost, err)
	}
}

func TestVerifyKnowsTheReferenceImplementation(t *testing.T) {
	// echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32, from the test vectors of the reference code.
	const reference = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
	if err := NewPasswords(rand.Reader).Verify(t.Context(), reference, "password"); err != nil {
		t.Error(err)
	}
}

func TestNeedsRehash(t *testing.T) {
	p := NewPasswords(rand.Reader)
	for _, stored := range []string{"", "secret", cheapHash(goodPassword)} {
		if !p.NeedsRehash(stored) {
			t.Errorf("%q needs no rehashing", stored)
		}
	}
}

func TestHashRefuses(t *testing.T) {
	if _, err := NewPasswords(rand.Reader).Hash(t.Context(), strings.Repeat("a", maxPassword+1)); !errors.Is(err, ErrWeakPassword) {
		t.Errorf("too long: error %v", err)
	}
	if _, err := NewPasswords(bytes.NewReader(make([]byte, saltBytes-1))).Hash(t.Context(), goodPassword); err == nil {
		t.Error("hashed with too little randomness")
	}
	if _, err := NewPasswords(iotest.ErrReader(iotest.ErrTimeout)).Hash(t.Context(), goodPassword); !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("broken randomness: error %v", err)
	}
}

func TestAFifthHashingWaitsForAPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, result := startFifth(t, t.Context())
		p.leave()
		if err := <-result; err != nil {
			t.Errorf("with a free place: %v", err)
		}
	})
}

func TestAFifthHashingGivesUpWithItsRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		p, result := startFifth(t, ctx)
		cancel()
		if err := <-result; !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want context.Canceled", err)
		}
		p.leave()
		if err := p.Verify(ctx, cheapHash(goodPassword), goodPassword); !errors.Is(err, context.Canceled) {
			t.Errorf("a request that ended is hashed for, error %v", err)
		}
	})
}

// startFifth takes all places and returns when a fifth hashing waits for one.
func startFifth(t *testing.T, ctx context.Context) (*Passwords, chan error) {
	t.Helper()
	p, result := NewPasswords(rand.Reader), make(chan error, 1)
	for range hashingsAtOnce {
		if err := p.take(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	go func() { result <- p.Verify(ctx, cheapHash(goodPassword), goodPassword) }()
	synctest.Wait()
	if len(result) != 0 {
		t.Fatal("a fifth hashing did not wait")
	}
	return p, result
}

func TestPlacesAreGivenBack(t *testing.T) {
	p := NewPasswords(rand.Reader)
	for range 3 * hashingsAtOnce {
		_ = p.Verify(t.Context(), cheapHash(goodPassword), "wrong")
		_, _ = p.Hash(t.Context(), goodPassword)
	}
	if len(p.slots) != 0 {
		t.Errorf("%d places still taken", len(p.slots))
	}
}

func TestCheckPassword(t *testing.T) {
	for _, c := range []struct {
		name, login, password string
		weak                  bool
	}{
		{"ten characters", "zhangwei", "kx7-Pm!2qa", false},
		{"nine characters", "zhangwei", "kx7-Pm!2q", true},
		{"ten Chinese characters", "zhangwei", "春眠不觉晓处处闻啼鸟", false},
		{"nine Chinese characters of 27 bytes", "zhangwei", "春眠不觉晓处处闻啼", true},
		{"empty", "zhangwei", "", true},
		{"the login", "13800138000", "13800138000", true},
		{"the login in capitals", "zhangwei.beijing", "ZhangWei.Beijing", true},
		{"a common one", "zhangwei", "1234567890", true},
		{"a common one in capitals", "zhangwei", "PassWord123", true},
		{"one character over and over", "zhangwei", "8888888888888888", true},
		{"three characters in turn", "zhangwei", "abcabcabcabc", true},
		{"256 bytes", "zhangwei", strings.Repeat("abcd", 64), false},
		{"257 bytes", "zhangwei", strings.Repeat("abcd", 64) + "e", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := CheckPassword(c.login, c.password); errors.Is(err, ErrWeakPassword) != c.weak {
				t.Errorf("error %v, want weak %v", err, c.weak)
			}
		})
	}
}
