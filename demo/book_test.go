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
	first := books()[0]
	want := digest(t, first)
	if got := digest(t, demo.Make(1, day)); got != want {
		t.Error("the same seed and day gave another book")
	}
	if other := demo.Make(9, day); other.People[0].Account.ID == first.People[0].Account.ID || other.People[0].Address == first.People[0].Address {
		t.Error("another seed gave the same people")
	}
}

func BenchmarkMake(b *testing.B) {
	for b.Loop() {
		demo.Make(1, day)
	}
}
