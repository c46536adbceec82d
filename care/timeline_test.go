package care_test

import (
	"slices"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

func TestEveryChannelMeetsInOneTimeline(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.fillTimeline(t)
		all := got[care.Timeline](t)(w.Timeline(w.as(w.Rep), w.Own.ID, care.Page{First: 100}))
		kinds := map[string]int{}
		for i, e := range all.Entries {
			kinds[kindOf(t, e)]++
			if i > 0 && e.At.After(all.Entries[i-1].At) {
				t.Errorf("entry %d is newer than the one before", i)
			}
		}
		for kind, n := range map[string]int{"log": 5, "purchase": 2, "return": 1, "case": 2, "assignment": 1, "cancelled": 1, "override": 1, "pause": 1} {
			if kinds[kind] != n {
				t.Errorf("%d of %s, want %d", kinds[kind], kind, n)
			}
		}
		for _, size := range []int{1, 3, 5} {
			var walked []id.ID
			page := care.Page{First: size}
			for {
				part := got[care.Timeline](t)(w.Timeline(w.as(w.Rep), w.Own.ID, page))
				for _, e := range part.Entries {
					walked = append(walked, e.ID)
				}
				if !part.More {
					break
				}
				page.After = part.Entries[len(part.Entries)-1].Cursor
			}
			var want []id.ID
			for _, e := range all.Entries {
				want = append(want, e.ID)
			}
			if !slices.Equal(walked, want) {
				t.Errorf("pages of %d: %d entries, want the same %d in the same order", size, len(walked), len(want))
			}
		}
		_, err := w.Timeline(w.as(w.Colleague), w.Own.ID, care.Page{})
		wantCode(t, err, care.CodeNotFound)
	})
}

// fillTimeline makes something of every kind, much of it at the same instant and one at midnight.
func (w *world) fillTimeline(t *testing.T) {
	midnight := w.visit(w.Own)
	midnight.StartedAt, midnight.EndedAt = time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC), nil // 00:00 on the fourth
	w.log(w.Rep, midnight)
	for range 4 {
		w.log(w.Rep, w.call(w.Own))
	}
	p := got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today-3, 100)))
	got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today, 100)))
	got[models.Return](t)(w.RecordReturn(w.as(w.Rep), care.RecordReturn{ID: w.key(), PurchaseID: p.ID, Day: w.today, Whole: true, Reason: "x"}))
	got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
	i := w.item(w.Own, "a", nil)
	got[models.PlanItem](t)(w.CancelItem(w.as(w.Rep), care.CancelItem{ID: w.key(), ItemID: i.ID, Reason: "下雨"}))
	got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), care.OverrideHorizon{
		ID: w.key(), AccountID: w.Own.ID, Horizon: cadence.Later, Reason: "出国", Until: w.today + 9,
	}))
	got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{ID: w.key(), AccountID: w.Own.ID, From: w.today, Reason: "出国"}))
}

func kindOf(t *testing.T, e care.Entry) string {
	t.Helper()
	var kinds []string
	for kind, set := range map[string]bool{
		"log": e.Log != nil, "purchase": e.Purchase != nil, "return": e.Return != nil, "case": e.Case != nil,
		"assignment": e.Assignment != nil, "cancelled": e.Cancelled != nil, "override": e.Override != nil, "pause": e.Pause != nil,
	} {
		if set {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) != 1 {
		t.Fatalf("an entry is %v", kinds)
	}
	return kinds[0]
}
