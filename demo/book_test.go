package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"testing"

	"huifang/civil"
	"huifang/demo"
)

// day is a Sunday; the book must be good on any.
var day = civil.Must("2026-11-22")

// digest is a hash over every value of a book.
func digest(t *testing.T, b demo.Book) string {
	t.Helper()
	h := sha256.New()
	if err := json.NewEncoder(h).Encode(b); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestSameSeedAndDayGiveTheSameBook(t *testing.T) {
	first := digest(t, demo.Make(7, day))
	if again := digest(t, demo.Make(7, day)); again != first {
		t.Error("the same seed and day gave another book")
	}
	if other := digest(t, demo.Make(8, day)); other == first {
		t.Error("another seed gave the same book")
	}
	if later := digest(t, demo.Make(7, day+1)); later == first {
		t.Error("another day gave the same book")
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		demo.Make(1, day)
	}
}
