package care_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// row is the row of a rep in the workload of this month.
func (w *world) row(u models.User) care.WorkloadRow {
	w.t.Helper()
	all := got[care.Workload](w.t)(w.Workload(w.as(w.Manager), care.WorkloadInput{By: care.ByRep, Rep: &u.ID}))
	if len(all.Rows) != 1 || *all.Rows[0].ID != u.ID {
		w.t.Fatalf("%d rows for %s", len(all.Rows), u.Name)
	}
	return all.Rows[0]
}

func TestARepurchaseIsTheFruitOfAContact(t *testing.T) {
	contact := civil.Must("2026-03-02")
	order := func(day civil.Date, amount models.Fen) models.Purchase {
		return models.Purchase{Day: day, Amount: amount}
	}
	for _, c := range []struct {
		name   string
		orders []models.Purchase
		back   models.Fen // of the last order
		whole  bool
		miss   bool // the contact did not reach the customer
		n      int
		amount models.Fen
	}{
		{name: "a first order is none", orders: []models.Purchase{order(contact+1, 900)}},
		{name: "a second one within thirty days is", orders: []models.Purchase{order(contact-90, 900), order(contact, 500)}, n: 1, amount: 500},
		{name: "on the thirtieth day", orders: []models.Purchase{order(contact-90, 900), order(contact+30, 500)}, n: 1, amount: 500},
		{name: "not on the day after", orders: []models.Purchase{order(contact-90, 900), order(contact+31, 500)}},
		{name: "not before the contact", orders: []models.Purchase{order(contact-90, 900), order(contact-1, 500)}},
		{name: "not after an attempt", orders: []models.Purchase{order(contact-90, 900), order(contact+1, 500)}, miss: true},
		{name: "a part given back is taken off", orders: []models.Purchase{order(contact-90, 900), order(contact+1, 500)}, back: 200, n: 1, amount: 300},
		{name: "one given back whole is none", orders: []models.Purchase{order(contact-90, 900), order(contact+1, 500)}, back: 500, whole: true},
		{name: "two of a day, the first ever: one", orders: []models.Purchase{order(contact, 500), order(contact, 500)}, n: 1, amount: 500},
	} {
		t.Run(c.name, func(t *testing.T) {
			onEach(t, func(t *testing.T, w *world) {
				w.onDay(civil.Must("2026-03-31"))
				w.write(func(tx *models.Tx) error {
					log := models.ContactLog{ID: tx.NewID(), AccountID: w.Own.ID, UserID: w.Colleague.ID, ByRole: cadence.Rep, Kind: cadence.Call,
						Outcome: cadence.Talked, Day: contact, StartedAt: tx.At(contact, 0), CreatedAt: tx.Now}
					if c.miss {
						log.Outcome = cadence.NoAnswer
					}
					if err := tx.AddLogs([]models.ContactLog{log}); err != nil {
						return err
					}
					for i := range c.orders {
						o := &c.orders[i]
						o.ID, o.AccountID, o.RepID, o.CreatedAt = tx.NewID(), w.Own.ID, w.Rep.ID, tx.Now
						o.Number = o.ID.String()
					}
					if err := tx.AddPurchases(c.orders, nil); err != nil || c.back == 0 {
						return err
					}
					last := c.orders[len(c.orders)-1]
					return tx.AddReturns([]models.Return{{ID: tx.NewID(), PurchaseID: last.ID, AccountID: w.Own.ID, Day: w.today, Amount: c.back, Whole: c.whole, CreatedAt: tx.Now}})
				})
				all := got[care.Workload](t)(w.Workload(w.as(w.Manager), care.WorkloadInput{By: care.ByRep, Month: ptr(w.today)}))
				next := got[care.Workload](t)(w.Workload(w.as(w.Manager), care.WorkloadInput{By: care.ByRep, Month: ptr(w.today + 1)}))
				f, later := all.Total.Now, next.Total.Now
				if n, amount := f.Repurchases+later.Repurchases, f.Amount+later.Amount; n != c.n || amount != c.amount {
					t.Errorf("%d repurchases of %d fen, want %d of %d", n, amount, c.n, c.amount)
				}
				if mine := w.row(w.Rep).Now.Repurchases; mine != f.Repurchases {
					t.Errorf("%d of %d count for who cared then", mine, f.Repurchases)
				}
			})
		})
	}
}

