//go:build speed

package main

import (
	"cmp"
	"slices"
	"testing"

	companies "huifang/bench/company"
	"huifang/demo"
)

// A rep with 300 accounts and 2,000 logs: what travels to a new phone, how soon rows are on a slow one, and what
// Lighthouse says. Behind a build tag, because it wants a machine to itself: see .ci/test.
func TestALargeBookIsQuickInABrowser(t *testing.T) {
	b := aBrowser(t)
	book, err := companies.Make(sampleDay(), 1, 300)
	if err != nil {
		t.Fatal(err)
	}
	sample := t.TempDir()
	fillSample(t, sample, withLogs(book, 2000))
	b.run(t, sample, "speed/*.test.mjs")
}

// withLogs keeps the latest contacts.
func withLogs(book demo.Book, n int) demo.Book {
	slices.SortStableFunc(book.Logs, func(a, b demo.Log) int { return cmp.Compare(b.Log.Day, a.Log.Day) })
	book.Logs = book.Logs[:min(n, len(book.Logs))]
	return book
}
