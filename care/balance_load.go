package care

import (
	"math"

	"huifang/balance"
	"huifang/cadence"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

const (
	// loadDays is how far ahead working time is looked at: four weeks, scaled to the month that efforts are reckoned for.
	loadDays = 28
	// perMonth makes a month of them.
	perMonth = 30.0 / loadDays
)

// teamLoad is what some reps have to do in a month and when they work, by the rules in force.
type teamLoad struct {
	policy   Policy
	today    civil.Date
	reps     []models.User
	book     models.LoadBook
	calendar calendar
	efforts  map[id.ID]cadence.Effort
}

// readLoad reads the load of reps, and of the holders of other accounts, in six statements. Days off are read up to a day, four weeks
// ahead at least.
func readLoad(tx *models.Tx, policy Policy, reps []models.User, holders []id.ID, until civil.Date) (teamLoad, error) {
	l := teamLoad{policy: policy, today: tx.Today, reps: reps, efforts: map[id.ID]cadence.Effort{}}
	keys := append([]id.ID{}, holders...)
	for _, r := range reps {
		keys = append(keys, r.ID)
	}
	last := tx.Today + loadDays - 1
	var err error
	if l.book, err = tx.Loads(keys, tx.Today, max(last, until)); err != nil {
		return l, err
	}
	l.calendar = newCalendar(&models.RepBook{Leaves: l.book.Leaves, Holidays: l.book.Holidays}, policy.Planning, tx.Today, last, 0)
	meter := cadence.NewMeter(policy.Cadence, tx.Today)
	for _, a := range l.book.Accounts {
		l.efforts[a.ID] = meter.Of(l.facts(a, max(a.Since, tx.Day(a.CreatedAt))))
	}
	return l, nil
}

// facts are what an effort follows from: the row of the account with its open cases and pauses. The last contact and visit stand for
// all before them, and the last purchase for the one whose onboarding may run.
func (l teamLoad) facts(a models.Account, since civil.Date) cadence.Facts {
	f := cadence.Facts{
		Since: since, Service: a.Service, Horizon: a.Horizon, Lifecycle: a.Lifecycle, Activity: a.Activity, Frail: a.Frail,
		OptOuts: optOutFacts(a.OptOuts),
	}
	for _, p := range l.book.Pauses {
		if p.Covers(a) {
			f.Pauses = append(f.Pauses, cadence.Pause{Span: civil.Span{From: p.FromDay, To: p.ToDay}})
		}
	}
	if a.LastPurchaseOn != nil {
		f.Purchases = []cadence.Purchase{{ID: "last", Day: *a.LastPurchaseOn}}
	}
	if a.LastVisitOn != nil {
		f.Contacts = append(f.Contacts, cadence.Contact{ID: "visit", Day: *a.LastVisitOn, Kind: cadence.HomeVisit, Outcome: cadence.Met, By: cadence.Rep})
	}
	if a.LastContactOn != nil && (a.LastVisitOn == nil || *a.LastContactOn > *a.LastVisitOn) {
		f.Contacts = append(f.Contacts, cadence.Contact{ID: "contact", Day: *a.LastContactOn, Kind: cadence.Call, Outcome: cadence.Talked, By: cadence.Rep})
	}
	caseFacts(&f, &models.RepBook{Cases: l.book.Cases}, a.ID)
	return f
}

// problem is the load as the balance sees it, with nothing that ties accounts.
func (l teamLoad) problem() balance.Problem {
	p := balance.Problem{Rule: l.policy.Balance.rule()}
	for _, r := range l.reps {
		p.Reps = append(p.Reps, l.rep(r))
	}
	for _, a := range l.book.Accounts {
		e := l.efforts[a.ID]
		p.Accounts = append(p.Accounts, balance.Account{
			ID: a.ID.String(), Rep: a.RepID.String(), Minutes: e.Minutes, Visits: e.Visits, Place: placeOf(a.Lat, a.Lng),
		})
	}
	return p
}

func (l teamLoad) rep(u models.User) balance.Rep {
	minutes, days := 0, 0
	for _, windows := range l.calendar.shifts(u) {
		days++
		for _, w := range windows {
			minutes += int(w.To - w.From)
		}
	}
	speed := draft{policy: l.policy.Planning}.speed(u.Mode)
	return balance.Rep{
		ID: u.ID.String(), Capacity: math.Round(float64(minutes) * perMonth), Days: float64(days) * perMonth, Start: l.start(u),
		MetresPerMinute: speed * 1000 / 60 / l.policy.Planning.Detour,
	}
}

// start is where the rep's days begin, the store for who has no place of their own.
func (l teamLoad) start(u models.User) *balance.Place {
	if at := placeOf(u.StartLat, u.StartLng); at != nil || u.StoreID == nil {
		return at
	}
	shop := l.book.Shops[*u.StoreID]
	return placeOf(shop.Lat, shop.Lng)
}

func placeOf(lat, lng *float64) *balance.Place {
	if lat == nil || lng == nil {
		return nil
	}
	return &balance.Place{Lat: *lat, Lng: *lng}
}
