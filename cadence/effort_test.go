package cadence

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"huifang/civil"
)

func TestTheEffortOfAMonth(t *testing.T) {
	today := civil.Must("2026-03-18")
	for _, c := range []struct {
		name string
		set  func(*Facts)
		want Effort
	}{
		{"D3 routine: two visits, and a call between each two", func(*Facts) {}, Effort{2, 2, 100}},
		{"D4 later: a visit and a call", func(f *Facts) { f.Horizon = Later }, Effort{1, 1, 50}},
		{"D4 two months: a visit a week", func(f *Facts) { f.Horizon = WithinTwo }, Effort{30. / 7, 30. / 7, 50 * 30. / 7}},
		{"D5 a frail account's visits are longer", func(f *Facts) { f.Frail = true }, Effort{2, 2, 130}},
		{"D13 who has not bought is called", func(f *Facts) { f.Lifecycle, f.Service = Potential, NotYet }, Effort{0, 1, 10}},
		{"D14 churned: nothing", func(f *Facts) { f.Lifecycle = Churned }, Effort{}},
		{"D19 no visits wanted: calls only", func(f *Facts) { f.OptOuts = []OptOut{{Kind: HomeVisit, Span: civil.Span{From: today - 9}}} }, Effort{0, 3, 30}},
		{"D19 an opt-out that has ended counts for nothing", func(f *Facts) {
			ended := today - 1
			f.OptOuts = []OptOut{{Span: civil.Span{From: today - 9, To: &ended}}}
		}, Effort{2, 2, 100}},
		{"paused for good", func(f *Facts) { f.Pauses = []Pause{{civil.Span{From: today - 3}}} }, Effort{}},
		{"paused for half of the month", func(f *Facts) {
			to := today + 14
			f.Pauses = []Pause{{civil.Span{From: today - 3, To: &to}}}
		}, Effort{1, 1, 50}},
		{"D7 a stop case: the visit", func(f *Facts) {
			f.Service, f.Stop = Stopped, &Stop{ID: "s", Cause: EffectOrQuality, OpenedOn: today}
		}, Effort{1, 0, 40}},
		{"D7 a stop case that was visited: a call a week", func(f *Facts) {
			f.Service, f.Stop = Stopped, &Stop{ID: "s", Cause: EffectOrQuality, OpenedOn: today - 3}
			f.Contacts = []Contact{{ID: "c", Day: today - 2, Kind: HomeVisit, Outcome: Met, By: Rep}}
		}, Effort{0, 4, 40}},
		{"D15 a plan to win back until its deadline", func(f *Facts) {
			f.Lifecycle, f.WinBack = Churned, &WinBack{ID: "w", OpenedOn: today - 1, Deadline: today + 90}
		}, Effort{1, 2, 60}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Facts{Since: today - 100, Service: OnProduct, Horizon: HorizonUnknown, Lifecycle: Established, Activity: NormalActivity}
			c.set(&f)
			got := NewMeter(quiet(), today).Of(f)
			// A rhythm is watched for a year: a contact more or less at its ends.
			if off := 0.12; math.Abs(got.Visits-c.want.Visits) > off || math.Abs(got.Calls-c.want.Calls) > off || math.Abs(got.Minutes-c.want.Minutes) > 5 {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

func TestOnboardingCountsWithItsPhasesAhead(t *testing.T) {
	today := civil.Must("2026-03-18")
	f := Facts{Since: today, Service: OnProduct, Horizon: HorizonUnknown, Lifecycle: New, Activity: NormalActivity, Purchases: []Purchase{{ID: "p", Day: today}}}
	m := NewMeter(quiet(), today)
	first := m.Of(f)
	if first.Visits+first.Calls != 5 {
		t.Errorf("a purchase of today: %+v, want the five phases", first)
	}
	f.Purchases[0].Day = today - 20
	f.Contacts = []Contact{{ID: "c", Day: today - 6, Kind: HomeVisit, Outcome: Met, By: Rep}}
	f.Since = today - 20
	if late := m.Of(f); late.Minutes >= first.Minutes+60 || late.Visits < 2 {
		t.Errorf("phases four and five, then routine: %+v, at the beginning %+v", late, first)
	}
}

// The meter remembers by kind of account: what it says may not depend on whom it met before.
func TestTheMeterSaysTheSameWhomeverItMetBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		today := civil.Must("2026-03-18")
		draw := func() Facts {
			f := Facts{Since: today - 300, Service: OnProduct, Activity: NormalActivity,
				Horizon:   rapid.SampledFrom(AllHorizons()).Draw(t, "horizon"),
				Lifecycle: rapid.SampledFrom([]Lifecycle{Potential, Established, Churned}).Draw(t, "lifecycle"),
				Frail:     rapid.Bool().Draw(t, "frail")}
			if rapid.Bool().Draw(t, "opted out") {
				to := today + civil.Date(rapid.IntRange(-5, 50).Draw(t, "until"))
				f.OptOuts = []OptOut{{Kind: rapid.SampledFrom([]Kind{"", Call, HomeVisit, Message}).Draw(t, "of"), Span: civil.Span{From: today - 9, To: &to}}}
			}
			return f
		}
		p := DefaultPolicy()
		met := NewMeter(p, today)
		for range 5 {
			met.Of(draw())
		}
		f := draw()
		if got, want := met.Of(f), NewMeter(p, today).Of(f); got != want {
			t.Fatalf("%+v, and %+v by a fresh meter", got, want)
		}
	})
}
