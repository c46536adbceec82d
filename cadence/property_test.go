package cadence

import (
	"fmt"
	"slices"
	"testing"

	"huifang/civil"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// anyFacts draws an account around a day of the years 1971 to 2099.
func anyFacts(t *rapid.T) (Facts, civil.Date) {
	today := civil.Date(rapid.IntRange(int(civil.Must("1971-06-01")), int(civil.Must("2099-06-30"))).Draw(t, "today"))
	day := func(label string, from, to int) civil.Date {
		return today + civil.Date(rapid.IntRange(from, to).Draw(t, label))
	}
	pick := func(label string, of int) int { return rapid.IntRange(0, of).Draw(t, label) }
	f := Facts{
		Since:     day("since", -400, 0),
		Service:   OnProduct,
		Horizon:   rapid.SampledFrom(AllHorizons()).Draw(t, "horizon"),
		Lifecycle: rapid.SampledFrom([]Lifecycle{New, New, Established, Potential}).Draw(t, "lifecycle"),
		Activity:  rapid.SampledFrom([]Activity{NormalActivity, NormalActivity, LowActivity, Dormant}).Draw(t, "activity"),
		Frail:     rapid.Bool().Draw(t, "frail"),
	}
	for i := range pick("purchases", 3) {
		f.Purchases = append(f.Purchases, Purchase{ID: fmt.Sprintf("p%d", i), Day: day("bought", -60, 0)})
	}
	for i := range pick("contacts", 6) {
		kind := rapid.SampledFrom(AllKinds()).Draw(t, "kind")
		c := Contact{ID: fmt.Sprintf("c%d", i), Day: day("contact", -40, 0), Kind: kind,
			Outcome: rapid.SampledFrom(outcomesFor(kind)).Draw(t, "outcome")}
		f.Contacts = append(f.Contacts, c)
	}
	for i := range pick("planned", 3) {
		f.Planned = append(f.Planned, Planned{ID: fmt.Sprintf("x%d", i), Kind: rapid.SampledFrom(AllKinds()).Draw(t, "planned kind"),
			Day: day("planned", -2, 25)})
	}
	for i := range pick("dates", 3) {
		f.Dates = append(f.Dates, SpecialDate{ID: fmt.Sprintf("d%d", i), Occasion: Birthday,
			Calendar: rapid.SampledFrom([]Calendar{Solar, Lunar}).Draw(t, "calendar"), Month: 1 + pick("month", 11),
			Day: 1 + pick("day", 30), Leap: rapid.Bool().Draw(t, "leap")})
	}
	return f, today
}

// withTrouble adds pauses, opt-outs and cases.
func withTrouble(t *rapid.T, f Facts, today civil.Date) Facts {
	day := func(label string, from, to int) civil.Date {
		return today + civil.Date(rapid.IntRange(from, to).Draw(t, label))
	}
	for range rapid.IntRange(0, 3).Draw(t, "pauses") {
		from := day("paused", -20, 20)
		f.Pauses = append(f.Pauses, Pause{civil.Span{From: from, To: ptr(from + day("length", 0, 20) - today)}})
	}
	if rapid.Bool().Draw(t, "opts out") {
		f.OptOuts = append(f.OptOuts, OptOut{Kind: rapid.SampledFrom(AllKinds()).Draw(t, "out of"), Span: civil.Span{From: day("out", -10, 10)}})
	}
	switch rapid.IntRange(0, 9).Draw(t, "trouble") {
	case 0:
		f.Stop = &Stop{ID: "s", Cause: rapid.SampledFrom(AllStopCauses()).Draw(t, "cause"), OpenedOn: day("stopped", -20, 0)}
	case 1:
		f.Returns = []Return{{PurchaseID: "p0", Day: day("returned", -10, 0)}}
	case 2:
		f.Reactions = []Reaction{{Day: day("reaction", -10, 0)}}
	case 4:
		f.Complaints = []Complaint{{ID: "k", Day: day("complaint", -10, 0)}}
	case 3:
		f.Lifecycle, f.Activity = Churned, Lapsed
		f.WinBack = &WinBack{ID: "w", OpenedOn: day("opened", -20, 0), Deadline: day("deadline", 0, 40)}
	}
	return f
}

const period = 35

func TestDemandsAreWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f = withTrouble(t, f, today)
		p := DefaultPolicy()
		keys := map[string]bool{}
		days := map[civil.Date]string{}
		for _, d := range Demands(f, p, today, today+period) {
			if keys[d.Key] || len(d.Key) > 96 {
				t.Fatalf("key %s is used twice or too long", d.Key)
			}
			keys[d.Key] = true
			expected := max(d.Due, today)
			if other, taken := days[expected]; taken {
				t.Fatalf("%s and %s lie on one day", other, d.Key)
			}
			days[expected] = d.Key
			if d.Earliest > d.Due || d.Due > today+period || d.Latest < expected {
				t.Fatalf("%s: window %v … %v … %v seen on %v", d.Key, d.Earliest, d.Due, d.Latest, today)
			}
			if d.Minutes <= 0 || d.By == "" || d.Script == "" || len(d.Reasons) == 0 || d.Kind == d.OrKind {
				t.Fatalf("%s is not complete: %+v", d.Key, d)
			}
			checkWords(t, d)
			checkHolds(t, f, d, today)
		}
	})
}

