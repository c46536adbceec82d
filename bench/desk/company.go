package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"huifang/auth"
	"huifang/bench/measure"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// The company the targets speak of.
const (
	stores      = 8
	teams       = 25
	reps        = 200
	accounts    = 20_000
	items       = 60_000 // of this month, in all states
	logs        = 200_000
	purchases   = 100_000
	historyDays = 365
)

// today is a Wednesday in the middle of a month: half of its work is behind, half ahead.
func today() civil.Date { return civil.Must("2026-03-18") }

var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// now is two o'clock in the afternoon of that day.
func now() time.Time { return today().At(14*60, shanghai).UTC() }

// company is what the desks look at, made row by row from one seed: the same on every engine and in every run. It goes
// straight into the tables, for a planner would take minutes and one month of plans only.
type company struct {
	rand *rand.Rand
	keys *rand.ChaCha8

	stores      []models.Shop
	teams       []models.Team
	users       []models.User // reps first, by team
	manager     models.User
	supervisors []models.User
	people      []models.Account
	assignments []models.Assignment
	purchases   []models.Purchase
	projections []models.Projection
	logs        []models.ContactLog
	reviews     []models.Review
	items       []models.PlanItem
	shed        []models.ShedItem
	cases       []models.Case
	steps       []models.CaseStep
	leaves      []models.Leave
	covers      []models.Cover
	devices     []models.Device
	overrides   []models.Override
}

// staff is the company without its rows, which are in the tables: what is measured does not share its memory with them.
func (c *company) staff() *company {
	return &company{rand: c.rand, keys: c.keys, users: c.users, manager: c.manager, supervisors: c.supervisors, people: c.people}
}

func newCompany() *company {
	c := &company{rand: rand.New(rand.NewPCG(4, 4)), keys: rand.NewChaCha8([32]byte{4})}
	for _, step := range []func(){
		c.addPlaces, c.addUsers, c.addAccounts, c.addPurchases, c.addLogs, c.addItems, c.addShed, c.addCases, c.addAbsences,
		c.addDevices, c.addOverrides,
	} {
		step()
	}
	return c
}

// build makes the database on an engine: seconds, once for all that is measured there.
func build(ctx context.Context, engine, dir string) (*measure.Database, error) {
	db, err := measure.NewDatabase(ctx, engine, dir)
	if err != nil {
		return nil, err
	}
	store, err := db.Open(ctx, now)
	if err != nil {
		return nil, err
	}
	defer store.Close()
	if err := newCompany().load(ctx, store); err != nil {
		return nil, err
	}
	return db, settle(ctx, db)
}

// settle counts the tables anew, as a server does by itself within seconds of such a load: the first reading must not come
// before it.
func settle(ctx context.Context, db *measure.Database) error {
	if db.DSN == "" {
		return nil
	}
	plain, err := db.Plain()
	if err != nil {
		return err
	}
	_, err = plain.ExecContext(ctx, "ANALYZE TABLE accounts, assignments, cases, case_steps, contact_logs, covers, plan_items, projections, purchases, reviews, shed_items, users")
	return err
}

