package care_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

func TestMyDayShowsTheLeftoverFirst(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		second := w.item(w.Own, "b", func(i *models.PlanItem) { i.Seq = 2 })
		first := w.item(w.Own, "a", func(i *models.PlanItem) { i.Seq, i.DueOn = 1, w.today-1 })
		old := w.item(w.Own, "c", func(i *models.PlanItem) { i.Day, i.DueOn = w.today-3, w.today-2 })
		older := w.item(w.Own, "d", func(i *models.PlanItem) { i.Day, i.DueOn = w.today-2, w.today-4 })
		w.item(w.Own, "e", func(i *models.PlanItem) { i.Day = w.today + 1 })
		covered := w.item(w.Covered, "f", func(i *models.PlanItem) { i.Seq, i.RepID = 3, w.Rep.ID })
		w.item(w.Colleagues, "g", nil)
		d := got[care.Day](t)(w.MyDay(w.as(w.Rep), nil))
		var names []id.ID
		for _, i := range d.Items {
			names = append(names, i.Item.ID)
			if i.Account.ID != i.Item.AccountID || i.Account.Name == "" {
				t.Errorf("item without its account: %+v", i)
			}
		}
		if want := []id.ID{older.ID, old.ID, first.ID, second.ID, covered.ID}; !slices.Equal(names, want) {
			t.Errorf("order %v, want %v", names, want)
		}
		for i, want := range []struct{ overdue, leftover bool }{{true, true}, {true, true}, {true, false}, {false, false}, {false, false}} {
			if d.Items[i].Overdue != want.overdue || d.Items[i].Leftover != want.leftover {
				t.Errorf("item %d: overdue %v, leftover %v", i, d.Items[i].Overdue, d.Items[i].Leftover)
			}
		}
	})
}

func TestOverdueTurnsAtMidnightOfTheStore(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.item(w.Own, "a", nil)
		w.clock.Set(time.Date(2026, 3, 4, 15, 59, 0, 0, time.UTC)) // 23:59 in Shanghai
		if d := got[care.Day](t)(w.MyDay(w.as(w.Rep), nil)); d.Items[0].Overdue {
			t.Error("overdue before midnight")
		}
		w.clock.Add(2 * time.Minute)
		if d := got[care.Day](t)(w.MyDay(w.as(w.Rep), nil)); d.Day != w.today+1 || !d.Items[0].Overdue || !d.Items[0].Leftover {
			t.Errorf("not overdue after midnight: %+v", d)
		}
	})
}

