package demo_test

import (
	"testing"

	"huifang/civil"
	"huifang/demo"
	"huifang/models"
)

// TestTheRecordOfTheForecastKnowsOnlyThePast: every row was told by a version fitted before it, of an account that had bought by then, and the
// words against it are over.
func TestTheRecordOfTheForecastKnowsOnlyThePast(t *testing.T) {
	b := demo.Make(1, civil.Must("2026-03-04"))
	words := len(b.Overrides)
	if err := b.Foretell(1); err != nil {
		t.Fatal(err)
	}
	fitted := map[any]models.ForecastModel{}
	for _, v := range b.Versions {
		fitted[v.ID] = v
	}
	if len(b.Versions) != 2 || b.Versions[1].State != models.ModelStanding || b.Versions[1].Judged == nil {
		t.Errorf("versions %+v", b.Versions)
	}
	first := map[any]civil.Date{}
	for _, p := range b.Purchases {
		if day, known := first[p.AccountID]; !known || p.Day < day {
			first[p.AccountID] = p.Day
		}
	}
	months, said := map[civil.Date]int{}, 0
	for _, r := range b.Foretold {
		months[r.Month]++
		if r.ModelID != nil && (fitted[*r.ModelID].FittedOn > r.Day || fitted[*r.ModelID].State == models.ModelKeptBack) {
			t.Fatalf("told on %s by the version of %s", r.Day, fitted[*r.ModelID].FittedOn)
		}
		if first[r.AccountID] > r.Day || r.P30 > r.P60 || r.P60 > r.P90 || r.CameOn != nil {
			t.Fatalf("told %+v", r)
		}
		if r.OverrideID != nil {
			said++
		}
	}
	if len(months) != 8 || len(b.Foretold) < 3000 {
		t.Errorf("%d rows of %d months", len(b.Foretold), len(months))
	}
	if added := b.Overrides[words:]; len(added) != said || said < 50 {
		t.Errorf("%d words, %d of them counted", len(added), said)
	}
	for _, o := range b.Overrides[words:] {
		if o.EndedAt == nil || civil.In(*o.EndedAt, o.EndedAt.Location()) >= b.Today {
			t.Errorf("a word of %s is not over", o.GivenOn)
		}
	}
}
