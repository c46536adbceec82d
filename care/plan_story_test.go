package care_test

import (
	"strings"
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

// phases are the onboarding phases among items, by the number at the end of their keys.
func phases(items []models.PlanItem) map[string]models.PlanItem {
	out := map[string]models.PlanItem{}
	for _, i := range items {
		if strings.HasPrefix(i.DemandKey, "onboarding:") {
			out[i.DemandKey[strings.LastIndex(i.DemandKey, ":")+1:]] = i
		}
	}
	return out
}

func TestANewAccountClimbsTheLadder(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.join(d.Rep)
		d.buys(d.Rep, a)
		d.drained()
		before := phases(d.open(a))
		for phase, due := range map[string]string{"1": "2026-03-07", "2": "2026-03-11", "3": "2026-03-18", "4": "2026-03-25"} {
			if before[phase].DueOn != civil.Must(due) {
				t.Errorf("phase %s is due %s, want %s", phase, before[phase].DueOn, due)
			}
		}
		d.at("2026-03-07", 12)
		d.done(d.Rep, before["1"], cadence.Call, cadence.Talked)
		d.at("2026-03-11", 12)
		d.done(d.Rep, before["2"], cadence.Call, cadence.Talked)
		after := phases(d.open(a))
		if len(after) != 4 && len(after) != 3 {
			t.Errorf("after two phases %v", tell(d.open(a)))
		}
		third := after["3"]
		if third.Kind != cadence.HomeVisit || third.OrKind != "" || !hasReason(third, "HOME_AFTER_CALLS") {
			t.Errorf("two calls make phase 3 a home visit, got %+v", third)
		}
		if third.ID != before["3"].ID || after["4"].ID != before["4"].ID {
			t.Error("phases to come keep their identity")
		}
		d.at("2026-03-24", 12)
		l := d.done(d.Rep, third, cadence.HomeVisit, cadence.Met)
		if !l.Late || l.Fulfils != third.DemandKey {
			t.Errorf("six days late: late %v, fulfils %q", l.Late, l.Fulfils)
		}
		if due := phases(d.open(a))["4"].DueOn; due != civil.Must("2026-03-27") {
			t.Errorf("phase 4 due %s: three days after the late one", due)
		}
	})
}

func TestAPurchaseInOnboardingRestartsTheLadder(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.join(d.Rep)
		d.buys(d.Rep, a)
		d.drained()
		d.at("2026-03-07", 12)
		d.done(d.Rep, phases(d.open(a))["1"], cadence.HomeVisit, cadence.Met)
		old := phases(d.open(a))
		d.at("2026-03-10", 9)
		p := d.buys(d.Rep, a)
		d.drained()
		items := phases(d.open(a))
		for _, i := range items {
			if !strings.Contains(i.DemandKey, p.ID.String()) {
				t.Errorf("%s belongs to the ladder before", i.DemandKey)
			}
		}
		if items["1"].DueOn != civil.Must("2026-03-13") {
			t.Errorf("phase 1 anew on %s", items["1"].DueOn)
		}
		if items["2"].ID != old["2"].ID && items["1"].ID != old["2"].ID {
			t.Error("the contacts planned keep their identity where the kind matches")
		}
	})
}

func TestLateWorkSetsTheRhythm(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		visit := d.firstOf(a, cadence.HomeVisit)
		if d.account(a.ID).Horizon != cadence.ThisMonth {
			t.Fatalf("horizon %s", d.account(a.ID).Horizon)
		}
		d.today = visit.DueOn + 3
		d.at(d.today.String(), 15)
		rest := d.open(a)
		d.done(d.Rep, visit, cadence.HomeVisit, cadence.Met)
		next := d.firstOf(a, cadence.HomeVisit)
		if next.DueOn < d.today+4 || next.DueOn > d.today+5 {
			t.Errorf("the next visit is due %s, five days after %s", next.DueOn, d.today)
		}
		known := map[any]bool{}
		for _, i := range rest {
			known[i.ID] = true
		}
		if !known[next.ID] {
			t.Error("the visits after keep their identity")
		}
	})
}

func (d *diary) firstOf(a models.Account, kind cadence.Kind) models.PlanItem {
	d.t.Helper()
	for _, i := range d.open(a) {
		if i.Kind == kind {
			return i
		}
	}
	d.t.Fatalf("no %s among %v", kind, tell(d.open(a)))
	return models.PlanItem{}
}

