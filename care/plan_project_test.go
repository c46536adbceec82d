package care_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/forecast"
	"huifang/models"
)

// projections are those kept of an account, the newest first.
func (d *diary) projections(a models.Account) []models.Projection {
	d.t.Helper()
	var rows []models.Projection
	d.write(func(tx *models.Tx) error {
		var err error
		rows, err = tx.ProjectionsOf(auth.System(), a.ID, 50)
		return err
	})
	return rows
}

// every is how many days lie between the contacts of a kind, as the first reason that tells says.
func (d *diary) every(a models.Account, kind cadence.Kind) string {
	d.t.Helper()
	for _, i := range d.open(a) {
		for _, r := range i.Reasons {
			if i.Kind == kind && r.Args["every"] != "" {
				return r.Args["every"]
			}
		}
	}
	return "never"
}

func TestTheRepsWordChangesTheRhythmUntilItExpires(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		d.plan(d.Rep)
		if now := d.account(a.ID); now.Horizon != cadence.ThisMonth || d.every(a, cadence.HomeVisit) != "5" {
			t.Fatalf("horizon %s, visit every %s", now.Horizon, d.every(a, cadence.HomeVisit))
		}
		got[models.Override](t)(d.OverrideHorizon(d.as(d.Rep), care.OverrideHorizon{
			ID: d.key(), AccountID: a.ID, Horizon: cadence.WithinThree, Reason: "囤了货", Until: d.today + 3,
		}))
		d.drained()
		kept := d.projections(a)[0]
		if now := d.account(a.ID); now.Horizon != cadence.WithinThree || d.every(a, cadence.HomeVisit) != "15" {
			t.Errorf("by the rep's word %s, visit every %s", now.Horizon, d.every(a, cadence.HomeVisit))
		}
		if kept.Source != string(forecast.FromRep) || kept.Model != string(cadence.ThisMonth) || !strings.Contains(string(kept.Evidence), "囤了货") {
			t.Errorf("kept %+v, %s", kept, kept.Evidence)
		}
		d.at("2026-03-07", 6) // its last day
		d.plan(d.Rep)
		if now := d.account(a.ID); now.Horizon != cadence.WithinThree {
			t.Errorf("on its last day %s", now.Horizon)
		}
		d.at("2026-03-09", 6)
		d.plan(d.Rep)
		if now := d.account(a.ID); now.Horizon != cadence.ThisMonth || d.every(a, cadence.HomeVisit) != "5" {
			t.Errorf("expired: %s, visit every %s", now.Horizon, d.every(a, cadence.HomeVisit))
		}
	})
}

func TestAnotherWordOfTheRepIsKept(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 28)
		for _, why := range []string{"囤了货", "出国两个月"} {
			got[models.Override](t)(d.OverrideHorizon(d.as(d.Rep), care.OverrideHorizon{
				ID: d.key(), AccountID: a.ID, Horizon: cadence.WithinThree, Reason: why, Until: d.today + 30,
			}))
			d.drained()
			if kept := d.projections(a); !strings.Contains(string(kept[0].Evidence), why) {
				t.Errorf("told %s, kept %s", why, kept[0].Evidence)
			}
			d.at("2026-03-05", 9)
		}
	})
}

func TestAProjectionIsKeptOnlyWhenItSaysSomethingNew(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 3)
		d.plan(d.Rep)
		d.plan(d.Rep)
		if n := len(d.projections(a)); n != 1 {
			t.Errorf("%d projections after planning twice", n)
		}
		for day := civil.Must("2026-03-05"); day < civil.Must("2026-03-19"); day++ {
			d.at(day.String(), 6)
			d.plan(d.Rep)
		}
		kept := d.projections(a)
		if len(kept) < 2 || len(kept) > 10 {
			t.Errorf("%d projections in two weeks", len(kept))
		}
		for n, p := range kept[1:] {
			after := kept[n]
			if after.Horizon == p.Horizon && max(after.P30-p.P30, after.P60-p.P60, after.P90-p.P90, p.P30-after.P30) < 0.05 &&
				after.Expected != nil && p.Expected != nil && *after.Expected-*p.Expected < 7 && *p.Expected >= after.Day {
				t.Errorf("kept on %s: nothing new since %s", after.Day, p.Day)
			}
		}
		now := d.account(a.ID)
		if string(now.Horizon) != kept[0].Horizon || now.ExpectedOn == nil || *now.ExpectedOn != *kept[0].Expected {
			t.Errorf("the row says %s by %v, the projection %s by %v", now.Horizon, now.ExpectedOn, kept[0].Horizon, kept[0].Expected)
		}
		d.buys(d.Rep, a)
		d.drained()
		if kept := d.projections(a); kept[0].Day != d.today {
			t.Error("an order is news")
		}
	})
}

