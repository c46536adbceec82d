package care_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
)

func TestACoverIsRefusedForACause(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		a, b := d.regular(d.Rep, 10), d.regular(d.Colleague, 10)
		asked := got[models.Leave](t)(d.AskLeave(d.as(d.Rep), care.AskLeave{ID: d.key(), From: d.today + 2, To: d.today + 3}))
		d.away(d.OtherRep, d.today+4, d.today+4)
		d.covered(d.cover(d.Rep, d.Colleague, d.today+20, d.today+22, a))
		for _, c := range []struct {
			name   string
			as     models.User
			change func(*care.CoverLeave)
			want   care.Code
		}{
			{"nobody is named", d.Manager, func(in *care.CoverLeave) { in.By = nil }, care.CodeInvalid},
			{"no leave and no owner", d.Manager, func(in *care.CoverLeave) { in.Owner = nil }, care.CodeInvalid},
			{"no days", d.Manager, func(in *care.CoverLeave) { in.From = nil }, care.CodeInvalid},
			{"days that are over", d.Manager, func(in *care.CoverLeave) { *in.From, *in.To = d.today-3, d.today-1 }, care.CodeInvalid},
			{"days that run backwards", d.Manager, func(in *care.CoverLeave) { *in.From = *in.To + 1 }, care.CodeInvalid},
			{"fifteen days to hand over", d.Manager, func(in *care.CoverLeave) { in.LeadDays = 15 }, care.CodeInvalid},
			{"less than none to hand back", d.Manager, func(in *care.CoverLeave) { in.LagDays = -1 }, care.CodeInvalid},
			{"two with the rest", d.Manager, func(in *care.CoverLeave) { in.By = append(in.By, care.CoverBy{Rep: d.OtherRep.ID}) }, care.CodeInvalid},
			{"one account twice", d.Manager, func(in *care.CoverLeave) { in.By[0].Accounts = []id.ID{a.ID, a.ID} }, care.CodeInvalid},
			{"another's account", d.Manager, func(in *care.CoverLeave) { in.By[0].Accounts = []id.ID{b.ID} }, care.CodeNotFound},
			{"an account nobody knows", d.Manager, func(in *care.CoverLeave) { in.By[0].Accounts = []id.ID{d.key()} }, care.CodeNotFound},
			{"a thousand and one", d.Manager, func(in *care.CoverLeave) {
				for range 1001 {
					in.By[0].Accounts = append(in.By[0].Accounts, d.key())
				}
			}, care.CodeLimited},
			{"the owner", d.Manager, func(in *care.CoverLeave) { in.By[0].Rep = d.Rep.ID }, care.CodeRefused},
			{"an expert", d.Manager, func(in *care.CoverLeave) { in.By[0].Rep = d.Expert.ID }, care.CodeRefused},
			{"who is away on one of the days", d.Manager, func(in *care.CoverLeave) { in.By[0].Rep, *in.To = d.OtherRep.ID, d.today+5 }, care.CodeRefused},
			{"a leave nobody granted", d.Manager, func(in *care.CoverLeave) { in.LeaveID = &asked.ID }, care.CodeRefused},
			{"a leave nobody knows", d.Manager, func(in *care.CoverLeave) { x := d.key(); in.LeaveID = &x }, care.CodeNotFound},
			{"days on which somebody stands in", d.Manager, func(in *care.CoverLeave) { *in.To = d.today + 20 }, care.CodeConflict},
			{"a rep of another team, by the supervisor", d.Supervisor, func(in *care.CoverLeave) { in.By[0].Rep = d.OtherRep.ID }, care.CodeNotFound},
			{"an owner of another team, by the supervisor", d.Supervisor, func(in *care.CoverLeave) { in.Owner = &d.OtherRep.ID }, care.CodeNotFound},
			{"a manager's leave", d.Manager, func(in *care.CoverLeave) { in.Owner = &d.Manager.ID }, care.CodeNotFound},
		} {
			in := d.cover(d.Rep, d.Colleague, d.today+1, d.today+3)
			c.change(&in)
			if _, err := d.CoverLeave(d.as(c.as), in); care.CodeOf(err) != c.want {
				t.Errorf("%s: %v, want %s", c.name, err, c.want)
			}
		}
		d.write(func(tx *models.Tx) error { return tx.DisableUser(d.Colleague.ID) })
		if _, err := d.CoverLeave(d.as(d.Manager), d.cover(d.Rep, d.Colleague, d.today+1, d.today+3)); care.CodeOf(err) != care.CodeRefused {
			t.Errorf("who left: %v", err)
		}
	})
}

