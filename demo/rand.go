package demo

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"time"

	"huifang/civil"
	"huifang/id"
)

// dice is the seeded chance everything is drawn from, and the source of the random bits of keys.
type dice struct{ *rand.Rand }

func newDice(seed uint64) dice {
	return dice{rand.New(rand.NewPCG(seed, 0x68756966616e67))}
}

// Read fills b with random bits; it never fails.
func (d dice) Read(b []byte) (int, error) {
	for i := 0; i < len(b); i += 8 {
		var word [8]byte
		binary.LittleEndian.PutUint64(word[:], d.Uint64())
		copy(b[i:], word[:])
	}
	return len(b), nil
}

// key makes the key of a row written at t.
func (d dice) key(t time.Time) id.ID {
	x, err := id.V7(t, d)
	if err != nil {
		panic(err) // Read never fails
	}
	return x
}

// chance is true in the share p of all throws.
func (d dice) chance(p float64) bool { return d.Float64() < p }

// between is a whole number from lo to hi, both included.
func (d dice) between(lo, hi int) int { return lo + d.IntN(hi-lo+1) }

// days is a span of lo to hi days.
func (d dice) days(lo, hi int) civil.Date { return civil.Date(d.between(lo, hi)) }

// factor is a lognormal factor around mid: about two thirds of all throws lie within spread of it.
func (d dice) factor(mid, spread float64) float64 { return mid * math.Exp(spread*d.NormFloat64()) }

// pick draws one of the values, all equally likely.
func pick[T any](d dice, values []T) T { return values[d.IntN(len(values))] }

// some draws n different values, in their order.
func some[T any](d dice, values []T, n int) []T {
	out := make([]T, 0, n)
	for i, v := range values {
		if n > len(out) && d.IntN(len(values)-i) < n-len(out) {
			out = append(out, v)
		}
	}
	return out
}

// weighted is a value with its share of the throws.
type weighted[T any] struct {
	weight int
	value  T
}

// draw picks by weight.
func draw[T any](d dice, values []weighted[T]) T {
	total := 0
	for _, v := range values {
		total += v.weight
	}
	n := d.IntN(total)
	for _, v := range values {
		if n -= v.weight; n < 0 {
			return v.value
		}
	}
	return values[len(values)-1].value
}

func ptr[T any](v T) *T { return &v }
