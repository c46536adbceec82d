package cadence

import (
	"testing"

	"pgregory.net/rapid"

	"huifang/civil"
)

// quiet is the default policy without what asks for contacts beside a rhythm.
func quiet() Policy {
	p := DefaultPolicy()
	p.Festivals, p.Activation = nil, nil
	return p
}

func TestTouchOf(t *testing.T) {
	today := civil.Must("2026-03-18")
	held := func(f *Facts) { f.Reactions = []Reaction{{Day: today - 1}} }
	for _, c := range []struct {
		name  string
		set   func(*Facts)
		every int
		from  civil.Date
	}{
		{"D3 routine: the calls come more often than the visits", func(*Facts) {}, 10, today - 4},
		{"D4 this month: every other day", func(f *Facts) { f.Horizon = ThisMonth }, 2, today - 4},
		{"D19 who takes no calls hears of us by visits", func(f *Facts) { f.OptOuts = []OptOut{{Kind: Call, Span: civil.Span{From: today}}} }, 15, today - 4},
		{"D19 who wants no contact at all is not neglected", func(f *Facts) { f.OptOuts = []OptOut{{Span: civil.Span{From: today}}} }, 0, today - 4},
		{"who allows messages only has no rhythm either", func(f *Facts) {
			f.OptOuts = []OptOut{{Kind: Call, Span: civil.Span{From: today}}, {Kind: HomeVisit, Span: civil.Span{From: today}}}
		}, 0, today - 4},
		{"paused", func(f *Facts) { f.Pauses = []Pause{{civil.Span{From: today, To: &today}}} }, 0, today - 4},
		{"a pause of tomorrow holds nothing today", func(f *Facts) { f.Pauses = []Pause{{civil.Span{From: today + 1}}} }, 10, today - 4},
		{"story 9 a pause that ended yesterday: from its last day", func(f *Facts) { f.Pauses = []Pause{{civil.Span{From: today - 3, To: ptr(today - 1)}}} }, 10, today - 1},
		{"a contact after the pause counts as any", func(f *Facts) { f.Pauses = []Pause{{civil.Span{From: today - 9, To: ptr(today - 6)}}} }, 10, today - 4},
		{"of two pauses that overlap the later end counts", func(f *Facts) {
			f.Pauses = []Pause{{civil.Span{From: today - 3, To: ptr(today - 2)}}, {civil.Span{From: today - 9, To: ptr(today - 3)}}}
		}, 10, today - 2},
		{"D19 calls may be made again since today: they were not missed before", func(f *Facts) {
			f.OptOuts = []OptOut{{Kind: Call, Span: civil.Span{From: today - 40, To: ptr(today - 1)}}}
		}, 10, today - 1},
		{"D19 that visits were not wanted is no reason to call late", func(f *Facts) {
			f.OptOuts = []OptOut{{Kind: HomeVisit, Span: civil.Span{From: today - 40, To: ptr(today - 1)}}}
		}, 10, today - 4},
		{"D18 a complaint settled today: from today", func(f *Facts) { f.Complaints = []Complaint{{ID: "k", Day: today - 9, Settled: &today}} }, 10, today},
		{"D2 a return settled long ago", func(f *Facts) { f.Returns = []Return{{PurchaseID: "p", Day: today - 40, Settled: ptr(today - 30)}} }, 10, today - 4},
		{"D2 a reaction settled yesterday", func(f *Facts) { f.Reactions = []Reaction{{Day: today - 9, Settled: ptr(today - 1)}} }, 10, today - 1},
		{"D7 lost to a competitor: from the day all was agreed", func(f *Facts) {
			f.Service, f.Stop = Stopped, &Stop{ID: "s", Cause: Competitor, OpenedOn: today - 20, SelfReviewOn: ptr(today - 5), AgreedOn: ptr(today - 1)}
		}, DefaultPolicy().Stops[Competitor].FollowUpEvery, today - 1},
		{"D2 a reaction holds the rhythm", held, 0, today - 4},
		{"D18 a complaint holds the rhythm", func(f *Facts) { f.Complaints = []Complaint{{ID: "k", Day: today}} }, 0, today - 4},
		{"D7 an open stop case asks for its follow-up", func(f *Facts) {
			f.Service, f.Stop = Stopped, &Stop{ID: "s", Cause: EffectOrQuality, OpenedOn: today - 2}
		}, DefaultPolicy().Stops[EffectOrQuality].FollowUpEvery, today - 2},
		{"D7 lost to a competitor: nothing before the self-review", func(f *Facts) {
			f.Service, f.Stop = Stopped, &Stop{ID: "s", Cause: Competitor, OpenedOn: today - 2}
		}, 0, today - 4},
		{"stopped, its case closed", func(f *Facts) { f.Service = Stopped }, 0, today - 4},
		{"D15 a plan to win back", func(f *Facts) {
			f.Lifecycle, f.WinBack = Churned, &WinBack{ID: "w", OpenedOn: today - 1, Deadline: today + 30}
		}, 14, today - 1},
		{"D15 a plan whose deadline is over", func(f *Facts) {
			f.Lifecycle, f.WinBack = Churned, &WinBack{ID: "w", OpenedOn: today - 9, Deadline: today - 1}
		}, 0, today - 4},
		{"D2 bought yesterday: three days to the first phase", func(f *Facts) {
			f.Lifecycle, f.Purchases = New, []Purchase{{ID: "p", Day: today - 1}}
		}, 3, today - 1},
		{"D2 the first phase was met: four days to the second", func(f *Facts) {
			f.Lifecycle, f.Purchases = New, []Purchase{{ID: "p", Day: today - 7}}
		}, 4, today - 4},
		{"an attempt and a message do not count", func(f *Facts) {
			f.Contacts = append(f.Contacts, Contact{ID: "x", Day: today, Kind: Call, Outcome: NoAnswer}, Contact{ID: "y", Day: today, Kind: Message, Outcome: Sent})
		}, 10, today - 4},
		{"nobody was in touch yet: since it came into care", func(f *Facts) { f.Contacts = nil }, 10, today - 90},
		{"a contact of tomorrow has not happened", func(f *Facts) {
			f.Contacts = append(f.Contacts, Contact{ID: "x", Day: today + 1, Kind: Call, Outcome: Talked})
		}, 10, today - 4},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := Facts{Since: today - 90, Service: OnProduct, Horizon: HorizonUnknown, Lifecycle: Established, Activity: NormalActivity,
				Contacts: []Contact{{ID: "c", Day: today - 4, Kind: Call, Outcome: Talked}}}
			c.set(&f)
			if got := TouchOf(f, DefaultPolicy(), today); got != (Touch{c.every, c.from}) {
				t.Errorf("every %d days from %s, want every %d from %s", got.Every, got.From, c.every, c.from)
			}
		})
	}
}

