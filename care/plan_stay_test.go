package care_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// book gives the rep a few accounts of every kind.
func (d *diary) book() []models.Account {
	d.t.Helper()
	list := []models.Account{d.regular(d.Rep, 28), d.regular(d.Rep, 10), d.regular(d.Rep, 3), d.join(d.Rep)}
	once := d.join(d.Rep)
	d.bought(once, 45)
	newcomer := d.join(d.Rep)
	d.buys(d.Rep, newcomer)
	return append(list, once, newcomer)
}

// places are where the items of a rep stand, by key.
func places(items []models.PlanItem) map[id.ID]string {
	out := map[id.ID]string{}
	for _, i := range items {
		out[i.ID] = i.Day.String() + " " + string(i.Kind) + " " + civil.Minute(i.StartMin).Clock()
	}
	return out
}

func TestPlanningAgainWritesNothing(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.book()
		if first := d.plan(d.Rep); first.Added == 0 {
			t.Fatalf("first plan %+v", first)
		}
		before := d.agenda(d.Rep)
		if again := d.plan(d.Rep); again.Wrote() {
			t.Errorf("again %+v", again)
		}
		if diff := cmp.Diff(before, d.agenda(d.Rep)); diff != "" {
			t.Errorf("(-before +after):\n%s", diff)
		}
	})
}

func TestTheNextMorningKeepsThePlan(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.book()
		d.plan(d.Rep)
		before := d.agenda(d.Rep)
		d.at("2026-03-05", 6)
		r := d.plan(d.Rep)
		after := places(d.agenda(d.Rep))
		moved := 0
		for _, i := range before {
			place, stays := after[i.ID]
			if !stays {
				t.Errorf("%s of %s is gone without an event", i.DemandKey, i.Day)
				continue
			}
			if i.Day > d.today && place[:10] != i.Day.String() {
				moved++
			}
		}
		if moved > len(before)/10 {
			t.Errorf("%d of %d items moved overnight", moved, len(before))
		}
		if r.Changed > len(before)/4 {
			t.Errorf("%d of %d items written anew overnight, so phones pull them all", r.Changed, len(before))
		}
	})
}

func TestItemsOfTodayStayAtTheirMinute(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		accounts := d.book()
		d.at("2026-03-05", 6)
		d.plan(d.Rep)
		today := func() map[id.ID]string {
			return places(slices.DeleteFunc(d.agenda(d.Rep), func(i models.PlanItem) bool { return i.Day != d.today }))
		}
		morning := today()
		if len(morning) == 0 {
			t.Fatal("nothing planned for the day")
		}
		d.at("2026-03-05", 13)
		d.buys(d.Rep, accounts[3])
		r := d.plan(d.Rep)
		noon := today()
		for item, place := range morning {
			if noon[item] != place {
				t.Errorf("at noon %q, in the morning %q", noon[item], place)
			}
		}
		if len(r.Conflicts) != 0 {
			t.Errorf("nobody fixed anything: %+v", r.Conflicts)
		}
	})
}

func TestWhatAPersonFixedStays(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		accounts := d.book()
		d.plan(d.Rep)
		visit := d.firstOf(accounts[0], cadence.HomeVisit)
		call := d.firstOf(accounts[1], cadence.Call)
		got[models.PlanItem](t)(d.Reschedule(d.as(d.Rep), care.MoveItem{ID: d.key(), ItemID: visit.ID, Day: visit.Day + 1, At: ptr(civil.Minute(16*60 + 40))}))
		got[models.PlanItem](t)(d.PinItem(d.as(d.Rep), call.ID, true))
		d.drained()
		for day := range 3 {
			d.at((civil.Must("2026-03-04") + civil.Date(day)).String(), 7)
			d.plan(d.Rep)
			if now := d.readItem(visit.ID); now.Day != visit.Day+1 || now.StartMin != 16*60+40 || now.DueOn != visit.DueOn {
				t.Errorf("the appointment moved to %s %s", now.Day, civil.Minute(now.StartMin).Clock())
			}
			if now := d.readItem(call.ID); now.Day != call.Day || !now.IsOpen() {
				t.Errorf("the pinned call is %s on %s", now.Status, now.Day)
			}
		}
	})
}

func TestAStartedItemStays(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		d.at(d.open(a)[0].Day.String(), 8)
		d.plan(d.Rep)
		i := d.open(a)[0]
		d.clock.Set(d.today.At(civil.Minute(i.StartMin), d.zone))
		got[models.PlanItem](t)(d.StartItem(d.as(d.Rep), i.ID, d.clock.Now()))
		d.clock.Add(3 * time.Hour)
		d.buys(d.Rep, a) // which changes everything else
		d.drained()
		now := d.readItem(i.ID)
		if now.Status != models.ItemStarted || now.Day != i.Day || now.StartMin != i.StartMin {
			t.Errorf("started %+v", now)
		}
	})
}