func TestAnAttemptLeavesTheDemandDue(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		d.plan(d.Rep)
		visit := d.firstOf(a, cadence.HomeVisit)
		d.at(visit.Day.String(), 20)
		d.done(d.Rep, visit, cadence.HomeVisit, cadence.NotHome)
		again := d.readItem(visit.ID)
		if again.Status != models.ItemOpen || again.DemandKey != visit.DemandKey || again.DueOn != visit.DueOn {
			t.Errorf("after an attempt %+v", again)
		}
		d.at((visit.Day + 1).String(), 6)
		d.plan(d.Rep)
		again = d.readItem(visit.ID)
		if again.Day <= visit.Day || again.DueOn != visit.DueOn {
			t.Errorf("the next morning on %s, due %s", again.Day, again.DueOn)
		}
	})
}

func TestThreeFailedCallsBringAVisit(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		d.plan(d.Rep)
		for _, day := range []string{"2026-03-05", "2026-03-06", "2026-03-07"} {
			d.at(day, 18)
			in := d.call(a)
			in.Outcome = cadence.NoAnswer
			d.log(d.Rep, in)
			d.drained()
		}
		visit := d.because(a, "CALLS_UNANSWERED")
		if visit.Kind != cadence.HomeVisit || visit.DueOn > civil.Must("2026-03-09") {
			t.Errorf("%s due %s", visit.Kind, visit.DueOn)
		}
	})
}

func TestAReturnHoldsTheLadderUntilItIsSettled(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.join(d.Rep)
		p := d.buys(d.Rep, a)
		d.drained()
		d.at("2026-03-05", 9)
		r := got[models.Return](t)(d.RecordReturn(d.as(d.Rep), care.RecordReturn{
			ID: d.key(), PurchaseID: p.ID, Day: d.today, Amount: 100, Reason: "一盒破损",
		}))
		d.drained()
		items := d.open(a)
		if len(phases(items)) != 0 {
			t.Errorf("the ladder is held: %v", tell(items))
		}
		urgent := d.because(a, "RETURN")
		if !urgent.Urgent || urgent.DueOn != d.today+1 || urgent.CaseID == nil || *urgent.CaseID != *r.CaseID {
			t.Errorf("urgent item %+v", urgent)
		}
		d.at("2026-03-06", 12)
		d.done(d.Rep, urgent, cadence.HomeVisit, cadence.Met)
		got[models.CaseFile](t)(d.CloseCase(d.as(d.Rep), care.CloseCase{ID: d.key(), CaseID: *r.CaseID, As: models.CaseSettled, Why: "换货"}))
		d.drained()
		items = d.open(a)
		if len(phases(items)) == 0 {
			t.Errorf("settled, the ladder goes on: %v", tell(items))
		}
		for _, i := range items {
			if hasReason(i, "RETURN") {
				t.Errorf("%s is still about the return", i.DemandKey)
			}
		}
	})
}

func TestAReturnOpenedByHandHoldsTheLadderToo(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.join(d.Rep)
		d.buys(d.Rep, a)
		f := got[models.CaseFile](t)(d.AddCase(d.as(d.Rep), care.NewCase{ID: d.key(), AccountID: a.ID, Kind: models.ReturnCase, Note: "想退货"}))
		d.drained()
		if len(phases(d.open(a))) != 0 {
			t.Errorf("the ladder is held: %v", tell(d.open(a)))
		}
		urgent := d.because(a, "RETURN")
		if urgent.CaseID == nil || *urgent.CaseID != f.Case.ID {
			t.Errorf("case %v, want %v", urgent.CaseID, f.Case.ID)
		}
		got[models.CaseFile](t)(d.CloseCase(d.as(d.Rep), care.CloseCase{ID: d.key(), CaseID: f.Case.ID, As: models.CaseSettled, Why: "不退了"}))
		d.drained()
		if len(phases(d.open(a))) == 0 {
			t.Errorf("settled, the ladder goes on: %v", tell(d.open(a)))
		}
	})
}

func TestAReactionIsVisitedWithAnExpert(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.join(d.Rep)
		d.buys(d.Rep, a)
		d.drained()
		d.at("2026-03-07", 12)
		in := d.call(a)
		in.Reaction = true
		d.log(d.Rep, in)
		d.drained()
		urgent := d.because(a, "REACTION")
		if urgent.ExpertID == nil || *urgent.ExpertID != d.Expert.ID || urgent.CaseID == nil || !urgent.Urgent {
			t.Errorf("urgent item %+v", urgent)
		}
		if len(phases(d.open(a))) != 0 {
			t.Errorf("the ladder is held: %v", tell(d.open(a)))
		}
	})
}

