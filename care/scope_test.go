package care_test

import (
	"context"
	"testing"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

var modelsScope = auth.System()

// Every use case about an account says of one outside the viewer's scope what it says of one that does not exist.
func TestForeignAccountsDoNotExist(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		item := w.item(w.OtherStores, "a", nil)
		buyer := w.as(w.BranchRep)
		order := got[models.Purchase](t)(w.RecordPurchase(buyer, w.order(w.OtherStores, w.today, 100)))
		f := got[models.CaseFile](t)(w.StopAccount(buyer, care.StopAccount{ID: w.key(), AccountID: w.OtherStores.ID, Cause: cadence.BadService}))
		member := got[models.Member](t)(w.AddMember(buyer, care.NewMember{ID: w.key(), AccountID: w.OtherStores.ID, Name: "x"}))
		note := w.log(w.BranchRep, w.visit(w.OtherStores))
		for _, c := range []struct {
			name string
			run  func(context.Context, id.ID) error
		}{
			{"file", func(ctx context.Context, a id.ID) error { _, err := w.AccountFile(ctx, a); return err }},
			{"account", func(ctx context.Context, a id.ID) error { _, err := w.Account(ctx, a); return err }},
			{"health", func(ctx context.Context, a id.ID) error { _, err := w.OpenHealth(ctx, a); return err }},
			{"timeline", func(ctx context.Context, a id.ID) error { _, err := w.Timeline(ctx, a, care.Page{}); return err }},
			{"edit", func(ctx context.Context, a id.ID) error {
				_, err := w.EditFile(ctx, care.EditFile{ID: w.key(), AccountID: a})
				return err
			}},
			{"tags", func(ctx context.Context, a id.ID) error { _, err := w.SetTags(ctx, a, nil); return err }},
			{"member", func(ctx context.Context, a id.ID) error {
				_, err := w.AddMember(ctx, care.NewMember{ID: w.key(), AccountID: a, Name: "x"})
				return err
			}},
			{"date", func(ctx context.Context, a id.ID) error {
				_, err := w.AddDate(ctx, care.NewDate{ID: w.key(), AccountID: a, Occasion: cadence.Birthday, Calendar: cadence.Solar, Month: 1, Day: 1})
				return err
			}},
			{"log", func(ctx context.Context, a id.ID) error {
				in := w.visit(w.Own)
				in.AccountID = a
				_, err := w.LogContact(ctx, in)
				return err
			}},
			{"plan", func(ctx context.Context, a id.ID) error {
				_, err := w.PlanContact(ctx, care.PlanContact{ID: w.key(), AccountID: a, Kind: cadence.Call, Day: w.today, Reason: "x"})
				return err
			}},
			{"pause", func(ctx context.Context, a id.ID) error {
				_, err := w.PauseAccount(ctx, care.PauseAccount{ID: w.key(), AccountID: a, From: w.today, Reason: "x"})
				return err
			}},
			{"resume", func(ctx context.Context, a id.ID) error { _, err := w.ResumeAccount(ctx, a); return err }},
			{"stop", func(ctx context.Context, a id.ID) error {
				_, err := w.StopAccount(ctx, care.StopAccount{ID: w.key(), AccountID: a, Cause: cadence.BadService})
				return err
			}},
			{"resume service", func(ctx context.Context, a id.ID) error { _, err := w.ResumeService(ctx, a, "x"); return err }},
			{"case", func(ctx context.Context, a id.ID) error {
				_, err := w.AddCase(ctx, care.NewCase{ID: w.key(), AccountID: a, Kind: models.ReactionCase, Note: "x"})
				return err
			}},
			{"order", func(ctx context.Context, a id.ID) error {
				in := w.order(w.Own, w.today, 1)
				in.AccountID = a
				_, err := w.RecordPurchase(ctx, in)
				return err
			}},
			{"override", func(ctx context.Context, a id.ID) error {
				_, err := w.OverrideHorizon(ctx, care.OverrideHorizon{ID: w.key(), AccountID: a, Horizon: cadence.Later, Reason: "x", Until: w.today})
				return err
			}},
			{"end override", func(ctx context.Context, a id.ID) error { _, err := w.EndOverride(ctx, a); return err }},
		} {
			for where, a := range map[string]id.ID{"foreign": w.OtherStores.ID, "missing": w.key(), "erased": w.Erased.ID} {
				for who, u := range map[string]models.User{"rep": w.Rep, "supervisor": w.Supervisor, "expert": w.Expert, "admin": w.Admin} {
					if err := c.run(w.as(u), a); care.CodeOf(err) != care.CodeNotFound {
						t.Errorf("%s of a %s account as %s: %v", c.name, where, who, err)
					}
				}
			}
			if err := c.run(t.Context(), w.Own.ID); care.CodeOf(err) != care.CodeUnauthenticated {
				t.Errorf("%s as nobody: %v", c.name, err)
			}
		}
		for _, c := range []struct {
			name string
			run  func(context.Context) error
		}{
			{"start", func(ctx context.Context) error { _, err := w.StartItem(ctx, item.ID, w.clock.Now()); return err }},
			{"cancel", func(ctx context.Context) error {
				_, err := w.CancelItem(ctx, care.CancelItem{ID: w.key(), ItemID: item.ID, Reason: "x"})
				return err
			}},
			{"move", func(ctx context.Context) error {
				_, err := w.Reschedule(ctx, care.MoveItem{ID: w.key(), ItemID: item.ID, Day: w.today})
				return err
			}},
			{"pin", func(ctx context.Context) error { _, err := w.PinItem(ctx, item.ID, true); return err }},
			{"return", func(ctx context.Context) error {
				_, err := w.RecordReturn(ctx, care.RecordReturn{ID: w.key(), PurchaseID: order.ID, Day: w.today, Whole: true, Reason: "x"})
				return err
			}},
			{"step", func(ctx context.Context) error {
				_, err := w.CompleteStep(ctx, care.CompleteStep{ID: w.key(), CaseID: f.Case.ID, StepID: f.Steps[0].ID})
				return err
			}},
			{"close", func(ctx context.Context) error {
				_, err := w.CloseCase(ctx, care.CloseCase{ID: w.key(), CaseID: f.Case.ID, As: models.CaseWonBack, Why: "x"})
				return err
			}},
			{"read a case", func(ctx context.Context) error { _, err := w.Case(ctx, f.Case.ID); return err }},
			{"a case's note", func(ctx context.Context) error { _, err := w.OpenCaseNote(ctx, f.Case.ID); return err }},
			{"what was written at the steps of a case", func(ctx context.Context) error { _, err := w.StepNotes(ctx, f.Case.ID); return err }},
			{"the requests about a case", func(ctx context.Context) error { _, err := w.JointRequests(ctx, &f.Case.ID); return err }},
			{"a log's note", func(ctx context.Context) error { _, err := w.OpenLogNote(ctx, note.ID); return err }},
			{"remove a member", func(ctx context.Context) error { return w.RemoveMember(ctx, member.ID) }},
			{"remove a date", func(ctx context.Context) error { return w.RemoveDate(ctx, w.key()) }},
		} {
			for who, u := range map[string]models.User{"rep": w.Rep, "supervisor": w.Supervisor, "expert": w.Expert, "admin": w.Admin} {
				if err := c.run(w.as(u)); care.CodeOf(err) != care.CodeNotFound {
					t.Errorf("%s as %s: %v", c.name, who, err)
				}
			}
		}
	})
}