func TestAKeptProjectionHasItsCurve(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a, never := d.regular(d.Rep, 3), d.join(d.Rep)
		d.plan(d.Rep)
		kept := d.projections(a)[0]
		curve := care.Curve(kept)
		if len(curve) != forecast.CurvePoints || !slices.IsSorted(curve) {
			t.Fatalf("kept %v", curve)
		}
		for days, want := range map[int]float64{30: kept.P30, 60: kept.P60, 90: kept.P90} {
			if got := curve[days/forecast.CurveStep-1]; math.Abs(got-want) > 0.0005 {
				t.Errorf("within %d days %v on the curve, %v as projected", days, got, want)
			}
		}
		file := got[care.File](t)(d.AccountFile(d.as(d.Rep), a.ID))
		if read := care.Curve(*file.Projection); !slices.Equal(read, curve) {
			t.Errorf("the file says %v, kept is %v", read, curve)
		}
		if kept := d.projections(never); len(kept) != 1 || care.Curve(kept[0]) != nil {
			t.Errorf("never bought: %+v", kept)
		}
	})
}

func TestEveryReasonOfAPlanHasWordsInBothLanguages(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		accounts := d.book()
		d.birthday(d.today + 5)
		got[models.PlanItem](t)(d.PlanContact(d.as(d.Rep), care.PlanContact{
			ID: d.key(), AccountID: accounts[0].ID, Kind: cadence.HomeVisit, Day: d.today + 2, Reason: "sample",
		}))
		next := d.call(accounts[1])
		next.StartedAt, next.EndedAt = d.clock.Now(), nil
		next.NextOn, next.NextKind, next.NextStep = ptr(d.today+4), cadence.Call, "call back"
		d.log(d.Rep, next)
		for n, cause := range cadence.AllStopCauses() {
			a := d.regular(d.Rep, 10+n)
			d.stops(a, cause)
		}
		d.drained()
		seen := map[string]bool{}
		for _, i := range d.agenda(d.Rep) {
			for _, r := range i.AllReasons() {
				seen[r.Code] = true
				zh, en := r.In("zh"), r.In("en")
				if !han(zh) || han(en) || strings.Contains(zh, r.Code) || strings.Contains(en, r.Code) || strings.ContainsAny(zh+en, "{}") {
					t.Errorf("%s: %q, %q", r.Code, zh, en)
				}
			}
		}
		for _, code := range []string{"BY_HAND", "NEXT_STEP", "ONBOARDING", "STOP", "DATE"} {
			if !seen[code] {
				t.Errorf("nothing because of %s", code)
			}
		}
		for _, p := range d.projections(accounts[0]) {
			if len(p.Evidence) == 0 {
				t.Error("a projection without evidence")
			}
		}
	})
}

func han(s string) bool {
	return slices.ContainsFunc([]rune(s), func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestARhythmLongerThanHalfAYear(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.join(d.Rep)
		got[models.Policy](t)(d.AddPolicy(d.as(d.Manager), d.today, `{"cadence": {"potential": {"callEvery": 0, "visitEvery": 300}}}`))
		visited := d.visit(a)
		visited.StartedAt, visited.EndedAt = d.clock.Now(), nil
		d.log(d.Rep, visited)
		d.at("2026-12-03", 8) // 274 days later
		d.plan(d.Rep)
		visit := d.firstOf(a, cadence.HomeVisit)
		if want := civil.Must("2026-03-04") + 300; visit.DueOn != want {
			t.Errorf("due %s, want %s: 300 days after the last", visit.DueOn, want)
		}
	})
}
