package care_test

import (
	"testing"

	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// leaveStory is Rep away from Monday the 9th to Friday the 13th, with Colleague standing in: two days to hand over and two
// to hand back.
type leaveStory struct {
	*absence
	accounts []models.Account
	leave    models.Leave
	cards    []care.CoverCard
}

func newLeaveStory(t *testing.T, d *absence) *leaveStory {
	t.Helper()
	s := &leaveStory{absence: d, accounts: []models.Account{d.regular(d.Rep, 28), d.regular(d.Rep, 30), d.regular(d.Rep, 10)}}
	d.regular(d.Colleague, 29)
	d.quiet(d.reps...)
	s.leave = got[models.Leave](t)(d.AskLeave(d.as(d.Rep), care.AskLeave{ID: d.key(), From: civil.Must("2026-03-09"), To: civil.Must("2026-03-13"), Reason: "回乡"}))
	got[models.Leave](t)(d.GrantLeave(d.as(d.Supervisor), s.leave.ID))
	s.cards = got[[]care.CoverCard](t)(d.CoverLeave(d.as(d.Supervisor), care.CoverLeave{
		ID: d.key(), LeaveID: &s.leave.ID, By: []care.CoverBy{{Rep: d.Colleague.ID}}, LeadDays: 2, LagDays: 2,
	}))
	d.quiet()
	return s
}

// work logs what somebody's day asks for.
func (s *leaveStory) work(u models.User) (made int) {
	s.t.Helper()
	for _, i := range got[care.Day](s.t)(s.MyDay(s.as(u), nil)).Items {
		if !i.Item.IsOpen() {
			continue
		}
		outcome := map[cadence.Kind]cadence.Outcome{cadence.HomeVisit: cadence.Met, cadence.Call: cadence.Talked, cadence.Message: cadence.Sent}[i.Item.Kind]
		got[models.ContactLog](s.t)(s.LogContact(s.as(u), care.LogContact{
			ID: s.key(), AccountID: i.Item.AccountID, ItemID: &i.Item.ID, Kind: i.Item.Kind, Outcome: outcome, StartedAt: s.clock.Now(),
		}))
		made++
	}
	return made
}

func TestALeaveIsCoveredDayByDay(t *testing.T) {
	modelstest.Sequential(t)
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		if len(s.cards) < len(s.accounts) {
			t.Fatalf("%d covers", len(s.cards))
		}
		owner, standIn := d.device(d.Rep), d.device(d.Colleague)
		made := map[id.ID]int{}
		for day := d.today; day <= civil.Must("2026-03-18"); day++ {
			d.night(day)
			d.split(d.Rep)
			d.settled()
			s.whoSees(owner, standIn)
			d.at(day.String(), 18)
			for _, u := range []models.User{d.Rep, d.Colleague} {
				made[u.ID] += s.work(u)
			}
			d.quiet()
			s.whoHas()
		}
		s.rhythm()
		for _, u := range []models.User{d.Rep, d.Colleague} {
			s.counted(u, made[u.ID])
		}
	})
}

// whoSees holds both phones to the days of the cover.
func (s *leaveStory) whoSees(owner, standIn *device) {
	s.t.Helper()
	owner.check("the owner's phone")
	standIn.check("the stand-in's phone")
	covered := s.today >= civil.Must("2026-03-07") && s.today <= civil.Must("2026-03-15")
	for _, a := range s.accounts {
		if !owner.has(care.FeedAccount, a.ID) {
			s.t.Errorf("%s: the owner lost an account", s.today)
		}
		if standIn.has(care.FeedAccount, a.ID) != covered {
			s.t.Errorf("%s: who stands in has the account: %v, want %v", s.today, !covered, covered)
		}
	}
}

// whoHas holds open items to the days of the leave, and the days of both to their items.
func (s *leaveStory) whoHas() {
	s.t.Helper()
	for _, a := range s.accounts {
		for _, i := range s.openItems(a.ID) {
			who := s.Rep
			if day := max(i.Day, s.today); day >= s.leave.FromDay && day <= s.leave.ToDay {
				who = s.Colleague
			}
			if i.RepID != who.ID {
				s.t.Errorf("%s: planned for %s, is %s's", s.today, i.Day, s.nameOf(i.RepID))
			}
		}
	}
}

