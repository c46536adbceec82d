package care_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// The load of a month's days is the load of its workload, rep by rep.
func TestDaysAddUpToTheLoad(t *testing.T) {
	onBusy(t, func(t *testing.T, b *busy) {
		w := b.workload(b.Manager, care.WorkloadInput{By: care.ByRep})
		days := got[[]care.RepLoadDays](t)(b.LoadMap(b.as(b.Manager), care.LoadMapInput{From: w.Month, To: w.Month.AddMonths(1) - 1}))
		sums := map[id.ID][2]int{}
		leave := 0
		for _, rep := range days {
			for n, cell := range rep.Days {
				if cell.Day != w.Month+civil.Date(n) {
					t.Fatalf("day %d is %s", n, cell.Day)
				}
				s := sums[rep.Rep.ID]
				sums[rep.Rep.ID] = [2]int{s[0] + cell.Load, s[1] + cell.Capacity}
				if cell.OnLeave && rep.Rep.ID == b.Colleague.ID {
					leave++
				}
			}
		}
		for _, row := range w.Rows {
			if got := sums[*row.ID]; got != [2]int{row.Now.Load, row.Now.Capacity} {
				t.Errorf("%s: days come to %v, the month to %d of %d", row.Name, got, row.Now.Load, row.Now.Capacity)
			}
		}
		if leave == 0 {
			t.Error("nobody is on leave")
		}
	})
}

func TestALoadMapHasNoMoreThanSixWeeks(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		manager := w.as(w.Manager)
		_, err := w.LoadMap(manager, care.LoadMapInput{From: w.today, To: w.today + 42})
		wantCode(t, err, care.CodeLimited)
		_, err = w.LoadMap(manager, care.LoadMapInput{From: w.today, To: w.today - 1})
		wantCode(t, err, care.CodeInvalid)
		_, err = w.LoadMap(w.as(w.Supervisor), care.LoadMapInput{From: w.today, To: w.today, Team: &w.OtherTeam.ID})
		wantCode(t, err, care.CodeNotFound)
	})
}

// A week says what was projected when it began, not what was known later.
func TestAPipelineRemembersWhatWasExpected(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.onDay(civil.Must("2026-03-18")) // a Wednesday
		monday := civil.Must("2026-03-02")
		w.write(func(tx *models.Tx) error {
			err := models.AddAll(tx, []models.Projection{
				{AccountID: w.Own.ID, Day: monday - 10, Expected: ptr(monday + 2)},
				{AccountID: w.Own.ID, Day: monday + 1, Expected: ptr(monday + 30)},        // too late for that week
				{AccountID: w.Colleagues.ID, Day: monday - 20, Expected: ptr(monday + 3)}, // changed before it began
				{AccountID: w.Colleagues.ID, Day: monday, Expected: ptr(monday + 40)},
				{AccountID: w.OtherTeams.ID, Day: monday - 3, Expected: ptr(monday + 6)},
			})
			if err != nil {
				return err
			}
			own := w.Own
			own.ExpectedOn = ptr(monday + 30)
			if err := tx.SumUpAccount(&own, "expected_on"); err != nil {
				return err
			}
			return tx.AddPurchases([]models.Purchase{
				{ID: tx.NewID(), Number: "1", AccountID: w.Own.ID, RepID: w.Rep.ID, Day: monday + 9, Amount: 5000, CreatedAt: tx.Now},
				{ID: tx.NewID(), Number: "2", AccountID: w.OtherTeams.ID, RepID: w.OtherRep.ID, Day: monday + 14, Amount: 700, CreatedAt: tx.Now}, // too late
				{ID: tx.NewID(), Number: "3", AccountID: w.Colleagues.ID, RepID: w.Colleague.ID, Day: monday, Amount: 40, CreatedAt: tx.Now},
			}, nil)
		})
		all := got[[]care.PipelineWeek](t)(w.Pipeline(w.as(w.Manager), care.PipelineInput{}))
		if len(all) != 21 || all[0].Week != monday-6*7 || all[20].Week != monday+14*7 {
			t.Fatalf("%d weeks from %v to %v", len(all), all[0].Week, all[len(all)-1].Week)
		}
		want := care.PipelineWeek{Week: monday, Expected: 2, Came: ptr(1), Orders: ptr(1), Amount: ptr(models.Fen(40))}
		if diff := cmp.Diff(want, all[6]); diff != "" {
			t.Errorf("the week of %s (-want +got)\n%s", monday, diff)
		}
		running, ahead := all[8], all[10] // this week and the one of Own's next purchase
		if running.Came != nil || running.Orders == nil || *running.Orders != 1 {
			t.Errorf("this week: %+v", running)
		}
		if ahead.Week != monday+28 || ahead.Expected != 1 || ahead.Orders != nil || ahead.Came != nil {
			t.Errorf("the week of %s: %+v", monday+28, ahead)
		}
		team := got[[]care.PipelineWeek](t)(w.Pipeline(w.as(w.Supervisor), care.PipelineInput{}))
		if team[6].Expected != 1 || *team[6].Came != 1 || *team[8].Orders != 0 {
			t.Errorf("a supervisor's: %+v", team[6])
		}
		_, err := w.Pipeline(w.as(w.Supervisor), care.PipelineInput{Rep: &w.OtherRep.ID})
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestAMapHasTheAccountsOneLeads(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.write(func(tx *models.Tx) error {
			for n, a := range []models.Account{w.Own, w.Colleagues, w.OtherStores, w.Erased} {
				a.Lat, a.Lng = ptr(36.6+float64(n)/100), ptr(117.1)
				a.NeglectedOn = ptr(w.today - civil.Date(n) + 1)
				if err := tx.SumUpAccount(&a, "lat", "lng", "neglected_on"); err != nil {
					return err
				}
			}
			return nil
		})
		m := got[care.MapPoints](t)(w.MapPoints(w.as(w.Supervisor), care.PipelineInput{}))
		names := map[string]bool{}
		for _, p := range m.Points {
			names[p.Name] = p.Neglected
			if of := map[id.ID]models.Account{w.Own.ID: w.Own, w.Colleagues.ID: w.Colleagues}[p.ID]; p.District == "" || p.District != of.District || p.RepID != of.RepID {
				t.Errorf("%+v", p)
			}
		}
		if diff := cmp.Diff(map[string]bool{w.Own.Name: false, w.Colleagues.Name: true}, names); diff != "" || m.Placeless != 0 || len(m.Reps) != 2 {
			t.Errorf("%d without a place, %d reps, neglected (-want +got)\n%s", m.Placeless, len(m.Reps), diff)
		}
		whole := got[care.MapPoints](t)(w.MapPoints(w.as(w.Manager), care.PipelineInput{}))
		if len(whole.Points) != 3 || whole.Placeless != 3 {
			t.Errorf("%d points, %d without", len(whole.Points), whole.Placeless)
		}
		_, err := w.MapPoints(w.as(w.Supervisor), care.PipelineInput{Team: &w.BranchTeam.ID})
		wantCode(t, err, care.CodeNotFound)
	})
}

