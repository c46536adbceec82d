package cadence

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/civil"
)

func TestReckonIsDemandsAndJoins(t *testing.T) {
	today := civil.Must("2026-03-04")
	f := Facts{
		Since: today - 5, Service: OnProduct, Lifecycle: New, Activity: NormalActivity, Horizon: HorizonUnknown,
		Purchases: []Purchase{{ID: "p", Day: today - 5}},
		Planned:   []Planned{{ID: "by hand", Kind: HomeVisit, Day: today + 2}},
	}
	demands, joins := Reckon(f, DefaultPolicy(), today, today+27)
	if len(demands) == 0 || len(joins) != 1 || joins[0].Planned != "by hand" {
		t.Fatalf("%d demands, joins %+v", len(demands), joins)
	}
	if diff := cmp.Diff(Demands(f, DefaultPolicy(), today, today+27), demands); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Joins(f, DefaultPolicy(), today, today+27), joins); diff != "" {
		t.Error(diff)
	}
}
