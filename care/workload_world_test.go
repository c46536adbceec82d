package care_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// busy is a small company in which much has happened in two months, anything to anybody.
type busy struct {
	*world
	rand     *rand.Rand
	reps     []models.User
	accounts []models.Account
	gone     models.User // a rep who has left
	reachOf  map[id.ID]map[id.ID]bool
}

// newBusy makes one; the same seed makes the same one.
func newBusy(w *world, seed uint64) *busy {
	b := &busy{world: w, rand: rand.New(rand.NewPCG(seed, 4)), reachOf: map[id.ID]map[id.ID]bool{}, reps: []models.User{w.Rep, w.Colleague, w.OtherRep, w.BranchRep}}
	b.write(func(tx *models.Tx) error { return b.addGone(tx) })
	for n := range 24 {
		b.write(func(tx *models.Tx) error { return b.addAccount(tx, n) })
	}
	for range 260 {
		b.write(func(tx *models.Tx) error { return b.addWork(tx) })
	}
	b.write(func(tx *models.Tx) error { return b.addAbsence(tx) })
	return b
}

func (b *busy) any(n int) int           { return b.rand.IntN(n) }
func (b *busy) one(n int) bool          { return b.any(n) == 0 }
func (b *busy) day() civil.Date         { return b.today - 45 + civil.Date(b.any(80)) }
func (b *busy) rep() models.User        { return b.reps[b.any(len(b.reps))] }
func (b *busy) account() models.Account { return b.accounts[b.any(len(b.accounts))] }

func (b *busy) addGone(tx *models.Tx) error {
	u := models.User{ID: tx.NewID(), Number: "N-gone", Login: "gone", Password: "!", Name: "走了", Role: "REP", Lang: "zh", Mode: models.EBike,
		TeamID: b.Rep.TeamID, StoreID: b.Rep.StoreID}
	b.reps, b.gone = append(b.reps, u), u
	if err := tx.AddUser(&u); err != nil {
		return err
	}
	return tx.DisableUser(u.ID)
}

func (b *busy) addAccount(tx *models.Tx, n int) error {
	rep := b.reps[n%4]
	a := b.Own
	a.ID, a.RepID, a.StoreID, a.Number = tx.NewID(), rep.ID, *rep.StoreID, "B"+tx.NewID().String()
	a.Name = "顾客" + string(rune('A'+n))
	a.Since = b.day()
	a.ContactEvery = []int{0, 2, 7, 15}[b.any(4)]
	if a.ContactEvery > 0 && !b.one(5) {
		last := b.today - civil.Date(b.any(30))
		until := last + civil.Date(a.ContactEvery)
		a.LastContactOn, a.InTouchUntil, a.NeglectedOn = &last, &until, ptr(until+civil.Date(a.ContactEvery))
	}
	if len(b.accounts) > 0 && b.one(2) {
		a.ReferredBy = ptr(b.account().ID)
	}
	if b.one(10) {
		a.ErasedAt = &tx.Now
	}
	b.accounts = append(b.accounts, a)
	return tx.AddAccount(&a)
}

// addWork makes one thing: planned, done, shed, logged, bought, given back or covered.
func (b *busy) addWork(tx *models.Tx) error {
	a := b.account()
	switch b.any(8) {
	case 0, 1, 2:
		return b.addItem(tx, a)
	case 3:
		return models.AddAll(tx, []models.ShedItem{{ID: tx.NewID(), RepID: b.rep().ID, AccountID: a.ID, DemandKey: tx.NewID().String(), Kind: b.kind(), DueOn: b.day(), Why: "NO_CAPACITY"}})
	case 4, 5:
		return b.addLog(tx, a)
	case 6:
		return b.addOrder(tx, a)
	}
	rep := b.rep()
	c := models.Cover{ID: tx.NewID(), AccountID: a.ID, RepID: rep.ID, FromDay: b.today - civil.Date(b.any(4)), ToDay: b.today + civil.Date(b.any(9)), CreatedBy: b.Manager.ID}
	if b.one(2) {
		c.WorkFrom, c.WorkTo = ptr(c.FromDay+civil.Date(b.any(4))), ptr(c.ToDay)
	}
	return tx.AddCovers([]models.Cover{c})
}