func checkWords(t *rapid.T, d Demand) {
	for _, r := range d.Reasons {
		if _, ok := reasonWords(r.Code); !ok {
			t.Fatalf("%s: no words for %s", d.Key, r.Code)
		}
		for _, lang := range []string{"zh", "en"} {
			for _, c := range r.In(lang) {
				if c == '{' || c == '}' {
					t.Fatalf("%s: an argument is missing in %q", d.Key, r.In(lang))
				}
			}
		}
	}
}

// checkHolds: opt-out beats everything, and no due day, nor any day of the window still to come, lies in a pause.
func checkHolds(t *rapid.T, f Facts, d Demand, today civil.Date) {
	for day := max(d.Earliest, today); day <= d.Latest; day++ {
		for _, p := range f.Pauses {
			if p.Holds(day) || p.Holds(d.Due) {
				t.Fatalf("%s: %v … %v … %v meets the pause %v", d.Key, d.Earliest, d.Due, d.Latest, p)
			}
		}
		for _, o := range f.OptOuts {
			if o.Holds(day) && (o.Kind == "" || o.Kind == d.Kind || o.Kind == d.OrKind) {
				t.Fatalf("%s: %s or %s on %v in spite of %+v", d.Key, d.Kind, d.OrKind, day, o)
			}
		}
	}
}

func TestWhoOptsOutOfEverythingIsLeftAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f = withTrouble(t, f, today)
		f.OptOuts = append(f.OptOuts, OptOut{Span: civil.Span{From: today - 60}})
		if got := Demands(f, DefaultPolicy(), today, today+period); len(got) != 0 {
			t.Fatalf("got %v", got)
		}
	})
}

// No demand of a rhythm or of onboarding is due before the contact or purchase it follows from.
func TestNothingIsDueBeforeItsCause(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f = withTrouble(t, f, today)
		pl := plan(f, DefaultPolicy(), today, today+period)
		for _, d := range pl.drafts {
			if d.Due <= d.cause {
				t.Fatalf("%s is due %v, its cause was on %v", d.Key, d.Due, d.cause)
			}
			for _, c := range f.Contacts {
				if slices.Contains(keyParts(d.Key), c.ID) && d.Due <= c.Day {
					t.Fatalf("%s is due %v, contact %s was on %v", d.Key, d.Due, c.ID, c.Day)
				}
			}
			for _, b := range f.Purchases {
				if slices.Contains(keyParts(d.Key), b.ID) && d.Script != "RETURN" && d.Due <= b.Day {
					t.Fatalf("%s is due %v, bought %v", d.Key, d.Due, b.Day)
				}
			}
		}
	})
}

func keyParts(key string) []string {
	var parts []string
	start := 0
	for i := range key {
		if key[i] == ':' {
			parts, start = append(parts, key[start:i]), i+1
		}
	}
	return append(parts, key[start:])
}

func TestANearerSaleNeverMeansRarerContact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f.Dates, f.Lifecycle = nil, Established
		p := DefaultPolicy()
		p.Festivals, p.Activation = nil, nil
		days := civil.Date(rapid.IntRange(30, 90).Draw(t, "days"))
		before := 1 << 30
		for _, h := range []Horizon{ThisMonth, WithinTwo, WithinThree, Later} {
			f.Horizon = h
			n := len(Demands(f, p, today, today+days))
			if n > before {
				t.Fatalf("%s brings %d contacts in %d days, a nearer sale %d", h, n, days, before)
			}
			before = n
		}
	})
}

func TestTheOrderOfFactsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f = withTrouble(t, f, today)
		p := DefaultPolicy()
		want := Demands(f, p, today, today+period)
		joins := Joins(f, p, today, today+period)
		g := f
		g.Purchases = rapid.Permutation(f.Purchases).Draw(t, "purchases in other order")
		g.Contacts = rapid.Permutation(f.Contacts).Draw(t, "contacts in other order")
		g.Planned = rapid.Permutation(f.Planned).Draw(t, "planned in other order")
		g.Dates = rapid.Permutation(f.Dates).Draw(t, "dates in other order")
		g.Pauses = rapid.Permutation(f.Pauses).Draw(t, "pauses in other order")
		g.OptOuts = rapid.Permutation(f.OptOuts).Draw(t, "opt-outs in other order")
		if diff := cmp.Diff(want, Demands(g, p, today, today+period)); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(joins, Joins(g, p, today, today+period)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTheFactsAreNotChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f = withTrouble(t, f, today)
		before := f
		before.Contacts, before.Planned = slices.Clone(f.Contacts), slices.Clone(f.Planned)
		before.Purchases, before.Dates = slices.Clone(f.Purchases), slices.Clone(f.Dates)
		p := DefaultPolicy()
		first := Demands(f, p, today, today+period)
		if diff := cmp.Diff(before, f); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(DefaultPolicy(), p); diff != "" {
			t.Fatal(diff)
		}
		if diff := cmp.Diff(first, Demands(f, p, today, today+period)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestTheCapHoldsInEverySevenDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f = withTrouble(t, f, today)
		p := DefaultPolicy()
		p.WeeklyCap = rapid.IntRange(1, 7).Draw(t, "cap")
		contacts, asked := map[civil.Date]bool{}, map[civil.Date]bool{}
		for _, c := range f.Contacts {
			if c.Outcome.Reached() {
				contacts[c.Day] = true
			}
		}
		for _, x := range f.Planned {
			contacts[max(x.Day, today)] = true
		}
		for _, d := range Demands(f, p, today, today+period) {
			contacts[max(d.Due, today)], asked[max(d.Due, today)] = true, true
		}
		for first := today - week; first <= today+period; first++ {
			n, demands := 0, 0
			for day := first; day < first+week; day++ {
				n += map[bool]int{true: 1}[contacts[day]]
				demands += map[bool]int{true: 1}[asked[day]]
			}
			if demands > 0 && n > p.WeeklyCap {
				t.Fatalf("%d contacts in the seven days from %v, the cap is %d", n, first, p.WeeklyCap)
			}
		}
	})
}

// Tomorrow with the same facts the same demands stand, under the same keys and on the same days, as long as none became overdue.
func TestTomorrowTheSameDemandsStand(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f.Planned = nil
		p := DefaultPolicy()
		p.Activation, p.Dates.LateDays, p.FestivalGreeting.LateDays = nil, 0, 0 // nothing that runs out overnight
		now := Demands(f, p, today, today+period)
		if len(now) == 0 || now[0].Due <= today {
			t.Skip("something is due already")
		}
		if diff := cmp.Diff(now, Demands(f, p, today+1, today+period)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// What is due stays due until it is done: a visit under its key and honest day; a call as well, unless a visit that has come
// near takes it up.
func TestOverdueDemandsKeepKeyAndDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, today := anyFacts(t)
		f.Lifecycle, f.Dates, f.Planned = Established, nil, nil
		p := DefaultPolicy()
		p.Festivals, p.Activation, p.WeeklyCap = nil, nil, 7
		now := Demands(f, p, today, today+period)
		if len(now) == 0 {
			t.Skip("nothing due")
		}
		first := now[0]
		later := max(today, first.Due) + civil.Date(rapid.IntRange(1, 30).Draw(t, "days late"))
		got := Demands(f, p, later, later+period)
		same := slices.IndexFunc(got, func(d Demand) bool { return d.Key == first.Key && d.Due == first.Due })
		visit := slices.IndexFunc(got, func(d Demand) bool { return d.Kind == HomeVisit && d.Due <= later+1 })
		if same < 0 && (first.Kind == HomeVisit || visit < 0) {
			t.Fatalf("%s, due %v, vanished: %v", first.Key, first.Due, got)
		}
	})
}

func FuzzDemands(f *testing.F) {
	f.Add(int32(20640), int16(30), uint8(3), uint8(5), uint8(2), "CALL", "NO_ANSWER")
	f.Add(int32(-5000), int16(-3), uint8(0), uint8(31), uint8(13), "", "")
	f.Fuzz(func(t *testing.T, today int32, days int16, every, day, month uint8, kind, outcome string) {
		if today < -1e6 || today > 3e6 || days > 400 {
			return
		}
		now := civil.Date(today)
		facts := Facts{Since: now - civil.Date(every), Horizon: Horizon(kind), Lifecycle: New,
			Purchases: []Purchase{{ID: kind, Day: now - civil.Date(day)}},
			Contacts:  []Contact{{ID: outcome, Day: now - civil.Date(month), Kind: Kind(kind), Outcome: Outcome(outcome)}},
			Dates:     []SpecialDate{{ID: outcome, Calendar: Lunar, Month: int(month), Day: int(day)}, {ID: kind, Calendar: Solar, Month: int(month), Day: int(day)}},
			Planned:   []Planned{{ID: "x", Key: outcome, Kind: Kind(kind), Day: now + civil.Date(every)}},
		}
		for _, d := range Demands(facts, DefaultPolicy(), now, now+civil.Date(days)) {
			if d.Due > now+civil.Date(days) || d.Earliest > d.Due || d.Latest < max(d.Due, now) {
				t.Fatalf("%+v", d)
			}
		}
	})
}