func TestStopsAreVisitedByCause(t *testing.T) {
	for _, c := range []struct {
		name  string
		cause cadence.StopCause
		due   civil.Date
		with  func(*diary) *models.User
	}{
		{"D7 effect or quality: within a day", cadence.EffectOrQuality, 1, func(*diary) *models.User { return nil }},
		{"D7 service: within two days, with the supervisor", cadence.BadService, 2, func(d *diary) *models.User { return &d.Supervisor }},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEachDiary(t, func(t *testing.T, d *diary) {
				a := d.regular(d.Rep, 10)
				f := d.stops(a, c.cause)
				d.drained()
				items := d.open(a)
				if len(items) == 0 || !items[0].Urgent || items[0].DueOn != d.today+c.due || items[0].Kind != cadence.HomeVisit ||
					items[0].CaseID == nil || *items[0].CaseID != f.Case.ID {
					t.Fatalf("items %+v", items)
				}
				switch with := c.with(d); {
				case with == nil && items[0].ExpertID != nil:
					t.Errorf("nobody comes along, got %v", *items[0].ExpertID)
				case with != nil && (items[0].ExpertID == nil || *items[0].ExpertID != with.ID):
					t.Errorf("who comes along: %v, want %s", items[0].ExpertID, with.Name)
				}
			})
		})
	}
}

func (d *diary) stops(a models.Account, cause cadence.StopCause) models.CaseFile {
	d.t.Helper()
	return got[models.CaseFile](d.t)(d.StopAccount(d.as(d.Rep), care.StopAccount{ID: d.key(), AccountID: a.ID, Cause: cause, Note: "不吃了"}))
}

func TestLostToACompetitorTheVisitWaitsForTheAgreement(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		f := d.stops(a, cadence.Competitor)
		d.drained()
		if items := d.open(a); len(items) != 0 {
			t.Errorf("no visit before the self-review: %v", tell(items))
		}
		step := func(u models.User, n int) {
			t.Helper()
			got[models.CaseFile](t)(d.CompleteStep(d.as(u), care.CompleteStep{ID: d.key(), CaseID: f.Case.ID, StepID: f.Steps[n].ID, Note: "写明"}))
			d.drained()
		}
		step(d.Rep, 0)
		if items := d.open(a); len(items) != 0 {
			t.Errorf("no visit before the agreement: %v", tell(items))
		}
		d.at("2026-03-05", 9)
		step(d.Supervisor, 1)
		visit := d.because(a, "STOP")
		if visit.DueOn != d.today+3 || visit.Kind != cadence.HomeVisit {
			t.Errorf("visit %s due %s", visit.Kind, visit.DueOn)
		}
		d.at("2026-03-07", 12)
		d.done(d.Rep, visit, cadence.HomeVisit, cadence.Met)
		d.because(a, "STOP_FOLLOW_UP_CALL")
		got[models.Account](t)(d.ResumeService(d.as(d.Rep), a.ID, "回来了"))
		d.drained()
		if items := d.open(a); len(items) == 0 || items[0].CaseID != nil || items[0].Urgent {
			t.Errorf("back on product the rhythm goes on: %v", tell(items))
		}
	})
}

func TestALostAccountIsWonBackByPlan(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		f := d.stops(a, cadence.BadService)
		got[models.CaseFile](t)(d.CloseCase(d.as(d.Supervisor), care.CloseCase{ID: d.key(), CaseID: f.Case.ID, As: models.CaseGivenUp, Why: "暂时放下"}))
		d.drained()
		if items := d.open(a); len(items) != 0 {
			t.Errorf("given up, nothing is asked for: %v", tell(items))
		}
		deadline := d.today + 40
		plan := got[models.CaseFile](t)(d.AddCase(d.as(d.Supervisor), care.NewCase{
			ID: d.key(), AccountID: a.ID, Kind: models.WinBackCase, DueOn: &deadline, Note: "再试一次",
		}))
		d.drained()
		call := d.because(a, "WIN_BACK_CALL")
		if call.CaseID == nil || *call.CaseID != plan.Case.ID {
			t.Errorf("case %v", call.CaseID)
		}
		d.buys(d.Rep, a)
		d.drained()
		for _, i := range d.open(a) {
			if hasReason(i, "WIN_BACK_CALL") || hasReason(i, "WIN_BACK_VISIT") {
				t.Errorf("bought again, still %s", i.DemandKey)
			}
		}
	})
}
