package care_test

import (
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/models"
)

func TestAStopOpensItsCaseByCause(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name  string
			cause cadence.StopCause
			due   int
			steps []models.StepKind
		}{
			{"effect or quality: visit within a day", cadence.EffectOrQuality, 1, []models.StepKind{models.StepVisit, models.StepDecide}},
			{"service: within two", cadence.BadService, 2, []models.StepKind{models.StepVisit, models.StepDecide}},
			{"competitor: self-review, agreement, then a visit within three", cadence.Competitor, 3,
				[]models.StepKind{models.StepSelfReview, models.StepAgree, models.StepVisit, models.StepDecide}},
		} {
			f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: c.cause}))
			if int(f.Case.DueOn-w.today) != c.due || len(f.Steps) != len(c.steps) {
				t.Fatalf("%s: due in %d days with %d steps", c.name, f.Case.DueOn-w.today, len(f.Steps))
			}
			for i, kind := range c.steps {
				if f.Steps[i].Kind != kind {
					t.Errorf("%s: step %d is %s", c.name, i, f.Steps[i].Kind)
				}
			}
			if a := w.account(w.Own.ID); a.Service != cadence.Stopped || a.StopCause != c.cause {
				t.Errorf("%s: account %s %s", c.name, a.Service, a.StopCause)
			}
			_, err := w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: c.cause})
			wantCode(t, err, care.CodeRefused)
			a := got[models.Account](t)(w.ResumeService(w.as(w.Rep), w.Own.ID, "客户回来了"))
			if a.Service != cadence.OnProduct || a.StopCause != "" {
				t.Errorf("%s: resumed %s", c.name, a.Service)
			}
			if f := got[models.CaseFile](t)(w.Case(w.as(w.Rep), f.Case.ID)); f.Case.Status != models.CaseWonBack {
				t.Errorf("%s: case %s", c.name, f.Case.Status)
			}
		}
	})
}

func TestLostToACompetitorTheStepsComeInOrder(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.Competitor}))
		step := func(u models.User, at int, note string) error {
			_, err := w.CompleteStep(w.as(u), care.CompleteStep{ID: w.key(), CaseID: f.Case.ID, StepID: f.Steps[at].ID, Note: note})
			return err
		}
		wantCode(t, step(w.Supervisor, 1, "先谈"), care.CodeRefused)
		wantCode(t, step(w.Rep, 0, " "), care.CodeInvalid)
		wantCode(t, step(w.Rep, 0, "回访太少"), "")
		wantCode(t, step(w.Rep, 1, "我自己定"), care.CodeRefused)
		wantCode(t, step(w.Supervisor, 1, "一起上门"), "")
		wantCode(t, step(w.Supervisor, 1, "再来"), care.CodeConflict)
		wantCode(t, step(w.Rep, 2, "去过了"), care.CodeInvalid)

		i := w.item(w.Own, "stop:1", func(i *models.PlanItem) { i.CaseID = &f.Case.ID })
		in := w.visit(w.Own)
		in.ItemID = &i.ID
		w.log(w.Rep, in)
		f = got[models.CaseFile](t)(w.Case(w.as(w.Rep), f.Case.ID))
		if visit := f.Steps[2]; visit.DoneOn == nil || visit.LogID == nil || *visit.LogID != in.ID {
			t.Errorf("the visit ticks its step: %+v", visit)
		}
	})
}

func TestACaseIsNeverDroppedInSilence(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		end := func(u models.User, as models.CaseStatus, why string) error {
			_, err := w.CloseCase(w.as(u), care.CloseCase{ID: w.key(), CaseID: f.Case.ID, As: as, Why: why})
			return err
		}
		wantCode(t, end(w.Rep, models.CaseGivenUp, "不想跑了"), care.CodeRefused)
		wantCode(t, end(w.Supervisor, models.CaseGivenUp, ""), care.CodeInvalid)
		wantCode(t, end(w.Supervisor, models.CaseSettled, "好了"), care.CodeInvalid)
		wantCode(t, end(w.Colleague, models.CaseWonBack, "好了"), care.CodeNotFound)
		wantCode(t, end(w.Supervisor, models.CaseGivenUp, "已搬到外省"), "")
		wantCode(t, end(w.Supervisor, models.CaseGivenUp, "已搬到外省"), care.CodeConflict)
		if a := w.account(w.Own.ID); a.Service != cadence.Stopped {
			t.Errorf("given up, the account is still %s", a.Service)
		}
	})
}

func TestAPlanToWinBackNeedsADeadline(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.NewCase{ID: w.key(), AccountID: w.Own.ID, Kind: models.WinBackCase, Note: "曾经很忠诚"}
		_, err := w.AddCase(w.as(w.Rep), in)
		wantCode(t, err, care.CodeInvalid)
		in.ID, in.DueOn = w.key(), ptr(w.today+40)
		f := got[models.CaseFile](t)(w.AddCase(w.as(w.Rep), in))
		if f.Case.DueOn != w.today+40 || f.Case.Status != models.CaseOpen {
			t.Errorf("case %+v", f.Case)
		}
		in.ID, in.Kind = w.key(), models.StopCase
		_, err = w.AddCase(w.as(w.Rep), in)
		wantCode(t, err, care.CodeInvalid)
	})
}

func TestTheCustomerStaysPausedWhenTheAreaIsResumed(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		own := got[models.Pause](t)(w.PauseAccount(w.as(w.Rep), care.PauseAccount{
			ID: w.key(), AccountID: w.Own.ID, From: w.today, Reason: "住院",
		}))
		area := got[models.Pause](t)(w.PauseArea(w.as(w.Supervisor), care.PauseArea{
			ID: w.key(), StoreID: w.Main.ID, District: w.Own.District, From: w.today, To: ptr(w.today + 5), Reason: "大雪",
		}))
		if f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID)); len(f.Pauses) != 2 {
			t.Fatalf("pauses %+v", f.Pauses)
		}
		if !w.asked(w.OtherRep.ID) {
			t.Error("an area is everybody's who holds accounts there")
		}
		_, err := w.ResumeArea(w.as(w.BranchSupervisor), area.ID)
		wantCode(t, err, care.CodeNotFound)
		_, err = w.ResumeArea(w.as(w.Supervisor), own.ID)
		wantCode(t, err, care.CodeNotFound)
		got[models.Pause](t)(w.ResumeArea(w.as(w.Supervisor), area.ID))
		f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID))
		if len(f.Pauses) != 1 || f.Pauses[0].ID != own.ID {
			t.Fatalf("the account's own pause must hold: %+v", f.Pauses)
		}
		_, err = w.PlanContact(w.as(w.Rep), care.PlanContact{ID: w.key(), AccountID: w.Own.ID, Kind: cadence.Call, Day: w.today + 1, Reason: "x"})
		wantCode(t, err, care.CodeRefused)
		got[models.Account](t)(w.ResumeAccount(w.as(w.Rep), w.Own.ID))
		if f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID)); len(f.Pauses) != 0 {
			t.Errorf("pauses %+v", f.Pauses)
		}
	})
}