func TestCancelledWithAChosenDayIsNotAskedForBesides(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		visit := d.firstOf(a, cadence.HomeVisit)
		chosen := visit.Day + 2
		if chosen.Weekday() == time.Sunday {
			chosen++
		}
		next := got[models.PlanItem](t)(d.CancelItem(d.as(d.Rep), care.CancelItem{ID: d.key(), ItemID: visit.ID, Reason: "出门", NextOn: &chosen}))
		d.drained()
		if now := d.readItem(next.ID); now.Day != chosen || !now.IsOpen() {
			t.Errorf("chosen %s, comes %s", chosen, now.Day)
		}
		for _, i := range d.open(a) {
			if i.Kind == cadence.HomeVisit && i.ID != next.ID && i.Day <= chosen {
				t.Errorf("another visit on %s besides the chosen one on %s", i.Day, chosen)
			}
		}
	})
}

func TestCancelledWithoutADayDoesNotComeBack(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		visit := d.firstOf(a, cadence.HomeVisit)
		got[models.PlanItem](t)(d.CancelItem(d.as(d.Rep), care.CancelItem{ID: d.key(), ItemID: visit.ID, Reason: "不必了"}))
		d.drained()
		next := d.firstOf(a, cadence.HomeVisit)
		if next.DemandKey == visit.DemandKey || next.DueOn < visit.Day+4 {
			t.Errorf("%s due %s came back after %s due %s was called off", next.DemandKey, next.DueOn, visit.DemandKey, visit.DueOn)
		}
		if d.plan(d.Rep).Wrote() {
			t.Error("planned again it writes nothing")
		}
	})
}

func TestManualItemsOfOneKindBothLive(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		var items []models.PlanItem
		for _, why := range []string{"送样品", "量血压"} {
			items = append(items, got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
				ID: d.key(), AccountID: a.ID, Kind: cadence.HomeVisit, Day: d.today + 2, Reason: why,
			})))
		}
		d.drained()
		for _, i := range items {
			if now := d.readItem(i.ID); !now.IsOpen() || now.Day != i.Day || now.Reasons[0].Args["why"] != i.Reasons[0].Args["why"] {
				t.Errorf("manual item %+v", now)
			}
		}
	})
}

func TestAManualItemTakesUpADateNearby(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		birthday := civil.Must("2026-03-13")
		d.write(func(tx *models.Tx) error {
			return models.AddAll(tx, []models.AccountDate{{ID: tx.NewID(), AccountID: a.ID, Occasion: cadence.Birthday, Calendar: cadence.Solar, Month: 3, Day: 13}})
		})
		i := got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
			ID: d.key(), AccountID: a.ID, Kind: cadence.HomeVisit, Day: birthday - 1, Reason: "送样品",
		}))
		d.drained()
		now := d.readItem(i.ID)
		if len(now.Joined) != 1 || now.Joined[0].Script != "BIRTHDAY" || !hasReason(now, "DATE") {
			t.Errorf("joined %+v", now.Joined)
		}
		for _, other := range d.open(a) {
			if other.ID != i.ID && hasReason(other, "DATE") {
				t.Errorf("%s greets the birthday as well", other.DemandKey)
			}
		}
		if d.plan(d.Rep).Wrote() {
			t.Error("planned again it writes nothing")
		}
	})
}

func TestAMissedAppointmentKeepsTheDayItWasMissedOn(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		i := got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
			ID: d.key(), AccountID: a.ID, Kind: cadence.HomeVisit, Day: d.today + 1, At: ptr(civil.Minute(600)), Reason: "送样品",
		}))
		d.drained()
		planned := d.readItem(i.ID)
		d.at("2026-03-06", 6)
		r := d.plan(d.Rep)
		now := d.readItem(i.ID)
		if now.Day != planned.Day || now.StartMin != 600 || !now.IsOpen() || now.Seq != planned.Seq {
			t.Errorf("missed %+v", now)
		}
		if len(r.Conflicts) != 0 {
			t.Errorf("a missed appointment breaks no rule: %+v", r.Conflicts)
		}
	})
}

func TestAPauseMadeTodayClearsToday(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		d.at(d.open(a)[0].Day.String(), 6)
		d.plan(d.Rep)
		if i := d.open(a)[0]; i.Day != d.today {
			t.Fatalf("planned for %s", i.Day)
		}
		last := d.today + 5
		got[models.Pause](t)(d.PauseAccount(d.as(d.Rep), care.PauseAccount{ID: d.key(), AccountID: a.ID, From: d.today, To: &last, Reason: "住院"}))
		d.drained()
		for _, i := range d.open(a) {
			if i.Day <= last {
				t.Errorf("%s on %s, within the pause", i.DemandKey, i.Day)
			}
		}
	})
}

func TestAnOverrideClearsWhatIsNoLongerDueToday(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.log(d.Rep, d.visit(a))
		d.drained()
		call := d.firstOf(a, cadence.Call)
		d.at(call.Day.String(), 6)
		d.plan(d.Rep)
		got[models.Override](t)(d.OverrideHorizon(d.as(d.Rep), care.OverrideHorizon{
			ID: d.key(), AccountID: a.ID, Horizon: cadence.Later, Reason: "囤了货", Until: d.today + 60,
		}))
		d.drained()
		for _, i := range d.open(a) {
			if i.Day < i.EarliestOn {
				t.Errorf("%s planned for %s, before %s", i.DemandKey, i.Day, i.EarliestOn)
			}
		}
	})
}
