package care_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/models"
)

func TestNothingOnDaysOff(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.book()
		d.birthday(civil.Must("2026-03-15"))
		holiday, worked := civil.Must("2026-03-10"), civil.Must("2026-03-15")
		away := civil.Span{From: civil.Must("2026-03-17"), To: ptr(civil.Must("2026-03-19"))}
		d.write(func(tx *models.Tx) error {
			return tx.PutHolidays([]models.Holiday{{Day: holiday, Name: "休"}, {Day: worked, Name: "调休", Working: true}})
		})
		l := got[models.Leave](t)(d.AskLeave(d.as(d.Rep), care.AskLeave{ID: d.key(), From: away.From, To: *away.To, Reason: "探亲"}))
		got[models.Leave](t)(d.GrantLeave(d.as(d.Supervisor), l.ID))
		got[care.PlanResult](t)(d.PlanNow(t.Context(), d.Rep.ID))
		onWorked := 0
		for _, i := range d.agenda(d.Rep) {
			switch {
			case i.Day == worked:
				onWorked++
			case i.Day.Weekday() == time.Sunday, i.Day == holiday, away.Holds(i.Day):
				t.Errorf("%s on %s, a day off", i.DemandKey, i.Day)
			}
		}
		if onWorked == 0 {
			t.Error("the Sunday worked instead has work")
		}
	})
}

func TestAnOvertimeDayHasTheHoursOfTheFirstDayWorked(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.birthday(civil.Must("2026-03-08"))
		afternoon := []civil.Window{{From: 14 * 60, To: 18 * 60}}
		d.write(func(tx *models.Tx) error {
			u := d.Rep
			u.Hours = models.Hours{2: afternoon, 3: afternoon, 4: afternoon, 5: afternoon}
			if err := tx.ChangeUser(&u, "hours"); err != nil {
				return err
			}
			return tx.PutHolidays([]models.Holiday{{Day: civil.Must("2026-03-08"), Name: "调休", Working: true}})
		})
		d.at("2026-03-07", 6)
		got[care.PlanResult](t)(d.PlanNow(t.Context(), d.Rep.ID))
		found := false
		for _, i := range d.agenda(d.Rep) {
			found = found || i.Day == civil.Must("2026-03-08")
			if i.StartMin < 14*60 {
				t.Errorf("%s at %s, before work", i.DemandKey, civil.Minute(i.StartMin).Clock())
			}
		}
		if !found {
			t.Error("the Sunday worked instead has work")
		}
	})
}

// birthday is an account of the rep's whose only wish is to be greeted on a day.
func (d *diary) birthday(day civil.Date) models.Account {
	d.t.Helper()
	a := d.join(d.Rep)
	_, month, date := day.YMD()
	d.write(func(tx *models.Tx) error { // met today: its rhythm asks for nothing near the day
		return tx.AddLog(&models.ContactLog{
			ID: tx.NewID(), AccountID: a.ID, UserID: d.Rep.ID, ByRole: cadence.Rep, Kind: cadence.HomeVisit, Outcome: cadence.Met,
			Day: tx.Today, StartedAt: tx.Now, CreatedAt: tx.Now,
		})
	})
	d.write(func(tx *models.Tx) error {
		return models.AddAll(tx, []models.AccountDate{{
			ID: tx.NewID(), AccountID: a.ID, Occasion: cadence.Birthday, Calendar: cadence.Solar, Month: int(month), Day: date,
		}})
	})
	return a
}

// shed is what found no room, as stored.
func (d *diary) shed(rep models.User) []models.ShedItem {
	d.t.Helper()
	var rows []models.ShedItem
	d.write(func(tx *models.Tx) error {
		var err error
		rows, err = tx.ShedOf(d.scope(), rep.ID)
		return err
	})
	return rows
}

func TestWhatFindsNoRoomIsListedWithItsReason(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		d.book()
		d.write(func(tx *models.Tx) error {
			u := d.Rep
			u.Hours = models.Hours{1: {{From: 9 * 60, To: 10 * 60}}}
			return tx.ChangeUser(&u, "hours")
		})
		r := d.plan(d.Rep)
		shed := d.shed(d.Rep)
		if r.Shed == 0 || len(shed) != r.Shed {
			t.Fatalf("%d shed, %d listed", r.Shed, len(shed))
		}
		var last int
		for n, s := range shed {
			if s.Rank != n+1 || s.Why == "" || len(s.Reasons) == 0 {
				t.Errorf("shed %+v", s)
			}
			if n > 0 && s.Priority > last {
				t.Errorf("rank %d has priority %d after %d", s.Rank, s.Priority, last)
			}
			last = s.Priority
		}
		d.plan(d.Rep)
		if diff := cmp.Diff(shed, d.shed(d.Rep)); diff != "" {
			t.Errorf("the same list written anew (-before +after):\n%s", diff)
		}
		if slices.ContainsFunc(d.agenda(d.Rep), func(i models.PlanItem) bool { return i.StartMin+i.Minutes > 10*60 }) {
			t.Error("work after hours")
		}
		d.write(func(tx *models.Tx) error {
			u := d.Rep
			u.Hours = nil
			return tx.ChangeUser(&u, "hours")
		})
		if d.plan(d.Rep); len(d.shed(d.Rep)) >= len(shed) {
			t.Error("with room again, less is shed")
		}
	})
}

