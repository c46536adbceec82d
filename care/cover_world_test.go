package care_test

import (
	"slices"
	"testing"

	"huifang/auth"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

// absence is a diary of a team in which reps stand in for each other.
type absence struct {
	*diary
	reps []models.User
}

func onEachAbsence(t *testing.T, body func(*testing.T, *absence)) {
	t.Helper()
	onEachDiary(t, func(t *testing.T, d *diary) { body(t, &absence{d, []models.User{d.Rep, d.Colleague, d.OtherRep}}) })
}

// cover is a command that has somebody stand in for the rest of an owner's accounts, without days to hand over.
func (d *absence) cover(owner, by models.User, from, to civil.Date, accounts ...models.Account) care.CoverLeave {
	in := care.CoverLeave{ID: d.key(), Owner: &owner.ID, From: &from, To: &to, By: []care.CoverBy{{Rep: by.ID}}, Reason: "休假"}
	for _, a := range accounts {
		in.By[0].Accounts = append(in.By[0].Accounts, a.ID)
	}
	return in
}

func (d *absence) covered(in care.CoverLeave) []care.CoverCard {
	d.t.Helper()
	return got[[]care.CoverCard](d.t)(d.CoverLeave(d.as(d.Manager), in))
}

func (d *absence) ended(cards ...care.CoverCard) {
	d.t.Helper()
	var keys []id.ID
	for _, c := range cards {
		keys = append(keys, c.ID)
	}
	if err := d.EndCovers(d.as(d.Manager), keys); err != nil {
		d.t.Fatal(err)
	}
}

// away grants a rep days off.
func (d *absence) away(u models.User, from, to civil.Date) models.Leave {
	d.t.Helper()
	l := models.Leave{ID: d.key(), UserID: u.ID, FromDay: from, ToDay: to, Granted: true, CreatedBy: u.ID}
	d.write(func(tx *models.Tx) error {
		l.CreatedAt = tx.Now
		return tx.AddLeave(&l)
	})
	return l
}

// quiet plans reps in an order, and whoever waits after that, until nobody does.
func (d *absence) quiet(order ...models.User) {
	d.t.Helper()
	for _, u := range order {
		got[care.PlanResult](d.t)(d.PlanNow(d.t.Context(), u.ID))
	}
	for n := 0; ; n++ {
		waiting := got[int](d.t)(d.DrainReplans(d.t.Context()))
		if waiting == 0 {
			return
		}
		if n > 4 {
			d.t.Fatalf("plans ask for each other without end: %d wait", waiting)
		}
	}
}

// night is the next day with everybody planned.
func (d *absence) night(day civil.Date) {
	d.t.Helper()
	d.at(day.String(), 6)
	if err := d.PlanAll(d.t.Context(), func(care.PlanResult) {}); err != nil {
		d.t.Fatal(err)
	}
	d.quiet()
}

// has is who has the contacts of an account on a day, by the covers as they are written.
func (d *absence) has(a models.Account, day civil.Date) id.ID {
	d.t.Helper()
	var covers []models.Cover
	d.write(func(tx *models.Tx) error {
		var err error
		covers, err = tx.CoversOf(auth.System(), a.ID)
		return err
	})
	for _, c := range covers {
		if from, to := c.Days(); c.RepID != a.RepID && from <= day && day <= to {
			return c.RepID
		}
	}
	return a.RepID
}

// split holds the plans of all reps to what the rules ask of the accounts of an owner: each contact is planned or
// without room exactly once, by who has it then and on their days, and nothing else is planned.
func (d *absence) split(owner models.User) {
	d.t.Helper()
	asked, err := d.Asked(d.t.Context(), owner.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	var shed []models.ShedItem
	for _, u := range d.reps {
		shed = append(shed, d.shed(u)...)
	}
	for account, demands := range asked {
		a := d.account(account)
		items := d.openItems(account)
		for _, demand := range demands {
			who := d.has(a, max(demand.Due, d.today))
			places := 0
			for _, i := range items {
				if i.Held() || i.DemandKey != demand.Key {
					continue
				}
				places++
				if i.RepID != who {
					d.t.Errorf("%s: %s due %s is %s's, not %s's", d.today, i.DemandKey, i.DueOn, d.nameOf(i.RepID), d.nameOf(who))
				}
				if i.Day >= d.today && d.has(a, i.Day) != who {
					d.t.Errorf("%s: %s due %s is on %s, a day of %s", d.today, i.DemandKey, i.DueOn, i.Day, d.nameOf(d.has(a, i.Day)))
				}
			}
			missed := slices.ContainsFunc(items, func(i models.PlanItem) bool { return !i.Held() && i.DemandKey == demand.Key && i.Day < d.today })
			for _, s := range shed {
				if s.AccountID != account || s.DemandKey != demand.Key {
					continue
				}
				if places++; s.RepID != who {
					d.t.Errorf("%s: %s due %s has no room with %s, but is %s's", d.today, s.DemandKey, s.DueOn, d.nameOf(s.RepID), d.nameOf(who))
				}
				if missed { // stays in sight where it was
					places--
				}
			}
			if places != 1 {
				d.t.Errorf("%s: %s due %s is planned or shed %d times", d.today, demand.Key, demand.Due, places)
			}
		}
		d.nothingElse(a, items, len(demands), shed)
	}
}

// nothingElse counts the contacts of an account, and asks whose those are that a person fixed.
func (d *absence) nothingElse(a models.Account, items []models.PlanItem, demands int, shed []models.ShedItem) {
	d.t.Helper()
	found := 0
	for _, i := range items {
		if who := d.has(a, max(i.Day, d.today)); i.Held() && i.Status != models.ItemStarted && i.RepID != who {
			d.t.Errorf("%s: fixed on %s, is %s's, not %s's", d.today, i.Day, d.nameOf(i.RepID), d.nameOf(who))
		}
		if !i.Held() && !slices.ContainsFunc(shed, func(s models.ShedItem) bool { return s.AccountID == a.ID && i.Day < d.today && s.Kind == i.Kind }) {
			found++
		}
	}
	for _, s := range shed {
		if s.AccountID == a.ID {
			found++
		}
	}
	if found != demands {
		d.t.Errorf("%s: %d contacts planned or shed, %d asked for", d.today, found, demands)
	}
}

func (d *absence) nameOf(x id.ID) string {
	for _, u := range d.Company.Users() {
		if u.ID == x {
			return u.Name
		}
	}
	return x.String()
}

// settled plans everybody again: nothing may change, and nobody may be asked for.
func (d *absence) settled() {
	d.t.Helper()
	for _, u := range d.reps {
		before := d.agenda(u)
		if r := got[care.PlanResult](d.t)(d.PlanNow(d.t.Context(), u.ID)); r.Wrote() {
			d.t.Errorf("%s: planned again, %s's plan changes: %+v\nbefore %v\nafter %v", d.today, u.Name, r, placesOf(before), placesOf(d.agenda(u)))
		}
	}
	for _, u := range d.reps {
		if d.asked(u.ID) {
			d.t.Errorf("%s: planned again, %s is asked for", d.today, u.Name)
		}
	}
}

func placesOf(items []models.PlanItem) []string {
	var out []string
	for _, i := range items {
		out = append(out, i.Day.String()+" "+civil.Minute(i.StartMin).Clock()+" "+i.DemandKey+" due "+i.DueOn.String())
	}
	return out
}
