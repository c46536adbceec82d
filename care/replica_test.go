package care_test

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"huifang/auth"
	"huifang/care"
	"huifang/id"
	"huifang/models"
	"huifang/models/modelstest"
)

// replica is what a device holds, made of nothing but answers to changes. Rows are kept as text, to compare.
type replica struct {
	cursor  string
	rows    map[care.FeedKind]map[id.ID]kept
	world   *care.World
	pulls   int
	resets  int
	removed []care.Removal // by the last pull
}

type kept struct {
	account id.ID
	row     string
}

func newReplica() *replica {
	r := &replica{}
	r.forget()
	return r
}

func (r *replica) forget() {
	r.rows = map[care.FeedKind]map[id.ID]kept{
		care.FeedAccount: {}, care.FeedItem: {}, care.FeedCase: {}, care.FeedLog: {},
	}
}

// pull asks until nothing is left, some rows at a time.
func (r *replica) pull(ctx context.Context, s *care.Service, first int) error {
	r.removed = nil
	for {
		c, err := s.Changes(ctx, r.cursor, first)
		if err != nil {
			return err
		}
		r.take(c)
		if !c.More {
			return nil
		}
	}
}

// take applies one answer as a device does: rows, then removals, then the cursor.
func (r *replica) take(c care.Changes) {
	r.pulls++
	if c.Reset {
		r.resets++
		r.forget()
	}
	for _, a := range c.Accounts {
		r.rows[care.FeedAccount][a.Account.ID] = kept{a.Account.ID, text(a)}
	}
	for _, i := range c.Items {
		r.rows[care.FeedItem][i.ID] = kept{i.AccountID, text(i)}
	}
	for _, k := range c.Cases {
		r.rows[care.FeedCase][k.Case.ID] = kept{k.Case.AccountID, text(k)}
	}
	for _, l := range c.Logs {
		r.rows[care.FeedLog][l.Log.ID] = kept{l.Log.AccountID, text(l)}
	}
	for _, x := range c.Removed {
		r.remove(x)
	}
	r.removed = append(r.removed, c.Removed...)
	if c.World != nil {
		r.world = c.World
	}
	r.cursor = c.Cursor
}

func (r *replica) remove(x care.Removal) {
	delete(r.rows[x.Kind], x.ID)
	if x.Kind != care.FeedAccount {
		return
	}
	for _, rows := range r.rows {
		maps.DeleteFunc(rows, func(_ id.ID, k kept) bool { return k.account == x.ID })
	}
}

func (r *replica) has(kind care.FeedKind, x id.ID) bool {
	_, ok := r.rows[kind][x]
	return ok
}

// orphans are rows whose account the device does not hold.
func (r *replica) orphans() (n int) {
	for _, rows := range r.rows {
		for _, k := range rows {
			if !r.has(care.FeedAccount, k.account) {
				n++
			}
		}
	}
	return n
}

