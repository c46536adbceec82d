package care_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// numbersOf are what a user's devices show of a month and a kind.
func (w *world) numbersOf(u models.User, month string, kind cadence.Kind) care.MonthNumbers {
	w.t.Helper()
	for _, n := range w.device(u).world.Numbers {
		if n.Month == civil.Must(month) && n.Kind == kind {
			return n
		}
	}
	return care.MonthNumbers{Month: civil.Must(month), Kind: kind}
}

func (w *world) wantNumbers(what string, u models.User, want care.MonthNumbers) {
	w.t.Helper()
	if diff := cmp.Diff(want, w.numbersOf(u, want.Month.String(), want.Kind)); diff != "" {
		w.t.Errorf("%s (-want +got)\n%s", what, diff)
	}
}

func TestWhatIsDoneCountsForWhoDidIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		march := care.MonthNumbers{Month: civil.Must("2026-03-01"), Kind: cadence.HomeVisit}
		first := w.item(w.Own, "a", func(i *models.PlanItem) { i.Day = w.today })
		w.item(w.Own, "b", func(i *models.PlanItem) { i.Day = w.today + 9 })
		n := march
		n.Planned, n.Scheduled, n.Remaining = 2, 2, 2
		w.wantNumbers("planned", w.Rep, n)

		// Story 1: made before the cut-over, sent after it.
		made := w.clock.Now()
		w.clock.Add(2 * time.Hour)
		got[models.User](t)(w.Assign(w.as(w.Supervisor), care.Assign{ID: w.key(), Accounts: []id.ID{w.Own.ID}, ToRep: w.Colleague.ID, Reason: "近"}))
		in := care.LogContact{ID: w.key(), AccountID: w.Own.ID, ItemID: &first.ID, Kind: cadence.HomeVisit, Outcome: cadence.Met, StartedAt: made}
		w.log(w.Rep, in)
		done := march
		done.Planned, done.Done, done.Reached = 1, 1, 1
		w.wantNumbers("who did it", w.Rep, done)
		rest := march
		rest.Planned, rest.Scheduled, rest.Remaining = 1, 1, 1
		w.wantNumbers("who holds it now", w.Colleague, rest)
	})
}

func TestNumbersAreOfTheMonthOfTheContact(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.onDay(civil.Must("2026-03-31"))
		item := w.item(w.Own, "a", nil)
		in := w.visit(w.Own)
		in.ItemID = &item.ID
		attempt := w.call(w.Own)
		attempt.Outcome = cadence.NoAnswer
		attempt.StartedAt = attempt.StartedAt.Add(-3 * time.Hour)
		attempt.EndedAt = nil
		w.onDay(civil.Must("2026-04-01")) // the phone had no signal
		w.log(w.Rep, in)
		w.log(w.Rep, attempt)
		march := care.MonthNumbers{Month: civil.Must("2026-03-01"), Kind: cadence.HomeVisit, Planned: 1, Done: 1, Reached: 1}
		w.wantNumbers("the visit", w.Rep, march)
		w.wantNumbers("the attempt", w.Rep, care.MonthNumbers{Month: march.Month, Kind: cadence.Call, Attempts: 1})
		w.wantNumbers("April", w.Rep, care.MonthNumbers{Month: civil.Must("2026-04-01"), Kind: cadence.HomeVisit})
	})
}

func TestWhatDidNotFitIsPlannedAndNotScheduled(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.item(w.Own, "late", func(i *models.PlanItem) { i.Day, i.Kind = w.today-2, cadence.Call })
		w.write(func(tx *models.Tx) error {
			shed := []models.ShedItem{{ID: tx.NewID(), RepID: w.Rep.ID, AccountID: w.Own.ID, DemandKey: "s", Kind: cadence.Call, DueOn: w.today + 3, Why: "NO_CAPACITY"}}
			return tx.SavePlan(w.Rep.ID, models.PlanDiff{Shed: &shed})
		})
		want := care.MonthNumbers{Month: civil.Must("2026-03-01"), Kind: cadence.Call, Planned: 2, Remaining: 2}
		w.wantNumbers("calls", w.Rep, want)
		d := w.device(w.Rep)
		if len(d.world.Shed) != 1 || d.world.Shed[0].Words("en") == "" || d.world.Shed[0].Words("zh") == d.world.Shed[0].Words("en") {
			t.Errorf("shed %+v", d.world.Shed)
		}
	})
}

func TestTheCalendarOfADeviceKnowsHolidaysAndLeave(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			l := models.Leave{ID: tx.NewID(), UserID: w.Rep.ID, FromDay: w.today + 2, ToDay: w.today + 2, Granted: true, CreatedBy: w.Rep.ID, CreatedAt: tx.Now}
			if err := tx.AddLeave(&l); err != nil {
				return err
			}
			return tx.PutHolidays([]models.Holiday{{Day: w.today + 1, Name: "休"}})
		})
		days := w.device(w.Rep).world.Calendar
		if len(days) != 56 || days[0].Day != civil.Must("2026-03-01") {
			t.Fatalf("%d days from %v", len(days), days[0])
		}
		hours := []civil.Window{{From: 9 * 60, To: 12 * 60}, {From: 13 * 60, To: 18 * 60}}
		want := []care.WorkingDay{
			{Day: w.today, Minutes: 480, Hours: hours}, {Day: w.today + 1, Holiday: true}, {Day: w.today + 2, OnLeave: true},
			{Day: w.today + 3, Minutes: 480, Hours: hours},
		}
		if diff := cmp.Diff(want, days[3:7]); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}
