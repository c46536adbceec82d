package cadence

import (
	"slices"
	"testing"

	"huifang/civil"
)

func TestSkippedDemandsAreNotAskedForAgain(t *testing.T) {
	today := civil.Must("2026-03-02")
	bought := Purchase{ID: "p1", Day: today - 200}
	met := Contact{ID: "c1", Day: today - 10, Kind: HomeVisit, Outcome: Met, By: Rep}
	facts := Facts{
		Since: today - 200, Service: OnProduct, Horizon: WithinThree, Lifecycle: Established, Activity: NormalActivity,
		Purchases: []Purchase{bought, {ID: "p2", Day: today - 60}}, Contacts: []Contact{met},
	}
	policy := DefaultPolicy()
	before := Demands(facts, policy, today, today+27)
	visits := slices.DeleteFunc(slices.Clone(before), func(d Demand) bool { return d.Kind != HomeVisit })
	if len(visits) < 2 {
		t.Fatalf("%d visits planned, want at least two to skip one", len(visits))
	}
	facts.Skipped = []Skip{{Key: visits[0].Key, Day: visits[0].Due}}
	after := Demands(facts, policy, today, today+27)
	if slices.ContainsFunc(after, func(d Demand) bool { return d.Key == visits[0].Key }) {
		t.Errorf("the skipped %s came back", visits[0].Key)
	}
	next := slices.IndexFunc(after, func(d Demand) bool { return d.Kind == HomeVisit })
	if next < 0 || after[next].Due != visits[0].Due+15 {
		t.Errorf("D4 three months: the next visit should be 15 days after the skipped one (%s), got %v", visits[0].Due+15, after)
	}
}
