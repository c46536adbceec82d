package company_test

import (
	"testing"

	"huifang/bench/company"
	"huifang/civil"
	"huifang/demo"
	"huifang/id"
	"huifang/models/modelstest"
	"huifang/seal"
)

func TestEveryRepHoldsAsManyAsAskedFor(t *testing.T) {
	for _, size := range []struct{ reps, each int }{{1, 300}, {3, 100}, {30, 100}} {
		book, err := company.Make(civil.Must("2026-03-16"), size.reps, size.each)
		if err != nil {
			t.Fatal(err)
		}
		held := map[id.ID]int{}
		for _, p := range book.People {
			held[p.Account.RepID]++
		}
		if len(held) != size.reps {
			t.Errorf("%d reps asked for, %d hold accounts", size.reps, len(held))
		}
		for rep, n := range held {
			if n != size.each {
				t.Errorf("rep %s holds %d accounts, asked for %d", rep, n, size.each)
			}
		}
	}
}

func TestACompanyOfAnySizeLoads(t *testing.T) {
	if testing.Short() {
		t.Skip("loads 3,300 accounts")
	}
	vault, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []struct{ reps, each int }{{27, 100}, {2, 300}} { // more than a book has, and a part of one
		book, err := company.Make(civil.Must("2026-03-16"), size.reps, size.each)
		if err != nil {
			t.Fatal(err)
		}
		store, _ := modelstest.SQLite(t)
		if err := demo.Load(t.Context(), store, vault, book, "x"); err != nil {
			t.Errorf("%d reps × %d accounts: %v", size.reps, size.each, err)
		}
	}
}
