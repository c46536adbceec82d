package demo_test

import (
	"testing"

	"huifang/civil"
	"huifang/demo"
	"huifang/id"
)

// TestAnAccountHasOneWordInForce: of the words of reps on an account at most one is in force, in the sample as in the product.
func TestAnAccountHasOneWordInForce(t *testing.T) {
	for _, seed := range []uint64{1, 61, 78, 108} { // the last three had two
		words := map[id.ID]int{}
		for _, o := range demo.MakeStore(seed, civil.Must("2026-03-16")+civil.Date(seed)).Overrides {
			if o.EndedAt == nil {
				words[o.AccountID]++
			}
		}
		for account, n := range words {
			if n > 1 {
				t.Errorf("seed %d: %d words on %s", seed, n, account)
			}
		}
	}
}