func TestWeeksSumUpTheirDays(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.item(w.Own, "a", func(i *models.PlanItem) { i.Travel = 15 })
		w.item(w.Own, "b", func(i *models.PlanItem) { i.Kind, i.Minutes, i.Status = cadence.Call, 10, models.ItemDone })
		w.write(func(tx *models.Tx) error {
			shed := []models.ShedItem{{ID: tx.NewID(), RepID: w.Rep.ID, AccountID: w.Own.ID, DemandKey: "x", Rank: 1, Kind: cadence.Call, DueOn: w.today}}
			return tx.SavePlan(w.Rep.ID, models.PlanDiff{Shed: &shed})
		})
		l := got[models.Leave](t)(w.AskLeave(w.as(w.Rep), care.AskLeave{ID: w.key(), From: w.today + 1, To: w.today + 2, Reason: "家事"}))
		weeks := got[care.Weeks](t)(w.MyWeeks(w.as(w.Rep), w.today, w.today+6))
		if d := weeks.Days[0]; d.Visits != 1 || d.Calls != 1 || d.Done != 1 || d.Minutes != 50 || d.Travel != 15 || len(d.Items) != 2 {
			t.Errorf("day %+v", d)
		}
		if len(weeks.Days) != 7 || weeks.Days[1].OnLeave || len(weeks.Shed) != 1 || weeks.Shed[0].Account.Name != w.Own.Name {
			t.Errorf("weeks %+v", weeks)
		}
		_, err := w.GrantLeave(w.as(w.BranchSupervisor), l.ID)
		wantCode(t, err, care.CodeNotFound)
		got[models.Leave](t)(w.GrantLeave(w.as(w.Supervisor), l.ID))
		if !w.asked(w.Rep.ID) {
			t.Error("leave makes a new plan")
		}
		weeks = got[care.Weeks](t)(w.RepWeeks(w.as(w.Supervisor), w.Rep.ID, w.today, w.today+6))
		if !weeks.Days[1].OnLeave || !weeks.Days[2].OnLeave || weeks.Days[3].OnLeave {
			t.Error("granted leave shows on both its days")
		}
		_, err = w.MyWeeks(w.as(w.Rep), w.today, w.today+42)
		wantCode(t, err, care.CodeLimited)
		_, err = w.RepDay(w.as(w.BranchSupervisor), w.Rep.ID, nil)
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestStatementBudgets(t *testing.T) {
	modelstest.Sequential(t)
	onEach(t, func(t *testing.T, w *world) {
		for n := range 20 {
			w.item(w.Own, fmt.Sprint("k", n), func(i *models.PlanItem) { i.Day = w.today - civil.Date(n%3) })
		}
		w.log(w.Rep, w.visit(w.Own))
		got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.Competitor}))
		got[models.CaseFile](t)(w.AddCase(w.as(w.Rep), care.NewCase{ID: w.key(), AccountID: w.Own.ID, Kind: models.ReactionCase, Note: "x"}))
		for _, c := range []struct {
			name   string
			budget int64
			run    func(context.Context) error
		}{
			{"my day", 3, func(ctx context.Context) error { _, err := w.MyDay(ctx, nil); return err }},
			{"an account's file", 8, func(ctx context.Context) error { _, err := w.AccountFile(ctx, w.Own.ID); return err }},
			{"my weeks", 6, func(ctx context.Context) error { _, err := w.MyWeeks(ctx, w.today, w.today+27); return err }},
			{"a timeline", 9, func(ctx context.Context) error { _, err := w.Timeline(ctx, w.Own.ID, care.Page{}); return err }},
			{"a search", 1, func(ctx context.Context) error {
				_, err := w.Search(ctx, care.Search{Text: "zxy"}, care.Page{})
				return err
			}},
		} {
			ctx, count := models.CountStatements(w.as(w.Rep))
			if err := c.run(ctx); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
			if *count == 0 || *count > c.budget {
				t.Errorf("%s takes %d statements, at most %d", c.name, *count, c.budget)
			}
		}
	})
}

func TestTheFileHoldsItsParts(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		m := got[models.Member](t)(w.AddMember(w.as(w.Rep), care.NewMember{ID: w.key(), AccountID: w.Own.ID, Name: "老李", Relation: "丈夫", Sex: models.Male}))
		d := got[models.AccountDate](t)(w.AddDate(w.as(w.Rep), care.NewDate{
			ID: w.key(), AccountID: w.Own.ID, MemberID: &m.ID, Occasion: cadence.SpouseBirthday, Calendar: cadence.Lunar, Month: 8, Day: 30, Leap: true,
		}))
		got[[]string](t)(w.SetTags(w.as(w.Rep), w.Own.ID, []string{"重点", " 重点", "爱下棋"}))
		got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.Competitor}))
		w.item(w.Own, "a", nil)
		w.log(w.Rep, w.visit(w.Own))
		w.write(func(tx *models.Tx) error {
			return tx.SavePlan(w.Rep.ID, models.PlanDiff{Projections: []models.Projection{{
				AccountID: w.Own.ID, Day: w.today, Expected: ptr(w.today + 41), P60: 0.7, Horizon: "WITHIN_2_MONTHS", Source: "supply",
				Evidence: []byte(`[{"code":"SUPPLY_AFTER","args":{"ago":"3"}}]`),
			}}})
		})
		f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID))
		if f.RepName != w.Rep.Name || f.StoreName != w.Main.Name || f.Account.Number != w.Own.Number {
			t.Errorf("head %q %q", f.RepName, f.StoreName)
		}
		if f.Projection == nil || *f.Projection.Expected != w.today+41 || len(f.Evidence) != 1 || f.Evidence[0].Code != "SUPPLY_AFTER" {
			t.Errorf("projection %+v %+v", f.Projection, f.Evidence)
		}
		if len(f.Members) != 1 || len(f.Dates) != 1 || !f.Dates[0].Leap || f.Dates[0].ID != d.ID || !slices.Equal(f.Tags, []string{"爱下棋", "重点"}) {
			t.Errorf("people %+v dates %+v tags %v", f.Members, f.Dates, f.Tags)
		}
		if len(f.Items) != 0 || len(f.Logs) != 1 || len(f.Cases) != 1 || len(f.Cases[0].Steps) != 4 {
			t.Errorf("items %d logs %d cases %+v", len(f.Items), len(f.Logs), f.Cases)
		}
		if err := w.RemoveMember(w.as(w.Rep), m.ID); err != nil {
			t.Fatal(err)
		}
		if f := got[care.File](t)(w.AccountFile(w.as(w.Rep), w.Own.ID)); len(f.Members)+len(f.Dates) != 0 {
			t.Error("a person leaves with their days")
		}
	})
}