// load writes every row after those it refers to.
func (c *company) load(ctx context.Context, store *models.Store) error {
	root := []models.Company{{ID: 1, Name: "回访", Zone: "Asia/Shanghai", Epoch: c.key(now()), CreatedAt: c.years(2)}}
	for _, step := range []func() error{
		func() error { return load(ctx, store, root) },
		func() error { return load(ctx, store, c.stores) },
		func() error { return load(ctx, store, c.teams) },
		func() error { return load(ctx, store, c.users) },
		func() error { return load(ctx, store, c.people) },
		func() error { return load(ctx, store, c.assignments) },
		func() error { return load(ctx, store, c.purchases) },
		func() error { return load(ctx, store, c.projections) },
		func() error { return load(ctx, store, c.logs) },
		func() error { return load(ctx, store, c.reviews) },
		func() error { return load(ctx, store, c.cases) },
		func() error { return load(ctx, store, c.steps) },
		func() error { return load(ctx, store, c.items) },
		func() error { return load(ctx, store, c.shed) },
		func() error { return load(ctx, store, c.leaves) },
		func() error { return load(ctx, store, c.covers) },
		func() error { return load(ctx, store, c.devices) },
		func() error { return load(ctx, store, c.overrides) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// batch is how many rows a transaction writes.
const batch = 10_000

func load[T any](ctx context.Context, store *models.Store, rows []T) error {
	for start := 0; start < len(rows); start += batch {
		part := rows[start:min(start+batch, len(rows))]
		if err := store.Write(ctx, func(tx *models.Tx) error { return models.AddAll(tx, part) }); err != nil {
			return err
		}
	}
	return nil
}

// key is a key made at an instant.
func (c *company) key(at time.Time) id.ID {
	x, err := id.V7(at, c.keys)
	if err != nil {
		panic(err) // a ChaCha8 never runs dry
	}
	return x
}

func (c *company) years(n int) time.Time { return now().AddDate(-n, 0, 0) }

// at is an instant of working hours on a day.
func (c *company) at(day civil.Date) time.Time {
	return day.At(civil.Minute(9*60+c.rand.IntN(9*60)), shanghai).UTC()
}

// one tells of one case in n.
func (c *company) one(n int) bool { return c.rand.IntN(n) == 0 }

func pick[T any](c *company, from []T) T { return from[c.rand.IntN(len(from))] }

func ptr[T any](x T) *T { return &x }

func (c *company) addPlaces() {
	for n := range stores {
		c.stores = append(c.stores, models.Shop{ID: c.key(c.years(2)), Number: fmt.Sprintf("S%02d", n+1),
			Name: fmt.Sprintf("第%d门店", n+1), City: "上海", CreatedAt: c.years(2)})
	}
	for n := range teams {
		c.teams = append(c.teams, models.Team{ID: c.key(c.years(2)), StoreID: c.stores[n%stores].ID,
			Number: fmt.Sprintf("T%02d", n+1), Name: fmt.Sprintf("%d组", n+1), CreatedAt: c.years(2)})
	}
}

func (c *company) addUsers() {
	for n := range reps {
		t := c.teams[n*teams/reps]
		c.users = append(c.users, c.user(auth.Rep, fmt.Sprintf("R%03d", n+1), &t))
	}
	for n, t := range c.teams {
		u := c.user(auth.Supervisor, fmt.Sprintf("V%02d", n+1), &t)
		c.users, c.supervisors = append(c.users, u), append(c.supervisors, u)
	}
	for n := range stores {
		c.users = append(c.users, c.user(auth.Expert, fmt.Sprintf("E%02d", n+1), nil))
	}
	c.manager = c.user(auth.Manager, "M01", nil)
	c.users = append(c.users, c.manager)
}

func (c *company) user(role auth.Role, number string, t *models.Team) models.User {
	u := models.User{ID: c.key(c.years(2)), Number: number, Login: number, Password: "x", Role: string(role), Lang: "zh",
		Name: pick(c, surnames) + pick(c, names), Mode: models.EBike, CreatedAt: c.years(2), UpdatedAt: c.years(2)}
	if t != nil {
		u.TeamID, u.StoreID = &t.ID, &t.StoreID
	}
	return u
}

var (
	surnames = []string{"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林"}
	names    = []string{"芳", "伟", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀兰"}
)

// reps of the company, by team.
func (c *company) reps() []models.User { return c.users[:reps] }

// horizons by how many of twenty accounts have them, with their rhythm of contacts by the default policy.
var horizons = []struct {
	is    cadence.Horizon
	of    int
	every int
}{{cadence.ThisMonth, 2, 2}, {cadence.WithinTwo, 3, 3}, {cadence.WithinThree, 4, 7}, {cadence.Later, 6, 15}, {cadence.HorizonUnknown, 5, 15}}

func (c *company) horizon() (cadence.Horizon, int) {
	at := c.rand.IntN(20)
	for _, h := range horizons {
		if at -= h.of; at < 0 {
			return h.is, h.every
		}
	}
	return cadence.HorizonUnknown, 15
}

// tier deals out A to D as a company has them: few good ones.
func (c *company) tier() string {
	at := c.rand.IntN(100)
	switch {
	case at < 8:
		return "A"
	case at < 28:
		return "B"
	case at < 65:
		return "C"
	}
	return "D"
}

func (c *company) addAccounts() {
	for n := range accounts {
		rep := c.reps()[n*reps/accounts]
		a := models.Account{ID: c.key(c.years(1)), Number: fmt.Sprintf("A%05d", n+1), StoreID: *rep.StoreID, RepID: rep.ID,
			Version: 1, Name: pick(c, surnames) + pick(c, names), City: "上海", District: fmt.Sprintf("%d片", n%40),
			Lat: ptr(31.1 + c.rand.Float64()*0.3), Lng: ptr(121.3 + c.rand.Float64()*0.4),
			Service: cadence.OnProduct, Lifecycle: cadence.Established, Activity: cadence.NormalActivity,
			Grade: c.rand.IntN(101), Tier: c.tier(), Since: today() - civil.Date(200+c.rand.IntN(500)),
			CreatedAt: c.years(1), UpdatedAt: now()}
		if c.one(8) {
			a.Lifecycle = cadence.New
		}
		a.Horizon, a.ContactEvery = c.horizon()
		c.people = append(c.people, a)
		c.assignments = append(c.assignments, models.Assignment{ID: c.key(c.years(1)), AccountID: a.ID, RepID: rep.ID, FromAt: c.years(1)})
		c.project(n)
	}
}

// project gives an account the forecast its horizon comes from.
func (c *company) project(n int) {
	a := &c.people[n]
	days := map[cadence.Horizon]int{cadence.ThisMonth: 30, cadence.WithinTwo: 60, cadence.WithinThree: 90, cadence.Later: 200}[a.Horizon]
	if days > 0 {
		a.ExpectedOn = ptr(today() + civil.Date(days-c.rand.IntN(30)))
	}
	p := c.rand.Float64()
	c.projections = append(c.projections, models.Projection{AccountID: a.ID, Day: today() - civil.Date(c.rand.IntN(20)), Expected: a.ExpectedOn,
		P30: p / 3, P60: p / 2, P90: p, Active: 0.9, Horizon: string(a.Horizon), Model: string(a.Horizon), Source: "MODEL"})
}

func (c *company) addPurchases() {
	for n := range purchases {
		a := &c.people[n%accounts]
		day := today() - civil.Date(c.rand.IntN(540))
		amount := models.Fen(19800 * (1 + c.rand.IntN(20)))
		c.purchases = append(c.purchases, models.Purchase{ID: c.key(c.at(day)), Number: fmt.Sprintf("P%06d", n+1), AccountID: a.ID,
			RepID: a.RepID, Day: day, Amount: amount, SupplyDays: 30 * (1 + c.rand.IntN(4)), Channel: "STORE", CreatedAt: c.at(day)})
		a.Purchases, a.Spent = a.Purchases+1, a.Spent+amount
		if a.LastPurchaseOn == nil || *a.LastPurchaseOn < day {
			a.LastPurchaseOn = &day
		}
	}
}
