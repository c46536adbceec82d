package care_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/schedule"
)

func TestEveryChangeThatMattersAsksForAPlan(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		d.plan(d.Rep)
		rep, lead := d.as(d.Rep), d.as(d.Supervisor)
		var item models.PlanItem
		var p models.Purchase
		var stop, back models.CaseFile
		var leave models.Leave
		var area models.Pause
		for _, change := range []struct {
			name string
			make func() error
		}{
			{"a contact by hand", func() (err error) {
				item, err = d.PlanContact(rep, care.PlanContact{ID: d.key(), AccountID: a.ID, Kind: cadence.Call, Day: d.today + 1, Reason: "问候"})
				return err
			}},
			{"another day", func() error {
				_, err := d.Reschedule(rep, care.MoveItem{ID: d.key(), ItemID: item.ID, Day: d.today + 2})
				return err
			}},
			{"let go", func() error { _, err := d.PinItem(rep, item.ID, false); return err }},
			{"called off", func() error {
				_, err := d.CancelItem(rep, care.CancelItem{ID: d.key(), ItemID: item.ID, Reason: "不必"})
				return err
			}},
			{"a contact logged", func() error { _, err := d.LogContact(rep, d.call(a)); return err }},
			{"an order", func() error { p = d.buys(d.Rep, a); return nil }},
			{"a return", func() error {
				_, err := d.RecordReturn(rep, care.RecordReturn{ID: d.key(), PurchaseID: p.ID, Day: d.today, Amount: 100, Reason: "破损"})
				return err
			}},
			{"a stop", func() error { stop = d.stops(a, cadence.BadService); return nil }},
			{"a case closed", func() error {
				_, err := d.CloseCase(lead, care.CloseCase{ID: d.key(), CaseID: stop.Case.ID, As: models.CaseGivenUp, Why: "放下"})
				return err
			}},
			{"a case opened", func() (err error) {
				due := d.today + 30
				back, err = d.AddCase(lead, care.NewCase{ID: d.key(), AccountID: a.ID, Kind: models.WinBackCase, DueOn: &due, Note: "再试"})
				return err
			}},
			{"a step done", func() error {
				_, err := d.CompleteStep(rep, care.CompleteStep{ID: d.key(), CaseID: back.Case.ID, StepID: back.Steps[0].ID, LogID: ptr(d.log(d.Rep, d.call(a)).ID)})
				return err
			}},
			{"back on product", func() error { _, err := d.ResumeService(rep, a.ID, "回来了"); return err }},
			{"the rep's word", func() error {
				_, err := d.OverrideHorizon(rep, care.OverrideHorizon{ID: d.key(), AccountID: a.ID, Horizon: cadence.Later, Reason: "囤货", Until: d.today + 9})
				return err
			}},
			{"the word taken back", func() error { _, err := d.EndOverride(rep, a.ID); return err }},
			{"a pause", func() error {
				_, err := d.PauseAccount(rep, care.PauseAccount{ID: d.key(), AccountID: a.ID, From: d.today, Reason: "出国"})
				return err
			}},
			{"the pause ended", func() error { _, err := d.ResumeAccount(rep, a.ID); return err }},
			{"a pause of the area", func() (err error) {
				area, err = d.PauseArea(lead, care.PauseArea{ID: d.key(), StoreID: d.Main.ID, District: "历下区", From: d.today, Reason: "封路"})
				return err
			}},
			{"the area open again", func() error { _, err := d.ResumeArea(lead, area.ID); return err }},
			{"leave granted", func() (err error) {
				if leave, err = d.AskLeave(rep, care.AskLeave{ID: d.key(), From: d.today + 1, To: d.today + 2, Reason: "探亲"}); err != nil {
					return err
				}
				if d.asked(d.Rep.ID) {
					t.Error("leave only asked for changes nothing")
				}
				_, err = d.GrantLeave(lead, leave.ID)
				return err
			}},
			{"leave refused", func() error { return d.RefuseLeave(lead, leave.ID, "人手不够") }},
			{"handed over", func() error {
				_, err := d.Assign(lead, care.Assign{ID: d.key(), Accounts: []id.ID{a.ID}, ToRep: d.Colleague.ID, Reason: "更近"})
				return err
			}},
		} {
			d.asked(d.Rep.ID)
			if err := change.make(); err != nil {
				t.Errorf("%s: %v", change.name, err)
			}
			if !d.asked(d.Rep.ID) {
				t.Errorf("%s asks for no plan", change.name)
			}
		}
		if !d.asked(d.Colleague.ID) {
			t.Error("who takes an account over waits for a plan too")
		}
	})
}

func TestAChangeDuringAPlanIsNotLost(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.ask(d.Rep)
		var seen time.Time
		d.write(func(tx *models.Tx) error {
			var err error
			seen, err = tx.ReplanAsked(d.Rep.ID)
			return err
		})
		d.ask(d.Rep) // while the plan is made, at the same instant of the clock
		d.write(func(tx *models.Tx) error { return tx.ReplanDone(d.Rep.ID, seen) })
		if !d.waits(d.Rep) {
			t.Error("the change of meanwhile is forgotten")
		}
		d.drained()
		if d.waits(d.Rep) {
			t.Error("planned, it still waits")
		}
	})
}

