package auth

import (
	"bytes"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"
	"unsafe"
)

var office = netip.MustParseAddr("203.0.113.7")

func newThrottle(t *testing.T) *Throttle {
	t.Helper()
	throttle, err := NewThrottle(bytes.NewReader(make([]byte, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return throttle
}

// allowed counts how many of n attempts at one instant may go on.
func allowed(throttle *Throttle, n int, now time.Time, login string, address netip.Addr) int {
	count := 0
	for range n {
		if throttle.Take(now, login, address) == nil {
			count++
		}
	}
	return count
}

func address(i int) netip.Addr { return netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}) }

func TestALoginIsGuessedTenTimesThenOnceAMinute(t *testing.T) {
	throttle := newThrottle(t)
	count := 0
	for i := range 100 { // from everywhere
		count += allowed(throttle, 1, noon, "zhangwei", address(i))
	}
	if count != 10 {
		t.Errorf("%d attempts at once, want 10", count)
	}
	var err ThrottledError
	if !errors.As(throttle.Take(noon, "zhangwei", office), &err) || err.After != time.Minute {
		t.Errorf("wait %v, want a minute", err.After)
	}
	if want := "too many attempts to sign in, try again in 1m0s"; err.Error() != want {
		t.Errorf("says %q, want %q", err.Error(), want)
	}
	if got := allowed(throttle, 5, noon.Add(59*time.Second), "zhangwei", office); got != 0 {
		t.Errorf("%d more after 59 seconds", got)
	}
	if got := allowed(throttle, 5, noon.Add(3*time.Minute), "zhangwei", office); got != 3 {
		t.Errorf("%d more after 3 minutes, want 3", got)
	}
	if got := allowed(throttle, 50, noon.Add(time.Hour), "zhangwei", office); got != 10 {
		t.Errorf("%d after an hour, want 10", got)
	}
}

func TestAnAddressGuessesSixtyLogins(t *testing.T) {
	throttle := newThrottle(t)
	count := 0
	for i := range 200 {
		count += allowed(throttle, 1, noon, fmt.Sprintf("user%d", i), office)
	}
	if count != 60 {
		t.Errorf("%d attempts at once, want 60", count)
	}
	if got := allowed(throttle, 1, noon, "user500", address(1)); got != 1 {
		t.Error("another address waits too")
	}
}

func TestARefusedAttemptIsNotCounted(t *testing.T) {
	throttle := newThrottle(t)
	allowed(throttle, 10, noon, "zhangwei", office)
	allowed(throttle, 1000, noon, "zhangwei", office) // refused for the login, free of charge for the address
	if got := allowed(throttle, 5, noon, "lina", office); got != 5 {
		t.Errorf("%d attempts of a colleague, want 5", got)
	}
}

func TestPeopleWhoKnowTheirPasswordNeverWait(t *testing.T) {
	throttle := newThrottle(t)
	for i := range 500 {
		login := fmt.Sprintf("user%d", i%3)
		if err := throttle.Take(noon, login, office); err != nil {
			t.Fatalf("sign-in %d: %v", i, err)
		}
		throttle.Succeeded(login, office)
	}
}

func TestSucceededGivesBackOneAttempt(t *testing.T) {
	throttle := newThrottle(t)
	allowed(throttle, 10, noon, "zhangwei", office)
	throttle.Succeeded("zhangwei", office)
	if got := allowed(throttle, 5, noon, "zhangwei", office); got != 1 {
		t.Errorf("%d attempts, want 1", got)
	}
}

func TestSucceededHoardsNothing(t *testing.T) {
	throttle := newThrottle(t)
	for range 100 {
		throttle.Succeeded("zhangwei", office)
	}
	if got := allowed(throttle, 50, noon, "zhangwei", office); got != 10 {
		t.Errorf("%d attempts at once, want 10", got)
	}
}

func TestSpellingsOfOneKeyShareABucket(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"an address and its IPv6 form", "203.0.113.7", "::ffff:203.0.113.7"},
		{"two addresses of one /64", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9"},
		{"an address with a zone", "fe80::1", "fe80::1%eth0"},
	} {
		if addressKey(netip.MustParseAddr(c.a)) != addressKey(netip.MustParseAddr(c.b)) {
			t.Errorf("%s differ", c.name)
		}
	}
	if addressKey(netip.MustParseAddr("2001:db8:1:2::1")) == addressKey(netip.MustParseAddr("2001:db8:1:3::1")) {
		t.Error("two /64 are the same")
	}
	if loginKey(" ZhangWei ") != loginKey("zhangwei") {
		t.Error("case and spaces make another login")
	}
	if got := addressKey(netip.Addr{}); got == "" {
		t.Error("an unknown address has no bucket")
	}
}

func TestAClockSetBackLocksNobodyOut(t *testing.T) {
	throttle := newThrottle(t)
	allowed(throttle, 10, noon, "zhangwei", office)
	yesterday := noon.AddDate(0, 0, -1)
	if got := allowed(throttle, 1, yesterday.Add(time.Minute), "zhangwei", office); got != 0 {
		t.Errorf("the clock set back forgives %d attempts", got)
	}
	if got := allowed(throttle, 50, yesterday.Add(time.Hour), "zhangwei", office); got == 0 {
		t.Error("locked out for a day")
	}
}

func TestTheThrottleIsBounded(t *testing.T) {
	if size := unsafe.Sizeof(Throttle{}); size > 2<<20 {
		t.Errorf("%d bytes", size)
	}
}

func TestAttemptsAtOnceAreCountedOnce(t *testing.T) {
	throttle := newThrottle(t)
	var group sync.WaitGroup
	counts := make([]int, 20)
	for i := range counts {
		group.Go(func() { counts[i] = allowed(throttle, 5, noon, "zhangwei", office) })
	}
	group.Wait()
	sum := 0
	for _, c := range counts {
		sum += c
	}
	if sum != 10 {
		t.Errorf("%d attempts went on, want 10", sum)
	}
}

func TestNewThrottleNeedsRandomness(t *testing.T) {
	if _, err := NewThrottle(bytes.NewReader(nil)); err == nil {
		t.Error("made a throttle anybody can aim at")
	}
}
