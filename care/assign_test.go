package care_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"huifang/cadence"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

func TestAnAccountMovesWithItsWork(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		i := w.item(w.Own, "a", nil)
		f := got[models.CaseFile](t)(w.StopAccount(w.as(w.Rep), care.StopAccount{ID: w.key(), AccountID: w.Own.ID, Cause: cadence.BadService}))
		in := care.Assign{ID: w.key(), Accounts: []id.ID{w.Own.ID, w.Own.ID}, ToRep: w.Colleague.ID, Reason: "换人", Note: "爱喝茶"}
		got[models.User](t)(w.Assign(w.as(w.Supervisor), in))
		got[models.User](t)(w.Assign(w.as(w.Supervisor), in))
		if i := w.readItem(i.ID); i.RepID != w.Colleague.ID {
			t.Error("the open item stays with the old rep")
		}
		if f := got[models.CaseFile](t)(w.Case(w.as(w.Colleague), f.Case.ID)); f.Case.OwnerID != w.Colleague.ID {
			t.Error("the open case stays with the old rep")
		}
		if !w.asked(w.Rep.ID) || !w.asked(w.Colleague.ID) {
			t.Error("both plans follow from it")
		}
		_, err := w.AccountFile(w.as(w.Rep), w.Own.ID)
		wantCode(t, err, care.CodeNotFound)
		w.write(func(tx *models.Tx) error {
			rows, err := tx.AssignmentsOf(modelsScope, w.Own.ID)
			if len(rows) != 2 || rows[0].RepID != w.Colleague.ID || rows[0].ToAt != nil || rows[1].ToAt == nil || rows[0].Note != "爱喝茶" {
				t.Errorf("history %+v", rows)
			}
			return err
		})
	})
}

func TestNobodyMovesWhatTheyDoNotLead(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for _, c := range []struct {
			name string
			user models.User
			in   care.Assign
			code care.Code
		}{
			{"a rep", w.Rep, care.Assign{Accounts: []id.ID{w.Own.ID}, ToRep: w.Colleague.ID}, care.CodeNotFound},
			{"another team's account", w.Supervisor, care.Assign{Accounts: []id.ID{w.OtherTeams.ID}, ToRep: w.Rep.ID}, care.CodeNotFound},
			{"to another team's rep", w.Supervisor, care.Assign{Accounts: []id.ID{w.Own.ID}, ToRep: w.OtherRep.ID}, care.CodeNotFound},
			{"to a supervisor", w.Supervisor, care.Assign{Accounts: []id.ID{w.Own.ID}, ToRep: w.Supervisor.ID}, care.CodeNotFound},
			{"nothing", w.Supervisor, care.Assign{ToRep: w.Rep.ID}, care.CodeInvalid},
			{"one good, one foreign: neither moves", w.Supervisor, care.Assign{Accounts: []id.ID{w.Own.ID, w.OtherStores.ID}, ToRep: w.Colleague.ID}, care.CodeNotFound},
		} {
			c.in.ID, c.in.Reason = w.key(), "x"
			if _, err := w.Assign(w.as(c.user), c.in); care.CodeOf(err) != c.code {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if a := w.account(w.Own.ID); a.RepID != w.Rep.ID {
			t.Error("the good one of a bad move has moved")
		}
	})
}

// A few hundred contacts with a next step are logged while the accounts go to and fro: no open item may end up on the
// list of a rep who does not hold its account.
func TestNoOpenItemStaysWithAFormerRep(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		homes := w.neighbours(6)
		var wg sync.WaitGroup
		errs := make(chan error, 1000)
		for worker := range 4 {
			wg.Go(func() { errs <- w.logAway(worker, homes, 40) })
		}
		wg.Go(func() { errs <- w.moveAway(homes, 60) })
		wg.Wait()
		close(errs)
		for err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
		open := 0
		for _, a := range homes {
			now := w.account(a.ID)
			for _, i := range w.openItems(a.ID) {
				open++
				if i.RepID != now.RepID {
					t.Errorf("item of %s is on the list of a former rep", a.Number)
				}
			}
		}
		if open != 4*40 {
			t.Errorf("%d next steps planned of %d", open, 4*40)
		}
	})
}

// logAway logs n contacts with a next step, by the two reps in turn; whoever does not hold the account any more may.
func (w *world) logAway(worker int, homes []models.Account, n int) error {
	for k := range n {
		in := care.LogContact{
			ID: id.ID{0: 9, 1: byte(worker), 2: byte(k), 15: 1}, AccountID: homes[k%len(homes)].ID,
			Kind: cadence.Call, Outcome: cadence.Talked, StartedAt: w.clock.Now().Add(-time.Minute),
			NextOn: ptr(w.today + 5), NextKind: cadence.HomeVisit,
		}
		if _, err := w.LogContact(w.as(w.Rep), in); err != nil {
			return fmt.Errorf("log %d of %d: %w", k, worker, err)
		}
	}
	return nil
}

func (w *world) moveAway(homes []models.Account, n int) error {
	for k := range n {
		in := care.Assign{ID: id.ID{0: 8, 1: byte(k), 15: 1}, ToRep: []models.User{w.Colleague, w.Rep}[k/3%2].ID, Reason: "x"}
		for _, a := range homes[k%3*2:][:2] {
			in.Accounts = append(in.Accounts, a.ID)
		}
		if _, err := w.Assign(w.as(w.Supervisor), in); err != nil {
			return errors.Join(fmt.Errorf("move %d", k), err)
		}
	}
	return nil
}
