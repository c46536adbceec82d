package care_test

import (
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/forecast"
	"huifang/models"
)

// TestAnAccountIsScoredAnewTheMomentItBuysOrGivesBack: before any plan is made, the account and its projection say what the
// order means, and the plan that follows finds nothing to add.
func TestAnAccountIsScoredAnewTheMomentItBuysOrGivesBack(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		before := d.account(a.ID)
		d.at("2026-03-05", 9)
		order := d.buys(d.Rep, a)
		bought, kept := d.account(a.ID), d.projections(a)
		if kept[0].Day != d.today || bought.ExpectedOn == nil || *bought.ExpectedOn <= *before.ExpectedOn || *bought.ExpectedOn != *kept[0].Expected {
			t.Fatalf("expected %v before, %v after the order, kept on %s for %v", before.ExpectedOn, bought.ExpectedOn, kept[0].Day, kept[0].Expected)
		}
		d.drained()
		if again := d.projections(a); len(again) != len(kept) || again[0].P30 != kept[0].P30 || again[0].Horizon != kept[0].Horizon || len(kept[0].Curve) == 0 {
			t.Errorf("the plan keeps %d projections, %+v; at once it was %+v", len(again), again[0], kept[0])
		}
		d.at("2026-03-06", 9)
		got[models.Return](t)(d.RecordReturn(d.as(d.Rep), care.RecordReturn{
			ID: d.key(), PurchaseID: order.ID, Day: d.today, Whole: true, Reason: "不合适",
		}))
		back := d.account(a.ID)
		if kept := d.projections(a); kept[0].Day != d.today || back.ExpectedOn == nil || *back.ExpectedOn >= *bought.ExpectedOn {
			t.Errorf("given back: expected %v, kept on %s", back.ExpectedOn, kept[0].Day)
		}
	})
}

func TestAnOrderEndsTheWordTheMomentItComes(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		got[models.Override](t)(d.OverrideHorizon(d.as(d.Rep), care.OverrideHorizon{
			ID: d.key(), AccountID: a.ID, Horizon: cadence.Later, Reason: "囤了货", Until: d.today + 60,
		}))
		d.drained()
		d.at("2026-03-05", 9)
		d.buys(d.Rep, a)
		if p := d.projections(a)[0]; p.Source == string(forecast.FromRep) || p.Horizon == string(cadence.Later) {
			t.Errorf("bought, and the word still counts: %+v", p)
		}
	})
}
