package care_test

import (
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

// plan makes the plan of Rep and returns the open items of Own.
func (w *world) plan() []models.PlanItem {
	w.t.Helper()
	got[care.PlanResult](w.t)(w.PlanNow(w.t.Context(), w.Rep.ID))
	return w.openItems(w.Own.ID)
}

// onDay moves the clock to ten in the morning of a day.
func (w *world) onDay(day civil.Date) {
	w.clock.Set(day.At(10*60, time.FixedZone("CST", 8*3600)).UTC())
	w.today = day
}

func TestANewCustomerIsSeenThroughTheirFirstWeek(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today, 59600)))
		items := w.plan()
		if len(items) == 0 || items[0].DueOn != w.today+3 {
			t.Fatalf("the first phase is due on day three: %+v", items)
		}
		first := items[0]
		w.onDay(first.Day)
		attempt := w.call(w.Own)
		attempt.ItemID, attempt.Outcome = &first.ID, cadence.NoAnswer
		w.log(w.Rep, attempt)
		again := w.plan()
		if len(again) == 0 || again[0].DemandKey != first.DemandKey {
			t.Fatalf("an attempt leaves the phase due: %+v", again)
		}
		done := w.visit(w.Own)
		done.ItemID = &again[0].ID
		if l := w.log(w.Rep, done); l.Fulfils != first.DemandKey {
			t.Errorf("fulfils %q, want %q", l.Fulfils, first.DemandKey)
		}
		next := w.plan()
		if len(next) == 0 || next[0].DemandKey == first.DemandKey || next[0].DueOn <= w.today {
			t.Errorf("the next phase comes later: %+v", next)
		}
	})
}

func TestAPausedAccountHasNoPlanUntilItsOwnPauseEnds(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		if len(w.plan()) == 0 {
			t.Fatal("an account in care has contacts")
		}
		got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{ID: w.key(), AccountID: w.Own.ID, From: w.today + 1, Reason: "住院"}))
		area := got[models.Pause](t)(w.PauseArea(w.as(w.Supervisor), care.PauseArea{
			ID: w.key(), StoreID: w.Main.ID, District: w.Own.District, From: w.today + 1, Reason: "大雪",
		}))
		got[models.Pause](t)(w.ResumeArea(w.as(w.Supervisor), area.ID))
		for _, i := range w.plan() {
			if i.Day > w.today {
				t.Errorf("planned on %s into the pause", i.Day)
			}
		}
		got[models.Account](t)(w.ResumeAccount(w.as(w.Rep), w.Own.ID))
		if len(w.plan()) == 0 {
			t.Error("resumed, the plan comes back")
		}
	})
}

func TestTheChosenDayStandsThroughAReplan(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		first := w.plan()[0]
		next := got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), care.CancelItem{
			ID: w.key(), ItemID: first.ID, Reason: "客户出门", NextOn: ptr(w.today + 9),
		}))
		w.plan()
		r := got[care.PlanResult](t)(w.PlanNow(t.Context(), w.Rep.ID))
		if r.Wrote() {
			t.Errorf("planned again it must change nothing: %+v", r)
		}
		if i := w.readItem(next.ID); i.Day != w.today+9 || !i.IsOpen() {
			t.Errorf("the chosen day: %+v", i)
		}
	})
}

func TestAStoppedAccountGetsItsUrgentVisit(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.EffectOrQuality}))
		var urgent *models.PlanItem
		for _, i := range w.plan() {
			if i.Urgent && i.Kind == cadence.HomeVisit {
				urgent = &i
			}
		}
		if urgent == nil || urgent.Day > w.today+1 || urgent.CaseID == nil || *urgent.CaseID != f.Case.ID {
			t.Fatalf("urgent %+v", urgent)
		}
		w.onDay(urgent.Day)
		in := w.visit(w.Own)
		in.ItemID = &urgent.ID
		w.log(w.Rep, in)
		f = got[models.CaseFile](t)(w.Case(w.as(w.Rep), f.Case.ID))
		if f.Steps[0].Kind != models.StepVisit || f.Steps[0].DoneOn == nil {
			t.Errorf("steps %+v", f.Steps)
		}
	})
}
