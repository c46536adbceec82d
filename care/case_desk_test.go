package care_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

func TestTheSelfReviewIsReadBeforeTheWayIsAgreed(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f := w.stop(w.Own, cadence.Competitor)
		if f.Steps[0].Written() {
			t.Error("written before it was done")
		}
		notes := func(u models.User) []care.StepNote {
			t.Helper()
			return got[[]care.StepNote](t)(w.StepNotes(w.as(u), f.Case.ID))
		}
		if n := notes(w.Supervisor); len(n) != 0 || w.audited(w.Own.ID, "LOOK_NOTE") != 0 {
			t.Errorf("nothing is written: %v, %d looks", n, w.audited(w.Own.ID, "LOOK_NOTE"))
		}
		f = got[models.CaseFile](t)(w.CompleteStep(w.as(w.Rep), care.CompleteStep{ID: w.key(), CaseID: f.Case.ID, StepID: f.Steps[0].ID, Note: "两个月没上门"}))
		if !f.Steps[0].Written() || f.Steps[1].Written() {
			t.Error("the self-review is written, and nothing else")
		}
		want := []care.StepNote{{StepID: f.Steps[0].ID, Note: "两个月没上门"}}
		if n := notes(w.Rep); !slices.Equal(n, want) || w.audited(w.Own.ID, "LOOK_NOTE") != 0 {
			t.Errorf("its author reads %v, %d looks written down", n, w.audited(w.Own.ID, "LOOK_NOTE"))
		}
		if n := notes(w.Supervisor); !slices.Equal(n, want) || w.audited(w.Own.ID, "LOOK_NOTE") != 1 {
			t.Errorf("the supervisor reads %v, %d looks written down", n, w.audited(w.Own.ID, "LOOK_NOTE"))
		}
		_, err := w.CompleteStep(w.as(w.Supervisor), care.CompleteStep{ID: w.key(), CaseID: f.Case.ID, StepID: f.Steps[1].ID, Note: "经理陪同上门"})
		wantCode(t, err, "")
		want = append(want, care.StepNote{StepID: f.Steps[1].ID, Note: "经理陪同上门"})
		if n := notes(w.Rep); !slices.Equal(n, want) || w.audited(w.Own.ID, "LOOK_NOTE") != 2 {
			t.Errorf("the rep reads the way agreed: %v, %d looks written down", n, w.audited(w.Own.ID, "LOOK_NOTE"))
		}
		for _, u := range []models.User{w.Colleague, w.OtherRep, w.Expert, w.Admin} {
			_, err := w.StepNotes(w.as(u), f.Case.ID)
			wantCode(t, err, care.CodeNotFound)
		}
	})
}

func TestEverybodyOnACaseSeesTheRequestsAboutIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		f, day := w.stop(w.Own, cadence.BadService), w.workday()
		ask := func(c *id.ID) care.JointCard {
			return got[care.JointCard](t)(w.AskJoint(w.as(w.Rep), care.AskJoint{
				ID: w.key(), AccountID: w.Own.ID, CaseID: c, WithID: w.Expert.ID, Kind: cadence.HomeVisit, Day: day, Note: "一起去",
			}))
		}
		ask(nil)
		card := ask(&f.Case.ID)
		about := func(u models.User) []care.JointCard {
			t.Helper()
			return got[[]care.JointCard](t)(w.JointRequests(w.as(u), &f.Case.ID))
		}
		for _, u := range []models.User{w.Rep, w.Supervisor, w.Manager} {
			if cards := about(u); len(cards) != 1 || cards[0].ID != card.ID || cards[0].AskedBy.ID != w.Rep.ID {
				t.Errorf("%s sees %+v", u.Name, cards)
			}
		}
		got[care.JointCard](t)(w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: card.ID, Answer: "在外地"}))
		w.clock.Add(10 * 24 * time.Hour)
		if cards := about(w.Supervisor); len(cards) != 1 || cards[0].Answer != "在外地" {
			t.Errorf("a request that is over: %+v", cards)
		}
		for _, u := range []models.User{w.Colleague, w.OtherRep, w.Expert} {
			_, err := w.JointRequests(w.as(u), &f.Case.ID)
			wantCode(t, err, care.CodeNotFound)
		}
	})
}