func TestNeglectBeginsTheDayAfterTheFactor(t *testing.T) {
	day := civil.Must("2026-03-01")
	for _, c := range []struct {
		every    int
		factor   float64
		until    string
		neglects string
	}{
		{10, 1.5, "2026-03-11", "2026-03-17"},
		{15, 1.5, "2026-03-16", "2026-03-25"}, // 22.5 days are not over before the 24th
		{2, 1.5, "2026-03-03", "2026-03-05"},
		{10, 1, "2026-03-11", "2026-03-12"},
	} {
		touch := Touch{c.every, day}
		if until, neglected := touch.InTouchUntil(), touch.NeglectedOn(c.factor); until.String() != c.until || neglected.String() != c.neglects {
			t.Errorf("every %d × %g: in touch until %s, neglected on %s, want %s and %s", c.every, c.factor, until, neglected, c.until, c.neglects)
		}
	}
}

// Whatever pauses there were, on the day after them the whole distance is ahead, and the calendar of demands agrees.
func TestNobodyIsNeglectedForDaysOfAPause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := quiet()
		today := civil.Must("2026-03-18")
		f := Facts{Since: today - 200, Service: OnProduct, Lifecycle: Established, Activity: NormalActivity,
			Horizon:  rapid.SampledFrom(AllHorizons()).Draw(t, "horizon"),
			Contacts: []Contact{{ID: "c", Day: today - civil.Date(rapid.IntRange(0, 90).Draw(t, "last")), Kind: Call, Outcome: Talked}}}
		for range rapid.IntRange(1, 3).Draw(t, "pauses") {
			end := today - civil.Date(rapid.IntRange(1, 60).Draw(t, "ended"))
			f.Pauses = append(f.Pauses, Pause{civil.Span{From: end - civil.Date(rapid.IntRange(0, 60).Draw(t, "days")), To: &end}})
		}
		touch := TouchOf(f, p, today)
		for _, pause := range f.Pauses {
			if touch.InTouchUntil() < *pause.To+civil.Date(touch.Every) || touch.NeglectedOn(1) <= *pause.To+civil.Date(touch.Every) {
				t.Fatalf("every %d days from %s, paused until %s", touch.Every, touch.From, *pause.To)
			}
		}
		if touch.From < f.Contacts[0].Day || touch.From >= today && f.Contacts[0].Day < today {
			t.Fatalf("from %s, the last contact was on %s", touch.From, f.Contacts[0].Day)
		}
		if next := firstTouch(t, Demands(f, p, today, today+90)); next > max(today, touch.InTouchUntil())+p.tolerance(touch.Every) {
			t.Fatalf("in touch until %s, but the next contact is asked for on %s", touch.InTouchUntil(), next)
		}
	})
}