func TestAPauseInsideAPause(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a, neighbour := d.regular(d.Rep, 10), d.regular(d.Rep, 10)
		d.plan(d.Rep)
		got[models.Pause](t)(d.PauseAccount(d.as(d.Rep), care.PauseAccount{ID: d.key(), AccountID: a.ID, From: d.today, Reason: "出国"}))
		area := got[models.Pause](t)(d.PauseArea(d.as(d.Supervisor), care.PauseArea{ID: d.key(), StoreID: d.Main.ID, District: "历下区", From: d.today, Reason: "封路"}))
		d.drained()
		if n := len(d.open(a)) + len(d.open(neighbour)); n != 0 {
			t.Errorf("%d contacts in a paused area", n)
		}
		got[models.Pause](t)(d.ResumeArea(d.as(d.Supervisor), area.ID))
		d.drained()
		if len(d.open(a)) != 0 {
			t.Error("the account's own pause still holds it")
		}
		if len(d.open(neighbour)) == 0 {
			t.Error("the neighbour is cared for again")
		}
		got[models.Account](t)(d.ResumeAccount(d.as(d.Rep), a.ID))
		d.drained()
		if len(d.open(a)) == 0 {
			t.Error("resumed, it is cared for again")
		}
	})
}

func TestAnOptOutBeatsEverything(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		d.stops(a, cadence.EffectOrQuality)
		d.drained()
		d.because(a, "STOP")
		now := d.account(a.ID)
		got[models.Account](t)(d.EditFile(d.as(d.Rep), care.EditFile{
			ID: d.key(), AccountID: a.ID, Version: now.Version, OptOuts: care.Some([]models.OptOut{{From: d.today}}),
		}))
		d.drained()
		if items := d.open(a); len(items) != 0 {
			t.Errorf("opted out of everything: %v", tell(items))
		}
	})
}

func TestLapsedAndErasedAccountsGetNothing(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		lapsed, erased := d.join(d.Rep), d.regular(d.Rep, 10)
		d.bought(lapsed, 500, 470, 440)
		d.plan(d.Rep)
		if len(d.open(erased)) == 0 {
			t.Fatal("nothing planned before")
		}
		d.write(func(tx *models.Tx) error {
			erased = must2(tx.Account(d.scope(), erased.ID))
			erased.ErasedAt = &tx.Now
			return tx.ChangeAccount(&erased, "erased_at")
		})
		d.plan(d.Rep)
		if items := d.open(lapsed); len(items) != 0 {
			t.Errorf("lapsed: %v", tell(items))
		}
		now := d.account(lapsed.ID)
		if now.Activity != cadence.Lapsed || now.Lifecycle != cadence.Churned {
			t.Errorf("stands as %s, %s", now.Activity, now.Lifecycle)
		}
	})
}

func TestAnExpertIsNotInTwoPlacesAtOnce(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		react := func(rep models.User) models.Account {
			a := d.join(rep)
			d.buys(rep, a)
			in := d.call(a)
			in.StartedAt, in.EndedAt = d.clock.Now(), nil
			in.Reaction = true
			d.log(rep, in)
			return a
		}
		var with []models.Account
		for range 3 {
			with = append(with, react(d.Rep), react(d.Colleague))
		}
		d.drained()
		type hours struct{ from, to int }
		busy := map[civil.Date][]hours{}
		for _, a := range with {
			i := d.because(a, "REACTION")
			if i.ExpertID == nil || *i.ExpertID != d.Expert.ID {
				t.Fatalf("with %v", i.ExpertID)
			}
			for _, h := range busy[i.Day] {
				if i.StartMin < h.to && h.from < i.StartMin+i.Minutes {
					t.Errorf("on %s the expert is at two places at %s", i.Day, civil.Minute(i.StartMin).Clock())
				}
			}
			busy[i.Day] = append(busy[i.Day], hours{i.StartMin, i.StartMin + i.Minutes})
		}
	})
}

func TestWhomAPersonNamedComesAlong(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		far := d.Expert
		d.write(func(tx *models.Tx) error {
			far.ID, far.Number, far.Login, far.StoreID = tx.NewID(), "N-far", "far", &d.Branch.ID
			return tx.AddUser(&far)
		})
		at := ptr(civil.Minute(10 * 60))
		with := func(rep models.User, expert models.User) models.PlanItem {
			return got[models.PlanItem](t)(d.PlanContact(d.as(rep), care.PlanContact{
				ID: d.key(), AccountID: d.regular(rep, 10).ID, Kind: cadence.HomeVisit, Day: d.today + 1, At: at, Reason: "会诊", WithID: &expert.ID,
			}))
		}
		with(d.Colleague, d.Expert)
		i := with(d.Rep, far)
		if r := d.plan(d.Rep); len(r.Conflicts) != 0 {
			t.Errorf("the other expert of another rep is no conflict: %+v", r.Conflicts)
		}
		if now := d.readItem(i.ID); *now.ExpertID != far.ID {
			t.Error("somebody else comes along")
		}
		same := with(d.Rep, d.Expert)
		r := d.plan(d.Rep)
		if !slices.Contains(r.Conflicts, care.PlanConflict{Item: same.ID, Rule: "COMPANION"}) {
			t.Errorf("the expert is promised twice, told %+v", r.Conflicts)
		}
	})
}