func (b *busy) kind() cadence.Kind { return cadence.AllKinds()[b.any(len(cadence.AllKinds()))] }

func (b *busy) addItem(tx *models.Tx, a models.Account) error {
	rep := b.rep()
	i := models.PlanItem{ID: tx.NewID(), AccountID: a.ID, RepID: rep.ID, Kind: b.kind(), Status: models.ItemOpen, Source: models.FromPerson,
		Day: b.day(), Minutes: 10 + b.any(50), Travel: b.any(20), By: cadence.Rep, CreatedAt: tx.Now, UpdatedAt: tx.Now}
	i.EarliestOn, i.DueOn, i.LatestOn = i.Day, i.Day+civil.Date(b.any(7)-3), i.Day+5
	switch b.any(5) {
	case 0:
		i.Status = models.ItemStarted
	case 1:
		i.Status = []models.ItemStatus{models.ItemCancelled, models.ItemDropped}[b.any(2)]
	case 2, 3:
		i.Status, i.DoneBy, i.DoneOn = models.ItemDone, ptr(b.rep().ID), ptr(min(b.day(), b.today))
	}
	if b.one(6) {
		i.ExpertID = ptr([]id.ID{b.rep().ID, b.Expert.ID}[b.any(2)])
	}
	return tx.AddItems([]models.PlanItem{i})
}

func (b *busy) addLog(tx *models.Tx, a models.Account) error {
	day := min(b.day(), b.today)
	outcomes := cadence.AllOutcomes()
	l := models.ContactLog{ID: tx.NewID(), AccountID: a.ID, UserID: b.rep().ID, ByRole: cadence.Rep, Kind: b.kind(), Outcome: outcomes[b.any(len(outcomes))],
		Day: day, StartedAt: tx.At(day, 600), CreatedAt: tx.Now}
	if l.Outcome.Reached() && !b.one(3) {
		l.SinceLast, l.DueEvery = ptr(b.any(12)), []int{0, 7}[b.any(2)]
	}
	return tx.AddLogs([]models.ContactLog{l})
}

func (b *busy) addOrder(tx *models.Tx, a models.Account) error {
	p := models.Purchase{ID: tx.NewID(), AccountID: a.ID, RepID: b.rep().ID, Day: min(b.day(), b.today), Amount: models.Fen(100 + b.any(90000)), CreatedAt: tx.Now}
	p.Number = p.ID.String()
	if err := tx.AddPurchases([]models.Purchase{p}, nil); err != nil || !b.one(4) {
		return err
	}
	return tx.AddReturns([]models.Return{{ID: tx.NewID(), Number: tx.NewID().String(), PurchaseID: p.ID, AccountID: a.ID, Day: p.Day, Amount: 50, Whole: b.one(2), CreatedAt: tx.Now}})
}

func (b *busy) addAbsence(tx *models.Tx) error {
	l := models.Leave{ID: tx.NewID(), UserID: b.Colleague.ID, FromDay: b.today - 10, ToDay: b.today + 3, Granted: true, CreatedBy: b.Manager.ID, CreatedAt: tx.Now}
	if err := tx.AddLeave(&l); err != nil {
		return err
	}
	return tx.PutHolidays([]models.Holiday{{Day: b.today - 30, Name: "休"}, {Day: b.today + 5, Name: "休"}})
}

// onBusy runs a test in several busy companies on every engine, on a day in the middle of a month.
func onBusy(t *testing.T, body func(*testing.T, *busy)) {
	t.Helper()
	seeds := uint64(2)
	if testing.Short() {
		seeds = 1
	}
	onEach(t, func(t *testing.T, w *world) {
		w.onDay(civil.Must("2026-03-18"))
		w.clock.Add(time.Minute)
		body(t, newBusy(w, 1))
	})
	for seed := uint64(2); seed <= seeds; seed++ {
		onEach(t, func(t *testing.T, w *world) {
			w.onDay(civil.Must("2026-03-01") + civil.Date(seed*11%31))
			body(t, newBusy(w, seed))
		})
	}
}

// workload reads one as a user.
func (b *busy) workload(u models.User, in care.WorkloadInput) care.Workload {
	b.t.Helper()
	return got[care.Workload](b.t)(b.Workload(b.as(u), in))
}