// rhythm asks that no account waited longer than its rhythm and a Sunday.
func (s *leaveStory) rhythm() {
	s.t.Helper()
	for n, longest := range []civil.Date{4, 4, 8} {
		var last civil.Date
		logs := s.logsOf(s.accounts[n])
		for i := range logs {
			day := logs[len(logs)-1-i].Day
			if i > 0 && day-last > longest {
				s.t.Errorf("account %d: nothing between %s and %s", n, last, day)
			}
			last = day
		}
		if len(logs) < 2 || last < s.today-longest {
			s.t.Errorf("account %d: %d contacts, the last on %s", n, len(logs), last)
		}
	}
}

// counted asks that a user's numbers are of what they did and have.
func (s *leaveStory) counted(u models.User, made int) {
	s.t.Helper()
	done, open := 0, 0
	for _, kind := range cadence.AllKinds() {
		n := s.numbersOf(u, "2026-03-01", kind)
		done, open = done+n.Done, open+n.Scheduled
	}
	planned := 0
	for _, i := range s.agenda(u) {
		if i.Day >= s.today && i.Day <= civil.Must("2026-03-31") {
			planned++
		}
	}
	if done != made || open != planned {
		s.t.Errorf("%s: %d done and %d scheduled, want %d and %d", u.Name, done, open, made, planned)
	}
}

func TestACoverThatBeginsTodayShowsAtOnce(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		a := d.regular(d.Rep, 28)
		d.quiet(d.reps...)
		phone := d.device(d.Colleague)
		d.covered(d.cover(d.Rep, d.Colleague, d.today, d.today+2))
		phone.check("at once")
		if !phone.has(care.FeedAccount, a.ID) {
			t.Fatal("the account is not there")
		}
		for _, i := range d.openItems(a.ID) {
			if mine := i.Day <= d.today+2; mine != (i.RepID == d.Colleague.ID) {
				t.Errorf("planned for %s, is %s's", i.Day, d.nameOf(i.RepID))
			}
		}
		next := got[models.PlanItem](t)(d.PlanContact(d.as(d.Colleague), care.PlanContact{
			ID: d.key(), AccountID: a.ID, Kind: cadence.Call, Day: d.today + 1, Reason: "问候",
		}))
		if next.RepID != d.Colleague.ID {
			t.Errorf("a contact by hand is %s's", d.nameOf(next.RepID))
		}
		later := got[models.PlanItem](t)(d.Reschedule(d.as(d.Colleague), care.MoveItem{ID: d.key(), ItemID: next.ID, Day: d.today + 4}))
		if later.RepID != d.Rep.ID {
			t.Errorf("put behind the leave it is %s's", d.nameOf(later.RepID))
		}
		d.quiet()
		phone.check("planned")
		d.split(d.Rep)
	})
}

func TestACoverEndedEarlyGivesBackAtOnce(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		d.night(civil.Must("2026-03-10"))
		phone := d.device(d.Colleague)
		d.at("2026-03-10", 10)
		before := d.call(s.accounts[0])
		before.EndedAt = nil
		d.at("2026-03-10", 11)
		d.ended(s.cards...)
		d.ended(s.cards...) // ending what is over changes nothing
		phone.check("ended")
		for _, a := range s.accounts {
			if phone.has(care.FeedAccount, a.ID) {
				t.Error("who stood in still has the account")
			}
			for _, i := range d.openItems(a.ID) {
				if i.RepID != d.Rep.ID {
					t.Errorf("planned for %s, still is %s's", i.Day, d.nameOf(i.RepID))
				}
			}
		}
		d.quiet()
		d.split(d.Rep)
		d.at("2026-03-10", 14)
		if l := d.log(d.Colleague, before); l.Review != "" {
			t.Errorf("made before the end, it is for review: %s", l.Review)
		}
		after := d.call(s.accounts[1])
		after.EndedAt = nil
		if l := d.log(d.Colleague, after); l.Review == "" {
			t.Error("made after the end, it is not for review")
		}
	})
}