func TestDatesThatAreNoDaysAreRefused(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name string
			code care.Code
			date care.NewDate
		}{
			{"29 February is a birthday", "", care.NewDate{Calendar: cadence.Solar, Month: 2, Day: 29}},
			{"30 February is none", care.CodeInvalid, care.NewDate{Calendar: cadence.Solar, Month: 2, Day: 30}},
			{"a lunar month has no 31st", care.CodeInvalid, care.NewDate{Calendar: cadence.Lunar, Month: 2, Day: 31}},
			{"a solar month is no leap month", care.CodeInvalid, care.NewDate{Calendar: cadence.Solar, Month: 2, Day: 3, Leap: true}},
			{"month 13", care.CodeInvalid, care.NewDate{Calendar: cadence.Solar, Month: 13, Day: 3}},
			{"no calendar", care.CodeInvalid, care.NewDate{Month: 1, Day: 3}},
		} {
			c.date.ID, c.date.AccountID, c.date.Occasion = w.key(), w.Own.ID, cadence.Birthday
			if _, err := w.AddDate(w.as(w.Rep), c.date); care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
		}
	})
}

func TestSealedFactsOpenOnlyForWhoMay(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		in := care.EditFile{
			ID: w.key(), AccountID: w.Own.ID, Version: w.Own.Version, Name: care.Some("张秀兰"), Phone: care.Some("+86 139-0000-1234"),
			Address: care.Some("历下区文化路1号"), Health: care.Some("高血压"), Allergies: care.Some("青霉素"), Budget: care.Some(ptr(models.Fen(50000))),
			Hobbies: care.Some([]string{"钓鱼"}), Position: care.Some(&care.Position{Lat: 36.6, Lng: 117.1}),
		}
		a := got[models.Account](t)(w.EditFile(w.as(w.Rep), in))
		if a.Name != "张秀兰" || a.Pinyin != models.Pinyin("张秀兰") || a.Version != in.Version+1 || *a.Budget != 50000 || a.Hobbies[0] != "钓鱼" || *a.Lat != 36.6 {
			t.Errorf("account %+v", a)
		}
		if again := got[models.Account](t)(w.EditFile(w.as(w.Rep), in)); again.Version != a.Version {
			t.Error("edited again it must answer the same")
		}
		in.ID, in.Version = w.key(), a.Version-1
		_, err := w.EditFile(w.as(w.Rep), in)
		wantCode(t, err, care.CodeConflict)
		if phone := got[string](t)(w.ClearPhone(w.as(w.Rep), a)); phone != "13900001234" {
			t.Errorf("phone %q", phone)
		}
		if h := got[care.Health](t)(w.OpenHealth(w.as(w.Supervisor), a.ID)); h.Health != "高血压" || h.Allergies != "青霉素" || h.History != "" {
			t.Errorf("health %+v", h)
		}
		_, err = w.OpenHealth(w.as(w.Admin), a.ID)
		wantCode(t, err, care.CodeNotFound)
		_, err = w.ClearPhone(w.as(w.Admin), a)
		wantCode(t, err, care.CodeNotFound)
		_, err = w.OpenHealth(w.as(w.Colleague), a.ID)
		wantCode(t, err, care.CodeNotFound)
		if n := w.audited(a.ID, "LOOK_HEALTH"); n != 1 {
			t.Errorf("looks audited %d times", n)
		}
		w.write(func(tx *models.Tx) error {
			rows, err := tx.AuditsOf(auth.System(), a.ID, models.Cursor{}, 0)
			for _, r := range rows {
				if r.Action == "EDIT_FILE" && (r.Detail["health"] != "changed" || r.Detail["phone"] != "changed" || r.Detail["position"] != "changed" || r.Detail["name"] == nil) {
					t.Errorf("detail %v", r.Detail)
				}
			}
			return err
		})
	})
}
