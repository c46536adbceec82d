package cadence

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPausesAndOptOuts(t *testing.T) {
	with := func(change func(*Facts)) Facts {
		f := regular(HorizonUnknown)
		change(&f)
		return f
	}
	pause := func(spans ...[2]int) Facts {
		return with(func(f *Facts) {
			for _, s := range spans {
				f.Pauses = append(f.Pauses, Pause{span(s[0], s[1])})
			}
		})
	}
	optOut := func(kind Kind, from int) Facts {
		return with(func(f *Facts) { f.OptOuts = []OptOut{{Kind: kind}}; f.OptOuts[0].From = on(from) })
	}
	tests := []struct {
		name  string
		facts Facts
		today int
		want  []string
	}{
		{"no contact in a pause: it moves to the first day after", pause([2]int{8, 20}), 0, []string{
			"21 HOME_VISIT rhythm:HOME_VISIT:v0:1", "31 CALL rhythm:CALL:v0:1", "36 HOME_VISIT rhythm:HOME_VISIT:v0:2",
			"46 CALL rhythm:CALL:v0:2", "51 HOME_VISIT rhythm:HOME_VISIT:v0:3"}},
		{"a long pause does not pile contacts up behind it", pause([2]int{5, 40}), 0, []string{
			"41 HOME_VISIT rhythm:HOME_VISIT:v0:1", "51 CALL rhythm:CALL:v0:1"}},
		{"a pause inside a pause ends with the outer one", pause([2]int{5, 40}, [2]int{9, 11}), 0, []string{
			"41 HOME_VISIT rhythm:HOME_VISIT:v0:1", "51 CALL rhythm:CALL:v0:1"}},
		{"pauses one after the other hold throughout", pause([2]int{5, 20}, [2]int{21, 40}), 0, []string{
			"41 HOME_VISIT rhythm:HOME_VISIT:v0:1", "51 CALL rhythm:CALL:v0:1"}},
		{"overdue work is not overdue while paused", pause([2]int{18, 40}), 20, []string{
			"41 HOME_VISIT rhythm:HOME_VISIT:v0:1", "51 CALL rhythm:CALL:v0:1"}},
		{"opted out of visits: calls only", optOut(HomeVisit, 0), 0, []string{
			"10 CALL rhythm:CALL:v0:1", "20 CALL rhythm:CALL:v0:2", "30 CALL rhythm:CALL:v0:3", "40 CALL rhythm:CALL:v0:4", "50 CALL rhythm:CALL:v0:5"}},
		{"opted out of calls: visits only", optOut(Call, 0), 0, []string{
			"15 HOME_VISIT rhythm:HOME_VISIT:v0:1", "30 HOME_VISIT rhythm:HOME_VISIT:v0:2", "45 HOME_VISIT rhythm:HOME_VISIT:v0:3"}},
		{"an opt-out holds from its day on", optOut("", 12), 0, []string{"10 CALL rhythm:CALL:v0:1"}},
		{"opted out of everything: nothing, whatever is open", with(func(f *Facts) {
			f.OptOuts = []OptOut{{}}
			f.OptOuts[0].From = on(-5)
			f.Stop = &Stop{ID: "s", Cause: EffectOrQuality, OpenedOn: on(0)}
			f.Dates = []SpecialDate{solar("b", 5)}
		}), 0, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { expect(t, tt.facts, tt.today, 52, tt.want...) })
	}
}

func TestWindowsNeverReachIntoAPause(t *testing.T) {
	f := regular(HorizonUnknown)
	f.Pauses = []Pause{{span(13, 14)}, {span(17, 17)}}
	d := find(t, Demands(f, DefaultPolicy(), on(0), on(20)), "rhythm:HOME_VISIT:v0:1")
	if d.Earliest != on(15) || d.Latest != on(16) {
		t.Errorf("got %d … %d, want 15 … 16", d.Earliest-day0, d.Latest-day0)
	}
}

func TestAnOptOutIsAnsweredByTheOtherKind(t *testing.T) {
	f := newcomer()
	f.OptOuts = []OptOut{{Kind: Call, Span: span(0, 100)}}
	expect(t, f, 0, 5, "3 HOME_VISIT onboarding:p1:1")
}

func TestAGreetingIsMadeBeforeAPause(t *testing.T) {
	f := regular(Later)
	f.Dates = []SpecialDate{solar("b", 6)}
	f.Pauses = []Pause{{span(5, 9)}}
	expect(t, f, 0, 10, "4 CALL/MESSAGE date:b:2026")
}

func TestWeeklyCap(t *testing.T) {
	p := DefaultPolicy()
	p.WeeklyCap = 2
	f := regular(ThisMonth)
	f.Contacts = append(f.Contacts, talked("a", 1))
	f.Planned = []Planned{{ID: "x", Kind: Event, Day: on(8)}}
	f.Dates = []SpecialDate{solar("b", 12)}
	// Days 0 and 1 are made, 8 is fixed: the birthday on 12 is kept, the visits on 5 and 10 and the other calls give way.
	if diff := cmp.Diff([]string{"12 CALL rhythm:CALL:a:2"}, lines(Demands(f, p, on(1), on(14)))); diff != "" {
		t.Error(diff)
	}
}

func TestTheCapHoldsForUrgentContactsToo(t *testing.T) {
	p := DefaultPolicy()
	p.WeeklyCap = 2
	f := stopped(EffectOrQuality)
	f.Contacts = []Contact{talked("a", 2), talked("b", 4)}
	d := Demands(f, p, on(5), on(20))
	if len(d) != 1 || d[0].Due != on(9) || !d[0].Urgent {
		t.Errorf("want the visit on day 9, the first the cap allows, got %v", lines(d))
	}
}
