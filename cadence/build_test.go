package cadence

import (
	"fmt"
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
)

// day0 is the day of purchase in most tests: a Monday far from every festival.
var day0 = civil.Must("2026-07-06")

func on(n int) civil.Date { return day0 + civil.Date(n) }
func ptr[T any](v T) *T   { return &v }
func span(from, to int) civil.Span {
	return civil.Span{From: on(from), To: ptr(on(to))}
}

// newcomer bought on day 0 and has had no contact yet.
func newcomer() Facts {
	return Facts{Since: on(-10), Service: OnProduct, Horizon: HorizonUnknown, Lifecycle: New, Activity: NormalActivity,
		Purchases: []Purchase{{ID: "p1", Day: on(0)}}}
}

// regular is past onboarding and was visited on day 0.
func regular(h Horizon) Facts {
	return Facts{Since: on(-400), Service: OnProduct, Horizon: h, Lifecycle: Established, Activity: NormalActivity,
		Purchases: []Purchase{{ID: "p1", Day: on(-300)}, {ID: "p2", Day: on(-40)}},
		Contacts:  []Contact{met("v0", 0)}}
}

func met(id string, n int) Contact {
	return Contact{ID: id, Day: on(n), Kind: HomeVisit, Outcome: Met, By: Rep}
}
func talked(id string, n int) Contact {
	return Contact{ID: id, Day: on(n), Kind: Call, Outcome: Talked, By: Rep}
}
func unanswered(id string, n int) Contact {
	return Contact{ID: id, Day: on(n), Kind: Call, Outcome: NoAnswer, By: Rep}
}

// lines writes demands as "day KIND key" with days counted from day 0: short enough to read in a table.
func lines(ds []Demand) []string {
	out := make([]string, len(ds))
	for i, d := range ds {
		kind := string(d.Kind)
		if d.OrKind != "" {
			kind += "/" + string(d.OrKind)
		}
		out[i] = fmt.Sprintf("%d %s %s", d.Due-day0, kind, d.Key)
	}
	return out
}

// expect compares the demands of a policy by default, seen on day today up to day until.
func expect(t *testing.T, f Facts, today, until int, want ...string) []Demand {
	t.Helper()
	got := Demands(f, DefaultPolicy(), on(today), on(until))
	if diff := cmp.Diff(append([]string{}, want...), lines(got)); diff != "" {
		t.Errorf("demands (-want +got):\n%s", diff)
	}
	return got
}

// find returns the demand of a key.
func find(t *testing.T, ds []Demand, key string) Demand {
	t.Helper()
	for _, d := range ds {
		if d.Key == key {
			return d
		}
	}
	t.Fatalf("no demand %s among %v", key, lines(ds))
	return Demand{}
}

func codes(d Demand) []string {
	var out []string
	for _, r := range d.Reasons {
		out = append(out, r.Code)
	}
	return out
}
