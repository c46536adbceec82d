package care_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/cadence"
	"huifang/care"
	"huifang/civil"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
	"huifang/seal"
)

// world is the small company with the use cases over it.
type world struct {
	modelstest.Company
	*care.Service
	t     *testing.T
	clock *modelstest.Clock
	today civil.Date
	keys  uint16
	// everOpen are the plan items that were ever seen open: see observe.
	everOpen map[id.ID]bool
}

// onEach runs a test of use cases on every engine.
func onEach(t *testing.T, body func(*testing.T, *world)) {
	t.Helper()
	modelstest.EachClock(t, func(t *testing.T, s *models.Store, clock *modelstest.Clock) {
		body(t, newWorld(t, s, clock))
	})
}

func newWorld(t *testing.T, s *models.Store, clock *modelstest.Clock) *world {
	t.Helper()
	vault, err := seal.New()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{Company: modelstest.Seed(t, s), Service: &care.Service{Store: s, Vault: vault}, t: t, clock: clock}
	w.today = civil.Must("2026-03-04")
	return w
}

func (w *world) as(u models.User) context.Context {
	return auth.With(w.t.Context(), modelstest.Viewer(u))
}

// key makes a key of its own for each command.
func (w *world) key() id.ID {
	w.keys++
	return id.ID{0: 1, 6: 0x70, 8: 0x80, 14: byte(w.keys >> 8), 15: byte(w.keys)}
}

func (w *world) write(f func(*models.Tx) error) {
	w.t.Helper()
	if err := w.Store.Write(w.t.Context(), f); err != nil {
		w.t.Fatal(err)
	}
}

// item puts an open item of the planner on the plan.
func (w *world) item(a models.Account, key string, change func(*models.PlanItem)) models.PlanItem {
	w.t.Helper()
	var i models.PlanItem
	w.write(func(tx *models.Tx) error {
		i = modelstest.Item(tx, a, key)
		if change != nil {
			change(&i)
		}
		return tx.AddItems([]models.PlanItem{i})
	})
	w.sawOpen(i)
	return i
}

func (w *world) readItem(x id.ID) models.PlanItem {
	w.t.Helper()
	var i models.PlanItem
	w.write(func(tx *models.Tx) error {
		var err error
		i, err = tx.ItemMade(x)
		return err
	})
	return i
}

func (w *world) account(x id.ID) models.Account {
	w.t.Helper()
	var a models.Account
	w.write(func(tx *models.Tx) error {
		var err error
		a, err = tx.Account(auth.System(), x)
		return err
	})
	return a
}

func (w *world) openItems(x id.ID) []models.PlanItem {
	w.t.Helper()
	var rows []models.PlanItem
	w.write(func(tx *models.Tx) error {
		var err error
		rows, err = tx.OpenItemsOf(auth.System(), x)
		return err
	})
	return rows
}

// asked tells whether a rep waits for a new plan, and forgets it.
func (w *world) asked(rep id.ID) bool {
	w.t.Helper()
	var found bool
	w.write(func(tx *models.Tx) error {
		at, err := tx.ReplanAsked(rep)
		found = !at.IsZero()
		if err != nil || !found {
			return err
		}
		return tx.ReplanDone(rep, at)
	})
	return found
}

func (w *world) audited(account id.ID, action string) int {
	w.t.Helper()
	n := 0
	w.write(func(tx *models.Tx) error {
		rows, err := tx.AuditsOf(auth.System(), account, models.Cursor{}, 0)
		for _, r := range rows {
			if r.Action == action {
				n++
			}
		}
		return err
	})
	return n
}

// visit is a home visit that met the customer an hour ago.
func (w *world) visit(a models.Account) care.LogContact {
	at := w.clock.Now().Add(-time.Hour)
	end := at.Add(40 * time.Minute)
	return care.LogContact{
		ID: w.key(), AccountID: a.ID, Kind: cadence.HomeVisit, Outcome: cadence.Met, StartedAt: at, EndedAt: &end,
	}
}

// call is a call that reached the customer an hour ago.
func (w *world) call(a models.Account) care.LogContact {
	in := w.visit(a)
	in.Kind, in.Outcome = cadence.Call, cadence.Talked
	return in
}

func (w *world) log(u models.User, in care.LogContact) models.ContactLog {
	w.t.Helper()
	return must(w.t)(w.LogContact(w.as(u), in))
}

// must returns a value or ends the test.
func must(t *testing.T) func(models.ContactLog, error) models.ContactLog {
	return got[models.ContactLog](t)
}

func got[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func wantCode(t *testing.T, err error, code care.Code) {
	t.Helper()
	if care.CodeOf(err) != code {
		t.Errorf("error %v (%s), want %q", err, care.CodeOf(err), code)
	}
}

func wantFlags(t *testing.T, l models.ContactLog, want ...care.Flag) {
	t.Helper()
	flags := care.ReviewFlags(l)
	slices.Sort(flags)
	slices.Sort(want)
	if diff := cmp.Diff(want, flags); diff != "" {
		t.Errorf("flags (-want +got):\n%s", diff)
	}
}

func ptr[T any](v T) *T { return &v }