func TestACoverSentAgainIsMadeOnce(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		a, b := d.regular(d.Rep, 10), d.regular(d.Rep, 20)
		in := d.cover(d.Rep, d.Colleague, d.today+1, d.today+3, a)
		in.By = append(in.By, care.CoverBy{Rep: d.OtherRep.ID}) // the rest: b, and the company's own
		in.LeadDays, in.LagDays = 2, 3
		first := d.covered(in)
		if diff := cmp.Diff(first, d.covered(in)); diff != "" {
			t.Errorf("sent again (-first +again)\n%s", diff)
		}
		if len(first) != 3 {
			t.Fatalf("%d covers, want 3", len(first))
		}
		for _, c := range first {
			want := care.CoverCard{
				ID: c.ID, AccountID: c.AccountID, AccountName: c.AccountName, Owner: care.Person{ID: d.Rep.ID, Name: d.Rep.Name},
				Rep: care.Person{ID: d.OtherRep.ID, Name: d.OtherRep.Name}, FromDay: d.today, ToDay: d.today + 6,
				WorkFrom: d.today + 1, WorkTo: d.today + 3, Reason: "休假",
			}
			if c.AccountID == a.ID {
				want.Rep = care.Person{ID: d.Colleague.ID, Name: d.Colleague.Name}
			}
			if diff := cmp.Diff(want, c); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if d.audited(c.AccountID, "COVER") != 1 {
				t.Errorf("audited %d times", d.audited(c.AccountID, "COVER"))
			}
		}
		in.Reason = "别的"
		if _, err := d.CoverLeave(d.as(d.Manager), in); care.CodeOf(err) != care.CodeConflict {
			t.Errorf("other content: %v", err)
		}
		if d.has(b, d.today+2) != d.OtherRep.ID || d.has(b, d.today+4) != d.Rep.ID {
			t.Error("the rest is not covered")
		}
	})
}

func TestWhoSeesWhichCovers(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		a := d.regular(d.Rep, 10)
		later := d.covered(d.cover(d.Rep, d.Colleague, d.today+3, d.today+5, a))
		for _, c := range []struct {
			name string
			as   models.User
			rep  *id.ID
			want int
		}{
			{"the owner: also the one they stand in for", d.Rep, nil, 2},
			{"who stands in, before it begins", d.Colleague, nil, 0},
			{"the supervisor of the team", d.Supervisor, nil, 2},
			{"the supervisor, of who stands in", d.Supervisor, &d.Colleague.ID, 1},
			{"the manager, of another owner", d.Manager, &d.OtherRep.ID, 1},
			{"a supervisor elsewhere", d.BranchSupervisor, nil, 0},
			{"a rep elsewhere", d.BranchRep, nil, 0},
		} {
			if rows := got[[]care.CoverCard](t)(d.Covers(d.as(c.as), c.rep, 10)); len(rows) != c.want {
				t.Errorf("%s: %d covers, want %d", c.name, len(rows), c.want)
			}
		}
		for _, c := range []struct {
			name   string
			as     models.User
			covers []id.ID
			want   care.Code
		}{
			{"none", d.Manager, nil, care.CodeInvalid},
			{"one nobody knows", d.Manager, []id.ID{later[0].ID, d.key()}, care.CodeNotFound},
			{"by a supervisor elsewhere", d.BranchSupervisor, []id.ID{later[0].ID}, care.CodeNotFound},
			{"a thousand and one", d.Manager, make([]id.ID, 1001), care.CodeLimited},
		} {
			if err := d.EndCovers(d.as(c.as), c.covers); care.CodeOf(err) != c.want {
				t.Errorf("end %s: %v, want %s", c.name, err, c.want)
			}
		}
	})
}

