package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"huifang/auth"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// town is a kind of map: where the home of account k of rep i lies, in kilometres, and how many accounts rep i has.
type town struct {
	name  string
	place func(r *rand.Rand, reps, i int) (x, y float64)
	share func(i int) float64
}

// maps are the kinds of maps of the issue. In each, one account in seven lies in the area of another rep: books that grew.
func maps() []town {
	alike := func(i int) float64 { return 1 + 0.3*math.Sin(float64(5*i)) }
	return []town{
		{"even", evenly, alike},
		{"clustered", inVillages, alike},
		{"one overloaded", evenly, func(i int) float64 {
			if i == 0 {
				return 2
			}
			return 22.0 / 23
		}},
	}
}

// apart is how many kilometres lie between the middles of two areas.
const apart = 4.0

func middle(reps, i int) (x, y float64) {
	side := int(math.Ceil(math.Sqrt(float64(reps))))
	return apart * float64(i%side), apart * float64(i/side)
}

// area is the rep's own, or for one account in seven any.
func area(r *rand.Rand, reps, i int) (x, y float64) {
	if r.IntN(7) == 0 {
		i = r.IntN(reps)
	}
	return middle(reps, i)
}

func evenly(r *rand.Rand, reps, i int) (x, y float64) {
	x, y = area(r, reps, i)
	return x + apart*(r.Float64()-0.5), y + apart*(r.Float64()-0.5)
}

// inVillages puts homes into three villages of an area, far apart.
func inVillages(r *rand.Rand, reps, i int) (x, y float64) {
	x, y = area(r, reps, i)
	turn := 2*math.Pi*float64(r.IntN(3))/3 + x
	return 2*(x+1.4*math.Cos(turn)) + 0.25*r.NormFloat64(), 2*(y+1.4*math.Sin(turn)) + 0.25*r.NormFloat64()
}

// load writes a team of reps and their accounts, and returns the team and a manager.
func (m town) load(ctx context.Context, store *models.Store, reps, each int) (team, manager id.ID, err error) {
	err = store.Write(ctx, func(tx *models.Tx) error {
		if _, err := tx.CreateCompany("康颐堂", "Asia/Shanghai"); err != nil {
			return err
		}
		shop := models.Shop{ID: tx.NewID(), Number: "S", Name: "店", City: "济南"}
		crew := models.Team{ID: tx.NewID(), StoreID: shop.ID, Number: "T", Name: "组"}
		boss := user(tx, "manager", auth.Manager)
		team, manager = crew.ID, boss.ID
		if err := tx.AddShop(&shop); err != nil {
			return err
		}
		if err := tx.AddTeam(&crew); err != nil {
			return err
		}
		if err := tx.AddUser(&boss); err != nil {
			return err
		}
		return m.people(tx, crew, reps, each)
	})
	return team, manager, err
}

func user(tx *models.Tx, login string, role auth.Role) models.User {
	return models.User{ID: tx.NewID(), Number: login, Login: login, Password: "!", Name: login, Pinyin: login, Role: string(role), Lang: "zh", Mode: models.EBike}
}

func (m town) people(tx *models.Tx, crew models.Team, reps, each int) error {
	r := rand.New(rand.NewPCG(11, 11))
	for i := range reps {
		rep := user(tx, fmt.Sprintf("rep%02d", i), auth.Rep)
		rep.TeamID, rep.StoreID = &crew.ID, &crew.StoreID
		x, y := middle(reps, i)
		if m.name == "clustered" {
			x, y = 2*x, 2*y
		}
		rep.StartLat, rep.StartLng = at(x, y)
		if err := tx.AddUser(&rep); err != nil {
			return err
		}
		if err := m.accounts(tx, r, rep, reps, i, int(math.Round(float64(each)*m.share(i)))); err != nil {
			return err
		}
	}
	return nil
}

func at(x, y float64) (lat, lng *float64) {
	north, east := 36.6+y/111.2, 117+x/89.3
	return &north, &east
}

// accounts of a rep: of all horizons, last seen within their rhythm.
func (m town) accounts(tx *models.Tx, r *rand.Rand, rep models.User, reps, i, n int) error {
	horizons := []cadence.Horizon{cadence.WithinThree, cadence.Later, cadence.Later, cadence.Later, cadence.Later, cadence.Later, cadence.HorizonUnknown}
	var rows []models.Account
	var held []models.Assignment
	var bought []models.Purchase
	var logs []models.ContactLog
	rhythm := map[cadence.Horizon]int{cadence.WithinThree: 15, cadence.Later: 30, cadence.HorizonUnknown: 15}
	for k := range n {
		a := models.Account{
			ID: tx.NewID(), Number: fmt.Sprintf("%02d-%03d", i, k), StoreID: *rep.StoreID, RepID: rep.ID, Name: fmt.Sprintf("会员%d-%d", i, k),
			Service: cadence.OnProduct, Lifecycle: cadence.Established, Activity: cadence.NormalActivity, Since: tx.Today - 400,
			Horizon: horizons[r.IntN(len(horizons))], Frail: r.IntN(6) == 0, Grade: 20 * r.IntN(6), CreatedAt: tx.Now.Add(-400 * 24 * time.Hour),
		}
		a.Lat, a.Lng = at(m.place(r, reps, i))
		seen := tx.Today - 1 - civil.Date(r.IntN(rhythm[a.Horizon]))
		a.LastContactOn, a.LastVisitOn = &seen, &seen
		logs = append(logs, models.ContactLog{ID: tx.NewID(), AccountID: a.ID, UserID: rep.ID, ByRole: cadence.Rep, Kind: cadence.HomeVisit, Outcome: cadence.Met,
			Day: seen, StartedAt: tx.At(seen, 600), BodyHash: []byte{1}, CreatedAt: tx.Now})
		rows = append(rows, a)
		held = append(held, models.Assignment{ID: tx.NewID(), AccountID: a.ID, RepID: rep.ID, FromAt: tx.Now.Add(-time.Duration(100+r.IntN(900)) * 24 * time.Hour)})
		bought = append(bought, m.orders(tx, r, rep, a)...)
	}
	if err := tx.AddAccounts(rows); err != nil {
		return err
	}
	if err := tx.AddAssignments(held); err != nil {
		return err
	}
	if err := tx.AddPurchases(bought, nil); err != nil {
		return err
	}
	return tx.AddLogs(logs)
}

// orders put the next purchase where the horizon says: the planner reckons the horizon from them anew.
func (m town) orders(tx *models.Tx, r *rand.Rand, rep models.User, a models.Account) []models.Purchase {
	wait := map[cadence.Horizon]int{cadence.ThisMonth: 15, cadence.WithinTwo: 45, cadence.WithinThree: 75, cadence.Later: 110}[a.Horizon]
	if wait == 0 {
		wait = 20 + r.IntN(90)
	}
	const cycle = 120
	last := tx.Today + civil.Date(wait-cycle)
	var out []models.Purchase
	for n := range 3 {
		p := models.Purchase{ID: tx.NewID(), AccountID: a.ID, RepID: rep.ID, Day: last - civil.Date(cycle*n), Amount: 100_00, SupplyDays: cycle, CreatedAt: tx.Now}
		p.Number = p.ID.String()
		out = append(out, p)
	}
	return out
}
