package cadence

import (
	"slices"
	"testing"
)

func TestDistancesFollowTierAndGrade(t *testing.T) {
	policy := DefaultPolicy()
	policy.Distances.Tiers["A"], policy.Distances.Tiers["D"], policy.Distances.Grades["100"] = 50, 200, 120
	for _, tt := range []struct {
		name  string
		tier  string
		grade int
		want  Rhythm // of routine care, 10 and 15
	}{
		{"no tier", "", 0, Rhythm{CallEvery: 10, VisitEvery: 15}},
		{"B stays as it is", "B", 40, Rhythm{CallEvery: 10, VisitEvery: 15}},
		{"A twice as often", "A", 0, Rhythm{CallEvery: 5, VisitEvery: 8}},
		{"D half as often", "D", 20, Rhythm{CallEvery: 20, VisitEvery: 30}},
		{"both multiply", "A", 100, Rhythm{CallEvery: 6, VisitEvery: 9}},
	} {
		f := regular(HorizonUnknown)
		f.Tier, f.Grade = tt.tier, tt.grade
		pl := &planner{Facts: f, policy: policy, today: on(0), end: on(60)}
		if got := pl.rhythmOf(nil).Rhythm; got.CallEvery != tt.want.CallEvery || got.VisitEvery != tt.want.VisitEvery {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestADistanceThatWasChangedIsTold(t *testing.T) {
	policy := DefaultPolicy()
	f := regular(HorizonUnknown)
	f.Tier, f.Grade = "A", 60
	told := func() bool {
		return slices.ContainsFunc(Demands(f, policy, on(0), on(30)), func(d Demand) bool {
			return slices.ContainsFunc(d.Reasons, func(r Reason) bool {
				return r.Code == "DISTANCE" && r.In("zh") == "D12：A级、评分60，间隔按规则的50%"
			})
		})
	}
	if told() {
		t.Error("told where nothing was changed")
	}
	policy.Distances.Tiers["A"] = 50
	if !told() {
		t.Error("a contact that comes twice as often does not say why")
	}
}

func TestADistanceIsNeverNoDay(t *testing.T) {
	if got := (Rhythm{CallEvery: 1, VisitEvery: 0}).stretched(25); got.CallEvery != 1 || got.VisitEvery != 0 {
		t.Errorf("%+v", got)
	}
}
