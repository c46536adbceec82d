package care_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// TestTheEffectOfAMoveIsWhatHappens reckons a move on the sample, makes it, plans both sides, and compares.
func TestTheEffectOfAMoveIsWhatHappens(t *testing.T) {
	modelstest.Sequential(t)
	if testing.Short() {
		t.Skip("plans eight reps")
	}
	modelstest.EachClock(t, func(t *testing.T, store *models.Store, clock *modelstest.Clock) {
		s := sample(t, store, clock)
		planAll(t, s)
		manager := someManager(t, s)
		giver, receivers, accounts := deal(t, s)
		moves := []care.MoveTo{{Accounts: accounts[:20], ToRep: receivers[0]}, {Accounts: accounts[20:25], ToRep: receivers[1]}}
		rows := footprint(t, s)
		effect := got[care.MoveEffect](t)(s.MoveEffect(manager, moves))
		if diff := cmp.Diff(rows, footprint(t, s)); diff != "" {
			t.Errorf("reckoning wrote (-before +after):\n%s", diff)
		}
		if len(effect.Sides) != 3 {
			t.Fatalf("%d sides", len(effect.Sides))
		}
		got[[]care.MoveCard](t)(s.MoveAccounts(manager, care.MoveAccounts{ID: modelstest.Key(9), Moves: moves, Reason: "近"}))
		for _, rep := range append(receivers, giver) {
			got[care.PlanResult](t)(s.PlanNow(t.Context(), rep))
		}
		// Nothing moves back and forth: what is measured now is the plan that was made.
		nothing := []care.MoveTo{{Accounts: accounts[:1], ToRep: receivers[0]}, {Accounts: accounts[24:25], ToRep: receivers[1]}}
		now := map[id.ID]care.PlanMeasures{}
		for _, side := range got[care.MoveEffect](t)(s.MoveEffect(manager, nothing)).Sides {
			now[side.Rep.ID] = side.Before
		}
		for _, side := range effect.Sides {
			if side.Rep.ID == giver {
				if side.Before.Accounts-side.After.Accounts != 25 || side.After.ContactMinutes >= side.Before.ContactMinutes {
					t.Errorf("the giver: %+v", side)
				}
				continue
			}
			if diff := cmp.Diff(side.After, now[side.Rep.ID], cmpopts.IgnoreUnexported(care.PlanMeasures{})); diff != "" {
				t.Errorf("%s (-reckoned +happened):\n%s", side.Rep.Name, diff)
			}
			if side.After.Accounts <= side.Before.Accounts || side.After == side.Before {
				t.Errorf("the receiver: %+v", side)
			}
		}
	})
}

// deal is a rep of the sample with 25 accounts nobody else has a part in, and two who could take them.
func deal(t *testing.T, s *care.Service) (giver id.ID, receivers, accounts []id.ID) {
	t.Helper()
	each(t, s, func(tx *models.Tx, rep id.ID) error {
		book, err := tx.LookAtBook(rep, models.BookSpan{LogsFrom: tx.Today, From: tx.Today, To: tx.Today + 27})
		switch {
		case err != nil || len(book.Covers) > 0:
		case giver.IsZero() && len(book.Accounts) >= 25:
			giver = rep
			for _, a := range book.Accounts[:25] {
				accounts = append(accounts, a.ID)
			}
		case len(receivers) < 2:
			receivers = append(receivers, rep)
		}
		return err
	})
	if giver.IsZero() || len(receivers) < 2 {
		t.Fatal("the sample has nobody to give and to take")
	}
	return giver, receivers, accounts
}

func TestAnEffectIsRefusedAsItsMoveWouldBe(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a, b := d.regular(d.Rep, 10), d.regular(d.OtherRep, 10)
		for _, c := range []struct {
			name  string
			who   models.User
			moves []care.MoveTo
			code  care.Code
		}{
			{"a rep moves nothing", d.Rep, []care.MoveTo{{Accounts: []id.ID{a.ID}, ToRep: d.Colleague.ID}}, care.CodeNotFound},
			{"an account of another team", d.Supervisor, []care.MoveTo{{Accounts: []id.ID{b.ID}, ToRep: d.Colleague.ID}}, care.CodeNotFound},
			{"a receiver of another team", d.Supervisor, []care.MoveTo{{Accounts: []id.ID{a.ID}, ToRep: d.OtherRep.ID}}, care.CodeNotFound},
			{"a receiver who is no rep", d.Manager, []care.MoveTo{{Accounts: []id.ID{a.ID}, ToRep: d.Supervisor.ID}}, care.CodeNotFound},
			{"an account twice", d.Supervisor, []care.MoveTo{{Accounts: []id.ID{a.ID, a.ID}, ToRep: d.Colleague.ID}}, care.CodeInvalid},
			{"nothing", d.Supervisor, nil, care.CodeInvalid},
			{"what may be moved", d.Supervisor, []care.MoveTo{{Accounts: []id.ID{a.ID}, ToRep: d.Colleague.ID}}, ""},
		} {
			_, err := d.MoveEffect(d.as(c.who), c.moves)
			if care.CodeOf(err) != c.code {
				t.Errorf("%s: %v, want %q", c.name, err, c.code)
			}
		}
	})
}

// TestWhoLeftGivesWithoutAPlan: the accounts of a rep who is gone are what most moves are about.
func TestWhoLeftGivesWithoutAPlan(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		a := d.regular(d.Rep, 10)
		d.write(func(tx *models.Tx) error { return tx.DisableUser(d.Rep.ID) })
		effect := got[care.MoveEffect](t)(d.MoveEffect(d.as(d.Manager), []care.MoveTo{{Accounts: []id.ID{a.ID}, ToRep: d.Colleague.ID}}))
		for _, side := range effect.Sides {
			gone := side.Rep.ID == d.Rep.ID
			if gone && (side.Before.Capacity != 0 || side.Before.ContactMinutes != 0 || side.Before.Accounts-side.After.Accounts != 1) {
				t.Errorf("who left: %+v", side)
			}
			if !gone && side.After.ContactMinutes <= side.Before.ContactMinutes {
				t.Errorf("who takes over: %+v", side)
			}
		}
	})
}

// TestMeasuresCountWhatThePlanSays holds the measures of a small plan to numbers counted by hand from its items.
func TestMeasuresCountWhatThePlanSays(t *testing.T) {
	onEachDiary(t, func(t *testing.T, d *diary) {
		var a models.Account
		for n := range 3 {
			a = d.regular(d.Rep, 5+n)
		}
		d.plan(d.Rep)
		effect := got[care.MoveEffect](t)(d.MoveEffect(d.as(d.Manager), []care.MoveTo{{Accounts: []id.ID{a.ID}, ToRep: d.Colleague.ID}}))
		var want care.PlanMeasures
		for _, i := range d.agenda(d.Rep) {
			want.ContactMinutes += i.Minutes
			want.TravelMinutes += i.Travel
			if i.Day > i.DueOn {
				want.Late++
			}
		}
		for _, side := range effect.Sides {
			if side.Rep.ID != d.Rep.ID {
				continue
			}
			b := side.Before
			if b.ContactMinutes != want.ContactMinutes || b.TravelMinutes != want.TravelMinutes || b.Late != want.Late {
				t.Errorf("%+v, want %+v", b, want)
			}
			// Four weeks of six days of eight hours, without Sundays; today began an hour ago at the latest.
			if b.Capacity != 24*8*60 || b.Regularity <= 0 || b.Regularity > 1 {
				t.Errorf("%s", fmt.Sprintf("%+v", b))
			}
		}
	})
}
