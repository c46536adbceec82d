package care_test

import (
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

func (w *world) order(a models.Account, day civil.Date, fen models.Fen) care.RecordPurchase {
	return care.RecordPurchase{
		ID: w.key(), AccountID: a.ID, Day: day, Amount: fen,
		Lines: []care.OrderLine{{ProductID: w.Product.ID, Quantity: 2, Amount: fen}},
	}
}

func TestAPurchaseBringsAnAccountBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), care.OverrideHorizon{
			ID: w.key(), AccountID: w.Own.ID, Horizon: cadence.ThisMonth, Reason: "说了要买", Until: w.today + 30,
		}))
		p := got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today, 59600)))
		if p.SupplyDays != 60 || p.Number == "" || p.RepID != w.Rep.ID {
			t.Errorf("purchase %+v", p)
		}
		a := w.account(w.Own.ID)
		if a.Service != cadence.OnProduct || a.Purchases != 1 || a.Spent != 59600 || *a.LastPurchaseOn != w.today || a.Lifecycle != cadence.New {
			t.Errorf("account %+v", a)
		}
		if f := got[models.CaseFile](t)(w.Case(w.as(w.Rep), f.Case.ID)); f.Case.Status != models.CaseWonBack {
			t.Errorf("case %s", f.Case.Status)
		}
		if f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID)); f.Override != nil {
			t.Error("the rep's word has come true, and ends")
		}
	})
}

func TestAnOldOrderWrittenDownLateWinsNothingBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today-10, 100)))
		if a := w.account(w.Own.ID); a.Service != cadence.Stopped || a.Purchases != 1 {
			t.Errorf("account %s, %d purchases", a.Service, a.Purchases)
		}
	})
}

func TestReturnsCountAndHoldTheLadder(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		old := got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today-60, 30000)))
		p := got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), w.order(w.Own, w.today-5, 50000)))
		back := func(fen models.Fen, whole bool) (models.Return, error) {
			return w.RecordReturn(w.as(w.Rep), care.RecordReturn{
				ID: w.key(), PurchaseID: p.ID, Day: w.today, Amount: fen, Whole: whole, Reason: "不适应",
			})
		}
		part := got[models.Return](t)(back(20000, false))
		if a := w.account(w.Own.ID); a.Purchases != 2 || a.Spent != 60000 {
			t.Errorf("a part came back: %d purchases, %d fen", a.Purchases, a.Spent)
		}
		_, err := back(30001, false)
		wantCode(t, err, care.CodeInvalid)
		rest := got[models.Return](t)(back(0, true))
		if rest.Amount != 30000 || part.CaseID == nil || rest.CaseID == nil || *part.CaseID != *rest.CaseID {
			t.Errorf("part %+v, rest %+v", part, rest)
		}
		a := w.account(w.Own.ID)
		if a.Purchases != 1 || a.Spent != 30000 || *a.LastPurchaseOn != old.Day {
			t.Errorf("the whole came back: %d purchases, %d fen, last %s", a.Purchases, a.Spent, a.LastPurchaseOn)
		}
		_, err = back(1, false)
		wantCode(t, err, care.CodeRefused)
		f := got[models.CaseFile](t)(w.Case(w.as(w.Rep), *rest.CaseID))
		if f.Case.Kind != models.ReturnCase || f.Case.Status != models.CaseOpen || *f.Case.PurchaseID != p.ID {
			t.Errorf("case %+v", f.Case)
		}
		_, err = w.RecordReturn(w.as(w.Rep), care.RecordReturn{ID: w.key(), PurchaseID: old.ID, Day: w.today, Whole: true, Reason: "全退"})
		wantCode(t, err, "")
		if a := w.account(w.Own.ID); a.Service != cadence.NotYet || a.Lifecycle != cadence.Potential || a.LastPurchaseOn != nil {
			t.Errorf("nothing left: %s %s %v", a.Service, a.Lifecycle, a.LastPurchaseOn)
		}
	})
}

func TestOrdersThatCannotBeAreRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name string
			code care.Code
			bad  func(*care.RecordPurchase)
		}{
			{"tomorrow", care.CodeInvalid, func(in *care.RecordPurchase) { in.Day++ }},
			{"negative", care.CodeInvalid, func(in *care.RecordPurchase) { in.Amount = -1 }},
			{"without lines", care.CodeInvalid, func(in *care.RecordPurchase) { in.Lines = nil }},
			{"of nothing", care.CodeInvalid, func(in *care.RecordPurchase) { in.Lines[0].Quantity = 0 }},
			{"of a product nobody sells", care.CodeNotFound, func(in *care.RecordPurchase) { in.Lines[0].ProductID = w.key() }},
			{"of another store's account", care.CodeNotFound, func(in *care.RecordPurchase) { in.AccountID = w.OtherStores.ID }},
		} {
			in := w.order(w.Own, w.today, 100)
			c.bad(&in)
			_, err := w.RecordPurchase(w.as(w.Rep), in)
			if care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		in := w.order(w.Own, w.today, 100)
		in.Number = "O1"
		got[models.Purchase](t)(w.RecordPurchase(w.as(w.Rep), in))
		in.ID = w.key()
		_, err := w.RecordPurchase(w.as(w.Rep), in)
		wantCode(t, err, care.CodeConflict)
	})
}

func TestTheRepsWordEnds(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.OverrideHorizon{ID: w.key(), AccountID: w.Own.ID, Day: ptr(w.today + 20), Reason: "下月初", Until: w.today + 25}
		got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), in))
		second := in
		second.ID, second.Day, second.Horizon = w.key(), nil, cadence.Later
		o := got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), second))
		f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID))
		if f.Override == nil || f.Override.ID != o.ID {
			t.Fatalf("override %+v", f.Override)
		}
		got[models.Account](t)(w.EndOverride(w.as(w.Rep), w.Own.ID))
		if f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID)); f.Override != nil {
			t.Errorf("override %+v", f.Override)
		}
		both := in
		both.ID, both.Horizon = w.key(), cadence.Later
		_, err := w.OverrideHorizon(w.as(w.Rep), both)
		wantCode(t, err, care.CodeInvalid)
		long := in
		long.ID, long.Until = w.key(), w.today+401
		_, err = w.OverrideHorizon(w.as(w.Rep), long)
		wantCode(t, err, care.CodeInvalid)
		mute := in
		mute.ID, mute.Reason = w.key(), ""
		_, err = w.OverrideHorizon(w.as(w.Rep), mute)
		wantCode(t, err, care.CodeInvalid)
	})
}

// TestAWordHoldsNinetyDaysWhenNobodySays and is kept when it is over: the record needs it.
func TestAWordHoldsNinetyDaysWhenNobodySays(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.OverrideHorizon{ID: w.key(), AccountID: w.Own.ID, Horizon: cadence.Later, Reason: "囤了货"}
		o := got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), in))
		if again := got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), in)); o.UntilDay != w.today+90 || again.UntilDay != o.UntilDay {
			t.Errorf("it holds until %s, sent again %s", o.UntilDay, again.UntilDay)
		}
		second := in
		second.ID, second.Horizon, second.Until = w.key(), cadence.WithinTwo, w.today+9
		got[models.Override](t)(w.OverrideHorizon(w.as(w.Rep), second))
		got[models.Account](t)(w.EndOverride(w.as(w.Rep), w.Own.ID))
		for _, x := range []id.ID{in.ID, second.ID} {
			w.write(func(tx *models.Tx) error {
				if kept := must2(tx.OverrideMade(x)); kept.EndedAt == nil || kept.Reason != "囤了货" {
					t.Errorf("kept %+v", kept)
				}
				return nil
			})
		}
	})
}
