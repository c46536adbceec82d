package care_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
)

// TestNoRowIsMissedWhileOthersWrite: devices pull, from the first snapshot on, while writers log contacts, edit, and hand
// accounts to and fro. In the end each has what a new one gets.
func TestNoRowIsMissedWhileOthersWrite(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		accounts := w.neighbours(12)
		stop := make(chan struct{})
		var writers, readers sync.WaitGroup
		for n := range 4 {
			writers.Go(func() { w.scribble(t, accounts, rand.New(rand.NewPCG(uint64(n), 3)), n) })
		}
		devices := map[string]*replica{}
		for _, u := range []models.User{w.Rep, w.Colleague} {
			r := newReplica()
			devices[u.Login] = r
			readers.Go(func() { w.pullUntil(t, r, u, stop) })
		}
		writers.Wait()
		close(stop)
		readers.Wait()
		for _, u := range []models.User{w.Rep, w.Colleague} {
			d := &device{devices[u.Login], w, u}
			pulls := d.pulls
			d.check("after the writers")
			if pulls < 2 || d.resets > 0 {
				t.Errorf("%d pulls while others wrote, %d resets", pulls, d.resets)
			}
		}
	})
}

func (w *world) pullUntil(t *testing.T, r *replica, u models.User, stop chan struct{}) {
	for {
		if err := r.pull(w.as(u), w.Service, 5); err != nil {
			t.Error(err)
			return
		}
		select {
		case <-stop:
			return
		default:
		}
	}
}

// scribble writes as one of several at once. It does without the helpers of world, which end the test.
func (w *world) scribble(t *testing.T, accounts []models.Account, r *rand.Rand, writer int) {
	manager := w.as(w.Manager)
	for n := range 25 {
		a := accounts[r.IntN(len(accounts))]
		key := id.ID{0: 2, 6: 0x70, 8: 0x80, 13: byte(writer), 14: byte(n)}
		var err error
		switch r.IntN(4) {
		case 0:
			in := care.LogContact{ID: key, AccountID: a.ID, Kind: "CALL", Outcome: "TALKED", StartedAt: w.clock.Now().Add(-time.Hour), Note: fmt.Sprint(n)}
			_, err = w.LogContact(manager, in)
		case 1:
			to := []models.User{w.Rep, w.Colleague}[r.IntN(2)]
			_, err = w.Assign(manager, care.Assign{ID: key, Accounts: []id.ID{a.ID}, ToRep: to.ID, Reason: "近"})
		case 2:
			_, err = w.SetTags(manager, a.ID, []string{fmt.Sprint(writer, n)})
		case 3:
			err = w.Store.Write(manager, func(tx *models.Tx) error {
				if _, err := tx.LockAccount(auth.System(), a.ID); err != nil {
					return err
				}
				return tx.AddMembers([]models.Member{{ID: tx.NewID(), AccountID: a.ID, Name: fmt.Sprint(writer, n), CreatedAt: tx.Now}})
			})
		}
		if err != nil {
			t.Error(err)
		}
	}
}

// TestASnapshotGoesOnWhileItsRowsMove takes one page at a time and changes what was told and what was not in between.
func TestASnapshotGoesOnWhileItsRowsMove(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		accounts := w.neighbours(6)
		for _, a := range accounts {
			w.item(a, "x", nil)
			w.log(w.Rep, w.visit(a))
		}
		r := newReplica()
		for n := 0; ; n++ {
			c := got[care.Changes](t)(w.Changes(w.as(w.Rep), r.cursor, 2))
			r.take(c)
			if !c.More {
				break
			}
			if n >= len(accounts) {
				continue
			}
			a := accounts[n]
			if n%2 == 0 {
				got[models.User](t)(w.Assign(w.as(w.Supervisor), care.Assign{ID: w.key(), Accounts: []id.ID{a.ID}, ToRep: w.Colleague.ID, Reason: "近"}))
			} else {
				w.log(w.Rep, w.call(a))
			}
		}
		(&device{r, w, w.Rep}).check("after the snapshot")
		if r.resets > 0 || len(r.rows[care.FeedAccount]) != 2+len(accounts)/2 {
			t.Errorf("%d resets, %d accounts", r.resets, len(r.rows[care.FeedAccount]))
		}
	})
}
