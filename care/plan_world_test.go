package care_test

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// diary is the small company over many days: a clock that is set, plans that are made, and what they ask for.
type diary struct {
	*world
	zone *time.Location
	n    int
}

// onEachDiary tells a story of many days on every engine.
func onEachDiary(t *testing.T, body func(*testing.T, *diary)) {
	t.Helper()
	onEach(t, func(t *testing.T, w *world) { body(t, newDiary(t, w)) })
}

func newDiary(t *testing.T, w *world) *diary {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	w.Log = slog.New(slog.DiscardHandler)
	d := &diary{world: w, zone: zone}
	d.at("2026-03-04", 8)
	return d
}

// at sets the clock to an hour of a day.
func (d *diary) at(day string, hour int) {
	d.today = civil.Must(day)
	d.clock.Set(d.today.At(civil.Minute(hour*60), d.zone))
}

// join takes a new account into the rep's care today, at home a little way off.
func (d *diary) join(rep models.User) models.Account {
	d.t.Helper()
	d.n++
	lat, lng := 36.65+float64(d.n)/1000, 117.02
	a := models.Account{
		ID: d.key(), Number: fmt.Sprintf("X%d", d.n), StoreID: d.Main.ID, RepID: rep.ID, Name: "新会员", Pinyin: "xinhuiyuan xhy",
		Sex: models.Female, District: "历下区", City: "济南", Service: cadence.NotYet, Lifecycle: cadence.Potential,
		Activity: cadence.NormalActivity, Horizon: cadence.HorizonUnknown, Since: d.today, Lat: &lat, Lng: &lng,
	}
	d.write(func(tx *models.Tx) error {
		if err := tx.AddAccount(&a); err != nil {
			return err
		}
		return tx.AddAssignments([]models.Assignment{{ID: tx.NewID(), AccountID: a.ID, RepID: rep.ID, FromAt: tx.Now}})
	})
	return a
}

// buys records an order of today, of 30 days of supply.
func (d *diary) buys(rep models.User, a models.Account) models.Purchase {
	d.t.Helper()
	return got[models.Purchase](d.t)(d.RecordPurchase(d.as(rep), care.RecordPurchase{
		ID: d.key(), AccountID: a.ID, Day: d.today, Amount: 29800,
		Lines: []care.OrderLine{{ProductID: d.Product.ID, Quantity: 1, Amount: 29800}},
	}))
}

// bought writes orders of the past down, days before today.
func (d *diary) bought(a models.Account, ago ...int) {
	d.t.Helper()
	d.write(func(tx *models.Tx) error {
		for _, n := range ago {
			p := models.Purchase{ID: tx.NewID(), AccountID: a.ID, RepID: a.RepID, Day: tx.Today - civil.Date(n), Amount: 29800, SupplyDays: 30}
			p.Number = p.ID.String()
			if err := tx.AddPurchases([]models.Purchase{p}, nil); err != nil {
				return err
			}
		}
		a.Service = cadence.OnProduct
		return tx.ChangeAccount(&a, "service")
	})
}

// regular is an account that has bought every month for half a year, the last time so many days ago.
func (d *diary) regular(rep models.User, ago int) models.Account {
	d.t.Helper()
	a := d.join(rep)
	d.bought(a, ago+150, ago+120, ago+90, ago+60, ago+30, ago)
	return a
}

// plan makes the plan of a rep and holds it to what every plan must be.
func (d *diary) plan(rep models.User) care.PlanResult {
	d.t.Helper()
	r := got[care.PlanResult](d.t)(d.PlanNow(d.t.Context(), rep.ID))
	d.sound(rep)
	return r
}

// sound holds a rep's open items to the rules anyone can check: planned ones on working days, apart, one a day and customer.
func (d *diary) sound(rep models.User) {
	d.t.Helper()
	type visit struct {
		account id.ID
		day     civil.Date
	}
	seen := map[visit]bool{}
	ends := map[civil.Date]int{}
	for _, i := range d.agenda(rep) {
		if i.Source == models.FromPerson || i.Pinned || i.Day < d.today {
			continue
		}
		if i.Day.Weekday() == time.Sunday {
			d.t.Errorf("%s on %s, a Sunday", i.DemandKey, i.Day)
		}
		if seen[visit{i.AccountID, i.Day}] {
			d.t.Errorf("%s is the second contact of %s", i.DemandKey, i.Day)
		}
		seen[visit{i.AccountID, i.Day}] = true
		if i.StartMin < ends[i.Day] {
			d.t.Errorf("%s on %s begins at %s, before the one before it ends", i.DemandKey, i.Day, civil.Minute(i.StartMin).Clock())
		}
		ends[i.Day] = i.StartMin + i.Minutes
	}
}

// agenda are a rep's open items in the order of the clock.
func (d *diary) agenda(rep models.User) []models.PlanItem {
	d.t.Helper()
	var rows []models.PlanItem
	d.write(func(tx *models.Tx) error {
		var err error
		rows, err = tx.Agenda(auth.System(), rep.ID, d.today-60, d.today+60)
		return err
	})
	rows = slices.DeleteFunc(rows, func(i models.PlanItem) bool { return !i.IsOpen() || i.RepID != rep.ID })
	slices.SortStableFunc(rows, func(a, b models.PlanItem) int {
		if a.Day != b.Day {
			return int(a.Day - b.Day)
		}
		return a.StartMin - b.StartMin
	})
	return rows
}

// open are the open items of an account by due day.
func (d *diary) open(a models.Account) []models.PlanItem {
	d.t.Helper()
	items := d.openItems(a.ID)
	slices.SortStableFunc(items, func(a, b models.PlanItem) int { return int(a.DueOn - b.DueOn) })
	return items
}

// because finds the open item of an account with a reason.
func (d *diary) because(a models.Account, code string) models.PlanItem {
	d.t.Helper()
	items := d.open(a)
	for _, i := range items {
		if hasReason(i, code) {
			return i
		}
	}
	d.t.Fatalf("no item because of %s among %v", code, tell(items))
	return models.PlanItem{}
}

func hasReason(i models.PlanItem, code string) bool {
	return slices.ContainsFunc(i.AllReasons(), func(r cadence.Reason) bool { return r.Code == code })
}

// tell lists items as a person reads them.
func tell(items []models.PlanItem) []string {
	var out []string
	for _, i := range items {
		out = append(out, fmt.Sprintf("%s %s %s due %s", i.Day, i.Kind, i.DemandKey, i.DueOn))
	}
	return out
}

// done logs that an item was made as a kind, and plans anew.
func (d *diary) done(rep models.User, i models.PlanItem, kind cadence.Kind, outcome cadence.Outcome) models.ContactLog {
	d.t.Helper()
	at := d.clock.Now().Add(-time.Hour)
	l := got[models.ContactLog](d.t)(d.LogContact(d.as(rep), care.LogContact{
		ID: d.key(), AccountID: i.AccountID, ItemID: &i.ID, Kind: kind, Outcome: outcome, StartedAt: at,
	}))
	d.drained()
	return l
}

// drained plans whoever is waiting.
func (d *diary) drained() {
	d.t.Helper()
	if _, err := d.DrainReplans(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.sound(d.Rep)
}

func (d *diary) scope() auth.Scope { return auth.System() }

// must2 is for values inside a transaction, whose errors are bugs of the test.
func must2[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