// The planner asks for no more and no less than what neglect is judged by: who does what the demands say is never late.
func TestWhoFollowsTheDemandsIsNeverOutOfTouch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := quiet()
		today := civil.Must("2026-03-18")
		f := Facts{Since: today - 60, Service: OnProduct, Spread: rapid.IntRange(0, 100).Draw(t, "spread"),
			Horizon:   rapid.SampledFrom(AllHorizons()).Draw(t, "horizon"),
			Lifecycle: rapid.SampledFrom([]Lifecycle{Established, Potential, New}).Draw(t, "lifecycle"),
			Activity:  rapid.SampledFrom([]Activity{NormalActivity, Dormant}).Draw(t, "activity")}
		if f.Lifecycle == New {
			f.Purchases = []Purchase{{ID: "p", Day: today - civil.Date(rapid.IntRange(0, 60).Draw(t, "bought"))}}
		}
		// In touch today, as nothing is overdue then.
		f.Contacts = []Contact{{ID: "c", Day: today, Kind: HomeVisit, Outcome: Met}}
		for day, end := today, today+120; day < end; {
			touch := TouchOf(f, p, day)
			next := firstTouch(t, Demands(f, p, day, day+90))
			if touch.Every == 0 || next > touch.InTouchUntil()+p.tolerance(touch.Every) {
				t.Fatalf("%s: every %d days from %s, but the next contact is asked for on %s", day, touch.Every, touch.From, next)
			}
			day = next
			kind := rapid.SampledFrom([]Kind{HomeVisit, Call}).Draw(t, "kind")
			f.Contacts = append(f.Contacts, Contact{ID: day.String(), Day: day, Kind: kind, Outcome: map[Kind]Outcome{HomeVisit: Met, Call: Talked}[kind]})
		}
	})
}

func firstTouch(t *rapid.T, demands []Demand) civil.Date {
	for _, d := range demands {
		if d.Kind.answers(Call) {
			return d.Due
		}
	}
	t.Fatal("nothing is asked for")
	return 0
}