func TestARequestTellsTheDayItsContactMovedTo(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		day, at := w.workday(), civil.Minute(15*60)
		card := got[care.JointCard](t)(w.AskJoint(w.as(w.Supervisor), care.AskJoint{
			ID: w.key(), AccountID: w.Own.ID, WithID: w.Supervisor.ID, Kind: cadence.HomeVisit, Day: day, Note: "我陪你去",
		}))
		got[models.PlanItem](t)(w.Reschedule(w.as(w.Rep), care.MoveItem{ID: w.key(), ItemID: *card.ItemID, Day: day + 3, At: &at}))
		w.clock.Add(3 * 24 * time.Hour) // the day wished for is over
		cards := got[[]care.JointCard](t)(w.JointRequests(w.as(w.Supervisor), nil))
		if len(cards) != 1 || cards[0].Day != day+3 || cards[0].At == nil || *cards[0].At != int(at) {
			t.Errorf("%+v", cards)
		}
	})
}

// Devices and desks look at these counters every second.
func TestWhoARequestConcernsHearsOfIt(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		people := map[string]models.User{"rep": w.Rep, "expert": w.Expert, "manager": w.Manager, "colleague": w.Colleague, "other rep": w.OtherRep}
		for _, u := range people {
			got[care.Changes](t)(w.Changes(w.as(u), "", 1000))
		}
		before := w.counters(people)
		heard := func(what string, want ...string) {
			t.Helper()
			now := w.counters(people)
			for name := range people {
				if moved := now[name] != before[name]; moved != slices.Contains(want, name) {
					t.Errorf("%s: %s heard of it: %v", what, name, moved)
				}
			}
			before = now
		}
		ask := func(by, with models.User) care.JointCard {
			t.Helper()
			return got[care.JointCard](t)(w.AskJoint(w.as(by), care.AskJoint{
				ID: w.key(), AccountID: w.Own.ID, WithID: with.ID, Kind: cadence.HomeVisit, Day: w.workday(), Note: "一起去",
			}))
		}
		declined := ask(w.Rep, w.Expert)
		heard("asked", "rep", "expert")
		got[care.JointCard](t)(w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: declined.ID, Answer: "没空"}))
		heard("declined", "rep", "expert")
		card := ask(w.Manager, w.Expert)
		heard("asked by the manager", "manager", "expert")
		card = got[care.JointCard](t)(w.AnswerJoint(w.as(w.Expert), care.AnswerJoint{ID: w.key(), RequestID: card.ID, Accept: true}))
		heard("accepted", "rep", "manager", "expert")
		got[models.PlanItem](t)(w.Reschedule(w.as(w.Rep), care.MoveItem{ID: w.key(), ItemID: *card.ItemID, Day: w.workday() + 1}))
		heard("moved", "rep", "expert") // whose plans have it; desks hear by the team
		got[care.JointCard](t)(w.CancelJoint(w.as(w.Manager), card.ID, "客户出门"))
		heard("taken back", "rep", "manager", "expert")
	})
}

func (w *world) counters(people map[string]models.User) map[string]int64 {
	w.t.Helper()
	var keys []id.ID
	for _, u := range people {
		keys = append(keys, u.ID)
	}
	of := got[map[id.ID]int64](w.t)(w.Counters(w.t.Context(), keys))
	out := map[string]int64{}
	for name, u := range people {
		out[name] = of[u.ID]
	}
	return out
}