func TestACoverThatHasNotBegunIsTakenOff(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		d.ended(s.cards...)
		d.quiet()
		if rows := got[[]care.CoverCard](t)(d.Covers(d.as(d.Supervisor), &d.Colleague.ID, 100)); len(rows) != 1 { // of the seed: none of Colleague's
			for _, r := range rows {
				if r.Rep.ID == d.Colleague.ID {
					t.Errorf("still there: %+v", r)
				}
			}
		}
		for _, a := range s.accounts {
			for _, i := range d.openItems(a.ID) {
				if i.RepID != d.Rep.ID {
					t.Errorf("planned for %s, still is %s's", i.Day, d.nameOf(i.RepID))
				}
			}
		}
		d.split(d.Rep)
	})
}

func TestWhoStandsInFallsIllAndIsReplaced(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		d.night(civil.Must("2026-03-11"))
		d.away(d.Colleague, d.today, d.today+5)
		d.write(func(tx *models.Tx) error { return tx.AskReplan(d.Colleague.ID) })
		d.quiet()
		d.split(d.Rep) // what finds no room is in the list of who is ill
		in := d.cover(d.Rep, d.OtherRep, d.today, s.leave.ToDay)
		if _, err := d.CoverLeave(d.as(d.Manager), in); care.CodeOf(err) != care.CodeConflict {
			t.Fatalf("two for one day: %v", err)
		}
		d.ended(s.cards...)
		in.ID = d.key()
		d.covered(in)
		d.quiet()
		d.split(d.Rep)
		d.settled()
		for _, a := range s.accounts {
			for _, i := range d.openItems(a.ID) {
				if during := i.Day <= s.leave.ToDay; during != (i.RepID == d.OtherRep.ID) {
					t.Errorf("planned for %s, is %s's", i.Day, d.nameOf(i.RepID))
				}
			}
		}
		d.night(civil.Must("2026-03-14"))
		d.split(d.Rep)
		for _, a := range s.accounts {
			for _, i := range d.openItems(a.ID) {
				if i.RepID != d.Rep.ID {
					t.Errorf("after the leave, planned for %s, is %s's", i.Day, d.nameOf(i.RepID))
				}
			}
		}
	})
}

func TestARefusedLeaveIsCoveredNoMore(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		if err := d.RefuseLeave(d.as(d.Supervisor), s.leave.ID, "人手不够"); err != nil {
			t.Fatal(err)
		}
		d.quiet()
		d.split(d.Rep)
		d.settled()
		for _, a := range s.accounts {
			if d.has(a, s.leave.FromDay) != d.Rep.ID {
				t.Error("somebody still stands in")
			}
		}
	})
}

func TestWhoLeavesTheCompanyStandsInNoMore(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		d.write(func(tx *models.Tx) error { return tx.DisableUser(d.Colleague.ID) })
		d.quiet(d.Rep)
		for _, a := range s.accounts {
			for _, i := range d.openItems(a.ID) {
				if i.RepID != d.Rep.ID {
					t.Errorf("planned for %s, is %s's, who left", i.Day, d.nameOf(i.RepID))
				}
			}
		}
	})
}

func TestTheAccountsOfWhoLeftArePlannedByWhoStandsIn(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		a := d.regular(d.Rep, 28)
		d.quiet(d.reps...)
		d.covered(d.cover(d.Rep, d.Colleague, d.today, d.today+20))
		d.write(func(tx *models.Tx) error { return tx.DisableUser(d.Rep.ID) })
		d.quiet(d.Colleague)
		before := len(d.openItems(a.ID))
		d.log(d.Colleague, func() care.LogContact { in := d.visit(a); in.EndedAt = nil; return in }()) // asks for the plan of who holds it
		d.quiet()
		items := d.openItems(a.ID)
		if len(items) == 0 || before == 0 {
			t.Fatalf("%d items before, %d after", before, len(items))
		}
		for _, i := range items {
			if i.Day <= d.today+20 && i.RepID != d.Colleague.ID {
				t.Errorf("planned for %s, is %s's", i.Day, d.nameOf(i.RepID))
			}
			if i.Day == d.today {
				t.Errorf("visited today, and %s is still on today's plan", i.DemandKey)
			}
		}
	})
}
