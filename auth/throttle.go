package auth

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// ThrottledError says that sign-in was tried too often, and when to try again. The transport shows it as LIMITED.
type ThrottledError struct{ After time.Duration }

// Error says how long to wait.
func (e ThrottledError) Error() string {
	return fmt.Sprintf("too many attempts to sign in, try again in %s", e.After.Round(time.Second))
}

// rate allows burst attempts at once, and one more per interval.
type rate struct {
	burst    int
	interval time.Duration
}

// A login may be mistyped ten times, then once a minute. An address may be that of an office or of a mobile network
// with many reps behind it, so it gets more; attempts that succeed do not count against it.
func loginRate() rate   { return rate{burst: 10, interval: time.Minute} }
func addressRate() rate { return rate{burst: 60, interval: 5 * time.Second} }

// slots bounds the memory of a throttle: 2 × 512 KiB, however many logins and addresses are tried.
const slots = 1 << 16

// buckets is a fixed table of token buckets. A key finds its bucket by keyed hash; keys that meet in a bucket share it,
// which errs on the strict side, and nobody without the hash key can aim at another's bucket. A bucket is one instant:
// when it will be full again; zero, and every past instant, means full now.
type buckets struct {
	rate
	full [slots]int64 // nanoseconds since 1970
}

// wait returns how long until the bucket has a token, zero or less when it has one. It first brings the bucket's instant
// between now (full) and now + burst × interval (empty), so that a clock set back by a day locks nobody out for a day.
func (b *buckets) wait(slot int, now time.Time) time.Duration {
	whole := time.Duration(b.burst) * b.interval
	b.full[slot] = min(max(b.full[slot], now.UnixNano()), now.Add(whole).UnixNano())
	return time.Duration(b.full[slot]-now.UnixNano()) + b.interval - whole
}

// take follows a wait of zero or less.
func (b *buckets) take(slot int) { b.full[slot] += int64(b.interval) }

func (b *buckets) giveBack(slot int) { b.full[slot] -= int64(b.interval) }

// Throttle slows down guessing of passwords, per login and per address. It is safe for use by many goroutines, and
// holds for one server instance.
type Throttle struct {
	mu        sync.Mutex
	key       []byte
	logins    buckets
	addresses buckets
}

// NewThrottle returns a Throttle whose hash key is read from random.
func NewThrottle(random io.Reader) (*Throttle, error) {
	t := &Throttle{
		key:       make([]byte, sha256.Size),
		logins:    buckets{rate: loginRate()},
		addresses: buckets{rate: addressRate()},
	}
	if _, err := io.ReadFull(random, t.key); err != nil {
		return nil, fmt.Errorf("read the key of the throttle: %w", err)
	}
	return t, nil
}

// Take counts an attempt to sign in and returns nil when it may go on, else a ThrottledError; an attempt that may not
// go on is not counted. Call it before any work is done for the password, and Succeeded afterwards when it was right.
func (t *Throttle) Take(now time.Time, login string, address netip.Addr) error {
	l, a := t.slot(loginKey(login)), t.slot(addressKey(address))
	t.mu.Lock()
	defer t.mu.Unlock()
	if wait := max(t.logins.wait(l, now), t.addresses.wait(a, now)); wait > 0 {
		return ThrottledError{After: wait}
	}
	t.logins.take(l)
	t.addresses.take(a)
	return nil
}

// Succeeded gives back what Take counted, so that people who know their password never wait for each other.
func (t *Throttle) Succeeded(login string, address netip.Addr) {
	l, a := t.slot(loginKey(login)), t.slot(addressKey(address))
	t.mu.Lock()
	defer t.mu.Unlock()
	t.logins.giveBack(l)
	t.addresses.giveBack(a)
}

func (t *Throttle) slot(key string) int {
	mac := hmac.New(sha256.New, t.key)
	_, _ = io.WriteString(mac, key) // a hash never fails to write
	return int(binary.BigEndian.Uint32(mac.Sum(nil)) % slots)
}

func loginKey(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// addressKey takes IPv6 by the /64 a single subscriber has, or they would have 2^64 addresses to try from.
func addressKey(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if !a.Is6() {
		return a.String()
	}
	return netip.PrefixFrom(a, 64).Masked().String()
}