func text(row any) string {
	b, err := json.Marshal(row)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// same compares what two devices of one user hold.
func same(t *testing.T, what string, want, got *replica) {
	t.Helper()
	if diff := cmp.Diff(want.rows, got.rows, cmp.AllowUnexported(kept{})); diff != "" {
		t.Fatalf("%s (-want +got)\n%s", what, diff)
	}
	if diff := cmp.Diff(text(want.world), text(got.world)); diff != "" {
		t.Fatalf("%s: the worlds differ (-want +got)\n%s", what, diff)
	}
}

// device is a replica of a user that pulls.
type device struct {
	*replica
	w    *world
	user models.User
}

func (w *world) device(u models.User) *device {
	w.t.Helper()
	d := &device{newReplica(), w, u}
	d.sync()
	return d
}

func (d *device) sync() {
	d.w.t.Helper()
	if err := d.pull(d.w.as(d.user), d.w.Service, 7); err != nil {
		d.w.t.Fatal(err)
	}
	if n := d.orphans(); n > 0 {
		d.w.t.Fatalf("%d rows without their account", n)
	}
}

// check holds a device to a fresh one of the same user, and to what the user's scope reaches.
func (d *device) check(what string) {
	d.w.t.Helper()
	d.sync()
	fresh := d.w.device(d.user)
	same(d.w.t, what, fresh.replica, d.replica)
	want := d.w.scoped(d.user)
	for kind, rows := range d.rows {
		got := slices.SortedFunc(maps.Keys(rows), id.ID.Compare)
		if diff := cmp.Diff(want[kind], got); diff != "" && len(want[kind])+len(got) > 0 {
			d.w.t.Fatalf("%s: %s of %s differ from the scope (-want +got)\n%s", what, kind, d.user.Login, diff)
		}
	}
}

// scoped are the rows a user's scope reaches and that are of late, read without any feed.
func (w *world) scoped(u models.User) map[care.FeedKind][]id.ID {
	w.t.Helper()
	sc := auth.Scope{Reach: auth.ReachExpert, User: u.ID} // who leads has what names them, and reads the rest at the desk
	if u.Role == string(auth.Rep) || u.Role == string(auth.Expert) {
		sc = modelstest.Viewer(u).Scope()
	}
	out := map[care.FeedKind][]id.ID{}
	err := w.Store.Read(w.t.Context(), func(tx *models.Tx) error {
		accounts, err := tx.FindAccounts(sc, models.AccountSearch{}, models.ByName, nil, 1000)
		if err != nil {
			return err
		}
		for _, a := range accounts {
			out[care.FeedAccount] = append(out[care.FeedAccount], a.ID)
			if err := w.scopedParts(tx, sc, a.ID, out); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, keys := range out {
		slices.SortFunc(keys, id.ID.Compare)
	}
	return out
}

func (w *world) scopedParts(tx *models.Tx, sc auth.Scope, account id.ID, out map[care.FeedKind][]id.ID) error {
	items, err := w.itemsOf(tx, account)
	if err != nil {
		return err
	}
	before := tx.Today
	for before.String()[:7] == tx.Today.String()[:7] {
		before--
	}
	for _, i := range items {
		if i.IsOpen() || i.Day.String()[:7] >= before.String()[:7] {
			out[care.FeedItem] = append(out[care.FeedItem], i.ID)
		}
	}
	cases, err := tx.CasesOf(sc, account)
	if err != nil {
		return err
	}
	for _, c := range cases {
		if c.ClosedOn == nil || *c.ClosedOn >= tx.Today-365 {
			out[care.FeedCase] = append(out[care.FeedCase], c.ID)
		}
	}
	logs, err := tx.LogsOf(sc, account, models.Cursor{}, 0)
	for _, l := range logs {
		if l.Day >= tx.Today-365 {
			out[care.FeedLog] = append(out[care.FeedLog], l.ID)
		}
	}
	return err
}

// itemsOf are the items of an account that observe has ever seen open, as far as they are there.
func (w *world) itemsOf(tx *models.Tx, account id.ID) ([]models.PlanItem, error) {
	if err := w.observeIn(tx, account); err != nil {
		return nil, err
	}
	rows, err := tx.ItemsAmong(auth.System(), slices.Collect(maps.Keys(w.everOpen)))
	return slices.DeleteFunc(rows, func(i models.PlanItem) bool { return i.AccountID != account }), err
}

// observe remembers which items are open, of all accounts.
func (w *world) observe() {
	w.t.Helper()
	err := w.Store.Read(w.t.Context(), func(tx *models.Tx) error {
		for _, a := range w.Accounts() {
			if err := w.observeIn(tx, a.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) observeIn(tx *models.Tx, account id.ID) error {
	rows, err := tx.OpenItemsOf(auth.System(), account)
	w.sawOpen(rows...)
	return err
}

func (w *world) sawOpen(items ...models.PlanItem) {
	if w.everOpen == nil {
		w.everOpen = map[id.ID]bool{}
	}
	for _, i := range items {
		w.everOpen[i.ID] = true
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