func TestWhatARowOfAWorkloadSays(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		w.onDay(civil.Must("2026-03-17")) // a Tuesday: 13 of 26 working days have passed
		w.write(func(tx *models.Tx) error {
			own, other := w.Own, w.Colleagues
			own.ContactEvery, own.InTouchUntil, own.NeglectedOn = 7, ptr(w.today), ptr(w.today+4)
			other.ContactEvery, other.InTouchUntil, other.NeglectedOn = 7, ptr(w.today-1), ptr(w.today)
			for _, a := range []models.Account{own, other} {
				if err := tx.SumUpAccount(&a, "contact_every", "in_touch_until", "neglected_on"); err != nil {
					return err
				}
			}
			var items []models.PlanItem
			for n := range 10 { // four done, six open of which two were due before today
				i := models.PlanItem{ID: tx.NewID(), AccountID: w.Own.ID, RepID: w.Rep.ID, Kind: cadence.HomeVisit, Status: models.ItemOpen, Source: models.FromPerson,
					Day: w.today, DueOn: w.today, EarliestOn: w.today, LatestOn: w.today, Minutes: 40, Travel: 20, By: cadence.Rep, CreatedAt: tx.Now, UpdatedAt: tx.Now}
				if n < 4 {
					i.Status, i.DoneBy, i.DoneOn = models.ItemDone, &w.Rep.ID, ptr(w.today-1)
				} else if n < 6 {
					i.Day, i.DueOn = w.today-3, w.today-civil.Date(n-3) // 1 and 2 days ago
				}
				items = append(items, i)
			}
			if err := tx.AddItems(items); err != nil {
				return err
			}
			var logs []models.ContactLog
			for _, since := range []int{5, 7, 8} {
				logs = append(logs, models.ContactLog{ID: tx.NewID(), AccountID: w.Own.ID, UserID: w.Rep.ID, ByRole: cadence.Rep, Kind: cadence.Call, Outcome: cadence.Talked,
					Day: w.today - 2, StartedAt: tx.At(w.today-2, 600), SinceLast: ptr(since), DueEvery: 7, CreatedAt: tx.Now})
			}
			if err := tx.AddLogs(logs); err != nil {
				return err
			}
			brought := w.Own
			brought.ID, brought.Number, brought.Since, brought.ReferredBy, brought.RepID = tx.NewID(), "R", w.today-3, &w.Own.ID, w.OtherRep.ID
			if err := tx.AddAccount(&brought); err != nil {
				return err
			}
			return tx.AddCovers([]models.Cover{ // two of one account count once; one that is only being handed over does not
				{ID: tx.NewID(), AccountID: w.Colleagues.ID, RepID: w.Rep.ID, FromDay: w.today - 1, ToDay: w.today + 1, CreatedBy: w.Manager.ID},
				{ID: tx.NewID(), AccountID: w.Colleagues.ID, RepID: w.Rep.ID, FromDay: w.today, ToDay: w.today, CreatedBy: w.Manager.ID},
				{ID: tx.NewID(), AccountID: w.OtherTeams.ID, RepID: w.Rep.ID, FromDay: w.today - 1, ToDay: w.today + 5, WorkFrom: ptr(w.today + 1), WorkTo: ptr(w.today + 2), CreatedBy: w.Manager.ID},
			})
		})
		f := w.row(w.Rep).Now
		f.Kinds = nil // care/numbers_test.go
		want := care.Figures{
			Accounts: ptr(1), Covering: ptr(1), Capacity: 26 * 480, Load: 600, Travel: 200, Utilisation: ptr(600.0 / (26 * 480)),
			Attainment: ptr(0.4), Elapsed: ptr(0.5), Pace: ptr(care.PaceOn), // exactly ten points behind
			Rhythmic: ptr(1), InTouch: ptr(1), Coverage: ptr(1.0), Spaced: 3, Regular: 2, Regularity: ptr(2.0 / 3),
			Overdue: ptr(2), OverdueDays: ptr(1.5), Neglected: ptr(0), VisitsPerHour: ptr(1.0), Referrals: 1,
		}
		if diff := cmp.Diff(want, f, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		other := w.row(w.Colleague).Now
		if *other.Neglected != 1 || *other.Coverage != 0 || other.Attainment != nil || other.Pace != nil || other.Regularity != nil {
			t.Errorf("the colleague: %+v", other)
		}
		w.write(func(tx *models.Tx) error { // a day of leave that has passed: a smaller part of the time is over
			l := models.Leave{ID: tx.NewID(), UserID: w.Rep.ID, FromDay: w.today - 14, ToDay: w.today - 3, Granted: true, CreatedBy: w.Manager.ID, CreatedAt: tx.Now}
			return tx.AddLeave(&l)
		})
		if f := w.row(w.Rep).Now; *f.Pace != care.PaceOver || f.Capacity != 15*480 {
			t.Errorf("after leave: %s, %d minutes, %f gone", *f.Pace, f.Capacity, *f.Elapsed)
		}
	})
}

func TestFairnessIsJains(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		none := got[care.Workload](t)(w.Workload(w.as(w.Manager), care.WorkloadInput{By: care.ByTeam, Month: ptr(civil.Must("2025-07-01"))}))
		if none.Fairness.Index != nil || *none.Fairness.Greatest != 0 {
			t.Errorf("without load: %+v", none.Fairness)
		}
		load := map[id.ID]int{w.Rep.ID: 1248, w.Colleague.ID: 3744} // of 12,480 minutes: 10 and 30 %
		w.write(func(tx *models.Tx) error {
			for _, a := range []models.Account{w.Own, w.Colleagues} {
				i := models.PlanItem{ID: tx.NewID(), AccountID: a.ID, RepID: a.RepID, Kind: cadence.Call, Status: models.ItemOpen, Source: models.FromPerson, Day: w.today,
					DueOn: w.today, EarliestOn: w.today, LatestOn: w.today, Minutes: load[a.RepID], By: cadence.Rep, CreatedAt: tx.Now, UpdatedAt: tx.Now}
				if err := tx.AddItems([]models.PlanItem{i}); err != nil {
					return err
				}
			}
			return nil
		})
		f := got[care.Workload](t)(w.Workload(w.as(w.Supervisor), care.WorkloadInput{By: care.ByWeek})).Fairness
		want := care.Fairness{Least: ptr(0.1), Greatest: ptr(0.3), Spread: 10, Index: ptr(0.16 / (2 * 0.1))}
		if diff := cmp.Diff(want, f, cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	})
}