func TestAVisitPlannedForACaseServesIt(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		f := d.stops(a, cadence.BadService)
		d.drained()
		if i := d.because(a, "STOP"); i.CaseID == nil || *i.CaseID != f.Case.ID {
			t.Fatalf("the rules ask for %+v", i)
		}
		in := care.PlanContact{ID: d.key(), AccountID: a.ID, CaseID: &f.Case.ID, Kind: cadence.HomeVisit, Day: d.today + 5, Reason: "客户约的"}
		mine := got[models.PlanItem](t)(d.PlanContact(d.as(d.Supervisor), in))
		d.drained()
		items := d.open(a)
		if len(items) != 1 || items[0].ID != mine.ID || items[0].Day != d.today+5 || !hasReason(items[0], "FOR_CASE") || !hasReason(items[0], "STOP") {
			t.Fatalf("the visit by hand takes the place of the other: %v", tell(items))
		}
		board := got[care.Board](t)(d.CaseBoard(d.as(d.Supervisor), care.BoardInput{}, care.Page{}))
		if len(board.Rows) != 1 || board.Rows[0].Item == nil || board.Rows[0].Item.ID != mine.ID {
			t.Errorf("the board shows %+v", board.Rows)
		}
		d.at("2026-03-09", 12)
		log := d.done(d.Rep, mine, cadence.HomeVisit, cadence.Met)
		step := got[models.CaseFile](t)(d.Case(d.as(d.Rep), f.Case.ID)).Steps[0]
		if step.Kind != models.StepVisit || step.LogID == nil || *step.LogID != log.ID || step.DoneBy == nil || *step.DoneBy != d.Rep.ID {
			t.Errorf("the visit ticks its step: %+v", step)
		}
		for _, i := range d.open(a) {
			if strings.HasSuffix(i.DemandKey, ":visit") {
				t.Errorf("a second visit is asked for: %v", tell(d.open(a)))
			}
		}
	})
}

func TestACaseVisitedOnTheDayItWasOpenedIsNotVisitedAgain(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		f := d.stops(a, cadence.EffectOrQuality)
		mine := got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
			ID: d.key(), AccountID: a.ID, CaseID: &f.Case.ID, Kind: cadence.HomeVisit, Day: d.today, Reason: "马上去",
		}))
		d.at("2026-03-04", 16)
		if log := d.done(d.Rep, mine, cadence.HomeVisit, cadence.Met); log.Fulfils != "stop:"+f.Case.ID.String()+":visit" {
			t.Errorf("it answers %q", log.Fulfils)
		}
		for _, i := range d.open(a) {
			if i.Kind == cadence.HomeVisit {
				t.Errorf("visited again: %v", tell(d.open(a)))
			}
		}
	})
}

func TestLostToACompetitorAVisitBeforeTheAgreementDoesNotTickItsStep(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		f := d.stops(a, cadence.Competitor)
		mine := got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
			ID: d.key(), AccountID: a.ID, CaseID: &f.Case.ID, Kind: cadence.HomeVisit, Day: d.today, Reason: "先去看看",
		}))
		d.at("2026-03-04", 16)
		d.done(d.Rep, mine, cadence.HomeVisit, cadence.Met)
		for _, step := range got[models.CaseFile](t)(d.Case(d.as(d.Rep), f.Case.ID)).Steps {
			if step.DoneOn != nil {
				t.Errorf("%s is done before its turn", step.Kind)
			}
		}
	})
}

func TestAContactServesOnlyAnOpenCaseOfItsAccount(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		own, foreign := w.stop(w.Own, cadence.BadService), w.stop(w.OtherTeams, cadence.BadService)
		plan := func(c id.ID) error {
			_, err := w.PlanContact(w.as(w.Rep), care.PlanContact{
				ID: w.key(), AccountID: w.Own.ID, CaseID: &c, Kind: cadence.HomeVisit, Day: w.today + 1, Reason: "x",
			})
			return err
		}
		wantCode(t, plan(own.Case.ID), "")
		wantCode(t, plan(foreign.Case.ID), care.CodeNotFound)
		wantCode(t, plan(w.key()), care.CodeNotFound)
		got[models.CaseFile](t)(w.CloseCase(w.as(w.Supervisor), care.CloseCase{ID: w.key(), CaseID: own.Case.ID, As: models.CaseWonBack, Why: "好了"}))
		err := plan(own.Case.ID)
		wantCode(t, err, care.CodeInvalid)
		if said := care.AsError(err); said.Field != "caseId" || !strings.Contains(said.Words, "closed") {
			t.Errorf("said %+v", said)
		}
	})
}
