package balance_test

import (
	"encoding/binary"
	"fmt"
	"math"
	"testing"

	"huifang/balance"
)

// FuzzPropose makes a team of any bytes: whatever the numbers, no part of the proposal may do harm.
func FuzzPropose(f *testing.F) {
	f.Add(uint8(2), []byte("0123456789abcdef0123456789abcdef0123456789abcdef"))
	f.Add(uint8(0), []byte{})
	f.Fuzz(func(t *testing.T, reps uint8, data []byte) {
		p := balance.Problem{Rule: rule}
		next := func() float64 {
			if len(data) < 8 {
				return 1
			}
			v := math.Float64frombits(binary.LittleEndian.Uint64(data))
			data = data[8:]
			return v
		}
		for i := range reps % 6 {
			p.Reps = append(p.Reps, balance.Rep{ID: fmt.Sprint(i % 4), Capacity: math.Mod(next(), 20_000), Days: math.Mod(next(), 40), Start: &balance.Place{Lat: next(), Lng: next()}})
		}
		for i := 0; len(data) >= 8 && i < 24; i++ {
			a := balance.Account{ID: fmt.Sprint(i), Rep: fmt.Sprint(i % 4), Minutes: math.Mod(next(), 2_000), Visits: math.Mod(next(), 40)}
			if i%3 > 0 {
				a.Place = &balance.Place{Lat: math.Mod(next(), 1), Lng: math.Mod(next(), 1)}
			}
			p.Accounts = append(p.Accounts, a)
		}
		got := balance.Propose(p)
		for n := range got.Moves {
			then := balance.Measure(apply(p, got.Moves[:n+1]), p)
			if !(then.Spread <= got.Before.Spread*(1+1e-9)+off) || !(then.Travel <= got.Before.Travel*(1+1e-9)+near) {
				t.Fatalf("after %d moves %+v, before %+v", n+1, then, got.Before)
			}
		}
	})
}
