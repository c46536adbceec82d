package care_test

import (
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

func TestCancelledWithAChosenDayComesOnExactlyThatDay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", func(i *models.PlanItem) {
			i.Reasons = []cadence.Reason{{Rule: "D4", Code: "HORIZON_VISIT"}}
		})
		in := care.CancelItem{ID: w.key(), ItemID: i.ID, Reason: "客户出门", NextOn: ptr(w.today + 3), NextAt: ptr(civil.Minute(15 * 60))}
		next := got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), in))
		if next.Day != w.today+3 || next.DueOn != w.today+3 || next.StartMin != 900 || !next.AtFixed || !next.Pinned ||
			next.Source != models.FromPerson || next.DemandKey != "rhythm:1" || next.Kind != i.Kind || len(next.Reasons) != 1 {
			t.Errorf("next %+v", next)
		}
		old := w.readItem(i.ID)
		if old.Status != models.ItemCancelled || old.MovedTo == nil || *old.MovedTo != next.ID || old.ClosedWhy != in.Reason {
			t.Errorf("old %+v", old)
		}
		if again := got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), in)); again.ID != next.ID {
			t.Error("cancelled again it must answer the same")
		}
		in.NextOn = ptr(w.today + 4)
		_, err := w.CancelItem(w.as(w.Rep), in)
		wantCode(t, err, care.CodeConflict)
		_, err = w.CancelItem(w.as(w.Rep), care.CancelItem{ID: w.key(), ItemID: i.ID, Reason: "x"})
		wantCode(t, err, care.CodeConflict)
	})
}

func TestCancelledWithoutADayTheRulesDecide(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", nil)
		out := got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), care.CancelItem{ID: w.key(), ItemID: i.ID, Reason: "下雨"}))
		if out.ID != i.ID || out.Status != models.ItemCancelled || out.MovedTo != nil {
			t.Errorf("out %+v", out)
		}
		if len(w.openItems(w.Own.ID)) != 0 || !w.asked(w.Rep.ID) {
			t.Error("the item must be gone and the plan asked for")
		}
	})
}

func TestTwoItemsOfOneKindWithDifferentReasonsBothLive(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, why := range []string{"送样品", "量血压"} {
			got[models.PlanItem](t)(w.PlanContact(w.as(w.Rep), care.PlanContact{
				ID: w.key(), AccountID: w.Own.ID, Kind: cadence.HomeVisit, Day: w.today + 2, Reason: why,
			}))
		}
		items := w.openItems(w.Own.ID)
		if len(items) != 2 || items[0].Reasons[0].Args["why"] == items[1].Reasons[0].Args["why"] {
			t.Fatalf("items %+v", items)
		}
		if items[0].Minutes == 0 {
			t.Error("a visit takes time")
		}
	})
}

func TestMovedAndPinnedItemsStay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", nil)
		moved := got[models.PlanItem](t)(w.Reschedule(w.as(w.Rep), care.MoveItem{ID: w.key(), ItemID: i.ID, Day: w.today + 1}))
		if moved.Day != w.today+1 || !moved.Held() || moved.DueOn != i.DueOn || moved.AtFixed {
			t.Errorf("moved %+v", moved)
		}
		if out := got[models.PlanItem](t)(w.PinItem(w.as(w.Rep), i.ID, false)); out.Held() {
			t.Error("unpinned it is the planner's again")
		}
		_, err := w.Reschedule(w.as(w.Rep), care.MoveItem{ID: w.key(), ItemID: i.ID, Day: w.today - 1})
		wantCode(t, err, care.CodeInvalid)
	})
}

func TestNobodyPlansAgainstAnOptOut(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		got[models.Account](t)(w.EditFile(w.as(w.Rep), care.EditFile{
			ID: w.key(), AccountID: w.Own.ID, Version: w.Own.Version,
			OptOuts: care.Some([]models.OptOut{{Kind: string(cadence.Call), From: w.today}}),
		}))
		in := care.PlanContact{ID: w.key(), AccountID: w.Own.ID, Kind: cadence.Call, Day: w.today + 1, Reason: "问候"}
		_, err := w.PlanContact(w.as(w.Rep), in)
		wantCode(t, err, care.CodeRefused)
		in.ID, in.Kind = w.key(), cadence.HomeVisit
		got[models.PlanItem](t)(w.PlanContact(w.as(w.Rep), in))
		wantFlags(t, w.log(w.Rep, w.call(w.Own)), care.FlagOptedOut)
	})
}

func TestAnExpertMovesOnlyWhatNamesThem(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		other := w.item(w.OtherTeams, "rhythm:2", nil)
		_, err := w.Reschedule(w.as(w.Expert), care.MoveItem{ID: w.key(), ItemID: other.ID, Day: w.today + 1})
		wantCode(t, err, care.CodeNotFound)
		moved := got[models.PlanItem](t)(w.Reschedule(w.as(w.Expert), care.MoveItem{ID: w.key(), ItemID: w.Joint.ID, Day: w.today + 1}))
		if moved.Day != w.today+1 {
			t.Errorf("moved to %s", moved.Day)
		}
	})
}

func TestStartingTwiceIsStartingOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "rhythm:1", nil)
		first := got[models.PlanItem](t)(w.StartItem(w.as(w.Rep), i.ID, w.clock.Now()))
		again := got[models.PlanItem](t)(w.StartItem(w.as(w.Rep), i.ID, w.clock.Now().Add(60)))
		if !first.StartedAt.Equal(*again.StartedAt) || again.Status != models.ItemStarted {
			t.Errorf("first %v, again %v", first.StartedAt, again.StartedAt)
		}
	})
}
