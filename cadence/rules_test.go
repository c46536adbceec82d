package cadence

import (
	"testing"
	"time"
	_ "time/tzdata" // the vectors hold on machines without zone data too

	"huifang/civil"
)

func TestOverdueVectors(t *testing.T) {
	var vectors []struct {
		Name    string     `json:"name"`
		Due     civil.Date `json:"due"`
		Now     time.Time  `json:"now"`
		Zone    string     `json:"zone"`
		Overdue bool       `json:"overdue"`
	}
	readVectors(t, "testdata/overdue.json", &vectors)
	for _, v := range vectors {
		t.Run(v.Name, func(t *testing.T) {
			zone, err := time.LoadLocation(v.Zone)
			if err != nil {
				t.Fatal(err)
			}
			if got := Overdue(v.Due, civil.In(v.Now, zone)); got != v.Overdue {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestReached(t *testing.T) {
	for _, o := range AllOutcomes() {
		want := o == Met || o == Talked || o == Sent || o == Attended
		if o.Reached() != want {
			t.Errorf("%s reached: got %v", o, o.Reached())
		}
	}
}

func TestEveryKindHasAnOutcomeThatReachesAndOneThatDoesNot(t *testing.T) {
	for _, k := range AllKinds() {
		reached, missed := 0, 0
		for _, o := range AllOutcomes() {
			switch {
			case o.For(k) && o.Reached():
				reached++
			case o.For(k):
				missed++
			}
		}
		if reached != 1 || missed == 0 {
			t.Errorf("%s: %d outcomes reach, %d do not", k, reached, missed)
		}
	}
	if Met.For(Call) || NoAnswer.For(HomeVisit) || Met.For("FAX") {
		t.Error("a call cannot end in a meeting, a visit not in no answer")
	}
}

func TestActivityAndLifecycleOf(t *testing.T) {
	today := civil.Must("2026-07-06")
	ago := func(days ...int) []civil.Date {
		var out []civil.Date
		for _, n := range days {
			out = append(out, today-civil.Date(n))
		}
		return out
	}
	tests := []struct {
		name      string
		purchases []civil.Date
		activity  Activity
		lifecycle Lifecycle
	}{
		{"never bought", nil, NormalActivity, Potential},
		{"only bought tomorrow", ago(-1), NormalActivity, Potential},
		{"bought in each of the last three months", ago(5, 40, 70), HighActivity, Established},
		{"bought first last week", ago(7), NormalActivity, New},
		{"bought twice within onboarding", ago(17, 7), NormalActivity, New},
		{"bought once, two months ago", ago(60), NormalActivity, New},
		{"none for three months", ago(200, 92), LowActivity, Established},
		{"none for half a year", ago(300, 184), Dormant, Established},
		{"none for a year", ago(500, 366), Lapsed, Churned},
		{"one day short of three months", ago(200, 90), NormalActivity, Established},
		{"in any order", ago(92, 200), LowActivity, Established},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := DefaultPolicy()
			if got := p.ActivityOf(tt.purchases, today); got != tt.activity {
				t.Errorf("activity: got %s, want %s", got, tt.activity)
			}
			if got := p.LifecycleOf(tt.purchases, today); got != tt.lifecycle {
				t.Errorf("lifecycle: got %s, want %s", got, tt.lifecycle)
			}
		})
	}
}