func TestTheFiguresOfTheCompany(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		buyer := func(tx *models.Tx, a models.Account, spent models.Fen, orders int, last civil.Date) error {
			a.Purchases, a.Spent, a.LastPurchaseOn = orders, spent, &last
			if err := tx.SumUpAccount(&a, "purchases", "spent", "last_purchase_on"); err != nil {
				return err
			}
			var rows []models.Purchase
			for n := range orders {
				p := models.Purchase{ID: tx.NewID(), AccountID: a.ID, RepID: a.RepID, Day: last - civil.Date(n), Amount: spent / models.Fen(orders), CreatedAt: tx.Now}
				p.Number = p.ID.String()
				rows = append(rows, p)
			}
			return tx.AddPurchases(rows, nil)
		}
		w.write(func(tx *models.Tx) error {
			for _, err := range []error{
				buyer(tx, w.Own, 40000, 4, w.today-10),         // loyal
				buyer(tx, w.Colleagues, 1000, 1, w.today-200),  // passes by
				buyer(tx, w.OtherTeams, 90000, 1, w.today-30),  // big, once
				buyer(tx, w.Covered, 2000, 1, w.today-400),     // long ago
				buyer(tx, w.OtherStores, 20000, 2, w.today-20), //
			} {
				if err != nil {
					return err
				}
			}
			f := w.Former
			f.Lifecycle, f.Since, f.ReferredBy = "CHURNED", w.today-500, &w.Own.ID
			return tx.SumUpAccount(&f, "lifecycle", "since", "referred_by")
		})
		f := got[care.CompanyFigures](t)(w.CompanyFigures(w.as(w.Manager)))
		want := care.CompanyFigures{
			Accounts: 6, Fresh: 5, FreshRate: 5.0 / 6, ChurnRate: 1.0 / 6, Loyal: 1, PassersBy: 1 + 1, BigOnce: 1,
			TopFifth: 90000.0 / 151000, YearValue: 37750,
		}
		// Five came 200 days ago; the one that left never bought, and stays in care until today.
		years := (5*200 + 500) / 6.0 / 365
		want.LifeValue = models.Fen(37750 * years * (1 + 1.0/6))
		if diff := cmp.Diff(want, f, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		for _, u := range []models.User{w.Supervisor, w.Rep, w.Admin} {
			if _, err := w.CompanyFigures(w.as(u)); err == nil {
				t.Errorf("%s reads the figures of the company", u.Role)
			}
		}
	})
}