func TestHowFarALeaveIsCovered(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		s := newLeaveStory(t, d)
		d.ended(s.cards...)
		d.quiet()
		far := d.away(d.Colleague, d.today+60, d.today+70)
		count := func(u models.User) (rows []care.LeaveCover) {
			return got[[]care.LeaveCover](t)(d.LeaveCovers(d.as(u)))
		}
		due := map[id.ID]bool{}
		for _, a := range append(s.accounts, d.Own) {
			for _, i := range d.openItems(a.ID) {
				if i.DueOn >= s.leave.FromDay && i.DueOn <= s.leave.ToDay {
					due[a.ID] = true
				}
			}
		}
		for _, row := range d.shed(d.Rep) {
			if row.DueOn >= s.leave.FromDay && row.DueOn <= s.leave.ToDay {
				due[row.AccountID] = true
			}
		}
		rows := count(d.Supervisor)
		if len(rows) != 2 || rows[0].Leave.ID != s.leave.ID || rows[1].Leave.ID != far.ID {
			t.Fatalf("leaves %+v", rows)
		}
		want := care.LeaveCover{Leave: rows[0].Leave, Person: care.Person{ID: d.Rep.ID, Name: d.Rep.Name}, Accounts: 4, Due: len(due)}
		if diff := cmp.Diff(want, rows[0]); diff != "" || len(due) == 0 {
			t.Errorf("uncovered (-want +got)\n%s", diff)
		}
		d.covered(d.cover(d.Rep, d.Colleague, s.leave.FromDay, s.leave.ToDay, s.accounts[0]))
		d.quiet()
		if row := count(d.Supervisor)[0]; row.Covered != 1 {
			t.Errorf("one covered: %+v", row)
		}
		d.covered(d.cover(d.Rep, d.OtherRep, s.leave.FromDay, s.leave.FromDay, s.accounts[1]))
		d.quiet()
		if row := count(d.Supervisor)[0]; row.Covered > 2 {
			t.Errorf("a day of many is not covered: %+v", row)
		}
		if rows := count(d.BranchSupervisor); len(rows) != 0 {
			t.Errorf("a supervisor elsewhere sees %d leaves", len(rows))
		}
	})
}

func TestACoverFollowsAnAccountThatMoves(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		a, b := d.regular(d.Rep, 28), d.regular(d.Rep, 29)
		d.quiet(d.reps...)
		d.covered(d.cover(d.Rep, d.Colleague, d.today, d.today+9, a, b))
		give := func(account models.Account, to models.User) {
			got[models.User](t)(d.Assign(d.as(d.Manager), care.Assign{ID: d.key(), Accounts: []id.ID{account.ID}, ToRep: to.ID, Reason: "近"}))
		}
		give(a, d.OtherRep)
		give(b, d.Colleague)
		d.quiet()
		for _, u := range d.reps {
			d.split(u)
		}
		d.settled()
		if d.has(d.account(a.ID), d.today) != d.Colleague.ID || d.has(d.account(a.ID), d.today+10) != d.OtherRep.ID {
			t.Error("another still stands in, for the new owner")
		}
		if rows := got[[]care.CoverCard](t)(d.Covers(d.as(d.Manager), &d.OtherRep.ID, 10)); len(rows) != 2 {
			t.Errorf("covers of the new owner: %+v", rows)
		}
		for _, c := range got[[]care.CoverCard](t)(d.Covers(d.as(d.Manager), &d.Colleague.ID, 10)) {
			if c.AccountID == b.ID {
				t.Error("who stood in holds it now, and still stands in")
			}
		}
	})
}

// Two reps are planned again and again while one is covered by the other, covers end, and contacts are logged: nobody
// waits in a ring, and in the end each contact is planned once.
func TestPlansAndCoversRace(t *testing.T) {
	onEachAbsence(t, func(t *testing.T, d *absence) {
		var accounts []models.Account
		for n := range 6 {
			accounts = append(accounts, d.regular(d.Rep, 4+n*9), d.regular(d.Colleague, 6+n*9))
		}
		d.quiet(d.reps...)
		logs := make([]care.LogContact, 12)
		for n := range logs {
			logs[n] = d.call(accounts[n])
			logs[n].EndedAt = nil
		}
		covers := make([]care.CoverLeave, 24)
		for n := range covers {
			day := d.today + civil.Date(n%7)
			covers[n] = d.cover(d.Rep, d.Colleague, day, day+3)
			if n%2 == 1 {
				covers[n] = d.cover(d.Colleague, d.Rep, day, day+3)
			}
		}
		must := func(err error) {
			var refused *care.Error
			if err != nil && !errors.As(err, &refused) {
				t.Error(err)
			}
		}
		var work sync.WaitGroup
		for _, u := range []models.User{d.Rep, d.Colleague, d.Rep, d.Colleague} {
			work.Go(func() {
				for range 6 {
					_, err := d.PlanNow(t.Context(), u.ID)
					must(err)
				}
			})
		}
		for half := range 2 {
			work.Go(func() {
				for n := half; n < len(covers); n += 2 {
					cards, err := d.CoverLeave(d.as(d.Manager), covers[n])
					must(err)
					if err == nil {
						must(d.EndCovers(d.as(d.Manager), []id.ID{cards[0].ID, cards[len(cards)-1].ID}))
					}
				}
			})
		}
		work.Go(func() {
			for _, in := range logs {
				_, err := d.LogContact(d.as(d.Manager), in)
				must(err)
			}
		})
		work.Wait()
		d.quiet(d.reps...)
		for _, u := range d.reps {
			d.split(u)
		}
		d.settled()
	})
}