func TestAnUnsafePlanIsRefused(t *testing.T) {
	day := civil.Must("2026-03-04")
	shift := map[civil.Date][]civil.Window{day: {{From: 540, To: 720}}}
	problem := schedule.Problem{From: day, To: day, Workers: []schedule.Worker{{ID: "w", Shifts: shift}}}
	for _, name := range []string{"a", "b"} {
		problem.Stops = append(problem.Stops, schedule.Stop{ID: name, Earliest: day, Due: day, Latest: day, Minutes: 40})
	}
	good := schedule.Plan{Visits: []schedule.Visit{{Stop: 0, Day: day, Start: 540}, {Stop: 1, Day: day, Start: 600}}}
	if err := care.Safe(problem, good); err != nil {
		t.Errorf("a good plan: %v", err)
	}
	good.Visits[1].Start = 560 // overlaps
	if err := care.Safe(problem, good); !errors.Is(err, care.ErrUnsafePlan) || !strings.Contains(err.Error(), "overlaps") {
		t.Errorf("an overlap: %v", err)
	}
	good.Visits = good.Visits[:1] // forgotten
	if err := care.Safe(problem, good); !errors.Is(err, care.ErrUnsafePlan) {
		t.Errorf("a stop forgotten: %v", err)
	}
}

func TestAFailedPlanKeepsTheOneBefore(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		accounts := d.book()
		d.plan(d.Rep)
		before := places(d.agenda(d.Rep))
		d.buys(d.Rep, accounts[0])
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := d.PlanNow(ctx, d.Rep.ID); err == nil {
			t.Fatal("planned although nobody waits any more")
		}
		for item, place := range places(d.agenda(d.Rep)) {
			if before[item] != place {
				t.Errorf("%q became %q", before[item], place)
			}
		}
		if !d.waits(d.Rep) {
			t.Error("the request is gone with the failed plan")
		}
	})
}

func TestTwoPlannersOfOneRepMakeOnePlan(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, clock *modelstest.Clock) {
		d := newDiary(t, newWorld(t, modelstest.Open(t, c), clock))
		d.book()
		services := []*care.Service{d.Service, {Store: modelstest.Open(t, c), Log: d.Log}}
		var work sync.WaitGroup
		for n := range 6 {
			work.Go(func() {
				if _, err := services[n%2].PlanNow(t.Context(), d.Rep.ID); err != nil {
					t.Error(err)
				}
			})
		}
		work.Wait()
		d.sound(d.Rep)
		keys := map[string]bool{}
		for _, i := range d.agenda(d.Rep) {
			if key := i.AccountID.String() + i.DemandKey; keys[key] {
				t.Errorf("%s twice", i.DemandKey)
			} else {
				keys[key] = true
			}
		}
		if d.plan(d.Rep).Wrote() {
			t.Error("the same facts planned again write nothing")
		}
	})
}

func TestChangesWhilePlansAreMadeAreKept(t *testing.T) {
	modelstest.EachConfig(t, func(t *testing.T, c models.Config, clock *modelstest.Clock) {
		d := newDiary(t, newWorld(t, modelstest.Open(t, c), clock))
		d.book()
		d.plan(d.Rep)
		items := d.agenda(d.Rep)
		items = items[:min(len(items), 8)]
		var work sync.WaitGroup
		work.Go(func() {
			for range 10 {
				if _, err := d.PlanNow(t.Context(), d.Rep.ID); err != nil {
					t.Error(err)
				}
			}
		})
		chosen := civil.Must("2026-03-20")
		keys := make([]care.MoveItem, len(items))
		for n, i := range items {
			keys[n] = care.MoveItem{ID: d.key(), ItemID: i.ID, Day: chosen}
		}
		moved := 0
		for _, in := range keys {
			if _, err := d.Reschedule(d.as(d.Rep), in); err == nil {
				moved++
			} else if care.CodeOf(err) != care.CodeNotFound { // the planner may have dropped it before
				t.Error(err)
			}
		}
		work.Wait()
		if moved == 0 {
			t.Fatal("nothing was moved")
		}
		for _, in := range keys {
			if now := d.readItem(in.ItemID); now.Pinned && now.Day != chosen {
				t.Errorf("put on %s by a person, on %s by a planner", chosen, now.Day)
			}
		}
	})
}

func TestPlanningWithoutNewsTakesFewStatements(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.book()
		d.plan(d.Rep)
		ctx, n := models.CountStatements(t.Context())
		got[care.PlanResult](t)(d.PlanNow(ctx, d.Rep.ID))
		if *n > 26 { // the rep stands in for one
			t.Errorf("%d statements", *n)
		}
		t.Logf("%d statements", *n)
	})
}
